"""The runs that plan, and the curve of each: requests that a worker takes up."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, LargeBinary, String, Table, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.database import Base, Code, Name, UtcDateTime, choice, now
from scheduler.models.accounts import User
from scheduler.models.network import Unit
from scheduler.models.planning import Plan
from scheduler.models.scenarios import Scenario
from scheduler.models.sections import Section
from scheduler.models.terms import Term


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
