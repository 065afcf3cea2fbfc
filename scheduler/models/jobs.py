"""What workers are asked to do: a job has what all jobs have, and a table of details for its kind.

A new kind is a class here with its own table, and a class of ``scheduler.engine.runs.job_kind`` that says how it is
carried out.
"""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, LargeBinary, String, Table, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from scheduler.core.database import Base, Code, Name, UtcDateTime, choice, now
from scheduler.models.accounts import User
from scheduler.models.network import Unit
from scheduler.models.planning import Plan
from scheduler.models.scenarios import Scenario
from scheduler.models.sections import Section
from scheduler.models.terms import Term


class JobStatus(StrEnum):
    """Life of a job."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"


class PlanningScope(StrEnum):
    """What a planning job plans; all but the whole keep everything else as a base plan has it."""

    WHOLE = "whole"
    UNIT = "unit"
    SELECTION = "selection"
    UNPLACED = "unplaced"


ACTIVE = text("status IN ('queued', 'running')")


class Job(Base):
    """A request that a worker carries out. The row is the queue: it is claimed under a lease that the worker renews.

    Of one ``kind`` and one ``subject_id``, the number of the row that it is about, at most one job waits or goes on.
    """

    __tablename__ = "jobs"
    __table_args__: Any = (
        CheckConstraint("seconds BETWEEN 1 AND 86400", name="seconds"),
        Index("uq_jobs_active", "kind", "subject_id", unique=True, sqlite_where=ACTIVE, postgresql_where=ACTIVE),
    )
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_abstract": True}  # noqa: RUF012 - read once by SQLAlchemy
    __audited__ = True
    __audit_ignores__: ClassVar[frozenset[str]] = frozenset({"rank", "subject_id", "lease_until", "elapsed"})

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Code)
    subject_id: Mapped[int] = mapped_column(doc="the row of which no second job of the kind may be under way")
    rank: Mapped[int] = mapped_column(default=0, doc="jobs of a lower rank are taken up first")
    term_id: Mapped[int | None] = mapped_column(ForeignKey("terms.id", ondelete="CASCADE"), index=True)
    status: Mapped[JobStatus] = mapped_column(choice(JobStatus), default=JobStatus.QUEUED, index=True)
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    seconds: Mapped[int] = mapped_column(doc="time allowed for the work")
    attempt: Mapped[int] = mapped_column(default=0, doc="how often a worker has taken it up")
    worker: Mapped[str | None] = mapped_column(Code, default=None)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    stop_requested: Mapped[bool] = mapped_column(default=False)
    elapsed: Mapped[float] = mapped_column(default=0.0, doc="seconds of work over all attempts")
    failure: Mapped[str | None] = mapped_column(Code, default=None, doc="code of what went wrong")

    term: Mapped[Term | None] = relationship()
    requested_by: Mapped[User | None] = relationship()


class SearchJob(Job):
    """A job for which the planner searches in a term, as it was when the job was asked for."""

    __abstract__ = True

    seed: Mapped[int] = mapped_column(default=1)
    term_document: Mapped[bytes] = mapped_column(LargeBinary, doc="the term/1 document, gzipped JSON")

    if TYPE_CHECKING:  # the table of all jobs cannot require a term, every search has one
        term_id: Mapped[int]
        term: Mapped[Term]


class PlanSearchJob(SearchJob):
    """A search for a plan: its curve, and the best plan so far, which is kept whatever dies."""

    __abstract__ = True
    __audit_ignores__ = SearchJob.__audit_ignores__ | {
        "total", "bound", "placed", "unplaced", "best_plan", "base_document"
    }

    total: Mapped[int | None] = mapped_column(default=None)
    bound: Mapped[int | None] = mapped_column(default=None)
    placed: Mapped[int | None] = mapped_column(default=None)
    unplaced: Mapped[int | None] = mapped_column(default=None)
    best_plan: Mapped[bytes | None] = mapped_column(LargeBinary, default=None, doc="plan/1, gzipped JSON")
    reasons: Mapped[dict[str, dict[str, object]]] = mapped_column(
        JSON, default=dict, doc="by section id: code and parameters of why its pin cannot be kept or nothing fits it"
    )
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plans.id", ondelete="SET NULL"), default=None)

    @declared_attr
    def plan(cls) -> Mapped[Plan | None]:
        """What came of it."""
        return relationship(foreign_keys=f"{cls.__name__}.plan_id")

    @declared_attr
    def points(cls) -> Mapped[list["SearchPoint"]]:
        """The curve."""
        return relationship(cascade="all, delete-orphan", order_by="SearchPoint.id")


planning_job_sections = Table(
    "planning_job_sections",
    Base.metadata,
    Column("job_id", ForeignKey("planning_jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("section_id", ForeignKey("sections.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class PlanningJob(PlanSearchJob):
    """Plans a term.

    One of a scope smaller than the whole has ``sections``, which alone are planned, and ``base_document``, in which all
    others stay; both are as they were when the job was asked for, whatever becomes of the base plan.
    """

    __tablename__ = "planning_jobs"
    __table_args__ = (
        CheckConstraint("(scope = 'whole') = (base_document IS NULL)", name="base"),
        CheckConstraint("(scope = 'unit') = (unit_id IS NOT NULL)", name="unit"),
    )
    __mapper_args__ = {"polymorphic_identity": "planning"}  # noqa: RUF012 - read once by SQLAlchemy

    id: Mapped[int] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    scope: Mapped[PlanningScope] = mapped_column(choice(PlanningScope), default=PlanningScope.WHOLE)
    base_plan_id: Mapped[int | None] = mapped_column(ForeignKey("plans.id"), default=None)
    base_document: Mapped[bytes | None] = mapped_column(
        LargeBinary, default=None, doc="plan/1, gzipped JSON: where everything outside the scope stays"
    )
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), default=None)
    kept: Mapped[int] = mapped_column(default=0, doc="how many sections stay as they are")
    draft_name: Mapped[str | None] = mapped_column(Name, default=None, doc="of the plan found; without one a number")

    base_plan: Mapped[Plan | None] = relationship(foreign_keys=[base_plan_id])
    unit: Mapped[Unit | None] = relationship()
    sections: Mapped[list[Section]] = relationship(secondary=planning_job_sections, order_by=Section.id)


class ScenarioJob(PlanSearchJob):
    """Plans a term with the changes of a scenario, beginning with the plan that it will be compared with."""

    __tablename__ = "scenario_jobs"
    __mapper_args__ = {"polymorphic_identity": "scenario"}  # noqa: RUF012 - read once by SQLAlchemy

    id: Mapped[int] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    scenario_id: Mapped[int] = mapped_column(ForeignKey("scenarios.id"), index=True)
    start_plan: Mapped[bytes | None] = mapped_column(LargeBinary, default=None, doc="plan/1, gzipped JSON")
    fingerprint: Mapped[str | None] = mapped_column(
        String(64), default=None, doc="of the term with the changes, to tell when the plan is outdated"
    )

    scenario: Mapped[Scenario] = relationship()


class RecommendationJob(SearchJob):
    """Says what would help a plan most."""

    __tablename__ = "recommendation_jobs"
    __mapper_args__ = {"polymorphic_identity": "recommendation"}  # noqa: RUF012 - read once by SQLAlchemy
    __audit_ignores__ = SearchJob.__audit_ignores__ | {"findings"}

    id: Mapped[int] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    asked_plan_id: Mapped[int] = mapped_column(
        ForeignKey("plans.id"), index=True, doc="the plan that is to be helped"
    )
    asked_document: Mapped[bytes | None] = mapped_column(
        LargeBinary, default=None, doc="plan/1, gzipped JSON: the plan as it was when the job was asked for"
    )
    fingerprint: Mapped[str | None] = mapped_column(
        String(64), default=None, doc="of the term and the plan, to tell when the answer is outdated"
    )
    findings: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True), default=None, doc="things tried so far, and the gains found"
    )

    asked_plan: Mapped[Plan] = relationship()


class SearchPoint(Base):
    """The best cost at a moment of a search for a plan: one point of the curve."""

    __tablename__ = "search_points"

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), index=True)
    elapsed: Mapped[float]
    total: Mapped[int]
    bound: Mapped[int]
    placed: Mapped[int]
    unplaced: Mapped[int]
    phase: Mapped[str] = mapped_column(Code, default="", doc="what improved the plan")
