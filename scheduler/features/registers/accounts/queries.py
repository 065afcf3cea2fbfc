"""Reads users, the places where a role can hold, and the audit trail."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from flask_babel import to_utc
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import selectinload
from wtforms import SelectChoice

from scheduler.core.extensions import db
from scheduler.domain.term_scope import in_county_of
from scheduler.features.registers.accounts.trail import names_of
from scheduler.models import Action, AuditEntry, Grant, Installation, Level, Role, Teacher, Unit, User, Venue
from scheduler.web.access import Scope
from scheduler.web.choices import indented, unit_choices, units_of
from scheduler.web.text_search import contains

PLACES: dict[Role, type[Venue] | type[Teacher]] = {Role.VENUE_MANAGER: Venue, Role.TEACHER: Teacher}
MAX_PLACES = 1000
"""Venues or teachers offered in one list; of more, those of one county."""


def user_by_username(username: str) -> User | None:
    """The user with this name, upper and lower case alike."""
    return db.session.scalar(select(User).where(User.username == username.strip().lower()))


def organisation_names() -> list[str]:
    """What the organisation is called that works with this installation: the names at the top of its network."""
    return list(db.session.scalars(select(Unit.name).where(Unit.parent_id.is_(None)).limit(10)))


def users(search: str, role: Role | None = None) -> Select[User]:
    """All users by user name; those whose name contains ``search`` and who hold ``role`` anywhere, where given."""
    statement = select(User).order_by(User.username).options(selectinload(User.grants))
    if search:
        statement = statement.where(_named(search))
    if role is not None:
        statement = statement.where(User.grants.any(Grant.role == role))
    return statement


def places(role: Role, unit: Unit | None = None) -> list[SelectChoice] | None:
    """Where the role can hold, by id, in the unit's county where given; None for a role that holds everywhere."""
    if role is Role.COORDINATOR:
        return unit_choices(Scope(everything=True))
    if (kind := PLACES.get(role)) is None:
        return None
    offered = select(kind.id, kind.name, Unit.name).join(Unit).where(kind.archived_at.is_(None), in_county_of(unit))
    return [
        SelectChoice(str(key), f"{place} · {name}")
        for key, name, place in db.session.execute(offered.order_by(Unit.path, kind.name))
    ]


def units_below_cities() -> list[SelectChoice]:
    """Units in whose county places of a role can be looked for, by id, indented by level."""
    return indented([unit for unit in units_of(Scope(everything=True)) if unit.level is not Level.CITY])


def asks_for_unit(role: Role, unit: Unit | None) -> bool:
    """Whether the role has too many places to be offered in one list, and no unit below a city is known."""
    if unit is not None and unit.level is not Level.CITY:
        return False
    if (kind := PLACES.get(role)) is None:
        return False
    return (db.session.scalar(select(func.count(kind.id)).where(kind.archived_at.is_(None))) or 0) > MAX_PLACES


@dataclass(frozen=True)
class TrailFilter:
    """What part of the audit trail is asked for, with both dates; empty texts and None ask for all of it."""

    who: str = ""
    table: str = ""
    row: str = ""
    action: Action | None = None
    first: date | None = None
    last: date | None = None


def entries(filters: TrailFilter) -> Select[AuditEntry]:
    """The audit trail, newest first."""
    statement = select(AuditEntry).order_by(AuditEntry.id.desc()).options(selectinload(AuditEntry.user))
    if filters.who:
        statement = statement.join(User, AuditEntry.user_id == User.id).where(_named(filters.who))
    if filters.table:
        statement = statement.where(AuditEntry.table.in_(names_of(filters.table)))
    if filters.row:
        statement = statement.where(AuditEntry.row == filters.row)
    if filters.action is not None:
        statement = statement.where(AuditEntry.action == filters.action)
    if filters.first is not None:
        statement = statement.where(AuditEntry.at >= _midnight(filters.first))
    if filters.last is not None:
        statement = statement.where(AuditEntry.at < _midnight(filters.last + timedelta(days=1)))
    return statement


def _midnight(day: date) -> datetime:
    """When a day begins at the installation's place."""
    return to_utc(datetime.combine(day, time.min)).replace(tzinfo=UTC)


def _named(search: str) -> ColumnElement[bool]:
    return contains(search, User.username, User.name)


def is_demonstration() -> bool:
    """Whether this installation shows the demonstration, whose accounts are public."""
    installation = db.session.get(Installation, 1)
    return installation is not None and installation.demonstration


def demonstration_users() -> list[User]:
    """The users to try out, in the demonstration only."""
    if not is_demonstration():
        return []
    return list(db.session.scalars(select(User).join(Grant).where(User.active).order_by(User.id).distinct().limit(12)))
