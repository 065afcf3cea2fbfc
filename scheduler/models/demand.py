"""Where demand comes from."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.database import Base, choice
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
