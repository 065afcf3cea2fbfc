"""Changes of users and their sessions."""

import re
import secrets

from flask_babel import gettext as _

from scheduler.audit import trail as audit
from scheduler.core.database import now
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.features.registers.accounts import attempts, passwords, sign_ins
from scheduler.features.registers.accounts.password_rules import refuse_weak
from scheduler.features.registers.accounts.queries import organisation_names, user_by_username
from scheduler.models import AccountLink, Action, Grant, Role, User

USERNAME = re.compile(r"[A-Za-z0-9._-]{2,40}", re.ASCII)


def new_session_key() -> str:
    """A fresh secret for a user's cookies."""
    return secrets.token_hex(16)


def knows_password(username: str, password: str) -> User | None:
    """The active user with this name and password, else None; takes a while and changes nothing."""
    user = user_by_username(username)
    if not passwords.matches(user.password_hash if user else None, password) or user is None or not user.active:
        return None
    return user


def renew_hash(user: User, password: str) -> None:
    """Keep a password that was right by today's parameters."""
    if passwords.outdated(user.password_hash):
        user.password_hash = passwords.hashed(password)


def create_user(username: str, name: str, password: str, must_change: bool = False) -> User:
    """A user who can sign in but has no role yet; ``must_change`` where somebody else has chosen the password.

    Without a password the user cannot sign in before a one-time link was used.
    """
    if not USERNAME.fullmatch(username.strip()):
        message = _("A user name has 2 to 40 characters. Use letters, digits, dots, dashes and underscores.")
        raise DomainError(message, "username")
    if password:
        refuse_weak(password, username, name, *organisation_names())
    user = User(
        username=username.strip().lower(), name=name,
        password_hash=passwords.hashed(password) if password else passwords.UNSET,
        session_key=new_session_key(), must_change_password=must_change,
    )
    db.session.add(user)
    db.session.flush()
    return user


def edit_user(user: User, actor: User, name: str, active: bool, password: str = "") -> User:
    """Change a user; a new password or an end of access also ends all their sessions. Nobody locks themselves out."""
    if user.id == actor.id and not active:
        raise DomainError(_("You cannot lock your own account. Ask another administrator."), "active")
    user.name = name
    if password:
        set_password(user, password, must_change=user.id != actor.id)
    if active != user.active:
        sign_out_everywhere(user)
    user.active = active
    db.session.flush()
    return user


def change_password(user: User, present: str, password: str) -> User:
    """Give a user another password when they know the present one."""
    if not passwords.matches(user.password_hash, present):
        raise DomainError(_("This is not your present password."), "present")
    if password == present:
        raise DomainError(_("This is your present password. Choose another one."), "password")
    set_password(user, password)
    db.session.flush()
    return user


def set_password(user: User, password: str, must_change: bool = False) -> None:
    """Replace the password, which ends all sessions that were opened with the old one; DomainError for a weak one.

    ``must_change`` where somebody else has chosen it. The trail tells of it, without the password.
    """
    refuse_weak(password, user.username, user.name, *organisation_names())
    user.password_hash = passwords.hashed(password)
    sign_out_everywhere(user)
    user.must_change_password = must_change
    audit.record(db.session(), Action.UPDATE, user, {"password": ["…", "…"]})


def sign_out_everywhere(user: User) -> int:
    """End all sessions of a user and forget their devices; how many sessions were open."""
    user.session_key = new_session_key()
    ended = sign_ins.end_all(user)
    if ended:
        audit.record(db.session(), Action.SIGN_OUT, user, {"sessions": [ended, 0]})
    return ended


def end_sign_ins(user: User, sign_in_id: int | None = None, but: int | None = None) -> int:
    """End one of a user's sessions, or all but one; how many were open."""
    ended = sign_ins.end_all(user, but) if sign_in_id is None else sign_ins.end_one(user, sign_in_id)
    if ended:
        audit.record(db.session(), Action.SIGN_OUT, user, {"sessions": [ended, 0]})
    return ended


def record_link_used(link: AccountLink) -> None:
    """Tell the trail that a link was used, which its user did without being signed in."""
    audit.record(db.session(), Action.UPDATE, link, {"used_at": [None, now().isoformat()]})


def unlock(user: User) -> int:
    """Forget the wrong passwords for a user's name; how many there were within the hour."""
    forgiven = attempts.forgive(user.username)
    if forgiven:
        audit.record(db.session(), Action.UPDATE, user, {"failed_attempts": [forgiven, 0]})
    return forgiven


def grant(
    user: User, role: Role, unit_id: int | None = None, venue_id: int | None = None, teacher_id: int | None = None
) -> Grant:
    """Give a role where it holds: a coordinator's unit, a manager's venue, a teacher's record."""
    place = {Role.COORDINATOR: unit_id, Role.VENUE_MANAGER: venue_id, Role.TEACHER: teacher_id}
    if role in place and place[role] is None:
        raise DomainError(_("Choose where this role holds."), "place")
    same = (role, *(place[role] if kind is role else None for kind in place))
    if any(
        (existing.role, existing.unit_id, existing.venue_id, existing.teacher_id) == same for existing in user.grants
    ):
        raise DomainError(_("The user already has this role there."), "place")
    given = Grant(role=role, unit_id=same[1], venue_id=same[2], teacher_id=same[3])
    user.grants.append(given)
    db.session.flush()
    return given


def revoke(given: Grant, actor: User) -> None:
    """Take a role away; nobody takes their own administrator role, so that one always remains."""
    if given.user_id == actor.id and given.role is Role.ADMINISTRATOR:
        raise DomainError(_("You cannot take the administrator role from yourself."))
    given.user.grants.remove(given)
    db.session.flush()
