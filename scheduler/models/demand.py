"""Where demand comes from, and what working it out has changed, so that it can be undone."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.database import Base, UtcDateTime, choice, now
from scheduler.models.accounts import User
from scheduler.models.courses import Course
from scheduler.models.network import Community
from scheduler.models.terms import Term


class SourceKind(StrEnum):
    """How it is known that people want a course."""

    PAST = "past"
    WAITING = "waiting"
    SURVEY = "survey"
    INTEREST = "interest"


class DemandSource(Base):
    """People of a community who want a course, as one source says; ``percent`` of a survey's people are counted."""

    __tablename__ = "demand_sources"
    __table_args__ = (
        UniqueConstraint("term_id", "course_id", "community_id", "kind"),
        CheckConstraint("people BETWEEN 1 AND 100000", name="people"),
        CheckConstraint("percent BETWEEN 1 AND 100", name="percent"),
        CheckConstraint("percent = 100 OR kind = 'survey'", name="percent_of_survey"),
    )
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id", ondelete="CASCADE"), index=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), index=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), index=True)
    kind: Mapped[SourceKind] = mapped_column(choice(SourceKind))
    people: Mapped[int]
    percent: Mapped[int] = mapped_column(default=100, doc="of the people of a survey, how many of a hundred count")

    term: Mapped[Term] = relationship()
    course: Mapped[Course] = relationship()
    community: Mapped[Community] = relationship()


class StepKind(StrEnum):
    """What changed many numbers at once."""

    WORKED_OUT = "worked_out"
    TAKEN_OVER = "taken_over"


class DemandStep(Base):
    """Numbers changed at once: demand that was worked out, or sources taken over from an earlier term.

    ``changes`` are records of an entry's key, what stood there before (None where nothing did) and after.
    """

    __tablename__ = "demand_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    kind: Mapped[StepKind] = mapped_column(choice(StepKind))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    undone: Mapped[bool] = mapped_column(default=False)
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)

    term: Mapped[Term] = relationship()
    user: Mapped[User] = relationship()
