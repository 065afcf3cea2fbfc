"""Uploaded workbooks: each row as it was read, what it would change, and what stands there."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.database import Base, Code, Name, UtcDateTime, choice, now
from scheduler.models.accounts import User
from scheduler.models.terms import Term


class ImportStatus(StrEnum):
    """How far an uploaded workbook has come."""

    CHECKING = "checking"
    CHECKED = "checked"
    APPLIED = "applied"
    UNDONE = "undone"


class RowState(StrEnum):
    """What a row of a workbook means for the register; those to be mended first."""

    WRONG = "wrong"
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    PENDING = "pending"


class Import(Base):
    """A workbook that somebody uploaded; ``register`` names one register, or the whole term."""

    __tablename__ = "imports"
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    term_id: Mapped[int | None] = mapped_column(ForeignKey("terms.id", ondelete="CASCADE"), index=True, default=None)
    register: Mapped[str] = mapped_column(Code)
    filename: Mapped[str] = mapped_column(Name)
    stale: Mapped[str] = mapped_column(Name, default="", doc="an entry that somebody changed since the preview")
    status: Mapped[ImportStatus] = mapped_column(choice(ImportStatus), default=ImportStatus.CHECKING)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    user: Mapped[User] = relationship()
    term: Mapped[Term | None] = relationship()


class ImportFile(Base):
    """The file of a workbook as it came, as long as it can still be taken over.

    ``notes`` are codes and facts of what was passed over, ``headings`` those that no column has. ``tables`` says by
    register the name of its sheet and the place of each column.
    """

    __tablename__ = "import_files"

    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    notes: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)
    headings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    tables: Mapped[dict[str, dict[str, Any]]] = mapped_column(JSON, default=dict)


class HeadingChoice(Base):
    """What a user has chosen for a heading that no column of a register has: a field, or "" to pass it over."""

    __tablename__ = "heading_choices"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    register: Mapped[str] = mapped_column(Code, primary_key=True)
    heading: Mapped[str] = mapped_column(Name, primary_key=True)
    field: Mapped[str] = mapped_column(Code)


class ImportRow(Base):
    """One row of an uploaded workbook.

    ``position`` orders all rows of the workbook, ``number`` is the row of its sheet as Excel counts. ``cells`` are
    texts by column. ``before`` holds the values of the entry it changes, by column and in the form in which they were
    compared. ``key`` names the entry that is meant, so that nothing is meant twice.
    """

    __tablename__ = "import_rows"
    __table_args__ = (Index("ix_import_rows_import_position", "import_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"))
    position: Mapped[int]
    sheet: Mapped[str] = mapped_column(Code)
    number: Mapped[int]
    cells: Mapped[dict[str, str]] = mapped_column(JSON)
    troubles: Mapped[dict[str, list[str]]] = mapped_column(
        JSON, default=dict, server_default=text("'{}'"), doc="by column why its cell cannot be read: a code and a text"
    )
    state: Mapped[RowState] = mapped_column(choice(RowState), default=RowState.PENDING)
    title: Mapped[str] = mapped_column(Name, default="")
    key: Mapped[str] = mapped_column(String(600), default="")
    target_id: Mapped[int | None] = mapped_column(default=None)
    messages: Mapped[list[list[str]]] = mapped_column(JSON, default=list, doc="pairs of column and sentence")
    warnings: Mapped[list[str]] = mapped_column(JSON, default=list)
    changes: Mapped[list[list[str]]] = mapped_column(JSON, default=list, doc="column, text before, text after")
    before: Mapped[dict[str, object] | None] = mapped_column(JSON, default=None)
    warned: Mapped[bool] = mapped_column(default=False)
    clashes: Mapped[list[str]] = mapped_column(JSON, default=list, doc="columns whose pins an earlier row holds")
    clashing: Mapped[bool] = mapped_column(default=False)
    slot: Mapped[dict[str, object] | None] = mapped_column(JSON, default=None, doc="when it holds what")
