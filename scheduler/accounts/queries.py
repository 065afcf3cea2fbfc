"""Reads users and the audit trail."""

from sqlalchemy import Select, or_, select

from scheduler.extensions import db
from scheduler.models import AuditEntry, Grant, Installation, User


def user_by_username(username: str) -> User | None:
    """The user with this name, upper and lower case alike."""
    return db.session.scalar(select(User).where(User.username == username.strip().lower()))


def user_by_session_key(key: str) -> User | None:
    """The active user whose cookie carries this key."""
    return db.session.scalar(select(User).where(User.session_key == key, User.active))


def users(search: str) -> Select[User]:
    """All users, those whose name contains ``search``, by user name."""
    statement = select(User).order_by(User.username)
    if search:
        statement = statement.where(
            or_(User.username.contains(search, autoescape=True), User.name.contains(search, autoescape=True))
        )
    return statement


def entries(table: str, row: str, user_id: int | None) -> Select[AuditEntry]:
    """The audit trail, newest first; of one table, row or user where given."""
    statement = select(AuditEntry).order_by(AuditEntry.id.desc())
    if table:
        statement = statement.where(AuditEntry.table == table)
    if row:
        statement = statement.where(AuditEntry.row == row)
    if user_id is not None:
        statement = statement.where(AuditEntry.user_id == user_id)
    return statement


def is_demonstration() -> bool:
    """Whether this installation shows the demonstration, whose accounts are public."""
    installation = db.session.get(Installation, 1)
    return installation is not None and installation.demonstration


def demonstration_users() -> list[User]:
    """One user of each role to try, in the demonstration only."""
    if not is_demonstration():
        return []
    return list(db.session.scalars(select(User).join(Grant).where(User.active).order_by(User.id).distinct().limit(12)))
