"""The demonstration's first plan: asked for, searched and published as a coordinator would do it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import current_app
from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.core.processes import StopToken
from scheduler.domain.publishing.publication import publish
from scheduler.engine.runs.planning_jobs import active_planning_job, request_plan
from scheduler.models import Installation, Plan, PlanningJob, PlanStatus, Term
from scheduler.server.worker import run_worker

SECONDS = 45
POLL_SECONDS = 2.0  # between two lines of progress

Say = Callable[[str], None]


def unpublished_term() -> Term | None:
    """The demonstration's term as long as no plan of it has ever been published, also after a broken-off start."""
    if not db.session.scalar(select(Installation.demonstration)):
        return None
    published = select(Plan.term_id).where(Plan.status.not_in((PlanStatus.DRAFT, PlanStatus.SCENARIO)))
    return db.session.scalar(select(Term).where(Term.id.not_in(published), Term.archived_at.is_(None)).limit(1))


def plan_and_publish(term: Term, seconds: int, say: Say) -> Plan | None:
    """Search for so many seconds, saying how it goes, and publish what was found.

    None when the search placed nothing; then the term's page says why. Commits, as a search must hold no transaction.
    """
    job = active_planning_job(term) or request_plan(term, seconds)
    job_id, ending = job.id, StopToken()
    db.session.commit()
    with _telling(job_id, say):
        run_worker(ending, once=True)
        while not _ended(job_id):  # a killed worker held it: it is free again when the lease has run out
            ending.wait(POLL_SECONDS)
            run_worker(ending, once=True)
    plan = db.session.get_one(PlanningJob, job_id).plan
    if plan is None or not plan.placements:
        return None
    publish(plan)
    db.session.commit()
    return plan


def _ended(job_id: int) -> bool:
    """Whether the job is over; leaves no transaction behind, as the search and its teller write and read meanwhile."""
    ended = db.session.get_one(PlanningJob, job_id).ended_at is not None
    db.session.rollback()
    return ended


@contextmanager
def _telling(job_id: int, say: Say) -> Iterator[None]:
    """Meanwhile a thread tells of the job."""
    over = StopToken()
    app = current_app._get_current_object()  # type: ignore[attr-defined]

    def tell() -> None:
        while not over.wait(POLL_SECONDS):
            with app.app_context():
                job = db.session.get_one(PlanningJob, job_id)
                if job.ended_at is None:
                    say(_words(job))

    thread = threading.Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.request()
        thread.join()


def _words(job: PlanningJob) -> str:
    if job.total is None:
        return "  preparing the search …"
    sections = f"{job.placed} sections placed, {job.unplaced} not yet"
    return f"  {job.elapsed:3.0f} s of {job.seconds}: {sections}, cost {job.total:,}"
