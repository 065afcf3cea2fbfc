"""What teachers answer to the sections that a published plan gives them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.database import Base, UtcDateTime, choice, now
from scheduler.models.accounts import User
from scheduler.models.planning import Plan
from scheduler.models.sections import Section
from scheduler.models.teachers import Teacher
from scheduler.models.venues import Room


class AssignmentStatus(StrEnum):
    """Requested and confirmed assignments stand; a refused one keeps its teacher from being given the section again."""

    REQUESTED = "asked"
    CONFIRMED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


ACTIVE_STATUSES = (AssignmentStatus.REQUESTED, AssignmentStatus.CONFIRMED)


class RefusalCause(StrEnum):
    """Why a teacher cannot take a section or stand in for a session."""

    HOURS = "bad_hours"
    DISTANCE = "long_way"
    LOAD = "too_much"
    HEALTH = "own_health"
    COURSE = "other_course"
    OTHER = "other_cause"


class Assignment(Base):
    """One request to one teacher to give one section at these hours in this place; ``room`` is the room at present."""

    __tablename__ = "assignments"
    __table_args__ = (
        Index(
            "uq_assignments_standing",
            "section_id",
            unique=True,
            sqlite_where=text("status IN ('asked', 'agreed')"),
            postgresql_where=text("status IN ('asked', 'agreed')"),
        ),
        CheckConstraint("status <> 'refused' OR cause IS NOT NULL", name="refused_with_cause"),
        CheckConstraint(
            "status NOT IN ('agreed', 'refused') OR (answered_at IS NOT NULL AND answered_by_id IS NOT NULL)",
            name="answered_by_somebody",
        ),
        CheckConstraint("status <> 'asked' OR answered_at IS NULL", name="asked_without_answer"),
    )
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"), index=True, doc="the latest plan that says so")
    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id"), index=True)
    teacher_id: Mapped[int] = mapped_column(ForeignKey("teachers.id"), index=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"))
    week: Mapped[int] = mapped_column(doc="the first week")
    meetings: Mapped[list[list[int]]] = mapped_column(JSON, doc="weekday and minute of each weekly meeting, in order")
    minutes: Mapped[int] = mapped_column(doc="length of a session")
    status: Mapped[AssignmentStatus] = mapped_column(
        choice(AssignmentStatus), default=AssignmentStatus.REQUESTED, index=True
    )
    cause: Mapped[RefusalCause | None] = mapped_column(choice(RefusalCause), default=None)
    note: Mapped[str] = mapped_column(String(400), default="")
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    former_id: Mapped[int | None] = mapped_column(
        ForeignKey("assignments.id"), default=None, doc="what was asked before, when the plan has changed"
    )

    plan: Mapped[Plan] = relationship()
    section: Mapped[Section] = relationship()
    teacher: Mapped[Teacher] = relationship()
    room: Mapped[Room] = relationship()
    answered_by: Mapped[User | None] = relationship()
    former: Mapped["Assignment | None"] = relationship(remote_side=[id])
