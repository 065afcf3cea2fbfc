"""Planning runs as tests make them and look at them."""

from datetime import timedelta
from typing import Any

from sqlalchemy import inspect, select, update

import solver
from scheduler.core.database import now
from scheduler.core.extensions import db
from scheduler.engine.documents.codec import pack_plan
from scheduler.engine.documents.snapshot import plan_document, term_document
from scheduler.engine.runs import queue
from scheduler.engine.runs.progress import Improvement
from scheduler.models import PlanStatus, SolveRun
from tests.factories import Town, build_plan


def state(run: SolveRun) -> Any:
    """The run's row as it is now, read in a transaction that is over at once, as workers are writing meanwhile."""
    identity = inspect(run).identity
    assert identity is not None
    db.session.rollback()
    with db.engine.begin() as connection:
        return connection.execute(select(SolveRun.__table__).where(SolveRun.id == identity[0])).one()


def queue_run(town: Town, seconds: int = 60) -> SolveRun:
    run = queue.request_run(town.term, seconds, requested_by_id=town.users["coordinator"].id)
    db.session.commit()
    return run


def take(worker: str = "w") -> queue.Claim:
    mine = queue.claim(worker)
    db.session.commit()
    assert mine is not None
    return mine


def let_lease_run_out(run: SolveRun) -> None:
    """As if the worker had not been heard of for a long time."""
    db.session.execute(update(SolveRun).where(SolveRun.id == run.id).values(lease_until=now() - timedelta(seconds=1)))
    db.session.commit()


def found_plan(town: Town, elapsed: float = 5.0) -> Improvement:
    plan = plan_document(build_plan(town, PlanStatus.DRAFT))
    db.session.rollback()
    total = solver.check(term_document(town.term), plan).total
    return Improvement(elapsed, total, 10, 2, 1, "rivals", pack_plan(plan))
