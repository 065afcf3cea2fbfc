"""The queue of planning runs: claimed once, kept by a lease, gone on with after a death."""

import threading

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from scheduler.core.errors import constraint_name
from scheduler.core.extensions import db
from scheduler.engine.runs import queue
from scheduler.engine.runs.progress import Throttle
from scheduler.models import AuditEntry, PlanStatus, RunStatus, SolvePoint
from scheduler.server.worker import worker_name
from tests.factories import Town
from tests.scheduler.runs import found_plan, let_lease_run_out, queue_run, take


def test_one_term_is_planned_once_at_a_time(town: Town) -> None:
    queue_run(town)
    with pytest.raises(IntegrityError) as refused:
        queue.request_run(town.term, 60)
    assert constraint_name(refused.value) == "uq_solve_runs_active"
    db.session.rollback()


def test_a_run_is_claimed_once_and_kept_while_the_lease_is_renewed(town: Town) -> None:
    run = queue_run(town)
    mine = take()
    assert (mine.run_id, mine.attempt, mine.seconds, mine.start) == (run.id, 1, 60, None)
    assert queue.claim("other") is None
    assert queue.renew(mine, 3.0) == (True, False)
    db.session.commit()
    assert (run.status, run.elapsed, run.worker) == (RunStatus.RUNNING, 3.0, "w")


def test_an_abandoned_run_goes_on_from_its_best_plan_with_the_time_that_is_left(town: Town) -> None:
    run, improvement = queue_run(town), found_plan(town, elapsed=20.0)
    lost = take("lost")
    assert queue.record_progress(lost, improvement)
    db.session.commit()
    let_lease_run_out(run)
    mine = take("heir")
    assert (mine.attempt, mine.seconds, mine.elapsed, mine.start, mine.total) == (
        2,
        40.0,
        20.0,
        improvement.plan,
        improvement.total,
    )
    assert queue.renew(lost, 21.0) == (False, False)
    assert not queue.record_progress(lost, improvement)
    assert queue.finish(lost) is None
    db.session.commit()
    assert (run.status, run.worker) == (RunStatus.RUNNING, "heir")
    assert db.session.scalar(select(func.count()).select_from(SolvePoint)) == 1


def test_a_finished_run_leaves_a_draft_in_the_name_of_who_asked(town: Town) -> None:
    run, improvement = queue_run(town), found_plan(town)
    mine = take()
    queue.record_progress(mine, improvement)
    plan = queue.finish(mine)
    db.session.commit()
    assert plan is not None and run.plan is plan
    assert (run.status, plan.status, plan.total, plan.bound) == (RunStatus.FINISHED, PlanStatus.DRAFT, run.total, 10)
    assert plan.created_by_id == town.users["coordinator"].id
    made = select(AuditEntry).where(AuditEntry.table == "plans", AuditEntry.action == "create")
    assert db.session.scalars(made).one().user_id == town.users["coordinator"].id
    assert queue.claim("other") is None, "nothing is left to do"


def test_after_three_deaths_a_run_fails_but_its_best_plan_stays(town: Town) -> None:
    run, improvement = queue_run(town), found_plan(town)
    for attempt in (1, 2, 3):
        mine = take(f"w{attempt}")
        queue.record_progress(mine, improvement)
        queue.retry(mine, "search_died")
        db.session.commit()
    assert (run.status, run.failure, run.attempt) == (RunStatus.FAILED, "search_died", 3)
    assert run.plan is not None and run.plan.total == improvement.total


def test_after_three_lost_workers_a_run_fails_too(town: Town) -> None:
    run = queue_run(town)
    for attempt in (1, 2, 3):
        take(f"w{attempt}")
        let_lease_run_out(run)
    assert queue.claim("fourth") is None
    db.session.commit()
    assert (run.status, run.failure, run.plan) == (RunStatus.FAILED, "worker_lost", None)


def test_a_released_run_waits_again_and_the_attempt_does_not_count(town: Town) -> None:
    run = queue_run(town)
    queue.release(take())
    db.session.commit()
    assert (run.status, run.attempt, run.worker) == (RunStatus.QUEUED, 0, None)
    assert take("next").attempt == 1


def test_stopping_reaches_the_worker_and_ends_a_waiting_run_at_once(town: Town) -> None:
    run = queue_run(town)
    mine = take()
    queue.request_stop(run)
    db.session.commit()
    assert queue.renew(mine, 1.0) == (True, True)
    queue.finish(mine, RunStatus.STOPPED)
    db.session.commit()
    waiting = queue_run(town)
    queue.request_stop(waiting)
    db.session.commit()
    assert (waiting.status, run.status) == (RunStatus.STOPPED, RunStatus.STOPPED)
    assert queue.claim("w") is None


def test_two_workers_race_for_one_run_and_exactly_one_gets_it(app: Flask, town: Town) -> None:
    run = queue_run(town)
    start, claims = threading.Barrier(4), []

    def race() -> None:
        with app.app_context():
            start.wait()
            claims.append(queue.claim(worker_name()))
            db.session.commit()
            db.session.remove()

    threads = [threading.Thread(target=race) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winners = [mine for mine in claims if mine is not None]
    db.session.expire_all()
    assert len(claims) == 4 and len(winners) == 1
    assert (run.worker, run.attempt) == (winners[0].worker, 1)


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
