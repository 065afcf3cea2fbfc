"""Writes the audit trail: every change of an audited table, in the same transaction as the change."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from enum import StrEnum
from typing import Any

from flask import has_request_context
from flask_login import current_user
from sqlalchemy import event, insert, inspect
from sqlalchemy.orm import Session, UOWTransaction

from scheduler.database import Base, now
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
    session.add(AuditEntry(user_id=actor_id(), action=action, table=row.__tablename__, row=_key(row), changes=changes or {}))


def record_refused_sign_in(session: Session, username: str) -> None:
    """Add an entry for a wrong password or unknown user name."""
    changes: dict[str, list[object]] = {"username": [None, username]}
    session.add(AuditEntry(action=Action.SIGN_IN_REFUSED, table="users", row="", changes=changes))


def _key(row: Base) -> str:
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
    return changes


def _entries(rows: Any, action: Action) -> Iterator[dict[str, Any]]:
    for row in rows:
        if not getattr(row, "__audited__", False):
            continue
        if action is Action.CREATE and not getattr(row, "__audit_inserts__", True):
            continue
        if changes := _changes(row, action):
            yield {
                "at": now(), "user_id": actor_id(), "action": action, "table": row.__tablename__, "row": _key(row),
                "changes": changes,
            }


@event.listens_for(Session, "after_flush")
def _write_entries(session: Session, _context: UOWTransaction) -> None:
    """Column histories are still there after a flush, and new rows have their keys by now."""
    entries = [
        *_entries(session.new, Action.CREATE), *_entries(session.dirty, Action.UPDATE),
        *_entries(session.deleted, Action.DELETE),
    ]
    if entries:
        session.execute(insert(AuditEntry), entries)
