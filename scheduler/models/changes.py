"""Changes that can be taken back as a whole: who made them, of what kind, and how each row stood before and after."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.database import Base, Code, Name, UtcDateTime, choice, now
from scheduler.models.accounts import User
from scheduler.models.terms import Term


class ChangeSetKind(StrEnum):
    """What was changed together."""

    SECTION_MOVED = "section_moved"
    SECTION_PINNED = "section_pinned"
    SERIES_UPDATED = "series_updated"
    SERIES_ARCHIVED = "series_archived"
    SCENARIO_TAKEN_OVER = "scenario_taken_over"
    DEMAND_WORKED_OUT = "demand_worked_out"
    SOURCES_TAKEN_OVER = "sources_taken_over"
    SECTIONS_OPENED = "sections_opened"
    WORKBOOK_TAKEN_OVER = "workbook_taken_over"
    SECTIONS_FOLLOWED = "sections_followed"


class ChangeSet(Base):
    """Rows changed together; it is taken back by another set that names it, and that one likewise.

    ``subject`` and ``subject_id`` name the row that the change belongs to, as the audit trail does, within a term or,
    without one, in the registers. Where the subject counts its versions, ``version`` is the one that the change made.
    ``facts`` are what the subject has to know of it besides its rows. Sets and entries are only ever added. The trail
    tells of the rows; of the set itself only where its subject says so.
    """

    __tablename__ = "change_sets"
    __table_args__ = (
        UniqueConstraint("subject", "subject_id", "version"),
        UniqueConstraint("takes_back_id"),
    )
    __audited__ = True
    __audit_inserts__ = False

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True, doc="None: the system itself")
    kind: Mapped[ChangeSetKind] = mapped_column(choice(ChangeSetKind))
    term_id: Mapped[int | None] = mapped_column(ForeignKey("terms.id", ondelete="CASCADE"), index=True)
    subject: Mapped[str] = mapped_column(Code)
    subject_id: Mapped[int]
    version: Mapped[int | None] = mapped_column(default=None)
    takes_back_id: Mapped[int | None] = mapped_column(ForeignKey("change_sets.id", ondelete="CASCADE"), default=None)
    backward: Mapped[bool] = mapped_column(default=False, doc="it takes back what was done, or was done again")
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    user: Mapped[User | None] = relationship()
    term: Mapped[Term | None] = relationship()
    takes_back: Mapped["ChangeSet | None"] = relationship(remote_side=id)
    entries: Mapped[list["ChangeEntry"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="ChangeEntry.position", back_populates="change_set"
    )


class ChangeEntry(Base):
    """One row of a change set: ``before`` None where it was made, ``after`` None where it was removed.

    Both are states as the register's codec writes them. ``after`` says by which of its parts somebody else's change is
    noticed, ``before`` which parts are put back; these may be more. ``title`` is what the row was called.
    """

    __tablename__ = "change_entries"
    __table_args__ = (Index("ix_change_entries_register_row", "register", "row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    change_set_id: Mapped[int] = mapped_column(ForeignKey("change_sets.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    register: Mapped[str] = mapped_column(Code, doc="the table, for which there is one codec")
    row: Mapped[str] = mapped_column(Code, doc="primary key, parts joined by a slash")
    title: Mapped[str] = mapped_column(Name, default="")
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    change_set: Mapped[ChangeSet] = relationship(back_populates="entries")
