"""The audit trail: who changed what, and when. Rows are only ever added; the database refuses the rest."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.database import Base, Code, UtcDateTime, choice, now
from scheduler.models.accounts import User


class Action(StrEnum):
    """What happened to a row, or to a user's session."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    SIGN_IN = "sign_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGN_OUT = "sign_out"


class AuditEntry(Base):
    """One change: ``changes`` maps each column to its value before and after."""

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True, doc="None: the system itself")
    action: Mapped[Action] = mapped_column(choice(Action))
    table: Mapped[str] = mapped_column(Code, index=True)
    row: Mapped[str] = mapped_column(Code, doc="primary key, parts joined by a slash")
    changes: Mapped[dict[str, list[object]]] = mapped_column(JSON)

    user: Mapped[User | None] = relationship()
