"""The queue of jobs: claimed once, kept by a lease, gone on with after a death."""

import threading

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from scheduler.core.errors import DomainError, constraint_name
from scheduler.core.extensions import db
from scheduler.engine.runs import queue
from scheduler.engine.runs.kinds import PlanningKind
from scheduler.engine.runs.planning_jobs import request_plan
from scheduler.engine.runs.progress import Throttle
from scheduler.models import AuditEntry, JobStatus, PlanningJob, PlanStatus, SearchPoint, Term
from scheduler.server.worker import worker_name
from tests.factories import Town
from tests.scheduler.jobs import found_plan, let_lease_run_out, order_of, queue_planning, take


def test_one_term_is_planned_once_at_a_time(town: Town) -> None:
    queue_planning(town)
    with pytest.raises(DomainError) as busy:
        request_plan(town.term, 60)
    assert busy.value.message == PlanningKind.refusal
    another = PlanningJob(term=town.term, subject_id=town.term.id, seconds=60, term_document=b"")
    db.session.add(another)
    with pytest.raises(IntegrityError) as refused:
        db.session.flush()
    assert constraint_name(refused.value) == "uq_jobs_active"
    db.session.rollback()


def test_a_run_is_claimed_once_and_kept_while_the_lease_is_renewed(town: Town) -> None:
    job = queue_planning(town)
    claim = take()
    assert (claim.job_id, claim.kind, claim.attempt, claim.seconds) == (job.id, "planning", 1, 60)
    assert order_of(claim).start is None
    assert queue.claim_next("other") is None
    assert queue.renew(claim, 3.0) == (True, False)
    db.session.commit()
    assert (job.status, job.elapsed, job.worker) == (JobStatus.RUNNING, 3.0, "w")


def test_an_abandoned_run_goes_on_from_its_best_plan_with_the_time_that_is_left(town: Town) -> None:
    job, improvement = queue_planning(town), found_plan(town, elapsed=20.0)
    lost = take("lost")
    assert queue.record(lost, improvement)
    db.session.commit()
    let_lease_run_out(job)
    claim = take("heir")
    assert (claim.attempt, claim.seconds, claim.elapsed) == (2, 40.0, 20.0)
    order = order_of(claim)
    assert (order.seconds, order.elapsed, order.start, order.total) == (40.0, 20.0, improvement.plan, improvement.total)
    assert queue.renew(lost, 21.0) == (False, False)
    assert not queue.record(lost, improvement)
    assert not queue.finish(lost)
    db.session.commit()
    assert (job.status, job.worker) == (JobStatus.RUNNING, "heir")
    assert db.session.scalar(select(func.count()).select_from(SearchPoint)) == 1


def test_a_finished_run_leaves_a_draft_in_the_name_of_who_asked(town: Town) -> None:
    job, improvement = queue_planning(town), found_plan(town)
    claim = take()
    queue.record(claim, improvement)
    assert queue.finish(claim)
    db.session.commit()
    plan = job.plan
    assert plan is not None
    assert (job.status, plan.status, plan.total, plan.bound) == (JobStatus.FINISHED, PlanStatus.DRAFT, job.total, 10)
    assert plan.created_by_id == town.users["coordinator"].id
    made = select(AuditEntry).where(AuditEntry.table == "plans", AuditEntry.action == "create")
    assert db.session.scalars(made).one().user_id == town.users["coordinator"].id
    assert queue.claim_next("other") is None, "nothing is left to do"


def test_after_three_deaths_a_run_fails_but_its_best_plan_stays(town: Town) -> None:
    job, improvement = queue_planning(town), found_plan(town)
    for attempt in (1, 2, 3):
        claim = take(f"w{attempt}")
        queue.record(claim, improvement)
        queue.retry(claim, "search_died")
        db.session.commit()
    assert (job.status, job.failure, job.attempt) == (JobStatus.FAILED, "search_died", 3)
    assert job.plan is not None and job.plan.total == improvement.total


