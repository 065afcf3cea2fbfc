"""Reads plans, and the jobs that make them, within a scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from flask_babel import gettext as _, lazy_gettext as _l, ngettext
from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from scheduler.core.extensions import db
from scheduler.domain.plans import newest_draft, plan_in
from scheduler.domain.term_scope import in_county_of
from scheduler.engine.runs.queue import ACTIVE_JOB_STATUSES
from scheduler.models import (
    JobStatus,
    Placement,
    Plan,
    PlanningJob,
    PlanningScope,
    PlanStatus,
    SearchPoint,
    Section,
    SectionLearners,
    Term,
    Unit,
    planning_job_sections,
)
from scheduler.web.access import Scope

SHOWN_IMPROVEMENTS = 5
_SCOPES = {
    PlanningScope.UNIT: _l("Only %(unit)s is planned again: %(sections)s."),
    PlanningScope.SELECTION: _l("Only what was chosen is planned again: %(sections)s."),
    PlanningScope.UNPLACED: _l("Only what had no place is planned again: %(sections)s."),
}


@dataclass(frozen=True)
class ListedPlan:
    """A plan with the number of sections it places."""

    plan: Plan
    placed: int


@dataclass(frozen=True)
class PlanningProgress:
    """A job as its page shows it: ``points`` are seconds, costs and bounds; ``improvements`` (point, by how much)."""

    job: PlanningJob
    points: tuple[list[float], list[int], list[int]]
    improvements: list[tuple[SearchPoint, int]]

    @property
    def gap(self) -> float | None:
        """The share of the cost that is not proven necessary."""
        if not self.job.total or self.job.bound is None:
            return None
        return (self.job.total - self.job.bound) / self.job.total

    @property
    def fruitless(self) -> bool:
        """Whether a part was planned again without finding anything better."""
        return self.job.status in (JobStatus.FINISHED, JobStatus.STOPPED) and self.job.best_plan is not None and (
            self.job.plan_id is None and self.job.scope is not PlanningScope.WHOLE
        )

    @property
    def active(self) -> bool:
        """Whether the job waits or goes on."""
        return self.job.status in ACTIVE_JOB_STATUSES


def job_in(term: Term, job_id: int) -> PlanningJob:
    """A planning job of a term, or 404."""
    return db.one_or_404(select(PlanningJob).where(PlanningJob.id == job_id, PlanningJob.term_id == term.id))


def job_of(plan: Plan) -> PlanningJob | None:
    """The job that made a plan of the term as it is, unless a person did."""
    return _latest_job(PlanningJob.plan_id == plan.id)


def scope_words(job: PlanningJob | None) -> str:
    """What a job plans and what stays, in words; "" where it plans the whole term."""
    if job is None or job.scope is PlanningScope.WHOLE:
        return ""
    chosen = select(func.count()).select_from(planning_job_sections).where(planning_job_sections.c.job_id == job.id)
    number = db.session.scalar(chosen) or 0
    sections = ngettext("%(num)s section", "%(num)s sections", number)
    base = job.base_plan.name if job.base_plan else _("a plan that is gone")
    stay = ngettext(
        "%(num)s other stays as it is in plan %(name)s.", "%(num)s others stay as they are in plan %(name)s.",
        job.kept, name=base,
    )
    return f"{_SCOPES[job.scope] % {'unit': job.unit.name if job.unit else '', 'sections': sections}} {stay}"


def latest_job(term: Term) -> PlanningJob | None:
    """The planning job of a term that was asked for last."""
    return _latest_job(PlanningJob.term_id == term.id)


def _latest_job(condition: ColumnElement[bool]) -> PlanningJob | None:
    return db.session.scalar(select(PlanningJob).where(condition).order_by(PlanningJob.id.desc()).limit(1))


def progress_of(job: PlanningJob) -> PlanningProgress:
    """The job with its curve and its latest improvements, the newest first."""
    points = db.session.scalars(select(SearchPoint).where(SearchPoint.job_id == job.id).order_by(SearchPoint.id)).all()
    steps = [(later, earlier.total - later.total) for earlier, later in pairwise(points) if later.total < earlier.total]
    return PlanningProgress(job, _curve(job, points), steps[: -SHOWN_IMPROVEMENTS - 1 : -1])


def _curve(job: PlanningJob, points: Sequence[SearchPoint]) -> tuple[list[float], list[int], list[int]]:
    """The points as columns; the last one stands until now, so that a plan that stays the best is seen as a line."""
    rows = [(round(point.elapsed, 1), point.total, point.bound) for point in points]
    if rows and job.elapsed > rows[-1][0]:
        rows.append((round(job.elapsed, 1), *rows[-1][1:]))
    return [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]


def plans_of(term: Term) -> list[ListedPlan]:
    """The term's plans, the newest first, without those discarded."""
    counted = select(Placement.plan_id, func.count().label("placed")).group_by(Placement.plan_id).subquery()
    statement = (
        select(Plan, func.coalesce(counted.c.placed, 0))
        .outerjoin(counted, counted.c.plan_id == Plan.id)
        .where(Plan.term_id == term.id, Plan.status != PlanStatus.DISCARDED)
        .options(joinedload(Plan.created_by), joinedload(Plan.scenario))
        .order_by(Plan.id.desc())
    )
    return [ListedPlan(plan, placed) for plan, placed in db.session.execute(statement)]


