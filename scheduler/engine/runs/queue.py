"""The queue of jobs. The rows of ``jobs`` are the queue; a worker owns a job only while its lease lasts.

A job that a worker gives up, or whose worker died, goes back into the queue with all it has found so far. What is
different from kind to kind is asked of the job's kind. Nothing here commits: whoever calls decides where a transaction
ends. No function keeps rows for its caller, so that no transaction lives while the work goes on.
"""

from datetime import timedelta
from typing import Any, Final, Protocol

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.exc import IntegrityError

from scheduler.audit.trail import record as record_in_trail
from scheduler.core.database import now
from scheduler.core.errors import DomainError, constraint_name
from scheduler.core.extensions import db
from scheduler.engine.runs.job_kind import Claim, kind_named
from scheduler.models import Action, Job, JobStatus

LEASE: Final = timedelta(seconds=30)
"""How long a job stays with a worker that is not heard of; workers renew it every second."""
MAX_ATTEMPTS: Final = 3
ACTIVE_JOB_STATUSES: Final = (JobStatus.QUEUED, JobStatus.RUNNING)


class ProgressMessage(Protocol):
    """What the work of a job tells on the way; its kind knows the rest of it."""

    @property
    def elapsed(self) -> float:
        """Seconds of work over all attempts."""


def enqueue(job: Job) -> None:
    """Let a job wait for a worker. DomainError where one of its kind about the same thing is under way."""
    kind = kind_named(job.kind)
    job.rank = kind.rank
    try:
        with db.session.begin_nested():
            db.session.add(job)
    except IntegrityError as error:
        if constraint_name(error) == "uq_jobs_active":
            raise DomainError(kind.refusal) from error
        raise


def request_stop(job: Job) -> None:
    """End a job early: its worker keeps what is found by then; a job that waits for a worker ends at once."""
    # locked first, as both changes would miss a job that its worker gives back between them
    db.session.execute(select(Job.id).where(Job.id == job.id).with_for_update())
    if _update_where(job.id, JobStatus.QUEUED, stop_requested=True, status=JobStatus.STOPPED, ended_at=now()):
        waiting = _reload(job.id)
        kind_named(waiting.kind).conclude(waiting, None)
    else:
        _update_where(job.id, JobStatus.RUNNING, stop_requested=True)
    record_in_trail(db.session(), Action.UPDATE, job, {"stop_requested": [False, True]})


def claim_next(worker: str) -> Claim | None:
    """Take up the oldest job of the lowest rank that waits or was abandoned.

    None when there is none, or when another worker was faster.
    """
    job_id = db.session.scalar(select(Job.id).where(_is_free()).order_by(Job.rank, Job.id).limit(1))
    if job_id is None:
        return None
    # whoever else has read the same id waits for this statement, then finds the job no longer free
    taken = db.session.execute(
        update(Job)
        .where(Job.id == job_id, _is_free())
        .values(
            status=JobStatus.RUNNING,
            worker=worker,
            lease_until=now() + LEASE,
            attempt=Job.attempt + 1,
            started_at=func.coalesce(Job.started_at, now()),
        )
        .execution_options(synchronize_session=False)
    )
    if _row_count(taken) == 0:
        return None
    claim = _claim_of(job_id, worker)
    if claim.attempt <= MAX_ATTEMPTS:
        return claim
    fail(claim, "worker_lost")
    return claim_next(worker)


def renew(claim: Claim, elapsed: float) -> tuple[bool, bool]:
    """Keep the lease and note the seconds of work so far; (still owned, a stop is asked for)."""
    if not _update_owned(claim, lease_until=now() + LEASE, elapsed=elapsed):
        return False, False
    stop = db.session.scalar(select(Job.stop_requested).where(Job.id == claim.job_id))
    return True, bool(stop)


def record(claim: Claim, message: ProgressMessage) -> bool:
    """Keep what the work tells, as the kind of the job says; False when the job is no longer owned."""
    if not _update_owned(claim, lease_until=now() + LEASE, elapsed=message.elapsed):
        return False
    kind_named(claim.kind).record(claim.job_id, message)
    return True


def finish(claim: Claim, status: JobStatus = JobStatus.FINISHED, message: Any | None = None) -> bool:
    """End a job, and do what its end brings, with what the work told last; False when it is no longer owned."""
    return _end(claim, message, status=status)


def fail(claim: Claim, failure: str, message: Any | None = None) -> bool:
    """Give a job up for good; ``failure`` is a code for the sentences. What it has found so far stays all the same."""
    return _end(claim, message, status=JobStatus.FAILED, failure=failure)


def release(claim: Claim) -> None:
    """Give a job back unharmed, because this worker is asked to end; the attempt does not count."""
    _update_owned(claim, status=JobStatus.QUEUED, worker=None, lease_until=None, attempt=Job.attempt - 1)


def retry(claim: Claim, failure: str) -> None:
    """Give a job back after its work died; after too many attempts it fails."""
    if claim.attempt >= MAX_ATTEMPTS:
        fail(claim, failure)
    else:
        _update_owned(claim, status=JobStatus.QUEUED, worker=None, lease_until=None)


def _is_free() -> ColumnElement[bool]:
    """Waits for a worker, or was left by one that is no longer heard of."""
    abandoned = (Job.status == JobStatus.RUNNING) & (Job.lease_until < now())
    return or_(Job.status == JobStatus.QUEUED, abandoned)


def _claim_of(job_id: int, worker: str) -> Claim:
    columns = Job.kind, Job.attempt, Job.seconds, Job.elapsed
    kind, attempt, seconds, elapsed = db.session.execute(select(*columns).where(Job.id == job_id)).one()
    return Claim(job_id, kind, worker, attempt, max(0.0, seconds - elapsed), elapsed)


def _update_owned(claim: Claim, **values: Any) -> bool:
    """Change the job if this worker still owns it."""
    owned = Job.worker == claim.worker, Job.attempt == claim.attempt
    return _update_where(claim.job_id, JobStatus.RUNNING, *owned, **values)


def _update_where(job_id: int, status: JobStatus, /, *conditions: ColumnElement[bool], **values: Any) -> bool:
    """Change a job if it has this status and fulfils the conditions at this moment; whether it did."""
    statement = update(Job).where(Job.id == job_id, Job.status == status, *conditions).values(**values)
    return _row_count(db.session.execute(statement.execution_options(synchronize_session=False))) == 1


def _end(claim: Claim, message: Any | None, **values: Any) -> bool:
    if not _update_owned(claim, ended_at=now(), lease_until=None, **values):
        return False
    job = _reload(claim.job_id)
    record_in_trail(db.session(), Action.UPDATE, job, {name: [None, value] for name, value in values.items()})
    kind_named(job.kind).conclude(job, message)
    return True


def _row_count(result: Any) -> int:
    return int(result.rowcount)


def _reload(job_id: int) -> Job:
    """The job with its details as they are now: the statements above pass by what the session holds."""
    job = db.session.get_one(Job, job_id)
    db.session.refresh(job)
    return job
