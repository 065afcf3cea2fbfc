"""Plans with their placements, and the solve runs that make them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.database import Base, Code, Name, UtcDateTime, choice, now
from scheduler.models.accounts import User
from scheduler.models.network import Unit
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
    version: Mapped[int] = mapped_column(
        default=0, server_default="0", doc="counts the changes made by hand, so that two at once are noticed"
    )
    scenario_id: Mapped[int | None] = mapped_column(
        ForeignKey("scenarios.id"), default=None, index=True, doc="the what-if it was made for"
    )

    term: Mapped[Term] = relationship()
    scenario: Mapped[Scenario | None] = relationship()
    created_by: Mapped[User | None] = relationship()
    changes: Mapped[list["PlanChange"]] = relationship(
        cascade="all, delete-orphan", order_by="PlanChange.version", back_populates="plan"
    )
    placements: Mapped[list["Placement"]] = relationship(cascade="all, delete-orphan", back_populates="plan")

    @property
    def assumes(self) -> Scenario | None:
        """The scenario whose changes have to come true before the plan can be carried out."""
        return None if self.scenario is None or self.scenario.taken_over else self.scenario


class Placement(Base):
    """Hours, room and teacher of a section in a plan; ``week`` is its first."""

    __tablename__ = "placements"
    __table_args__ = (CheckConstraint("week BETWEEN 1 AND 53", name="week"),)
    __audited__ = True
    __audit_inserts__ = False

    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"), primary_key=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id"), primary_key=True, index=True)
    week: Mapped[int]
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"), index=True)
    teacher_id: Mapped[int] = mapped_column(ForeignKey("teachers.id"), index=True)

    plan: Mapped[Plan] = relationship(back_populates="placements")
    section: Mapped[Section] = relationship()
    room: Mapped[Room] = relationship()
    teacher: Mapped[Teacher] = relationship()
    meetings: Mapped[list["Meeting"]] = relationship(
        cascade="all, delete-orphan", order_by="(Meeting.weekday, Meeting.start_minute)"
    )


class Meeting(Base):
    """A weekly hour of a placement; its length is the course's."""

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


class ChangeKind(StrEnum):
    """What a change of a plan by hand was."""

    MOVE = "move"
    PIN = "pin"
    UNDO = "undo"
    REDO = "redo"