def others_of(plan: Plan) -> list[Plan]:
    """The other plans of its term, the newest first, without those discarded."""
    return [listed.plan for listed in plans_of(plan.term) if listed.plan.id != plan.id]


def other_plan(plan: Plan, other_id: int | None) -> Plan | None:
    """Another plan of the same term; without an id the one it came from, or the one made before it."""
    if other_id is not None:
        return db.one_or_404(select(Plan).where(Plan.id == other_id, Plan.term_id == plan.term_id))
    job = job_of(plan)
    if job is not None and job.base_plan is not None:
        return job.base_plan
    earlier = [other for other in others_of(plan) if other.id < plan.id]
    return earlier[0] if earlier else None


def section_count(term: Term, unit: Unit | None = None) -> int:
    """The sections that are to be planned, of the county of a unit where one is given."""
    planned = Section.term_id == term.id, Section.archived_at.is_(None), in_county_of(unit)
    return db.session.scalar(select(func.count(Section.id)).join(Section.unit).where(*planned)) or 0


def unit_of(term: Term, unit_id: int | None) -> Unit | None:
    """A unit of the term, or 404; None where none is asked for."""
    inside = Unit.path.startswith(term.unit.path, autoescape=True)
    return None if unit_id is None else db.one_or_404(select(Unit).where(Unit.id == unit_id, inside))


def counties(term: Term) -> list[tuple[Unit, int]]:
    """The counties of a city's term that have sections, each with how many."""
    county, of_section = aliased(Unit), aliased(Unit)
    statement = (
        select(county, func.count(Section.id))
        .join(of_section, or_(of_section.id == county.id, of_section.parent_id == county.id))
        .join(Section, Section.unit_id == of_section.id)
        .where(county.parent_id == term.unit_id, Section.term_id == term.id, Section.archived_at.is_(None))
        .group_by(county.id).order_by(county.path)
    )
    return [(unit, number) for unit, number in db.session.execute(statement)]


def unplaced_sections(plan: Plan) -> Select[Section]:
    """The sections that a plan leaves out, the weightiest first."""
    placed = select(Placement.section_id).where(Placement.plan_id == plan.id)
    size = select(func.coalesce(func.sum(SectionLearners.people), 0)).where(SectionLearners.section_id == Section.id)
    return (
        select(Section)
        .where(Section.term_id == plan.term_id, Section.archived_at.is_(None), Section.id.not_in(placed))
        .options(selectinload(Section.learners))
        .order_by((Section.priority * size.scalar_subquery()).desc(), Section.id)
    )


def placed_count(plan: Plan) -> int:
    """How many sections a plan places."""
    return db.session.scalar(select(func.count()).select_from(Placement).where(Placement.plan_id == plan.id)) or 0


def publishable_plan(scope: Scope, term: Term, plan_id: int | None) -> Plan | None:
    """The plan asked for, which must be one of the term, else its newest draft; None when there is none."""
    if plan_id is not None:
        plan = plan_in(scope, plan_id)
        return plan if plan.term_id == term.id and plan.status is not PlanStatus.DISCARDED else None
    return newest_draft(term)


def hindered(job: PlanningJob | None) -> list[tuple[Section, dict[str, object]]]:
    """The sections whose pins a job could not keep, or for which it found no place, with the reason of each."""
    reasons = job.reasons if job is not None else {}
    sections = db.session.scalars(select(Section).where(Section.id.in_(map(int, reasons))).order_by(Section.id))
    return [(section, reasons[str(section.id)]) for section in sections]
