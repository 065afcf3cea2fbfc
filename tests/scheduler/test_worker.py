"""The queue of planning runs, and what happens to a run when a worker or its search dies in the middle of it."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, inspect, select, update
from sqlalchemy.exc import IntegrityError

import solver
from scheduler.config import ROOT
from scheduler.database import now
from scheduler.errors import constraint_name
from scheduler.extensions import db
from scheduler.models import AuditEntry, Plan, PlanStatus, RunStatus, SolvePoint, SolveRun
from scheduler.solving import jobs
from scheduler.solving.documents import pack_plan, unpack_plan
from scheduler.solving.progress import Improvement, Throttle
from scheduler.solving.snapshot import plan_document, term_document
from scheduler.worker import worker_name
from tests.client import PageClient
from tests.factories import Town, build_plan

PAUSE = 0.1
PATIENCE = 3000


def state(run: SolveRun) -> Any:
    """The run's row as it is now, read in a transaction that is over at once, as workers are writing meanwhile."""
    identity = inspect(run).identity
    assert identity is not None
    db.session.rollback()
    with db.engine.begin() as connection:
        return connection.execute(select(SolveRun.__table__).where(SolveRun.id == identity[0])).one()


def wait_until(worker: "Worker", run: SolveRun, condition: Callable[[Any], object]) -> Any:
    """Ask for the run's row again and again, while the worker lives, until it fulfils the condition."""
    for _attempt in range(PATIENCE):
        alive, row = worker.process.poll() is None, state(run)
        if condition(row):
            return row
        assert alive or worker.killed, f"the worker has ended with {worker.process.returncode}"
        threading.Event().wait(PAUSE)
    pytest.fail(f"it did not happen: {state(run)}")


def queue_run(town: Town, seconds: int = 60) -> SolveRun:
    run = jobs.request_run(town.term, seconds, requested_by_id=town.users["coordinator"].id)
    db.session.commit()
    return run


def take(worker: str = "w") -> jobs.Claim:
    mine = jobs.claim(worker)
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


def test_one_term_is_planned_once_at_a_time(town: Town) -> None:
    queue_run(town)
    with pytest.raises(IntegrityError) as refused:
        jobs.request_run(town.term, 60)
    assert constraint_name(refused.value) == "uq_solve_runs_active"
    db.session.rollback()


def test_a_run_is_claimed_once_and_kept_while_the_lease_is_renewed(town: Town) -> None:
    run = queue_run(town)
    mine = take()
    assert (mine.run_id, mine.attempt, mine.seconds, mine.start) == (run.id, 1, 60, None)
    assert jobs.claim("other") is None
    assert jobs.renew(mine, 3.0) == (True, False)
    db.session.commit()
    assert (run.status, run.elapsed, run.worker) == (RunStatus.RUNNING, 3.0, "w")


def test_an_abandoned_run_goes_on_from_its_best_plan_with_the_time_that_is_left(town: Town) -> None:
    run, improvement = queue_run(town), found_plan(town, elapsed=20.0)
    lost = take("lost")
    assert jobs.record_progress(lost, improvement)
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
    assert jobs.renew(lost, 21.0) == (False, False)
    assert not jobs.record_progress(lost, improvement)
    assert jobs.finish(lost) is None
    db.session.commit()
    assert (run.status, run.worker) == (RunStatus.RUNNING, "heir")
    assert db.session.scalar(select(func.count()).select_from(SolvePoint)) == 1


def test_a_finished_run_leaves_a_draft_in_the_name_of_who_asked(town: Town) -> None:
    run, improvement = queue_run(town), found_plan(town)
    mine = take()
    jobs.record_progress(mine, improvement)
    plan = jobs.finish(mine)
    db.session.commit()
    assert plan is not None and run.plan is plan
    assert (run.status, plan.status, plan.total, plan.bound) == (RunStatus.FINISHED, PlanStatus.DRAFT, run.total, 10)
    assert plan.created_by_id == town.users["coordinator"].id
    made = select(AuditEntry).where(AuditEntry.table == "plans", AuditEntry.action == "create")
    assert db.session.scalars(made).one().user_id == town.users["coordinator"].id
    assert jobs.claim("other") is None, "nothing is left to do"


def test_after_three_deaths_a_run_fails_but_its_best_plan_stays(town: Town) -> None:
    run, improvement = queue_run(town), found_plan(town)
    for attempt in (1, 2, 3):
        mine = take(f"w{attempt}")
        jobs.record_progress(mine, improvement)
        jobs.retry(mine, "search_died")
        db.session.commit()
    assert (run.status, run.failure, run.attempt) == (RunStatus.FAILED, "search_died", 3)
    assert run.plan is not None and run.plan.total == improvement.total


def test_after_three_lost_workers_a_run_fails_too(town: Town) -> None:
    run = queue_run(town)
    for attempt in (1, 2, 3):
        take(f"w{attempt}")
        let_lease_run_out(run)
    assert jobs.claim("fourth") is None
    db.session.commit()
    assert (run.status, run.failure, run.plan) == (RunStatus.FAILED, "worker_lost", None)


def test_a_released_run_waits_again_and_the_attempt_does_not_count(town: Town) -> None:
    run = queue_run(town)
    jobs.release(take())
    db.session.commit()
    assert (run.status, run.attempt, run.worker) == (RunStatus.QUEUED, 0, None)
    assert take("next").attempt == 1


