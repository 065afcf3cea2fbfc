"""Scenarios of a term: its document with their changes, and what is asked of the workers about them."""

import hashlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

from msgspec.structs import replace

import solver
from scheduler.audit.cache import StampedCache
from scheduler.core.extensions import db
from scheduler.domain.plans import reference_plan
from scheduler.engine.analysis.changes import AnyChange, apply_changes, read_changes
from scheduler.engine.analysis.measures import Measures, measures
from scheduler.engine.documents.codec import pack_plan, pack_term, plan_json, term_json
from scheduler.engine.documents.snapshot import plan_document
from scheduler.engine.documents.term_cache import is_prepared, prepared
from scheduler.engine.runs.queue import enqueue
from scheduler.models import Plan, RecommendationJob, Scenario, ScenarioJob

Made = TypeVar("Made")
SEED = 1
"""The same for all scenarios of a term, so that chance is not in the difference."""

_cache = StampedCache(capacity=256)
"""Figures, documents and fingerprints of plans and scenarios, kept until what they rest on changes."""


@dataclass(frozen=True)
class WhatIf:
    """A scenario's document, and those of its changes whose room, teacher, section or unit has vanished."""

    document: solver.Term
    vanished: list[AnyChange]


def what_if(scenario: Scenario) -> WhatIf:
    """The term as it is today with the scenario's changes, unless those are taken over already."""
    today = prepared(scenario.term).document
    return WhatIf(today, []) if scenario.taken_over else WhatIf(*apply_changes(today, read_changes(scenario.changes)))


def document_of(plan: Plan) -> solver.Term:
    """What a plan is read against: the term as it is today, with the changes that the plan assumes."""
    return what_if(plan.assumes).document if plan.assumes else prepared(plan.term).document


def request_scenario_plan(scenario: Scenario, seconds: int, requested_by_id: int | None = None) -> ScenarioJob:
    """Queue a job for the scenario; it begins with what holds of the plan that it will be compared with.

    DomainError for a scenario that is being planned already.
    """
    document, base = what_if(scenario).document, reference_plan(scenario.term)
    job = ScenarioJob(
        term=scenario.term, scenario=scenario, subject_id=scenario.id, seconds=seconds, seed=SEED,
        requested_by_id=requested_by_id, term_document=pack_term(document), fingerprint=fingerprint(document),
        start_plan=pack_plan(plan_document(base)) if base else None,
    )
    enqueue(job)
    return job


def request_recommendations(plan: Plan, seconds: int, requested_by_id: int | None = None) -> RecommendationJob:
    """Queue the question which single thing more would help a plan most; DomainError where it is asked already."""
    document, asked = document_of(plan), plan_document(plan)
    job = RecommendationJob(
        term=plan.term, asked_plan=plan, subject_id=plan.id, seconds=seconds, seed=SEED,
        requested_by_id=requested_by_id, term_document=pack_term(document), fingerprint=fingerprint(document, asked),
        asked_document=pack_plan(asked),
    )
    enqueue(job)
    return job


def is_outdated(job: ScenarioJob | RecommendationJob) -> bool:
    """Whether what the answer to a job rests on has changed since it was asked for."""
    if isinstance(job, RecommendationJob):
        plan = job.asked_plan
        now = _cached("asked", plan, _stamp_of(plan), lambda: fingerprint(document_of(plan), _document(plan)))
    else:
        scenario = job.scenario
        stamp = prepared(scenario.term).stamp, str(scenario.changes), scenario.taken_over
        now = _cached("scenario", scenario, stamp, lambda: fingerprint(what_if(scenario).document))
    return job.fingerprint != now


def measures_of(plan: Plan) -> Measures:
    """The figures of a plan in today's term with the changes that it assumes."""
    return _cached("measures", plan, _stamp_of(plan), lambda: measures(document_of(plan), _document(plan)))


def is_measured(plan: Plan) -> bool:
    """Whether the figures of a plan are at hand."""
    return is_prepared(plan.term) and _cache.get(_key("measures", plan), _stamp_of(plan)) is not None


def changed_sections(before: Plan, after: Plan) -> int:
    """How many sections two plans of a term treat differently."""
    return len(solver.compare(prepared(before.term).document, _document(before), _document(after)).changes)


def _document(plan: Plan) -> solver.Plan:
    return _cached("plan", plan, (plan.created_at, plan.version), lambda: plan_document(plan))


def _stamp_of(plan: Plan) -> Hashable:
    """Changes with the plan, with the term and with the changes that the plan assumes."""
    return prepared(plan.term).stamp, plan.version, str(plan.assumes.changes) if plan.assumes else ""


def _cached(what: str, of: Plan | Scenario, stamp: Hashable, create: Callable[[], Made]) -> Made:
    """The value of a row with this stamp, or what is made now."""
    return _cache.get_or_create(_key(what, of), stamp, create)


def _key(what: str, of: Plan | Scenario) -> Hashable:
    return str(db.engine.url), what, of.id


def fingerprint(term: solver.Term, plan: solver.Plan | None = None) -> str:
    """The same for documents that say the same, whatever plan is published meanwhile."""
    digest = hashlib.sha256(term_json(replace(term, previous={})))
    if plan is not None:
        digest.update(plan_json(replace(plan, placed=dict(sorted(plan.placed.items())))))
    return digest.hexdigest()