def test_after_three_lost_workers_a_run_fails_too(town: Town) -> None:
    job = queue_planning(town)
    for attempt in (1, 2, 3):
        take(f"w{attempt}")
        let_lease_run_out(job)
    assert queue.claim_next("fourth") is None
    db.session.commit()
    assert (job.status, job.failure, job.plan) == (JobStatus.FAILED, "worker_lost", None)


def test_a_released_run_waits_again_and_the_attempt_does_not_count(town: Town) -> None:
    job = queue_planning(town)
    queue.release(take())
    db.session.commit()
    assert (job.status, job.attempt, job.worker) == (JobStatus.QUEUED, 0, None)
    assert take("next").attempt == 1


def test_stopping_reaches_the_worker_and_ends_a_waiting_run_at_once(town: Town) -> None:
    job = queue_planning(town)
    claim = take()
    queue.request_stop(job)
    db.session.commit()
    assert queue.renew(claim, 1.0) == (True, True)
    queue.finish(claim, JobStatus.STOPPED)
    db.session.commit()
    waiting = queue_planning(town)
    queue.request_stop(waiting)
    db.session.commit()
    assert (waiting.status, job.status) == (JobStatus.STOPPED, JobStatus.STOPPED)
    assert queue.claim_next("w") is None


def test_a_stop_is_not_lost_when_the_worker_gives_the_job_back_at_the_same_moment(app: Flask, town: Town) -> None:
    job = queue_planning(town)
    job_id, claim = job.id, take()
    queue.release(claim)

    def stop() -> None:
        with app.app_context():
            queue.request_stop(db.session.get_one(PlanningJob, job_id))
            db.session.commit()
            db.session.remove()

    thread = threading.Thread(target=stop)
    thread.start()
    wait_for_lock_of(thread)
    db.session.commit()
    thread.join()
    db.session.expire_all()
    assert (job.status, job.stop_requested) == (JobStatus.STOPPED, True)


def wait_for_lock_of(thread: threading.Thread) -> None:
    """Go on when another thread waits for a row; SQLite lets it do nothing at all before we commit."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    if db.engine.dialect.name != "postgresql":
        return
    with db.engine.connect() as connection:
        while thread.is_alive() and not connection.exec_driver_sql(waiting).scalar():
            connection.rollback()


def test_two_workers_race_for_one_run_and_exactly_one_gets_it(app: Flask, town: Town) -> None:
    job = queue_planning(town)
    start, claims = threading.Barrier(4), []

    def race() -> None:
        with app.app_context():
            start.wait()
            claims.append(queue.claim_next(worker_name()))
            db.session.commit()
            db.session.remove()

    threads = [threading.Thread(target=race) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winners = [claim for claim in claims if claim is not None]
    db.session.expire_all()
    assert len(claims) == 4 and len(winners) == 1
    assert (job.worker, job.attempt) == (winners[0].worker, 1)


def test_points_of_the_curve_are_throttled() -> None:
    throttle = Throttle(seconds=600)
    assert [throttle.passes(second) for second in (0.0, 0.1, 1.9, 2.0, 3.9, 4.1)] == [
        True,
        False,
        False,
        True,
        False,
        True,
    ]


def test_of_several_who_ask_at_once_for_the_same_term_one_gets_a_job(app: Flask, town: Town) -> None:
    term_id = town.term.id
    db.session.commit()
    start, refusals = threading.Barrier(3), []

    def ask() -> None:
        with app.app_context():
            term = db.session.get_one(Term, term_id)
            db.session.rollback()
            start.wait()
            try:
                request_plan(term, 60)
                db.session.commit()
            except DomainError as error:
                refusals.append(error.message)
            db.session.remove()

    threads = [threading.Thread(target=ask) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refusals == [PlanningKind.refusal] * 2
    assert db.session.scalar(select(func.count()).select_from(PlanningJob)) == 1
