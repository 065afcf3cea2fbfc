"""Jobs as tests make them and look at them."""

from datetime import timedelta
from typing import Any

from sqlalchemy import inspect, select, update

import solver
from scheduler.core.database import now
from scheduler.core.extensions import db
from scheduler.engine.documents.codec import pack_plan
from scheduler.engine.documents.snapshot import plan_document, term_document
from scheduler.engine.runs import queue
from scheduler.engine.runs.job_kind import Claim
from scheduler.engine.runs.kinds import JOB_KINDS
from scheduler.engine.runs.planning_jobs import request_plan
from scheduler.engine.runs.progress import Improvement
from scheduler.engine.runs.search_kinds import SearchKind
from scheduler.engine.runs.search_process import SearchOrder
from scheduler.models import Job, Plan, PlanningJob, PlanSearchJob, PlanStatus
from tests.factories import Town, build_plan

SEARCHES = [kind for kind in JOB_KINDS if isinstance(kind, SearchKind)]


def state(job: PlanningJob) -> Any:
    """The job's columns as it is now, read in a transaction that is over at once, as workers are writing meanwhile."""
    identity = inspect(job).identity
    assert identity is not None
    db.session.rollback()
    with db.engine.begin() as connection:
        return connection.execute(select(PlanningJob).where(PlanningJob.id == identity[0])).one()


def queue_planning(town: Town, seconds: int = 60) -> PlanningJob:
    job = request_plan(town.term, seconds, requested_by_id=town.users["coordinator"].id)
    db.session.commit()
    return job


def take(worker: str = "w") -> Claim:
    claim = queue.claim_next(worker)
    db.session.commit()
    assert claim is not None
    return claim


def order_of(claim: Claim) -> SearchOrder:
    """What the search of a claimed job is told to search for."""
    return next(kind for kind in SEARCHES if kind.model.__mapper__.polymorphic_identity == claim.kind).order_of(claim)


def carry_out(claim: Claim, improvement: Improvement) -> Plan:
    """End a claimed search for a plan with one improvement, as a worker does; the plan that comes of it."""
    assert queue.record(claim, improvement) and queue.finish(claim)
    db.session.commit()
    job = db.session.get_one(Job, claim.job_id)
    assert isinstance(job, PlanSearchJob) and job.plan is not None
    return job.plan


def let_lease_run_out(job: Job) -> None:
    """As if the worker had not been heard of for a long time."""
    db.session.execute(update(Job).where(Job.id == job.id).values(lease_until=now() - timedelta(seconds=1)))
    db.session.commit()


def found_plan(town: Town, elapsed: float = 5.0) -> Improvement:
    plan = plan_document(build_plan(town, PlanStatus.DRAFT))
    db.session.rollback()
    total = solver.check(term_document(town.term), plan).total
    return Improvement(elapsed, total, 10, 2, 1, "rivals", pack_plan(plan))
