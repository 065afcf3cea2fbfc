"""One-time links with which users choose a password: made by administrators, shown once, stored as digests."""

from datetime import datetime, timedelta
from typing import Final

from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from scheduler.core.database import now
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.core.keys import digest, new_key
from scheduler.features.registers.accounts import operations, passwords
from scheduler.models import AccountLink, LinkPurpose, User

LIFETIMES: Final = {LinkPurpose.INVITATION: timedelta(days=7), LinkPurpose.RESET: timedelta(days=1)}


def purpose_for(user: User) -> LinkPurpose:
    """An invitation for users who never had a password, else a link for a new one."""
    return LinkPurpose.RESET if passwords.is_set(user.password_hash) else LinkPurpose.INVITATION


def make(user: User) -> tuple[str, datetime]:
    """The key of a new link, and until when it is good; links made before for the user are over."""
    if not user.active:
        raise DomainError(_("This user may not sign in. Allow it first."))
    over = AccountLink.user_id == user.id, AccountLink.used_at.is_(None), AccountLink.expires_at > now()
    for link in db.session.scalars(select(AccountLink).where(*over)):
        link.expires_at = now()
    key, purpose = new_key(), purpose_for(user)
    link = AccountLink(
        user=user, purpose=purpose, key_digest=digest(key), expires_at=now() + LIFETIMES[purpose],
    )
    db.session.add(link)
    db.session.flush()
    return key, link.expires_at


def find(key: str) -> AccountLink | None:
    """The link of a key, if it can still be used."""
    usable = AccountLink.used_at.is_(None), AccountLink.expires_at > now(), AccountLink.user.has(User.active)
    return db.session.scalar(
        select(AccountLink).where(AccountLink.key_digest == digest(key), *usable).options(joinedload(AccountLink.user))
    )


def use(link: AccountLink, password: str) -> User:
    """Give the link's user a password of their own; of two who use a link at once one is refused."""
    taken = update(AccountLink).where(AccountLink.id == link.id, AccountLink.used_at.is_(None)).values(used_at=now())
    if not db.session.scalars(taken.returning(AccountLink.id)).all():
        raise DomainError(_("This link has just been used."))
    operations.set_password(link.user, password)
    operations.record_link_used(link)
    return link.user
