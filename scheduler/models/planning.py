"""Plans with their placements, and the changes made to them by hand."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.database import Base, Name, UtcDateTime, choice, now
from scheduler.models.accounts import User
from scheduler.models.scenarios import Scenario
from scheduler.models.sections import Section
from scheduler.models.teachers import Teacher
from scheduler.models.terms import Term
from scheduler.models.venues import Room


class PlanStatus(StrEnum):
    """A draft becomes published or is discarded; the plan that a published one replaces becomes superseded.

    The plan of a scenario becomes a draft when the scenario's changes are taken over into the registers.
    """

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    DISCARDED = "discarded"
    SCENARIO = "scenario"


class Plan(Base):
    """One answer to a term: placements for some sections, the rest unplaced. ``cost`` is by part."""

    __tablename__ = "plans"
    __table_args__ = (
        Index(
            "uq_plans_published",
            "term_id",
            unique=True,
            sqlite_where=text("status = 'published'"),
            postgresql_where=text("status = 'published'"),
        ),
    )
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(Name)
    status: Mapped[PlanStatus] = mapped_column(choice(PlanStatus), default=PlanStatus.DRAFT)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    total: Mapped[int]
    bound: Mapped[int | None] = mapped_column(default=None)
    cost: Mapped[dict[str, int]] = mapped_column(JSON)
    reasons: Mapped[dict[str, dict[str, object]]] = mapped_column(
        JSON, default=dict, doc="by section id: code and parameters of the first reason why it is unplaced"
    )
    calendar: Mapped[dict[str, object] | None] = mapped_column(
        JSON, default=None, doc="first day, weeks and days off of the term when it was published; None for drafts"
    )
    version: Mapped[int] = mapped_column(
        default=0, server_default="0", doc="counts the changes made by hand, so that two at once are noticed"
    )
    scenario_id: Mapped[int | None] = mapped_column(
        ForeignKey("scenarios.id"), default=None, index=True, doc="the what-if it was made for"
    )

    term: Mapped[Term] = relationship()
    scenario: Mapped[Scenario | None] = relationship()
    created_by: Mapped[User | None] = relationship()
    placements: Mapped[list["Placement"]] = relationship(cascade="all, delete-orphan", back_populates="plan")

    @property
    def assumes(self) -> Scenario | None:
        """The scenario whose changes have to come true before the plan can be carried out."""
        return None if self.scenario is None or self.scenario.taken_over else self.scenario


class Placement(Base):
    """Hours, room and teacher of a section in a plan; ``week`` is its first.

    What is published stays as it was published: its length, its number of sessions and its rhythm are written down then
    (``fixed_…``). Those of a draft are the section's own.
    """

    __tablename__ = "placements"
    __table_args__ = (CheckConstraint("week BETWEEN 1 AND 53", name="week"),)
    __audited__ = True
    __audit_inserts__ = False

    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"), primary_key=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id"), primary_key=True, index=True)
    week: Mapped[int]
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"), index=True)
    teacher_id: Mapped[int] = mapped_column(ForeignKey("teachers.id"), index=True)
    fixed_minutes: Mapped[int | None] = mapped_column(default=None)
    fixed_sessions: Mapped[int | None] = mapped_column(default=None)
    fixed_every_weeks: Mapped[int | None] = mapped_column(default=None)

    plan: Mapped[Plan] = relationship(back_populates="placements")
    section: Mapped[Section] = relationship()
    room: Mapped[Room] = relationship()
    teacher: Mapped[Teacher] = relationship()
    meetings: Mapped[list["Meeting"]] = relationship(
        cascade="all, delete-orphan", order_by="(Meeting.weekday, Meeting.start_minute)"
    )

    @property
    def minutes(self) -> int:
        """How long a session is."""
        return self.section.minutes if self.fixed_minutes is None else self.fixed_minutes

    @property
    def sessions(self) -> int:
        """How many sessions are held in all."""
        return self.section.sessions if self.fixed_sessions is None else self.fixed_sessions

    @property
    def every_weeks(self) -> int:
        """2: it meets every other week."""
        return self.section.every_weeks if self.fixed_every_weeks is None else self.fixed_every_weeks


class Meeting(Base):
    """A weekly hour of a placement, which says how long it is."""

    __tablename__ = "meetings"
    __table_args__ = (
        ForeignKeyConstraint(
            ["plan_id", "section_id"], ["placements.plan_id", "placements.section_id"], ondelete="CASCADE"
        ),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("start_minute BETWEEN 0 AND 1439", name="start"),
    )

    plan_id: Mapped[int] = mapped_column(primary_key=True)
    section_id: Mapped[int] = mapped_column(primary_key=True)
    weekday: Mapped[int] = mapped_column(primary_key=True)
    start_minute: Mapped[int]
