"""The queue of planning runs. The rows of ``solve_runs`` are the queue; a worker owns a run only while its lease lasts.

A run that a worker gives up, or whose worker died, goes back into the queue with all it has found so far.
Nothing here commits: whoever calls decides where a transaction ends. No function keeps rows for its caller, so that no
transaction lives while a search goes on.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, func, or_, select, update

import solver
from scheduler.audit.trail import acting_as, record
from scheduler.core.database import now
from scheduler.core.extensions import db
from scheduler.domain.plans import published_plan
from scheduler.engine.documents import drafts
from scheduler.engine.documents.codec import pack_plan, pack_term, unpack_plan, unpack_term
from scheduler.engine.documents.drafts import Reasons
from scheduler.engine.documents.keys import SECTION, key
from scheduler.engine.documents.snapshot import term_document
from scheduler.engine.runs.partial_run import PartSelection, kept_plan, nothing_moved, refuse_broken
from scheduler.engine.runs.progress import Findings, Improvement
from scheduler.models import Action, Plan, RunScope, RunStatus, SolvePoint, SolveRun, Term

LEASE: Final = timedelta(seconds=30)
"""How long a run stays with a worker that is not heard of; workers renew it every second."""
MAXIMUM_ATTEMPTS: Final = 3
ACTIVE: Final = (RunStatus.QUEUED, RunStatus.RUNNING)


@dataclass(frozen=True)
class Claim:
    """A run in the hands of one worker: all that a search needs, and the proof of ownership.

    ``seconds`` is what is left of the allowed time, ``term`` and ``start`` are packed documents, ``total`` is what the
    best plan so far costs, ``only`` names the sections to plan where all others stay as the start has them. With
    ``asks`` the answer is what would help the plan ``start``.
    """

    run_id: int
    worker: str
    attempt: int
    seconds: float
    elapsed: float
    seed: int
    term: bytes
    start: bytes | None
    total: int | None
    only: frozenset[str] | None = None
    asks: bool = False


def request_run(
    term: Term,
    seconds: int,
    repair: bool = True,
    requested_by_id: int | None = None,
    choice: PartSelection | None = None,
) -> SolveRun:
    """Queue a run for the term as it is now; with ``repair`` it stays close to the published plan, if there is one.

    With a ``choice`` nothing else is planned; DomainError where what would stay breaks a rule today. A term that is
    being planned already violates a named constraint, which becomes a domain error.
    """
    document = term_document(term, published_plan(term) if repair else None)
    earlier = db.session.scalar(select(func.count()).select_from(SolveRun).where(SolveRun.term_id == term.id)) or 0
    run = SolveRun(
        term=term,
        seconds=seconds,
        seed=earlier + 1,
        term_document=pack_term(document),
        requested_by_id=requested_by_id,
    )
    if choice is not None:
        _limit(run, choice, document)
    db.session.add(run)
    db.session.flush()
    return run


def _limit(run: SolveRun, choice: PartSelection, document: solver.Term) -> None:
    """Let a run plan only what was chosen."""
    base = kept_plan(choice)
    refuse_broken(document, base, choice.names)
    run.scope, run.unit, run.base_plan, run.sections = choice.scope, choice.unit, choice.base, list(choice.sections)
    run.base_document, run.draft_name = pack_plan(base), choice.draft_name
    run.kept = len(document.sections) - len(choice.sections)


def request_stop(run: SolveRun) -> None:
    """End a run early: its worker keeps the best plan; a run that waits for a worker ends at once."""
    waiting = update(SolveRun).where(SolveRun.id == run.id, SolveRun.status == RunStatus.QUEUED)
    ended = waiting.values(stop_requested=True, status=RunStatus.STOPPED, ended_at=now())
    if _rows(db.session.execute(ended.execution_options(synchronize_session=False))):
        _save_best(_reload(run.id))
    else:
        going_on = update(SolveRun).where(SolveRun.id == run.id, SolveRun.status == RunStatus.RUNNING)
        db.session.execute(going_on.values(stop_requested=True).execution_options(synchronize_session=False))
    record(db.session(), Action.UPDATE, run, {"stop_requested": [False, True]})


def claim(worker: str) -> Claim | None:
    """Take up the oldest run that waits or was abandoned; None when there is none or another worker was faster.

    Terms come before what-ifs, of which many may be queued at once.
    """
    run_id = db.session.scalar(select(SolveRun.id).where(_free()).order_by(_what_ifs_last(), SolveRun.id).limit(1))
    if run_id is None:
        return None
    taken = db.session.execute(
        update(SolveRun)
        .where(SolveRun.id == run_id, _free())
        .values(
            status=RunStatus.RUNNING,
            worker=worker,
            lease_until=now() + LEASE,
            attempt=SolveRun.attempt + 1,
            started_at=func.coalesce(SolveRun.started_at, now()),
        )
        .execution_options(synchronize_session=False)
    )
    if _rows(taken) == 0:
        return None
    mine = _claimed(run_id, worker)
    if mine.attempt <= MAXIMUM_ATTEMPTS:
        return mine
    fail(mine, "worker_lost")
    return claim(worker)


def renew(mine: Claim, elapsed: float) -> tuple[bool, bool]:
    """Keep the lease and note the seconds of search so far; (still mine, a stop is asked for)."""
    kept = _update_mine(mine, lease_until=now() + LEASE, elapsed=elapsed)
    if not kept:
        return False, False
    stop = db.session.scalar(select(SolveRun.stop_requested).where(SolveRun.id == mine.run_id))
    return True, bool(stop)


def record_progress(mine: Claim, improvement: Improvement) -> bool:
    """Keep an improvement as a point of the curve, its plan as the best; False when the run is no longer mine."""
    values = {
        "lease_until": now() + LEASE,
        "elapsed": improvement.elapsed,
        "total": improvement.total,
        "bound": improvement.bound,
        "placed": improvement.placed,
        "unplaced": improvement.unplaced,
    }
    if improvement.plan is not None:
        values["best_plan"] = improvement.plan
    if not _update_mine(mine, **values):
        return False
    db.session.add(
        SolvePoint(
            run_id=mine.run_id,
            elapsed=improvement.elapsed,
            total=improvement.total,
            bound=improvement.bound,
            placed=improvement.placed,
            unplaced=improvement.unplaced,
            phase=improvement.phase[:40],
        )
    )
    return True


def record_findings(mine: Claim, findings: Findings) -> bool:
    """Keep what has been found out until now; False when the run is no longer mine."""
    return _update_mine(mine, lease_until=now() + LEASE, elapsed=findings.elapsed, findings=findings.trials)


def finish(mine: Claim, status: RunStatus = RunStatus.FINISHED, unplaced: Reasons | None = None) -> Plan | None:
    """End a run with its best plan as a draft; None when it is no longer mine or has found no plan.

    ``unplaced`` are the reasons of what the plan leaves out, when the search has told them.
    """
    return _end(mine, unplaced, status=status)


def fail(mine: Claim, failure: str, reasons: Reasons | None = None) -> Plan | None:
    """Give a run up for good; ``failure`` is a code for the sentences. Its best plan so far is saved all the same."""
    return _end(mine, None, status=RunStatus.FAILED, failure=failure, reasons=reasons or {})


def release(mine: Claim) -> None:
    """Give a run back unharmed, because this worker is asked to end; the attempt does not count."""
    _update_mine(mine, status=RunStatus.QUEUED, worker=None, lease_until=None, attempt=SolveRun.attempt - 1)


def retry(mine: Claim, failure: str) -> None:
    """Give a run back after its search died; after too many attempts it fails."""
    if mine.attempt >= MAXIMUM_ATTEMPTS:
        fail(mine, failure)
    else:
        _update_mine(mine, status=RunStatus.QUEUED, worker=None, lease_until=None)


def active_run(term: Term) -> SolveRun | None:
    """The run that waits or goes on for a term as it is."""
    return db.session.scalar(select(SolveRun).where(of_term(term), SolveRun.status.in_(ACTIVE)))


def of_term(term: Term) -> ColumnElement[bool]:
    """A condition on runs: those that plan the term as it is, not those of scenarios or of questions about plans."""
    return and_(SolveRun.term_id == term.id, _ordinary())


def _ordinary() -> ColumnElement[bool]:
    return and_(SolveRun.scenario_id.is_(None), SolveRun.asked_plan_id.is_(None))


def _what_ifs_last() -> ColumnElement[int]:
    return case((_ordinary(), 0), else_=1)


def _free() -> ColumnElement[bool]:
    """Waits for a worker, or was left by one that is no longer heard of."""
    abandoned = (SolveRun.status == RunStatus.RUNNING) & (SolveRun.lease_until < now())
    return or_(SolveRun.status == RunStatus.QUEUED, abandoned)


def _claimed(run_id: int, worker: str) -> Claim:
    run = _reload(run_id)
    return Claim(
        run_id=run.id,
        worker=worker,
        attempt=run.attempt,
        seconds=max(0.0, run.seconds - run.elapsed),
        elapsed=run.elapsed,
        seed=run.seed + run.attempt - 1,
        term=run.term_document,
        start=run.best_plan or run.base_document or run.start_plan,
        total=run.total,
        only=None if run.scope is RunScope.WHOLE else frozenset(key(SECTION, one.id) for one in run.sections),
        asks=run.asked_plan_id is not None,
    )


def _update_mine(mine: Claim, **values: Any) -> bool:
    """Change the run if this worker still owns it."""
    owned = (
        SolveRun.id == mine.run_id,
        SolveRun.worker == mine.worker,
        SolveRun.attempt == mine.attempt,
        SolveRun.status == RunStatus.RUNNING,
    )
    statement = update(SolveRun).where(*owned).values(**values).execution_options(synchronize_session=False)
    return _rows(db.session.execute(statement)) == 1


def _end(mine: Claim, unplaced: Reasons | None, **values: Any) -> Plan | None:
    if not _update_mine(mine, ended_at=now(), lease_until=None, **values):
        return None
    run = _reload(mine.run_id)
    record(db.session(), Action.UPDATE, run, {name: [None, value] for name, value in values.items()})
    return _save_best(run, unplaced)


def _rows(result: Any) -> int:
    return int(result.rowcount)


def _reload(run_id: int) -> SolveRun:
    return db.session.get_one(SolveRun, run_id, populate_existing=True)


def _save_best(run: SolveRun, unplaced: Reasons | None = None) -> Plan | None:
    """The best plan of a run in the name of whoever asked for it: a draft, or the plan of a scenario.

    A part for which nothing better was found gives no draft: it would be its base plan once more.
    """
    if run.best_plan is None:
        return None
    document, plan = unpack_term(run.term_document), unpack_plan(run.best_plan)
    if run.base_document is not None and nothing_moved(run.sections, unpack_plan(run.base_document), plan):
        run.reasons = drafts.reasons_of(run.sections, unplaced or {})
        return None
    with acting_as(run.requested_by_id):
        # what a part costs at least, with all else kept, is not what every plan of the term costs
        bound = run.bound if run.scope is RunScope.WHOLE else None
        run.plan = drafts.save_draft(
            run.term, document, plan, run.draft_name or "", bound,
            created_by_id=run.requested_by_id, unplaced=unplaced, scenario=run.scenario,
        )
        db.session.flush()
    return run.plan