def test_stopping_reaches_the_worker_and_ends_a_waiting_run_at_once(town: Town) -> None:
    run = queue_run(town)
    mine = take()
    jobs.request_stop(run)
    db.session.commit()
    assert jobs.renew(mine, 1.0) == (True, True)
    jobs.finish(mine, RunStatus.STOPPED)
    db.session.commit()
    waiting = queue_run(town)
    jobs.request_stop(waiting)
    db.session.commit()
    assert (waiting.status, run.status) == (RunStatus.STOPPED, RunStatus.STOPPED)
    assert jobs.claim("w") is None


def test_two_workers_race_for_one_run_and_exactly_one_gets_it(app: Flask, town: Town) -> None:
    run = queue_run(town)
    start, claims = threading.Barrier(4), []

    def race() -> None:
        with app.app_context():
            start.wait()
            claims.append(jobs.claim(worker_name()))
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


class Worker:
    """A real worker process on this test's database."""

    def __init__(self, app: Flask, *arguments: str) -> None:
        environment = {
            **os.environ,
            "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
            "SECRET_KEY": "only for tests",
            "INSTANCE_FOLDER": str(app.config["INSTANCE"]),
            "SOLVER_WORKERS": "1",
        }
        self.killed = False
        command = [sys.executable, "-m", "flask", "--app", "scheduler.app", "work", *arguments]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment)  # noqa: S603 - our own command

    @property
    def searches(self) -> list[int]:
        """The processes that this worker has started, but for Python's own resource tracker."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]

    def kill(self) -> None:
        """End the worker without a word, as a crash does."""
        self.killed = True
        self.process.kill()
        self.process.wait()

    def end(self) -> int:
        """Ask the worker to end; its exit status."""
        self.process.terminate()
        return self.process.wait()


@pytest.fixture
def start_worker(app: Flask) -> Iterator[Callable[..., Worker]]:
    """Starts real workers and leaves none behind."""
    workers: list[Worker] = []

    def start(*arguments: str) -> Worker:
        workers.append(Worker(app, *arguments))
        return workers[-1]

    yield start
    for worker in workers:
        if worker.process.poll() is None:
            worker.process.kill()
            worker.process.wait()


def contest(town: Town) -> None:
    """Let two sections compete for one hour of the week, so that no search can prove that it is done."""
    for room in (town.reading_room, town.hall):
        room.windows = room.windows[:1]
        room.windows[0].start_minute, room.windows[0].end_minute = 540, 630
    town.sections[0].reach_metres = town.sections[1].reach_metres = 5000
    town.sections[2].learners[0].people = 5
    db.session.commit()


def is_gone(process: int) -> bool:
    """Whether a process has ended; one that only waits to be noticed by its parent counts as ended."""
    try:
        return ") Z " in Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return True


def test_a_queued_run_is_carried_out_and_the_worker_goes_home(town: Town, start_worker: Callable[..., Worker]) -> None:
    run = queue_run(town, seconds=30)
    assert start_worker("--once").process.wait() == 0
    db.session.expire_all()
    assert (run.status, run.attempt, run.placed, run.unplaced) == (RunStatus.FINISHED, 1, 3, 0)
    assert run.plan is not None and run.plan.total == run.total
    report = solver.check(term_document(town.term), plan_document(run.plan))
    assert not report.violations and report.total == run.plan.total
    assert run.points[-1].total == run.total


def test_a_run_survives_the_death_of_its_worker(
    town: Town, coordinator: PageClient, start_worker: Callable[..., Worker]
) -> None:
    contest(town)
    run, street = queue_run(town, seconds=3600), town.street.id
    first = start_worker()
    best = wait_until(first, run, lambda row: row.best_plan is not None and row.elapsed > 0).total
    searches = first.searches
    assert len(searches) == 1
    page = coordinator.post(f"/desk/network/units/{street}/edit", {"name": "新锦屏街道"})
    assert "新锦屏街道" in page.text, "everybody else works on while the search goes on"
    first.kill()
    row = wait_until(first, run, lambda row: all(is_gone(search) for search in searches))
    assert (row.status, row.total) == ("running", best), "no search is left behind, and nothing is lost"
    let_lease_run_out(run)

    second = start_worker()
    wait_until(second, run, lambda heir: heir.attempt == 2 and heir.elapsed > row.elapsed)
    coordinator.post(f"/desk/terms/{run.term_id}/plan/runs/{run.id}/stop")
    row = wait_until(second, run, lambda row: row.status == "stopped")
    assert second.end() == 0
    assert row.total <= best and run.plan is not None and run.plan.total == row.total
    assert unpack_plan(row.best_plan).placed == plan_document(run.plan).placed
    assert db.session.scalars(select(Plan)).all() == [run.plan]


def test_a_search_that_is_killed_is_taken_up_again_and_a_worker_that_ends_gives_its_run_back(
    town: Town, start_worker: Callable[..., Worker]
) -> None:
    contest(town)
    run = queue_run(town, seconds=3600)
    worker = start_worker()
    before = wait_until(worker, run, lambda row: row.best_plan is not None and row.elapsed > 0)
    os.kill(worker.searches[0], signal.SIGKILL)
    after = wait_until(worker, run, lambda row: row.attempt == 2 and row.elapsed > before.elapsed)
    assert after.total <= before.total and after.status == "running"
    searches = worker.searches
    assert worker.end() == 0
    row = state(run)
    assert (row.status, row.attempt, row.worker) == ("queued", 1, None), "given back unharmed"
    assert row.best_plan is not None and all(is_gone(search) for search in searches)
