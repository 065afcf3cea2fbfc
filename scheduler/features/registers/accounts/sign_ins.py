"""Browsers in which users are signed in: each has a row, and once that has ended its cookie is worth nothing."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import contains_eager

from scheduler.core.database import now
from scheduler.core.extensions import db
from scheduler.core.keys import digest, new_key
from scheduler.core.transaction import write_if_free
from scheduler.features.registers.accounts.browsers import network_of, recognised
from scheduler.models import SignIn, User

KEPT: Final = timedelta(days=30)
"""How long a row is kept after its browser was last seen; the audit trail tells of earlier sign-ins."""
MOST: Final = 100
"""Rows kept of one user, the newest ones."""
SEEN_EVERY: Final = timedelta(minutes=5)
"""How exactly is known when a browser was last seen: not every page is worth a change of the database."""


def start(user: User, user_agent: str, address: str) -> str:
    """Open a row for a browser; returns the key that its cookie has to carry. Old rows of everybody are dropped."""
    key = new_key()
    browser, system = recognised(user_agent)
    db.session.add(
        SignIn(user=user, key_digest=digest(key), browser=browser, system=system, network=network_of(address))
    )
    db.session.flush()
    db.session.execute(delete(SignIn).where(SignIn.seen_at < now() - KEPT))
    newest = select(SignIn.id).where(SignIn.user_id == user.id).order_by(SignIn.id.desc()).limit(MOST)
    oldest = min(db.session.scalars(newest))
    db.session.execute(delete(SignIn).where(SignIn.user_id == user.id, SignIn.id < oldest))
    return key


def find_open(key: str, session_key: str, lifetime: timedelta) -> SignIn | None:
    """The open row of a key with its user, who must be active and have this session key; unused for long it is over."""
    statement = (
        select(SignIn).join(SignIn.user).options(contains_eager(SignIn.user))
        .where(SignIn.key_digest == digest(key), SignIn.ended_at.is_(None), SignIn.seen_at > now() - lifetime)
        .where(User.session_key == session_key, User.active)
    )
    return db.session.scalar(statement)


def open_of(user: User, lifetime: timedelta) -> Sequence[SignIn]:
    """Where the user is signed in, the browser seen last first."""
    open_rows = SignIn.ended_at.is_(None), SignIn.seen_at > now() - lifetime
    return db.session.scalars(
        select(SignIn).where(SignIn.user_id == user.id, *open_rows).order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    ).all()


def latest(user: User) -> SignIn | None:
    """The user's last sign-in; None where it is not known any more."""
    return db.session.scalar(select(SignIn).where(SignIn.user_id == user.id).order_by(SignIn.id.desc()).limit(1))


def end(key: str) -> None:
    """End the row of a key, if there is one."""
    _end(SignIn.key_digest == digest(key))


def end_one(user: User, sign_in_id: int) -> int:
    """End one of a user's rows; how many were open."""
    return _end(SignIn.user_id == user.id, SignIn.id == sign_in_id)


def end_all(user: User, but: int | None = None) -> int:
    """End all rows of a user, but for one; how many were open."""
    return _end(SignIn.user_id == user.id, SignIn.id != (but or 0))


def _end(*which: ColumnElement[bool]) -> int:
    ended = update(SignIn).where(SignIn.ended_at.is_(None), *which).values(ended_at=now())
    return len(db.session.scalars(ended.returning(SignIn.id)).all())


def note_seen(sign_in_id: int, last: datetime) -> None:
    """Note that a browser is there, unless that is known already or somebody else is just writing."""
    if now() - last >= SEEN_EVERY:
        write_if_free(update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=now()))
