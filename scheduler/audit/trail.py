"""Writes the audit trail: every change of an audited table, in the same transaction as the change."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from enum import StrEnum

from flask import has_request_context
from flask_login import current_user
from sqlalchemy import Connection, event, insert, inspect
from sqlalchemy.orm import Mapper, Session, SessionTransaction, UOWTransaction, object_session

from scheduler.core.database import Base, now
from scheduler.models import Action, AuditEntry

_actor: ContextVar[int | None] = ContextVar("actor", default=None)


@contextmanager
def acting_as(user_id: int | None) -> Iterator[None]:
    """Outside requests: changes within are recorded as this user's."""
    token = _actor.set(user_id)
    try:
        yield
    finally:
        _actor.reset(token)


def actor_id() -> int | None:
    """The user to whom a change is attributed, None for the system."""
    if has_request_context() and current_user.is_authenticated:
        return int(current_user.id)
    return _actor.get()


def record(session: Session, action: Action, row: Base, changes: dict[str, list[object]] | None = None) -> None:
    """Add an entry for something that is no change of a column, such as signing in."""
    entry = AuditEntry(user_id=actor_id(), action=action, table=table_of(row), row=key_of(row), changes=changes or {})
    session.add(entry)


def record_refused_sign_in(session: Session, username: str, locked: bool = False) -> None:
    """Add an entry for a wrong password or unknown user name; ``locked`` for one that was one too many."""
    changes: dict[str, list[object]] = {"username": [None, username]}
    if locked:
        changes["locked"] = [False, True]
    session.add(AuditEntry(action=Action.SIGN_IN_REFUSED, table="users", row="", changes=changes))


def table_of(row: Base) -> str:
    """The table of a row; one whose class has a table of further columns is known by the table that all have."""
    return str(row.__mapper__.base_mapper.class_.__tablename__)


def key_of(row: Base) -> str:
    """The primary key of a row, its parts joined by a slash."""
    return "/".join(map(str, inspect(row).mapper.primary_key_from_instance(row)))


def _plain(value: object) -> object:
    """A value as JSON can hold it."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | dict | list | None) else "…"


def _changes(row: Base, action: Action) -> dict[str, list[object]]:
    ignored: frozenset[str] = getattr(row, "__audit_ignores__", frozenset())
    changes: dict[str, list[object]] = {}
    for attribute in row.__mapper__.column_attrs:
        if attribute.key in ignored:
            continue
        history = inspect(row).attrs[attribute.key].history
        before = history.deleted[0] if history.deleted else None
        after = getattr(row, attribute.key)
        if action is Action.CREATE and after is not None:
            changes[attribute.key] = [None, _plain(after)]
        elif action is Action.DELETE:
            changes[attribute.key] = [_plain(after), None]
        elif history.has_changes() and before != after:
            changes[attribute.key] = [_plain(before), _plain(after)]
    return changes | (_links(row, action) if action is Action.CREATE else {})


def _links(row: Base, action: Action) -> dict[str, list[object]]:
    """Changes of links through a table between, such as a room's features: sorted keys before and after."""
    changes: dict[str, list[object]] = {}
    for relationship in row.__mapper__.relationships:
        if relationship.secondary is None:
            continue
        history = inspect(row).attrs[relationship.key].history
        if history.has_changes():
            before = [*(history.unchanged or ()), *(history.deleted or ())]
            after = [*(history.unchanged or ()), *(history.added or ())]
            old = None if action is Action.CREATE else sorted(map(key_of, before))
            changes[relationship.key] = [old, sorted(map(key_of, after))]
    return changes


def _note(action: Action, row: Base) -> None:
    """Keep an entry until the flush is over; only then has every row its key."""
    if not getattr(row, "__audited__", False):
        return
    if action is Action.CREATE and not getattr(row, "__audit_inserts__", True):
        return
    session = object_session(row)
    if session is not None and (changes := _changes(row, action)):
        _keep(session, action, row, changes)


def _keep(session: Session, action: Action, row: Base, changes: dict[str, list[object]]) -> None:
    entry = {
        "at": now(), "user_id": actor_id(), "action": action, "table": table_of(row), "row": key_of(row),
        "changes": changes,
    }
    session.info.setdefault("audit", []).append(entry)


@event.listens_for(Session, "before_flush")
def _note_links(session: Session, _context: UOWTransaction, _instances: object) -> None:
    """Rows whose links alone change are not updated themselves, so no mapper event tells of them."""
    for row in session.dirty:
        if getattr(row, "__audited__", False) and (changes := _links(row, Action.UPDATE)):
            _keep(session, Action.UPDATE, row, changes)


# rows that leave their parent's collection are deleted within the flush, where only mapper events see them
@event.listens_for(Base, "after_insert", propagate=True)
def _inserted(_mapper: Mapper[Base], _connection: Connection, row: Base) -> None:
    _note(Action.CREATE, row)


@event.listens_for(Base, "after_update", propagate=True)
def _updated(_mapper: Mapper[Base], _connection: Connection, row: Base) -> None:
    _note(Action.UPDATE, row)


@event.listens_for(Base, "after_delete", propagate=True)
def _deleted(_mapper: Mapper[Base], _connection: Connection, row: Base) -> None:
    _note(Action.DELETE, row)


def _load_old_value(_row: Base, _value: object, _old_value: object, _initiator: object) -> None:
    """Nothing; but while somebody listens actively, SQLAlchemy loads an expired value before it is replaced."""


for _mapper in Base.registry.mappers:
    for _column in _mapper.column_attrs if getattr(_mapper.class_, "__audited__", False) else ():
        event.listen(_column.class_attribute, "set", _load_old_value, active_history=True)


@event.listens_for(Session, "after_flush")
def _write_entries(session: Session, _context: UOWTransaction) -> None:
    if entries := session.info.pop("audit", []):
        session.execute(insert(AuditEntry), entries)


@event.listens_for(Session, "after_soft_rollback")
def _forget_entries(session: Session, _transaction: SessionTransaction) -> None:
    """What was rolled back, to a savepoint too, never happened."""
    session.info.pop("audit", None)
