"""Sessions that their teacher cannot give, and who stands in."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.database import Base, UtcDateTime, choice, now
from scheduler.models.accounts import User
from scheduler.models.assignments import RefusalCause
from scheduler.models.sections import Section
from scheduler.models.teachers import Teacher


class AbsenceCause(StrEnum):
    """Why a teacher cannot come."""

    ILLNESS = "illness"
    FAMILY_MATTER = "family_matter"
    TRAINING = "training"
    OTHER_WORK = "other_work"
    OTHER = "other_reason"


class CoverStatus(StrEnum):
    """What becomes of a session whose teacher cannot come."""

    OPEN = "open"
    COVERED = "covered"
    CANCELLED = "not_held"
    WITHDRAWN = "taken_back"


class SubstitutionStatus(StrEnum):
    """A substitution that is asked for or agreed to keeps the teacher from other sessions at its hours."""

    ASKED = "substitute_asked"
    AGREED = "substitute_agreed"
    REFUSED = "substitute_refused"
    WITHDRAWN = "substitute_withdrawn"


ENGAGED_STATUSES = (SubstitutionStatus.ASKED, SubstitutionStatus.AGREED)
_ENGAGED = "status IN ('substitute_asked', 'substitute_agreed')"


class Cover(Base):
    """One dated session of a published plan that its teacher cannot give.

    ``whole_day`` says that it follows from an absence of theirs, all day or for some hours, and ends with it.
    """

    __tablename__ = "covers"
    __table_args__ = (
        Index(
            "uq_covers_session",
            "section_id",
            "date",
            "start_minute",
            unique=True,
            sqlite_where=text("status <> 'taken_back'"),
            postgresql_where=text("status <> 'taken_back'"),
        ),
        CheckConstraint("0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440", name="span"),
        Index("ix_covers_date", "date"),
        CheckConstraint("status <> 'not_held' OR reason <> ''", name="cancelled_with_reason"),
    )
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id", ondelete="CASCADE"), index=True)
    date: Mapped[date]
    start_minute: Mapped[int]
    end_minute: Mapped[int]
    teacher_id: Mapped[int] = mapped_column(ForeignKey("teachers.id"), index=True, doc="who cannot come")
    whole_day: Mapped[bool] = mapped_column(default=False)
    cause: Mapped[AbsenceCause] = mapped_column(choice(AbsenceCause), default=AbsenceCause.OTHER)
    note: Mapped[str] = mapped_column(String(400), default="")
    status: Mapped[CoverStatus] = mapped_column(choice(CoverStatus), default=CoverStatus.OPEN, index=True)
    reason: Mapped[str] = mapped_column(String(400), default="", doc="what residents read of a session not held")
    reported_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    section: Mapped[Section] = relationship()
    teacher: Mapped[Teacher] = relationship()
    substitutions: Mapped[list["Substitution"]] = relationship(
        cascade="all, delete-orphan", back_populates="cover", order_by="Substitution.id"
    )

    @property
    def standing(self) -> "Substitution | None":
        """Who is asked to stand in or has agreed to."""
        return next(
            (substitution for substitution in self.substitutions if substitution.status in ENGAGED_STATUSES), None
        )

    @property
    def agreed(self) -> "Substitution | None":
        """Who has agreed to stand in: what residents are told."""
        substitution = self.standing
        return substitution if substitution is not None and substitution.status is SubstitutionStatus.AGREED else None


class Substitution(Base):
    """One request to one teacher to give one session in another's place."""

    __tablename__ = "substitutions"
    __table_args__ = (
        Index(
            "uq_substitutions_session",
            "section_id",
            "date",
            "start_minute",
            unique=True,
            sqlite_where=text(_ENGAGED),
            postgresql_where=text(_ENGAGED),
        ),
        Index(
            "uq_substitutions_teacher",
            "teacher_id",
            "date",
            "start_minute",
            unique=True,
            sqlite_where=text(_ENGAGED),
            postgresql_where=text(_ENGAGED),
        ),
        CheckConstraint("0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440", name="span"),
        CheckConstraint("status <> 'substitute_refused' OR cause IS NOT NULL", name="refused_with_cause"),
        CheckConstraint(
            "status NOT IN ('substitute_agreed', 'substitute_refused')"
            " OR (answered_at IS NOT NULL AND answered_by_id IS NOT NULL)",
            name="answered_by_somebody",
        ),
    )
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    cover_id: Mapped[int] = mapped_column(ForeignKey("covers.id", ondelete="CASCADE"), index=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id", ondelete="CASCADE"))
    date: Mapped[date]
    start_minute: Mapped[int]
    end_minute: Mapped[int]
    teacher_id: Mapped[int] = mapped_column(ForeignKey("teachers.id"), index=True)
    status: Mapped[SubstitutionStatus] = mapped_column(
        choice(SubstitutionStatus), default=SubstitutionStatus.ASKED, index=True
    )
    cause: Mapped[RefusalCause | None] = mapped_column(choice(RefusalCause), default=None)
    note: Mapped[str] = mapped_column(String(400), default="")
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    cover: Mapped[Cover] = relationship(back_populates="substitutions")
    section: Mapped[Section] = relationship()
    teacher: Mapped[Teacher] = relationship()
    answered_by: Mapped[User | None] = relationship(foreign_keys=answered_by_id)
