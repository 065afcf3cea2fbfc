"""How users get in: browsers that are signed in, links for a first password, second factors, attempts that failed."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.database import Base, Code, UtcDateTime, choice, now
from scheduler.models.accounts import User

Digest = String(64)
"""A SHA-256 in hexadecimal digits, in place of the secret itself."""


class SignIn(Base):
    """A browser in which a user signed in: open until its end, or until it was not seen for long enough."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    key_digest: Mapped[str] = mapped_column(Digest, unique=True, doc="of the key in the browser's cookie")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    browser: Mapped[str] = mapped_column(Code, default="", doc="its name alone, as Firefox; empty where unknown")
    system: Mapped[str] = mapped_column(Code, default="", doc="what it runs on, as Android; empty where unknown")
    network: Mapped[str] = mapped_column(Code, default="", doc="the address without the part that tells a household")

    user: Mapped[User] = relationship()


class LinkPurpose(StrEnum):
    """What a one-time link is for."""

    INVITATION = "invitation"
    RESET = "reset"


class AccountLink(Base):
    """A link with which a user chooses a password, once and for a while."""

    __tablename__ = "account_links"
    __audited__ = True
    __audit_ignores__ = frozenset({"key_digest"})

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(choice(LinkPurpose))
    key_digest: Mapped[str] = mapped_column(Digest, unique=True, doc="of the key in the link's address")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)

    user: Mapped[User] = relationship()


class SecondFactor(Base):
    """The secret that a user shares with an application for one-time codes, encrypted."""

    __tablename__ = "second_factors"
    __audited__ = True
    __audit_ignores__ = frozenset({"secret", "last_step"})

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    secret: Mapped[str] = mapped_column(String(200))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, doc="asked for from then on")
    last_step: Mapped[int] = mapped_column(default=0, doc="of the newest code used; none is taken twice")


class RecoveryCode(Base):
    """A code in place of a second factor that was lost; each is good for one sign-in."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    code_digest: Mapped[str] = mapped_column(Digest)


class FailedAttempt(Base):
    """A wrong password or code: one row for whom, one for where it came from; kept for an hour."""

    __tablename__ = "failed_attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    subject: Mapped[str] = mapped_column(Digest, index=True, doc="keyed: neither name nor address can be read from it")
