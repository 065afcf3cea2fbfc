"""Asking for a plan of a term, or of a part of it."""

from sqlalchemy import func, select

import solver
from scheduler.core.extensions import db
from scheduler.domain.plans import published_plan
from scheduler.engine.documents.codec import pack_plan, pack_term
from scheduler.engine.documents.snapshot import term_document
from scheduler.engine.runs import queue
from scheduler.engine.runs.partial_run import PartSelection, base_document, refuse_broken
from scheduler.models import Job, PlanningJob, Term


def request_plan(
    term: Term,
    seconds: int,
    repair: bool = True,
    requested_by_id: int | None = None,
    part: PartSelection | None = None,
) -> PlanningJob:
    """Queue a job for the term as it is now; with ``repair`` it stays close to the published plan, if there is one.

    With a ``part`` nothing else is planned. DomainError where what would stay breaks a rule today, and for a term that
    is being planned already.
    """
    document = term_document(term, published_plan(term) if repair else None)
    job = PlanningJob(
        term=term,
        subject_id=term.id,
        seconds=seconds,
        seed=_earlier_jobs(term) + 1,
        term_document=pack_term(document),
        requested_by_id=requested_by_id,
    )
    if part is not None:
        _limit(job, part, document)
    queue.enqueue(job)
    return job


def active_planning_job(term: Term) -> PlanningJob | None:
    """The job that waits or goes on for a term as it is."""
    active = PlanningJob.term_id == term.id, PlanningJob.status.in_(queue.ACTIVE_JOB_STATUSES)
    return db.session.scalar(select(PlanningJob).where(*active))


def _earlier_jobs(term: Term) -> int:
    """How many jobs of any kind the term has had, so that planning it again begins with another chance."""
    return db.session.scalar(select(func.count()).select_from(Job).where(Job.term_id == term.id)) or 0


def _limit(job: PlanningJob, part: PartSelection, document: solver.Term) -> None:
    """Let a job plan only what was chosen."""
    base = base_document(part)
    refuse_broken(document, base, part.names)
    job.scope, job.unit, job.base_plan, job.sections = part.scope, part.unit, part.base, list(part.sections)
    job.base_document, job.draft_name = pack_plan(base), part.draft_name
    job.kept = len(document.sections) - len(part.sections)