class PlanChange(Base):
    """One section put elsewhere in a draft by hand, pinned or let go; rows are only ever added.

    ``before`` and ``after`` are places (week, meetings, room and teacher by id), None where it was unplaced, or what
    was pinned, under ``pinned``; ``cost`` is the rise by part; ``version`` is the plan's once the change was made.
    """

    __tablename__ = "plan_changes"
    __table_args__ = (UniqueConstraint("plan_id", "version"),)
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"))
    version: Mapped[int]
    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    kind: Mapped[ChangeKind] = mapped_column(choice(ChangeKind), default=ChangeKind.MOVE)
    before: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))
    cost: Mapped[dict[str, int]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(String(500), default="", doc="why it was made despite a warning")

    plan: Mapped[Plan] = relationship(back_populates="changes")
    section: Mapped[Section] = relationship()
    user: Mapped[User] = relationship()


class RunStatus(StrEnum):
    """Life of a solve run."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"


class RunScope(StrEnum):
    """What a run plans; all but the whole keep everything else as a base plan has it."""

    WHOLE = "whole"
    UNIT = "unit"
    SELECTION = "selection"
    UNPLACED = "unplaced"


run_sections = Table(
    "solve_run_sections",
    Base.metadata,
    Column("run_id", ForeignKey("solve_runs.id", ondelete="CASCADE"), primary_key=True),
    Column("section_id", ForeignKey("sections.id", ondelete="CASCADE"), primary_key=True, index=True),
)


ACTIVE = "status IN ('queued', 'running')"
ORDINARY = "scenario_id IS NULL AND asked_plan_id IS NULL"


def _active(name: str, column: str, further: str) -> Index:
    """At most one run that waits or goes on for each value of a column, among the runs of one purpose."""
    where = text(f"{ACTIVE} AND {further}")
    return Index(name, column, unique=True, sqlite_where=where, postgresql_where=where)


class SolveRun(Base):
    """A request to plan a term or a scenario of it, or to say what would help a plan (``asked_plan``).

    The row is the queue: a worker claims it under a lease that it keeps renewing. A run of a scope smaller than the
    whole has ``sections``, which alone are planned, and ``base_document``, in which all others stay; both are as they
    were when the run was asked for, whatever becomes of the base plan.
    """

    __tablename__ = "solve_runs"
    __table_args__ = (
        CheckConstraint("seconds BETWEEN 1 AND 86400", name="seconds"),
        CheckConstraint("(scope = 'whole') = (base_document IS NULL)", name="base"),
        CheckConstraint("(scope = 'unit') = (unit_id IS NOT NULL)", name="unit"),
        _active("uq_solve_runs_active", "term_id", ORDINARY),
        _active("uq_solve_runs_active_scenario", "scenario_id", "scenario_id IS NOT NULL"),
        _active("uq_solve_runs_active_question", "asked_plan_id", "asked_plan_id IS NOT NULL"),
    )
    __audited__ = True
    __audit_ignores__ = frozenset(
        {
            "lease_until", "best_plan", "base_document", "elapsed", "total", "bound", "placed", "unplaced", "cost",
            "findings",
        }
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id", ondelete="CASCADE"), index=True)
    status: Mapped[RunStatus] = mapped_column(choice(RunStatus), default=RunStatus.QUEUED, index=True)
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    seconds: Mapped[int] = mapped_column(doc="time allowed for the search")
    seed: Mapped[int] = mapped_column(default=1)
    term_document: Mapped[bytes] = mapped_column(LargeBinary, doc="the term/1 document that is solved, gzipped JSON")
    scope: Mapped[RunScope] = mapped_column(choice(RunScope), default=RunScope.WHOLE, server_default="whole")
    base_plan_id: Mapped[int | None] = mapped_column(ForeignKey("plans.id"), default=None)
    base_document: Mapped[bytes | None] = mapped_column(
        LargeBinary, default=None, doc="plan/1, gzipped JSON: where everything outside the scope stays"
    )
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), default=None)
    kept: Mapped[int] = mapped_column(default=0, server_default="0", doc="how many sections stay as they are")
    draft_name: Mapped[str | None] = mapped_column(Name, default=None, doc="of the plan found; without one a number")
    attempt: Mapped[int] = mapped_column(default=0, doc="how often a worker has taken it up")
    worker: Mapped[str | None] = mapped_column(Code, default=None)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    stop_requested: Mapped[bool] = mapped_column(default=False)
    elapsed: Mapped[float] = mapped_column(default=0.0, doc="seconds of search over all attempts")
    total: Mapped[int | None] = mapped_column(default=None)
    bound: Mapped[int | None] = mapped_column(default=None)
    placed: Mapped[int | None] = mapped_column(default=None)
    unplaced: Mapped[int | None] = mapped_column(default=None)
    best_plan: Mapped[bytes | None] = mapped_column(
        LargeBinary, default=None, doc="plan/1, gzipped JSON: kept over crashes"
    )
    failure: Mapped[str | None] = mapped_column(Code, default=None, doc="code of what went wrong")
    reasons: Mapped[dict[str, dict[str, object]]] = mapped_column(
        JSON, default=dict, doc="by section id: code and parameters of why its pin cannot be kept or nothing fits it"
    )
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plans.id", ondelete="SET NULL"), default=None)
    scenario_id: Mapped[int | None] = mapped_column(ForeignKey("scenarios.id"), default=None, index=True)
    asked_plan_id: Mapped[int | None] = mapped_column(
        ForeignKey("plans.id"), default=None, index=True, doc="the plan that is to be helped"
    )
    start_plan: Mapped[bytes | None] = mapped_column(
        LargeBinary, default=None, doc="plan/1, gzipped JSON: where the search begins, or the plan that is to be helped"
    )
    fingerprint: Mapped[str | None] = mapped_column(
        String(64), default=None, doc="of all that the answer rests on, to tell when it is outdated"
    )
    findings: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True), default=None, doc="what would help: things tried so far, and the gains found"
    )

    term: Mapped[Term] = relationship()
    requested_by: Mapped[User | None] = relationship()
    plan: Mapped[Plan | None] = relationship(foreign_keys=[plan_id])
    base_plan: Mapped[Plan | None] = relationship(foreign_keys=[base_plan_id])
    unit: Mapped[Unit | None] = relationship()
    sections: Mapped[list[Section]] = relationship(secondary=run_sections, order_by=Section.id)
    scenario: Mapped[Scenario | None] = relationship()
    asked_plan: Mapped[Plan | None] = relationship(foreign_keys=asked_plan_id)
    points: Mapped[list["SolvePoint"]] = relationship(cascade="all, delete-orphan", order_by="SolvePoint.id")


class SolvePoint(Base):
    """The best cost at a moment of a run: one point of the curve."""

    __tablename__ = "solve_points"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("solve_runs.id", ondelete="CASCADE"), index=True)
    elapsed: Mapped[float]
    total: Mapped[int]
    bound: Mapped[int]
    placed: Mapped[int]
    unplaced: Mapped[int]
    phase: Mapped[str] = mapped_column(Code, default="", doc="what improved the plan")
