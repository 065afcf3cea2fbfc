"""What-ifs of a term through their pages: made, changed, planned, set side by side and taken over."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.engine.analysis.changes import read_changes
from scheduler.engine.analysis.what_if import document_of
from scheduler.engine.documents.codec import unpack_plan, unpack_term
from scheduler.engine.documents.keys import ROOM, SECTION, TEACHER, VENUE, key
from scheduler.engine.documents.snapshot import plan_document, term_document
from scheduler.features.planning.scenarios.forms import CHANGE_FORMS
from scheduler.models import AuditEntry, Job, JobStatus, Plan, PlanningJob, PlanStatus, Scenario, ScenarioJob
from tests.client import PageClient
from tests.factories import Town, build_plan, sign_in_as
from tests.scheduler.jobs import carry_out, found_plan, take


@pytest.fixture
def address(town: Town) -> str:
    return f"/desk/terms/{town.term.id}/scenarios"


def the_scenario() -> Scenario:
    db.session.expire_all()
    return db.session.scalars(select(Scenario).order_by(Scenario.id.desc()).limit(1)).one()


def make(client: PageClient, address: str, name: str = "图书馆周一延时") -> str:
    client.post(f"{address}/new", {"name": name})
    return f"{address}/{the_scenario().id}"


def carried_out(town: Town, scenario: Scenario) -> Plan:
    """The plan of a scenario as a worker leaves it."""
    claim = take()
    assert db.session.get_one(ScenarioJob, claim.job_id).scenario_id == scenario.id
    return carry_out(claim, found_plan(town))


def filled(town: Town) -> dict[str, dict[str, object]]:
    """What is filled in for each kind of change."""
    return {
        "open": {"place": key(VENUE, town.library.id), "hours-0": "06:00-08:30"},
        "close": {"place": key(ROOM, town.hall.id)},
        "budgets": {"unit": town.street.code, "direction": "-1", "percent": "10", "yuan": "0"},
        "time": {"teacher": str(town.teacher.id), "hours-5": "06:00-08:00"},
        "subject": {"teacher": str(town.teacher.id), "subject": "dance"},
        "leave": {"teacher": str(town.volunteer.id)},
        "weight": {"part": "distance", "percent": "100"},
    }


def test_every_kind_of_change_is_added_through_its_form_and_said_in_words(
    coordinator: PageClient, town: Town, address: str
) -> None:
    before = term_document(town.term)
    page = make(coordinator, address)
    assert filled(town).keys() == CHANGE_FORMS.keys()
    for kind, data in filled(town).items():
        shown = coordinator.post(f"{page}/changes/{kind}", data)
    for said in (
        "奉化区图书馆 is open also on Monday 06:00–08:30.",
        "岳林街道文化站 排练厅 is closed the whole term.",
        "The budget of 锦屏街道 falls by 10%.",
        "书法教师 1 teaches also on Saturday 06:00–08:00.",
        "书法教师 1 teaches Dance as well.",
        "舞蹈志愿者 1 leaves.",
        "“Learners' ways” counts twice as much.",
    ):
        assert said in shown.text, said
    assert len(read_changes(the_scenario().changes)) == 7
    assert term_document(town.term) == before, "the registers know nothing of it"


def test_wrong_input_is_refused_at_its_field_and_changes_nothing(
    coordinator: PageClient, town: Town, address: str
) -> None:
    page = make(coordinator, address)
    for kind, data, said in (
        ("open", {"place": key(ROOM, town.hall.id)}, "Fill in “Open also”."),
        ("open", {"place": "r999", "hours-0": "09:00-10:00"}, "Not a valid choice"),
        ("open", {"place": key(ROOM, town.hall.id), "hours-0": "12:00-10:00"}, "ends before it starts"),
        ("budgets", {"direction": "-1", "percent": "0", "yuan": "0"}, "Say by how much"),
        ("budgets", {"direction": "-1", "percent": "101", "yuan": "0"}, "cannot fall by more than all of it"),
        ("budgets", {"direction": "1", "percent": "2000", "yuan": "0"}, "Write 0 to 1000."),
        ("leave", {"teacher": ""}, "Choose “Teacher”."),
        ("weight", {"part": "beauty", "percent": "100"}, "Not a valid choice"),
    ):
        assert said in coordinator.post(f"{page}/changes/{kind}", data).text, said
    coordinator.post(f"{page}/changes/leave", {"teacher": str(town.teacher.id)})
    assert "changes this already" in coordinator.post(f"{page}/changes/leave", {"teacher": str(town.teacher.id)}).text
    assert len(read_changes(the_scenario().changes)) == 1
    assert "already taken" in coordinator.post(f"{address}/new", {"name": "图书馆周一延时"}).text
    coordinator.get(f"{page}/changes/earthquake", status=404)


def test_a_change_is_removed_and_put_back_where_it_was(coordinator: PageClient, town: Town, address: str) -> None:
    page = make(coordinator, address)
    for teacher in (town.teacher, town.volunteer):
        coordinator.post(f"{page}/changes/leave", {"teacher": str(teacher.id)})
    before = the_scenario().changes
    shown = coordinator.post(f"{page}/changes/0/remove")
    assert "Removed: 书法教师 1 leaves." in shown.text and len(read_changes(the_scenario().changes)) == 1
    undo = next(form.get("action") for form in shown.elements("form") if "restore" in (form.get("action") or ""))
    coordinator.post(undo)
    assert the_scenario().changes == before
    assert "gone already" in coordinator.post(f"{page}/changes/7/remove").text
    assert "no change of a scenario" in coordinator.post(f"{page}/changes/0/restore?change=[]").text


def test_what_is_offered_elsewhere_is_tried_as_a_scenario_and_nothing_else(
    coordinator: PageClient, town: Town, address: str
) -> None:
    subject = json.dumps([{"kind": "teach subject", "teacher": key(TEACHER, town.teacher.id), "subject": "dance"}])
    reach = json.dumps([{"kind": "extend reach", "section": key(SECTION, town.sections[0].id), "metres": 500}])
    shown = coordinator.post(f"{address}/try", {"grant": [subject, reach]})
    assert shown.heading == "书法教师 1 teaches Dance as well and 1 more"
    assert "锦屏街道·书法 1 班: Learners go 500 m farther." in shown.text
    only = coordinator.post(f"{address}/try", {"grant": subject, "only": reach})
    assert only.heading.startswith("锦屏街道·书法 1 班")
    assert coordinator.post(f"{address}/try", {"grant": [subject, reach]}).heading.endswith("(2)")
    made = db.session.scalars(select(Scenario)).all()
    hall, teacher, section = key(ROOM, town.hall.id), key(TEACHER, town.teacher.id), key(SECTION, town.sections[0].id)
    for wrong, said in (
        ("", "nothing that could be granted"),
        ("[]", "Choose at least one thing"),
        ('[{"kind": "open room", "room": "r999", "hours": [[0, 540, 600]]}]', "no such room"),
        (f'[{{"kind": "open room", "room": "{hall}", "hours": [[0, 600, 540]]}}]', "Hours end after"),
        (f'[{{"kind": "raise week", "teacher": "{teacher}", "sessions": -1}}]', "more than nothing"),
        (f'[{{"kind": "extend reach", "section": "{section}", "metres": 99999999999}}]', "cannot be planned"),
        ("[" * 9000, "nothing that could be granted"),
        ("x" * 30_000, "too much for one scenario"),
    ):
        assert said in coordinator.post(f"{address}/try", {"grant": wrong}).text, said
    assert db.session.scalars(select(Scenario)).all() == made


def test_a_scenario_is_planned_beside_the_term_and_its_plan_is_no_draft(
    coordinator: PageClient, town: Town, address: str
) -> None:
    base = build_plan(town)
    page = make(coordinator, address)
    coordinator.post(f"{page}/changes/time", {"teacher": str(town.teacher.id), "hours-5": "06:00-08:00"})
    shown = coordinator.post(f"{page}/plan", {"seconds": "30"})
    assert "Waiting for a worker" in shown.text
    assert "being planned already" in coordinator.post(f"{page}/plan", {"seconds": "30"}).text
    coordinator.post(f"/desk/terms/{town.term.id}/plan", {"seconds": "30"})
    job, of_term = db.session.scalars(select(ScenarioJob)).one(), db.session.scalars(select(PlanningJob)).one()
    assert job.scenario_id == the_scenario().id and of_term.id > job.id
    assert (5, 360, 480) in unpack_term(job.term_document).teachers[0].available
    assert unpack_plan(job.start_plan or b"").placed == plan_document(base).placed
    assert "is being planned" in coordinator.post(f"{page}/changes/leave", {"teacher": str(town.teacher.id)}).text
    assert take().job_id == of_term.id, "the term itself goes first"
    plan = carried_out(town, the_scenario())
    assert (plan.status, plan.scenario_id) == (PlanStatus.SCENARIO, the_scenario().id)
    listed = coordinator.get(f"/desk/terms/{town.term.id}/plan")
    assert "scenario 图书馆周一延时" in listed.text
    assert "belongs to the scenario “图书馆周一延时”" in coordinator.get(f"/desk/plans/{plan.id}").text
    refused = coordinator.post(f"/desk/terms/{town.term.id}/publish?plan={plan.id}")
    assert "Take over its changes first" in refused.text
    db.session.expire_all()
    assert plan.status is PlanStatus.SCENARIO and base.status is PlanStatus.PUBLISHED


def test_no_other_page_takes_the_plan_of_a_scenario_for_a_draft(
    coordinator: PageClient, town: Town, address: str
) -> None:
    page = make(coordinator, address)
    coordinator.post(f"{page}/plan", {"seconds": "30"})
    plan = carried_out(town, the_scenario())
    term = f"/desk/terms/{town.term.id}"
    assert "no plan yet" in coordinator.get(term).text, "the path of the term"
    assert "There is no plan to publish" in coordinator.get(f"{term}/publish").text
    assert f"/desk/plans/{plan.id}" not in coordinator.get(f"{term}/board").text
    assert "scenario" in coordinator.get(f"{term}/timetable?plan={plan.id}").text
    coordinator.post(f"/desk/plans/{plan.id}/discard")
    coordinator.post(f"/desk/plans/{plan.id}/discard?restore=1")
    db.session.expire_all()
    assert plan.status is PlanStatus.SCENARIO
    refused = coordinator.client.post(
        f"/desk/plans/{plan.id}/board/move", data={"section": town.sections[0].id, "version": 0, "reason": ""}
    )
    assert refused.status_code == 409, "nothing is moved on it"


def test_side_by_side_says_what_each_scenario_wins_and_marks_what_is_outdated(
    coordinator: PageClient, town: Town, address: str
) -> None:
    base = build_plan(town)
    page = make(coordinator, address)
    coordinator.post(f"{page}/changes/time", {"teacher": str(town.teacher.id), "hours-5": "06:00-08:00"})
    coordinator.post(f"{page}/plan", {"seconds": "30"})
    plan = carried_out(town, the_scenario())
    removed = next(placement for placement in plan.placements if placement.section_id == town.sections[0].id)
    db.session.delete(removed)
    db.session.commit()
    shown = coordinator.get(address)
    assert f"Today: {base.name}" in shown.text
    assert "1 section fewer is placed (20 learners)" in shown.text and "less in fees" in shown.text
    assert "Sections placed 2 1 \N{MINUS SIGN}1 · worse" in shown.text
    assert "outdated" not in shown.text
    coordinator.post(f"{page}/changes/leave", {"teacher": str(town.teacher.id)})
    assert "outdated" in coordinator.get(address).text
    coordinator.get(f"{address}?base={plan.id}")
    coordinator.get(f"{address}?base=999999")


def test_several_are_queued_at_once_with_the_term_as_it_is_beside_them(
    coordinator: PageClient, town: Town, address: str
) -> None:
    make(coordinator, address, "一")
    make(coordinator, address, "二")
    ids = [str(scenario.id) for scenario in db.session.scalars(select(Scenario).order_by(Scenario.id))]
    assert "Choose at least one scenario" in coordinator.post(f"{address}/plan", {"seconds": "60"}).text
    shown = coordinator.post(f"{address}/plan", {"seconds": "60", "scenarios": [ids[1]], "control": "y"})
    assert "2 runs are in the queue." in shown.text
    queued = db.session.scalars(select(ScenarioJob).order_by(ScenarioJob.id)).all()
    assert [(job.scenario.name, job.seconds, job.status) for job in queued] == [
        ("一", 60, JobStatus.QUEUED), ("二", 60, JobStatus.QUEUED)
    ], "a scenario without changes is the term as it is"
    first = queued[0]
    coordinator.post(f"{address}/{first.scenario_id}/runs/{first.id}/stop")
    fragment = coordinator.client.get(f"{address}/runs", headers={"HX-Request": "true"})
    assert "HX-Refresh" not in fragment.headers and "every 2s" in fragment.text
    coordinator.post(f"{address}/{queued[1].scenario_id}/runs/{queued[1].id}/stop")
    assert coordinator.client.get(f"{address}/runs", headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_the_term_itself_does_not_wait_for_a_queue_of_what_ifs(
    coordinator: PageClient, town: Town, address: str
) -> None:
    for name in ("一", "二"):
        coordinator.post(f"{make(coordinator, address, name)}/plan", {"seconds": "600"})
    coordinator.post(f"/desk/terms/{town.term.id}/plan", {"seconds": "30"})
    jobs = [db.session.get_one(Job, take(f"w{number}").job_id) for number in range(3)]
    first, second = db.session.scalars(select(Scenario.id).order_by(Scenario.id))
    assert [(job.kind, job.subject_id) for job in jobs] == [
        ("planning", town.term.id), ("scenario", first), ("scenario", second)
    ]


def test_a_change_of_what_has_vanished_is_told_and_left_out(
    coordinator: PageClient, town: Town, address: str
) -> None:
    page = make(coordinator, address)
    coordinator.post(f"{page}/changes/close", {"place": key(ROOM, town.hall.id)})
    town.hall.archived_at = town.users["library"].created_at
    db.session.commit()
    shown = coordinator.get(page)
    assert "排练厅 is closed the whole term. no longer there" in shown.text
    assert "remove this change" in coordinator.get(f"{page}/take-over").text
    assert "remove this change" in coordinator.post(f"{page}/take-over").text
    assert not the_scenario().taken_over


def test_scenarios_are_seen_and_changed_only_by_those_who_plan_the_term(
    app: Flask, coordinator: PageClient, town: Town, address: str
) -> None:
    page = make(coordinator, address)
    street = sign_in_as(app, "street")
    for path in (address, page, f"{page}/take-over", f"{page}/changes/open", f"{address}/new"):
        street.get(path, status=404)
    for path in (f"{page}/plan", f"{page}/archive", f"{page}/take-over", f"{address}/plan", f"{address}/try"):
        street.post(path, status=404)
    coordinator.get(f"/desk/terms/{town.term.id}/scenarios/99999", status=404)
    assert not the_scenario().archived


def test_a_scenario_is_renamed_archived_and_brought_back(coordinator: PageClient, town: Town, address: str) -> None:
    page = make(coordinator, address)
    assert "周一开门" in coordinator.post(f"{page}/rename", {"name": "周一开门"}).text
    coordinator.post(f"{page}/archive")
    assert the_scenario().archived and "Archived scenarios" in coordinator.get(address).text
    coordinator.post(f"{page}/archive?restore=1")
    assert not the_scenario().archived
    told = db.session.scalars(select(AuditEntry).where(AuditEntry.table == "scenarios").order_by(AuditEntry.id))
    assert [sorted(entry.changes)[0] for entry in told][1:] == ["name", "archived_at", "archived_at"]


def test_the_plan_of_a_scenario_is_explained_with_its_changes(
    coordinator: PageClient, town: Town, address: str
) -> None:
    page = make(coordinator, address)
    coordinator.post(f"{page}/changes/leave", {"teacher": str(town.volunteer.id)})
    coordinator.post(f"{page}/plan", {"seconds": "30"})
    plan = carried_out(town, the_scenario())
    assert document_of(plan).teacher[key(TEACHER, town.volunteer.id)].available == ()
    coordinator.get(f"/desk/plans/{plan.id}/sections/{town.sections[1].id}")
    subject = json.dumps([{"kind": "teach subject", "teacher": key(TEACHER, town.teacher.id), "subject": "dance"}])
    shown = coordinator.post(f"{address}/try", {"grant": subject, "on": str(the_scenario().id)})
    assert shown.heading == "图书馆周一延时 + 书法教师 1 teaches Dance as well"
    assert "舞蹈志愿者 1 leaves." in shown.text, "what helps a scenario is tried on top of it"
