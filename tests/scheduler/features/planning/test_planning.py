"""From a term that is ready to a plan that is published, through the pages."""

import json
from io import BytesIO
from typing import Any

from flask import Flask
from sqlalchemy import func, select, update

import solver
from scheduler.core.extensions import db
from scheduler.engine.documents.codec import unpack_term
from scheduler.engine.documents.snapshot import plan_document, term_document
from scheduler.engine.runs import queue
from scheduler.engine.runs.search_process import Ended
from scheduler.models import AuditEntry, JobStatus, Placement, Plan, PlanningJob, PlanStatus, Term
from tests.client import PageClient
from tests.factories import Town, build_plan, sign_in_as
from tests.scheduler.jobs import found_plan, queue_planning, take


def draft_of(town: Town) -> Plan:
    plan = build_plan(town, PlanStatus.DRAFT)
    db.session.commit()
    return plan


def plan_page(town: Town) -> str:
    return f"/desk/terms/{town.term.id}/plan"


def upload(client: PageClient, town: Town, content: bytes, **fields: Any) -> str:
    data = {"document": (BytesIO(content), "plan.json"), **fields}
    return client.post(f"{plan_page(town)}/upload", data).text


def test_a_ready_term_says_so_and_what_is_worth_a_look(coordinator: PageClient, town: Town) -> None:
    page = coordinator.get(f"/desk/terms/{town.term.id}/ready")
    assert "Nothing is missing: the term can be planned." in page.text
    assert "The places of 2 venues are assumed" in page.text and "No day off lies in the term" in page.text
    assert "3 sections for 65 learners" in page.text and "1 unit has a budget" in page.text


def test_what_is_missing_is_named_with_a_link_to_mend_it(coordinator: PageClient, town: Town) -> None:
    town.sections[0].learners = []
    town.sections[1].earliest_week = town.sections[1].latest_week = 12
    town.volunteer.subjects, town.teacher.windows, town.hall.windows = [], [], []
    town.dance.windows = []
    town.term.budgets.clear()
    db.session.commit()
    page = coordinator.get(f"/desk/terms/{town.term.id}/ready")
    for said in (
        "1 section has no learners.",
        "1 section cannot end within the term",
        "1 course has no hours that suit it.",
        "1 room has no opening hours",
        "1 teacher has no hours.",
        "1 teacher has no subject.",
        "No unit has a budget",
        "3 sections cannot be placed by any plan.",
        "No teacher teaches its subject",
    ):
        assert said in page.text, said
    for link in (
        f"/desk/terms/{town.term.id}/sections/{town.sections[1].id}",
        f"/desk/venues/rooms/{town.hall.id}/hours",
        f"/desk/teachers/{town.volunteer.id}/edit",
        f"/desk/courses/{town.dance.id}/edit",
        f"/desk/terms/{town.term.id}/budgets",
    ):
        assert link in page.links, link


def test_a_term_without_sections_is_not_planned(coordinator: PageClient, town: Town) -> None:
    for section in town.sections:
        db.session.delete(section)
    db.session.commit()
    assert "There are no sections yet" in coordinator.get(f"/desk/terms/{town.term.id}/ready").text
    assert "Nothing to plan yet" in coordinator.get(plan_page(town)).text
    page = coordinator.post(plan_page(town), {"seconds": 30})
    assert "open sections first" in page.text
    assert db.session.scalar(select(func.count()).select_from(PlanningJob)) == 0


def test_planning_queues_a_run_with_the_term_as_it_is(coordinator: PageClient, town: Town) -> None:
    page = coordinator.post(plan_page(town), {"seconds": 120, "repair": "y"})
    assert "Waiting for a worker" in page.text
    job = db.session.scalars(select(PlanningJob)).one()
    assert (job.seconds, job.status, job.requested_by_id) == (120, JobStatus.QUEUED, town.users["coordinator"].id)
    page = coordinator.post(plan_page(town), {"seconds": 120})
    assert "This term is being planned already." in page.text
    assert db.session.scalar(select(func.count()).select_from(PlanningJob)) == 1


def test_an_impossible_time_is_refused(coordinator: PageClient, town: Town) -> None:
    for seconds in ("", "31", "-1", "x"):
        coordinator.post(plan_page(town), {"seconds": seconds})
    assert db.session.scalar(select(func.count()).select_from(PlanningJob)) == 0


