"""Runs of each kind become jobs with their details, and runs again."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask_migrate import downgrade, upgrade
from sqlalchemy import MetaData, Table, insert, select

from scheduler.core.database import now
from scheduler.core.extensions import db
from scheduler.engine.runs import queue
from scheduler.models import (
    Job,
    JobStatus,
    PlanningJob,
    PlanningScope,
    PlanStatus,
    RecommendationJob,
    Scenario,
    ScenarioJob,
    Term,
)
from tests.factories import Town, build_plan
from tests.scheduler.jobs import order_of, take

FORMER = ("solve_runs", "solve_run_sections", "solve_points")
MOMENT = datetime(2026, 11, 30, 9, 30)  # noqa: DTZ001 - as it stands in the database
SHARED: dict[str, Any] = {
    "requested_at": MOMENT, "seed": 3, "term_document": b"term", "attempt": 0, "stop_requested": False,
    "elapsed": 0.0, "reasons": {}, "scope": "whole", "kept": 0,
}

Rows = dict[str, list[dict[str, Any]]]


def before_jobs() -> str:
    """The revision before the one that makes jobs."""
    config = current_app.extensions["migrate"].migrate.get_config()
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    return next(str(script.down_revision) for script in scripts if script.path.endswith("_jobs.py"))


def former_tables() -> dict[str, Table]:
    metadata = MetaData()
    metadata.reflect(db.engine, only=FORMER)
    return {name: metadata.tables[name] for name in FORMER}


def former_rows() -> Rows:
    with db.engine.connect() as connection:
        return {
            name: [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]
            for name, table in former_tables().items()
        }


def runs_of_each_kind(town: Town, base_id: int, scenario_id: int) -> list[dict[str, Any]]:
    """A part that goes on, a whole that failed, one that is stopped, a scenario, and a question half answered."""
    of_all = {**SHARED, "term_id": town.term.id, "requested_by_id": town.users["coordinator"].id}
    return [
        {
            **of_all, "id": 4, "status": "running", "seconds": 600, "attempt": 2, "worker": "old", "elapsed": 61.5,
            "started_at": MOMENT, "lease_until": MOMENT, "total": 900, "bound": 100, "placed": 2, "unplaced": 1,
            "best_plan": b"best", "scope": "selection", "base_document": b"base", "base_plan_id": base_id, "kept": 1,
            "draft_name": "方案 1 · 重排",
        },
        {
            **of_all, "id": 5, "status": "failed", "seconds": 60, "attempt": 1, "started_at": MOMENT,
            "ended_at": MOMENT, "failure": "infeasible", "reasons": {"1": {"code": "no room", "parameters": ["9"]}},
        },
        {**of_all, "id": 7, "status": "stopped", "seconds": 60, "stop_requested": True, "plan_id": base_id},
        {
            **of_all, "id": 8, "status": "queued", "seconds": 90, "scenario_id": scenario_id, "start_plan": b"start",
            "fingerprint": "f" * 64, "total": 7, "best_plan": b"scenario",
        },
        {
            **of_all, "id": 11, "status": "queued", "seconds": 30, "asked_plan_id": base_id, "start_plan": b"asked",
            "fingerprint": "e" * 64, "findings": {"tried": 1, "of": 2, "gains": []}, "elapsed": 2.0,
        },
    ]


@pytest.fixture
def former(app: Flask, town: Town) -> Iterator[Rows]:
    """The rows of a database before there were jobs; the tables of today are made again whatever happens."""
    base = build_plan(town, PlanStatus.DRAFT)
    scenario = Scenario(term=town.term, name="一", changes={"version": 1, "changes": []})
    db.session.add(scenario)
    db.session.commit()
    runs, section = runs_of_each_kind(town, base.id, scenario.id), town.sections[1].id
    db.session.remove()
    downgrade(revision=before_jobs())
    tables = former_tables()
    with db.engine.begin() as connection:
        for run in runs:
            connection.execute(insert(tables["solve_runs"]).values(run))
        connection.execute(insert(tables["solve_run_sections"]).values(run_id=4, section_id=section))
        figures = {"elapsed": 1.5, "bound": 100, "placed": 2, "unplaced": 1, "phase": "rivals"}
        for number, run_id, total in ((21, 4, 950), (22, 8, 7), (23, 4, 900)):
            point = {"id": number, "run_id": run_id, "total": total, **figures}
            connection.execute(insert(tables["solve_points"]).values(point))
    try:
        yield former_rows()
    finally:
        db.session.remove()
        upgrade()


def test_each_run_becomes_a_job_with_the_details_of_its_kind(former: Rows) -> None:
    upgrade()
    assert [(job.id, job.kind, job.rank) for job in db.session.scalars(select(Job).order_by(Job.id))] == [
        (4, "planning", 0), (5, "planning", 0), (7, "planning", 0), (8, "scenario", 1), (11, "recommendation", 1)
    ]
    part, failed = (db.session.get_one(PlanningJob, number) for number in (4, 5))
    assert (part.scope, part.base_document, part.kept, len(part.sections)) == (PlanningScope.SELECTION, b"base", 1, 1)
    assert [(point.id, point.total) for point in part.points] == [(21, 950), (23, 900)]
    assert part.started_at is not None and part.started_at.replace(tzinfo=None) == MOMENT
    assert (failed.status, failed.failure) == (JobStatus.FAILED, "infeasible")
    assert failed.reasons["1"]["code"] == "no room" and failed.base_plan is None
    scenario, question = db.session.get_one(ScenarioJob, 8), db.session.get_one(RecommendationJob, 11)
    assert (scenario.scenario.name, scenario.best_plan) == ("一", b"scenario")
    assert scenario.subject_id == scenario.scenario_id
    assert (question.subject_id, question.asked_document) == (question.asked_plan_id, b"asked")
    assert question.findings == {"tried": 1, "of": 2, "gains": []} and question.elapsed == 2.0


def test_a_run_whose_worker_was_lost_goes_on_as_a_job(former: Rows) -> None:
    upgrade()
    claims = [take(f"w{number}") for number in range(3)]
    assert [(claim.job_id, claim.attempt, claim.elapsed) for claim in claims] == [
        (4, 3, 61.5), (8, 1, 0.0), (11, 1, 2.0)
    ]
    orders = [order_of(claim) for claim in claims]
    assert [(order.start, order.total, order.asks) for order in orders] == [
        (b"best", 900, False), (b"scenario", 7, False), (b"asked", None, True)
    ]
    assert orders[0].only is not None and orders[0].seconds == 600 - 61.5


def test_new_jobs_are_numbered_after_the_former_runs_and_the_term_is_still_planned_once(former: Rows) -> None:
    upgrade()
    assert queue.claim_next("heir") is not None
    term = db.session.scalars(select(Term)).one()
    job = RecommendationJob(
        term=term, subject_id=0, asked_plan=db.session.get_one(RecommendationJob, 11).asked_plan, seconds=1,
        term_document=b"", requested_at=now(),
    )
    queue.enqueue(job)
    assert job.id == 12
    db.session.rollback()


def test_jobs_become_the_same_runs_again(former: Rows) -> None:
    upgrade()
    downgrade(revision=before_jobs())
    assert former_rows() == former and len(former["solve_runs"]) == 5
