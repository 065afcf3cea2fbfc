"""Reads users, the places where a role can hold, and the audit trail."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import selectinload
from wtforms import SelectChoice

from scheduler.access import Scope
from scheduler.choices import unit_choices
from scheduler.extensions import db
from scheduler.models import Action, AuditEntry, Grant, Installation, Role, Teacher, Unit, User, Venue


def user_by_username(username: str) -> User | None:
    """The user with this name, upper and lower case alike."""
    return db.session.scalar(select(User).where(User.username == username.strip().lower()))


def user_by_session_key(key: str) -> User | None:
    """The active user whose cookie carries this key."""
    return db.session.scalar(select(User).where(User.session_key == key, User.active))


def users(search: str, role: Role | None = None) -> Select[User]:
    """All users by user name; those whose name contains ``search`` and who hold ``role`` anywhere, where given."""
    statement = select(User).order_by(User.username).options(selectinload(User.grants))
    if search:
        statement = statement.where(_named(search))
    if role is not None:
        statement = statement.where(User.grants.any(Grant.role == role))
    return statement


def places(role: Role) -> list[SelectChoice] | None:
    """Where the role can hold, by id; None for a role that holds everywhere."""
    if role is Role.COORDINATOR:
        return unit_choices(Scope(everything=True))
    if role is Role.VENUE_MANAGER:
        venues = select(Venue.id, Venue.name, Unit.name).join(Unit).where(Venue.archived_at.is_(None))
        return [
            SelectChoice(str(key), f"{unit} · {name}")
            for key, name, unit in db.session.execute(venues.order_by(Unit.path, Venue.name))
        ]
    if role is Role.TEACHER:
        teachers = select(Teacher.id, Teacher.name, Unit.name).join(Unit).where(Teacher.archived_at.is_(None))
        return [
            SelectChoice(str(key), f"{unit} · {name}")
            for key, name, unit in db.session.execute(teachers.order_by(Unit.path, Teacher.name))
        ]
    return None


@dataclass(frozen=True)
class TrailFilter:
    """What part of the audit trail is asked for; empty texts and None ask for all of it."""

    who: str = ""
    table: str = ""
    row: str = ""
    action: Action | None = None


def entries(wanted: TrailFilter) -> Select[AuditEntry]:
    """The audit trail, newest first."""
    statement = select(AuditEntry).order_by(AuditEntry.id.desc()).options(selectinload(AuditEntry.user))
    if wanted.who:
        statement = statement.join(User, AuditEntry.user_id == User.id).where(_named(wanted.who))
    if wanted.table:
        statement = statement.where(AuditEntry.table == wanted.table)
    if wanted.row:
        statement = statement.where(AuditEntry.row == wanted.row)
    if wanted.action is not None:
        statement = statement.where(AuditEntry.action == wanted.action)
    return statement


def _named(search: str) -> ColumnElement[bool]:
    return or_(User.username.contains(search.lower(), autoescape=True), User.name.contains(search, autoescape=True))


def is_demonstration() -> bool:
    """Whether this installation shows the demonstration, whose accounts are public."""
    installation = db.session.get(Installation, 1)
    return installation is not None and installation.demonstration


def demonstration_users() -> list[User]:
    """The users to try out, in the demonstration only."""
    if not is_demonstration():
        return []
    return list(db.session.scalars(select(User).join(Grant).where(User.active).order_by(User.id).distinct().limit(12)))