def test_a_run_is_followed_and_stopped(coordinator: PageClient, town: Town) -> None:
    job, improvement = queue_planning(town), found_plan(town)
    claim = take()
    queue.record(claim, improvement)
    db.session.commit()
    page = coordinator.get(plan_page(town))
    assert f"{improvement.total:,}" in page.text and "Stop and keep the best plan" in page.text
    part = f"{plan_page(town)}/runs/{job.id}"
    fragment = coordinator.client.get(part, headers={**coordinator.headers, "HX-Request": "true"})
    assert "HX-Refresh" not in fragment.headers and "data-points" in fragment.text
    page = coordinator.post(f"{plan_page(town)}/runs/{job.id}/stop")
    assert "The best plan is kept" in page.text and queue.renew(claim, 1.0) == (True, True)
    queue.finish(claim, JobStatus.STOPPED)
    db.session.commit()
    assert coordinator.client.get(part, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    page = coordinator.get(part)
    assert page.heading == "Plan the term", "who opens the part by itself finds the whole page"
    assert "Planning was stopped" in page.text and "#1" in page.text


def test_a_failed_run_says_why(coordinator: PageClient, town: Town) -> None:
    queue_planning(town)
    reasons = {f"s{town.sections[0].id}": solver.Reason("no room", ("capacity", "2"))}
    queue.fail(take(), "infeasible", Ended(has_plan=False, status="infeasible", reasons=reasons))
    db.session.commit()
    page = coordinator.get(plan_page(town))
    assert "cannot all be kept" in page.text and town.sections[0].name in page.text and "seats all" in page.text


def test_a_plan_shows_its_cost_in_words_and_why_a_section_is_left_out(coordinator: PageClient, town: Town) -> None:
    plan = draft_of(town)
    plan.reasons = {str(town.sections[1].id): {"code": "rooms taken", "parameters": ["2"]}}
    db.session.commit()
    page = coordinator.get(f"/desk/plans/{plan.id}")
    assert "sections that are not placed" in page.text and "91.7%" in page.text
    assert "All fitting rooms (2) are taken" in page.text and town.sections[1].name in page.text


def test_a_plan_is_renamed_discarded_and_brought_back(coordinator: PageClient, town: Town) -> None:
    plan = draft_of(town)
    assert "上午优先" in coordinator.post(f"/desk/plans/{plan.id}/rename", {"name": "上午优先"}).text
    assert "Fill in" in coordinator.post(f"/desk/plans/{plan.id}/rename", {"name": " "}).text
    page = coordinator.post(f"/desk/plans/{plan.id}/discard")
    undo = next(form.get("action") for form in page.elements("form") if "restore=1" in (form.get("action") or ""))
    db.session.expire_all()
    assert plan.status is PlanStatus.DISCARDED and f"/desk/plans/{plan.id}" not in page.links
    coordinator.post(undo)
    db.session.expire_all()
    assert (plan.status, plan.name) == (PlanStatus.DRAFT, "上午优先")
    changes = db.session.scalars(select(AuditEntry).where(AuditEntry.table == "plans", AuditEntry.action == "update"))
    assert [list(entry.changes) for entry in changes] == [["name"], ["status"], ["status"]]


def test_a_published_plan_is_not_discarded(coordinator: PageClient, town: Town) -> None:
    plan = build_plan(town)
    db.session.commit()
    assert "cannot be discarded" in coordinator.post(f"/desk/plans/{plan.id}/discard").text
    db.session.expire_all()
    assert plan.status is PlanStatus.PUBLISHED


def test_documents_are_downloaded_and_solved_anywhere(coordinator: PageClient, town: Town) -> None:
    plan = draft_of(town)
    term = coordinator.download(f"/desk/terms/{town.term.id}/term.json")
    answer = coordinator.download(f"/desk/plans/{plan.id}/plan.json")
    assert "attachment" in term.headers["Content-Disposition"]
    assert json.loads(term.data)["format"] == "term/1" and json.loads(answer.data)["format"] == "plan/1"
    report = solver.check(solver.read_term(term.data), solver.read_plan(answer.data))
    assert (report.violations, report.placed, report.unplaced) == ((), 2, 1)


def test_an_uploaded_plan_becomes_a_draft(coordinator: PageClient, town: Town) -> None:
    document = plan_document(build_plan(town))
    db.session.rollback()
    text = upload(coordinator, town, solver.write_plan(document), name="手工方案")
    assert "手工方案 breaks no rule and is a draft now." in text
    plan = db.session.scalars(select(Plan)).one()
    assert (plan.status, plan.name, plan.created_by_id) == (PlanStatus.DRAFT, "手工方案", town.users["coordinator"].id)
    assert plan_document(plan).placed == document.placed
    assert plan.total == solver.check(term_document(town.term), document).total


def test_a_wrong_file_says_what_is_wrong_and_changes_nothing(coordinator: PageClient, town: Town) -> None:
    document = json.loads(solver.write_plan(plan_document(build_plan(town))))
    db.session.rollback()
    name = f"s{town.sections[0].id}"
    early = {**document, "placed": {name: {**document["placed"][name], "meetings": [[1, 480]]}}}
    foreign = {**document, "placed": {"s999": document["placed"][name]}}
    for content, said in (
        (b"", "Nothing was changed"),
        (b"%PDF-1.7", "Nothing was changed"),
        (b'{"placed": []}', "placed"),
        (json.dumps(early).encode(), "is not open on Tuesday at 08:00"),
        (json.dumps(foreign).encode(), "names the section s999"),
    ):
        assert said in upload(coordinator, town, content), said
    assert "Choose the file" in coordinator.post(f"{plan_page(town)}/upload", {}).text
    assert db.session.scalar(select(func.count()).select_from(Plan)) == 0
    assert db.session.scalar(select(func.count()).select_from(Placement)) == 0


def test_publishing_says_beforehand_what_it_does_and_does_it(coordinator: PageClient, town: Town) -> None:
    plan = draft_of(town)
    page = coordinator.get(f"/desk/terms/{town.term.id}/publish")
    assert "2 of 3 sections" in page.text
    assert "1 request goes to a venue's manager" in page.text and "1 room is confirmed at once" in page.text
    page = coordinator.post(f"/desk/terms/{town.term.id}/publish?plan={plan.id}")
    assert "1 request went to 1 venue. 1 was confirmed at once." in page.text
    db.session.expire_all()
    assert plan.status is PlanStatus.PUBLISHED and plan.published_at is not None
    assert "is published since" in coordinator.get(f"/desk/terms/{town.term.id}/publish").text


def test_a_plan_that_no_longer_fits_is_not_published(coordinator: PageClient, town: Town) -> None:
    plan = draft_of(town)
    town.reading_room.capacity = 5
    db.session.commit()
    for page in (
        coordinator.get(f"/desk/terms/{town.term.id}/publish"),
        coordinator.post(f"/desk/terms/{town.term.id}/publish"),
    ):
        assert page.text.count("阅览室 has too few seats") == 1
    db.session.expire_all()
    assert plan.status is PlanStatus.DRAFT


def test_without_a_plan_the_way_to_one_is_shown(coordinator: PageClient, town: Town) -> None:
    page = coordinator.get(f"/desk/terms/{town.term.id}/publish")
    assert "There is no plan to publish" in page.text and plan_page(town) in page.links
    coordinator.post(f"/desk/terms/{town.term.id}/publish")
    assert db.session.scalar(select(func.count()).select_from(Plan)) == 0


def test_planning_again_stays_close_to_the_published_plan_unless_told_otherwise(
    coordinator: PageClient, town: Town
) -> None:
    build_plan(town)
    db.session.commit()
    assert "Change as little as possible" in coordinator.get(plan_page(town)).text
    assert term_document(town.term).previous == {}
    for repair, kept in (({"repair": "y"}, 2), ({}, 0)):
        coordinator.post(plan_page(town), {"seconds": 30, **repair})
        job = db.session.scalars(select(PlanningJob).order_by(PlanningJob.id.desc())).first()
        assert job is not None
        assert len(unpack_term(job.term_document).previous) == kept
        coordinator.post(f"{plan_page(town)}/runs/{job.id}/stop")


def test_a_wrong_plan_is_refused_while_somebody_else_writes(coordinator: PageClient, town: Town) -> None:
    """Reading and judging a plan takes no lock: the answer comes although another connection holds it."""
    address, data = f"{plan_page(town)}/upload", {"document": (BytesIO(b'{"placed": []}'), "plan.json")}
    db.session.commit()
    with db.engine.connect() as other:
        other.execute(update(Term).values(name=Term.name))
        assert "Nothing was changed" in coordinator.post(address, data).text


def test_only_the_coordinator_of_the_term_gets_in(app: Flask, town: Town, manager: PageClient) -> None:
    plan, job = draft_of(town), queue_planning(town)
    other = Term(unit=town.other_street, name="其他", first_day=town.term.first_day, weeks=8, weights={})
    db.session.add(other)
    db.session.commit()
    street = sign_in_as(app, "street")
    pages = [
        f"/desk/terms/{town.term.id}/ready",
        plan_page(town),
        f"{plan_page(town)}/upload",
        f"/desk/terms/{town.term.id}/publish",
        f"/desk/plans/{plan.id}",
        f"/desk/plans/{plan.id}/rename",
        f"/desk/terms/{town.term.id}/term.json",
        f"/desk/plans/{plan.id}/plan.json",
        f"/desk/terms/{other.id}/plan",
        f"{plan_page(town)}/runs/{job.id}",
    ]
    for url in pages:
        street.get(url, status=404)
        manager.get(url, status=403)
    for url in (f"/desk/plans/{plan.id}/discard", f"{plan_page(town)}/runs/{job.id}/stop"):
        street.post(url, status=404)
    db.session.expire_all()
    assert (plan.status, job.status) == (PlanStatus.DRAFT, JobStatus.QUEUED)


def test_the_run_of_another_term_is_not_found(coordinator: PageClient, town: Town) -> None:
    job = queue_planning(town)
    other = Term(unit=town.district, name="其他", first_day=town.term.first_day, weeks=8, weights={})
    db.session.add(other)
    db.session.commit()
    coordinator.post(f"/desk/terms/{other.id}/plan/runs/{job.id}/stop", status=404)
