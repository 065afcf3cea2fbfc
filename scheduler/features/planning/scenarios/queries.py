"""Reads scenarios, their jobs and their plans within a term that the user plans."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from scheduler.core.extensions import db
from scheduler.domain.plans import reference_plan
from scheduler.engine.analysis.changes import read_changes
from scheduler.engine.analysis.what_if import is_measured, is_outdated, what_if
from scheduler.engine.documents.term_cache import is_prepared
from scheduler.engine.runs.queue import ACTIVE_JOB_STATUSES
from scheduler.engine.words.change_words import change_sentence
from scheduler.models import Plan, PlanStatus, Room, Scenario, ScenarioJob, Section, Term, Unit, Venue

LOOKED_AT_ONCE = 100
"""Sections that are looked at before the page is shown."""
HIDDEN_STATUSES = (PlanStatus.DISCARDED, PlanStatus.SUPERSEDED)


@dataclass(frozen=True)
class ScenarioState:
    """Where a scenario stands: its job asked for last, its plan, and whether that was made for something else."""

    scenario: Scenario
    job: ScenarioJob | None
    plan: Plan | None
    outdated: bool

    @property
    def active(self) -> bool:
        """Whether it waits for a worker or is being planned."""
        return self.job is not None and self.job.status in ACTIVE_JOB_STATUSES

    @property
    def unchanged(self) -> bool:
        """Whether it is the term as it is, only searched for longer."""
        return not self.scenario.changes["changes"] and not self.scenario.taken_over


def at_once(term: Term) -> bool:
    """Whether figures of the term's plans are at hand or quickly made."""
    base = reference_plan(term)
    return base is None or _is_small(term) or is_measured(base)


def shown_at_once(scenario: Scenario) -> bool:
    """Whether what the scenario changes, and its plan, can be held against the term without reading all of it first."""
    term, base = scenario.term, reference_plan(scenario.term)
    if plan_of(scenario) is not None:
        return _is_small(term) or (base is not None and is_measured(base))
    return not read_changes(scenario.changes) or _is_small(term) or is_prepared(term)


def _is_small(term: Term) -> bool:
    sections = select(func.count(Section.id)).where(Section.term_id == term.id, Section.archived_at.is_(None))
    return (db.session.scalar(sections) or 0) <= LOOKED_AT_ONCE


def scenario_in(term: Term, scenario_id: int) -> Scenario:
    """A scenario of the term, archived or not, or 404."""
    return db.one_or_404(select(Scenario).where(Scenario.id == scenario_id, Scenario.term_id == term.id))


def scenarios_of(term: Term, archived: bool = False) -> Sequence[Scenario]:
    """The term's scenarios in the order in which they were made; archived ones only when asked for."""
    statement = select(Scenario).where(Scenario.term_id == term.id).order_by(Scenario.id)
    return db.session.scalars(statement if archived else statement.where(Scenario.archived_at.is_(None))).all()


def state_of(scenario: Scenario) -> ScenarioState:
    """Where a scenario stands now."""
    job, plan = latest_job(scenario), plan_of(scenario)
    made_by = None if plan is None else _latest(ScenarioJob.plan_id == plan.id)
    outdated = made_by is not None and not scenario.taken_over and is_outdated(made_by)
    return ScenarioState(scenario, job, plan, outdated)


def plan_of(scenario: Scenario) -> Plan | None:
    """The plan that the scenario has now."""
    current = Plan.scenario_id == scenario.id, Plan.status.not_in(HIDDEN_STATUSES)
    return db.session.scalar(select(Plan).where(*current).order_by(Plan.id.desc()).limit(1))


def latest_job(scenario: Scenario) -> ScenarioJob | None:
    """The scenario's job that was asked for last."""
    return _latest(ScenarioJob.scenario_id == scenario.id)


def active_job(scenario: Scenario) -> ScenarioJob | None:
    """The scenario's job that waits or goes on."""
    job = latest_job(scenario)
    return job if job is not None and job.status in ACTIVE_JOB_STATUSES else None


def job_in(scenario: Scenario, job_id: int) -> ScenarioJob:
    """A job of the scenario, or 404."""
    return db.one_or_404(select(ScenarioJob).where(ScenarioJob.id == job_id, ScenarioJob.scenario_id == scenario.id))


def plans_to_compare(term: Term) -> Sequence[Plan]:
    """The plans that scenarios can be compared with, the newest first."""
    shown = Plan.term_id == term.id, Plan.status != PlanStatus.DISCARDED
    return db.session.scalars(
        select(Plan).where(*shown).order_by(Plan.id.desc()).options(joinedload(Plan.scenario))
    ).all()


def sentences(scenario: Scenario) -> list[tuple[str, bool]]:
    """The scenario's changes in words, each with whether what it is about has vanished."""
    changes = read_changes(scenario.changes)
    vanished = what_if(scenario).vanished if changes else []
    return [(change_sentence(change), change in vanished) for change in changes]


def free_name(term: Term, preferred: str) -> str:
    """The preferred name, with a number behind it where the term has a scenario of that name already."""
    taken = set(db.session.scalars(select(Scenario.name).where(Scenario.term_id == term.id)))
    names = (preferred[:200], *(f"{preferred[:190]} ({number})" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def limited_units(term: Term) -> list[Unit]:
    """The units with a budget, in the order of the tree."""
    return sorted((budget.unit for budget in term.budgets), key=lambda unit: unit.path)


def rooms_near(condition: ColumnElement[bool]) -> Sequence[Room]:
    """Rooms in use, venue by venue."""
    active = Room.archived_at.is_(None), Venue.archived_at.is_(None), condition
    order = Unit.path, Venue.name, Venue.id, Room.name
    statement = select(Room).join(Venue).join(Unit).where(*active).order_by(*order)
    return db.session.scalars(statement.options(joinedload(Room.venue))).all()


def _latest(condition: ColumnElement[bool]) -> ScenarioJob | None:
    return db.session.scalar(select(ScenarioJob).where(condition).order_by(ScenarioJob.id.desc()).limit(1))
