"""What happens to a run when a worker or its search dies in the middle of it, with real processes."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

import solver
from scheduler.core.extensions import db
from scheduler.engine.documents.codec import unpack_plan
from scheduler.engine.documents.snapshot import plan_document, term_document
from scheduler.engine.runs.partial_run import PartSelection
from scheduler.engine.runs.planning_jobs import request_plan
from scheduler.models import JobStatus, Meeting, Plan, PlanningJob, PlanningScope, PlanStatus
from tests.client import PageClient
from tests.factories import Town, build_plan
from tests.scheduler.jobs import let_lease_run_out, queue_planning, state
from tests.scheduler.workers import Worker

PAUSE = 0.1
PATIENCE = 3000


def wait_until(worker: Worker, job: PlanningJob, condition: Callable[[Any], object]) -> Any:
    """Ask for the run's row again and again, while the worker lives, until it fulfils the condition."""
    for _attempt in range(PATIENCE):
        alive, row = worker.process.poll() is None, state(job)
        if condition(row):
            return row
        assert alive or worker.killed, f"the worker has ended with {worker.process.returncode}"
        threading.Event().wait(PAUSE)
    pytest.fail(f"it did not happen: {state(job)}")


@pytest.fixture
def start_worker(app: Flask) -> Iterator[Callable[..., Worker]]:
    """Starts real workers and leaves none behind."""
    workers: list[Worker] = []

    def start(*arguments: str) -> Worker:
        workers.append(Worker(app, *arguments))
        return workers[-1]

    yield start
    for worker in workers:
        worker.leave()


def contest(town: Town) -> None:
    """Let two sections compete for one hour of the week, so that no search can prove that it is done."""
    for room in (town.reading_room, town.hall):
        room.windows = room.windows[:1]
        room.windows[0].start_minute, room.windows[0].end_minute = 540, 630
    town.sections[0].reach_metres = town.sections[1].reach_metres = 5000
    town.sections[2].learners[0].people = 5
    db.session.commit()


def request_part(town: Town, seconds: int) -> tuple[PlanningJob, Plan]:
    """A run that plans both writing sections again, for whom there is one hour, and the plan in which dance stays."""
    base = build_plan(town, PlanStatus.DRAFT)
    base.placements[1].meetings = [Meeting(weekday=0, start_minute=540)]
    choice = PartSelection(PlanningScope.SELECTION, base, town.sections[:2])
    job = request_plan(town.term, seconds, requested_by_id=town.users["coordinator"].id, part=choice)
    db.session.commit()
    return job, base


def is_gone(process: int) -> bool:
    """Whether a process has ended; one that only waits to be noticed by its parent counts as ended."""
    try:
        return ") Z " in Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return True


def test_a_queued_run_is_carried_out_and_the_worker_goes_home(town: Town, start_worker: Callable[..., Worker]) -> None:
    job = queue_planning(town, seconds=30)
    assert start_worker("--once").process.wait() == 0
    db.session.expire_all()
    assert (job.status, job.attempt, job.placed, job.unplaced) == (JobStatus.FINISHED, 1, 3, 0)
    assert job.plan is not None and job.plan.total == job.total
    report = solver.check(term_document(town.term), plan_document(job.plan))
    assert not report.violations and report.total == job.plan.total
    assert job.points[-1].total == job.total


def test_a_run_survives_the_death_of_its_worker(
    town: Town, coordinator: PageClient, start_worker: Callable[..., Worker]
) -> None:
    contest(town)
    job, street = queue_planning(town, seconds=3600), town.street.id
    first = start_worker()
    best = wait_until(first, job, lambda row: row.best_plan is not None and row.elapsed > 0).total
    searches = first.searches
    assert len(searches) == 1
    page = coordinator.post(f"/desk/network/units/{street}/edit", {"name": "新锦屏街道"})
    assert "新锦屏街道" in page.text, "everybody else works on while the search goes on"
    first.kill()
    row = wait_until(first, job, lambda row: all(is_gone(search) for search in searches))
    assert (row.status, row.total) == ("running", best), "no search is left behind, and nothing is lost"
    let_lease_run_out(job)

    second = start_worker()
    wait_until(second, job, lambda heir: heir.attempt == 2 and heir.elapsed > row.elapsed)
    coordinator.post(f"/desk/terms/{job.term_id}/plan/runs/{job.id}/stop")
    row = wait_until(second, job, lambda row: row.status == "stopped")
    assert second.end() == 0
    assert row.total <= best and job.plan is not None and job.plan.total == row.total
    assert unpack_plan(row.best_plan).placed == plan_document(job.plan).placed
    assert db.session.scalars(select(Plan)).all() == [job.plan]


def test_a_search_that_is_killed_is_taken_up_again_and_a_worker_that_ends_gives_its_run_back(
    town: Town, start_worker: Callable[..., Worker]
) -> None:
    contest(town)
    job = queue_planning(town, seconds=3600)
    worker = start_worker()
    before = wait_until(worker, job, lambda row: row.best_plan is not None and row.elapsed > 0)
    os.kill(worker.searches[0], signal.SIGKILL)
    after = wait_until(worker, job, lambda row: row.attempt == 2 and row.elapsed > before.elapsed)
    assert after.total <= before.total and after.status == "running"
    searches = worker.searches
    assert worker.end() == 0
    row = state(job)
    assert (row.status, row.attempt, row.worker) == ("queued", 1, None), "given back unharmed"
    assert row.best_plan is not None and all(is_gone(search) for search in searches)


@pytest.mark.one_database
def test_a_killed_search_of_a_part_goes_on_with_the_same_part(
    town: Town, coordinator: PageClient, start_worker: Callable[..., Worker]
) -> None:
    contest(town)
    job, base = request_part(town, seconds=3600)
    worker, placement = start_worker(), plan_document(base).placed[f"s{town.sections[2].id}"]
    before = wait_until(worker, job, lambda row: row.best_plan is not None and row.elapsed > 0)
    assert unpack_plan(before.best_plan).placed[f"s{town.sections[2].id}"] == placement
    os.kill(worker.searches[0], signal.SIGKILL)
    after = wait_until(worker, job, lambda row: row.attempt == 2 and row.elapsed > before.elapsed)
    assert after.total <= before.total and after.status == "running"
    coordinator.post(f"/desk/terms/{job.term_id}/plan/runs/{job.id}/stop")
    row = wait_until(worker, job, lambda row: row.status == "stopped")
    assert worker.end() == 0
    assert (row.scope, row.kept) == ("selection", 1) and job.plan is not None and job.plan.id != base.id
    written = plan_document(job.plan)
    assert written.placed[f"s{town.sections[2].id}"] == placement and len(written.placed) == 2
    assert solver.check(term_document(town.term), written).violations == ()
