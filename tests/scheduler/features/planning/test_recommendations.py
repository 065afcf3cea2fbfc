"""What would help a plan: asked for, found out by a real worker, marked when outdated, tried as a scenario."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.engine.analysis.recommendations import recommendations_of
from scheduler.engine.analysis.what_if import measures_of
from scheduler.engine.documents.codec import unpack_plan
from scheduler.engine.documents.snapshot import plan_document
from scheduler.engine.runs import queue
from scheduler.engine.runs.progress import Findings
from scheduler.models import Job, JobStatus, Plan, PlanStatus, RecommendationJob, Scenario, ScenarioJob, TeacherWindow
from tests.client import PageClient
from tests.factories import Town, build_plan, sign_in_as
from tests.scheduler.jobs import let_lease_run_out, order_of, take
from tests.scheduler.workers import Worker


@pytest.fixture
def plan(town: Town) -> Plan:
    """Both teachers have time only for what they hold, so that two hours more place the section that is left out."""
    made = build_plan(town, PlanStatus.DRAFT)
    town.teacher.windows = [TeacherWindow(weekday=1, start_minute=540, end_minute=630)]
    town.volunteer.windows = [TeacherWindow(weekday=3, start_minute=840, end_minute=930)]
    db.session.commit()
    return made


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


def the_job() -> RecommendationJob:
    db.session.expire_all()
    return db.session.scalars(select(RecommendationJob)).one()


@pytest.mark.one_database
def test_a_worker_finds_out_what_would_help_and_a_scenario_with_it_wins_that(
    coordinator: PageClient, town: Town, plan: Plan, start_worker: Callable[..., Worker]
) -> None:
    page = f"/desk/plans/{plan.id}/help"
    assert "Find out what would help" in coordinator.get(page).text
    shown = coordinator.post(page, {"seconds": "30"})
    assert "Waiting for a worker" in shown.text
    assert "being found out already" in coordinator.post(page, {"seconds": "30"}).text
    assert start_worker("--once").process.wait() == 0
    job = the_job()
    assert (job.status, job.asked_plan_id) == (JobStatus.FINISHED, plan.id)
    assert db.session.scalars(select(Plan)).all() == [plan]
    best = recommendations_of(job).rows[0]
    assert best.sections == [town.sections[1].name] and best.learners == 15 and best.gain > 0
    shown = coordinator.get(page)
    said = "舞蹈志愿者 1 teaches also on Monday 08:30–10:30."
    assert said in shown.text and f"Places 1 section (15 learners): {town.sections[1].name}." in shown.text
    assert "Outdated" not in shown.text and "Look again" in shown.text
    address = f"/desk/terms/{town.term.id}/scenarios"
    made = coordinator.post(f"{address}/try", {"only": best.granted})
    assert made.heading == said.rstrip(".")
    scenario = db.session.scalars(select(Scenario)).one()
    coordinator.post(f"{address}/{scenario.id}/plan", {"seconds": "30"})
    assert start_worker("--once").process.wait() == 0
    db.session.expire_all()
    found = db.session.scalars(select(ScenarioJob)).one().plan
    assert found is not None and (found.status, found.scenario_id) == (PlanStatus.SCENARIO, scenario.id)
    won = measures_of(found)
    assert (won.placed, won.learners_placed, won.broken) == (3, 65, 0) and measures_of(plan).placed == 2
    assert "1 more section is placed (15 learners)" in coordinator.get(address).text
    shown = coordinator.post(f"{address}/{scenario.id}/take-over")
    assert f"Plan {found.name} is a draft that can be published." in shown.text
    assert "is published" in coordinator.post(f"/desk/terms/{town.term.id}/publish?plan={found.id}").text


def test_what_was_found_is_outdated_when_the_plan_or_the_term_changes(
    coordinator: PageClient, town: Town, plan: Plan
) -> None:
    page = f"/desk/plans/{plan.id}/help"
    coordinator.post(page, {"seconds": "30"})
    queue.finish(take())
    db.session.commit()
    shown = coordinator.get(page)
    assert "No single thing would help" in shown.text and "Outdated" not in shown.text
    town.hall.capacity = 51
    db.session.commit()
    assert "Outdated" in coordinator.get(page).text


def test_what_was_found_until_a_stop_is_kept(coordinator: PageClient, town: Town, plan: Plan) -> None:
    page = f"/desk/plans/{plan.id}/help"
    coordinator.post(page, {"seconds": "30"})
    claim = take()
    teacher = f"t{town.teacher.id}"
    place = {"week": 1, "meetings": [[1, 600]], "room": f"r{town.hall.id}", "teacher": teacher}
    gain = {
        "thing": {"kind": "extend availability", "teacher": teacher, "hours": [[1, 690, 750]]}, "gain": 900,
        "places": [f"s{town.sections[1].id}"], "proven": False, "placements": {f"s{town.sections[1].id}": place},
    }
    assert queue.record(claim, Findings(3.0, {"tried": 1, "of": 9, "gains": [gain]}))
    db.session.commit()
    fragment = coordinator.client.get(f"{page}/found", headers={"HX-Request": "true"})
    assert "1 / 9" in fragment.text
    coordinator.post(f"{page}/{the_job().id}/stop")
    assert queue.renew(claim, 4.0) == (True, True)
    queue.finish(claim, JobStatus.STOPPED)
    db.session.commit()
    assert "书法教师 1 teaches also on Tuesday 11:30–12:30." in coordinator.get(page).text
    assert coordinator.client.get(f"{page}/found", headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert db.session.scalars(select(Plan)).all() == [plan]


def test_a_question_whose_worker_is_lost_is_taken_up_by_another(
    coordinator: PageClient, town: Town, plan: Plan
) -> None:
    coordinator.post(f"/desk/plans/{plan.id}/help", {"seconds": "30"})
    lost = take("lost")
    order = order_of(lost)
    assert order.asks and unpack_plan(order.start or b"").placed == plan_document(plan).placed
    let_lease_run_out(the_job())
    heir = take("heir")
    again = order_of(heir)
    assert (again.asks, again.start, heir.attempt) == (True, order.start, 2)
    assert not queue.record(lost, Findings(9.0, {"tried": 0, "of": 1, "gains": []}))


def test_only_who_plans_the_term_may_ask(app: Flask, town: Town, plan: Plan) -> None:
    street = sign_in_as(app, "street")
    street.get(f"/desk/plans/{plan.id}/help", status=404)
    street.post(f"/desk/plans/{plan.id}/help", {"seconds": "30"}, status=404)
    assert not db.session.scalars(select(Job)).all()


def test_each_way_of_an_explanation_is_tried_as_a_scenario(coordinator: PageClient, town: Town, plan: Plan) -> None:
    shown = coordinator.get(f"/desk/plans/{plan.id}/sections/{town.sections[1].id}")
    grants = [field.get("value") for field in shown.elements("input") if field.get("name") == "grant"]
    assert grants
    for grant in grants:
        made = coordinator.post(f"/desk/terms/{town.term.id}/scenarios/try", {"grant": grant})
        assert "The scenario is made" in made.text
    assert len(db.session.scalars(select(Scenario)).all()) == len(grants)
