"""Teachers are asked about what a published plan gives them, and answer on their own page."""

from datetime import timedelta

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import select

import solver
from scheduler.core.clock import monday_of, today
from scheduler.core.extensions import db
from scheduler.domain.publishing.publication import publish
from scheduler.engine.documents.snapshot import plan_document, term_document
from scheduler.models import Assignment, AssignmentStatus, Plan, PlanStatus, RefusalCause, Room, Teacher, TeacherKind
from tests import rows
from tests.client import PageClient
from tests.factories import Town, build_plan, sign_in_as


@pytest.fixture
def plan(app: Flask, town: Town) -> Plan:
    """A published plan of a term that begins next week."""
    town.term.first_day = monday_of(today()) + timedelta(weeks=1)
    plan = build_plan(town, PlanStatus.DRAFT)
    with app.test_request_context(method="POST", headers={"Accept-Language": "en"}):
        publish(plan)
    db.session.commit()
    return plan


@pytest.fixture
def teacher(app: Flask, plan: Plan) -> PageClient:
    """The calligraphy teacher, signed in."""
    return sign_in_as(app, "teacher")


def assignments(*states: AssignmentStatus) -> list[Assignment]:
    db.session.expire_all()
    statement = select(Assignment).order_by(Assignment.id)
    return list(db.session.scalars(statement.where(Assignment.status.in_(states or tuple(AssignmentStatus)))))


def draft_of_the_same(town: Town) -> Plan:
    """A draft with the same placements."""
    return build_plan(town, PlanStatus.DRAFT)


def test_publishing_asks_the_teacher_of_every_placement(plan: Plan, town: Town) -> None:
    asked = assignments()
    assert [(row.teacher_id, row.week, row.meetings, row.status) for row in asked] == [
        (town.teacher.id, 1, [[1, 540]], AssignmentStatus.REQUESTED),
        (town.volunteer.id, 2, [[3, 840]], AssignmentStatus.REQUESTED),
    ]


def test_a_teacher_sees_what_waits_and_agrees_and_takes_it_back(teacher: PageClient, plan: Plan, town: Town) -> None:
    page = teacher.get("/desk/assignments")
    assert "1 question waits for your answer" in page.text and "Tuesday 09:00–10:30" in page.text
    assert "Square dance" not in page.text
    assignment = assignments()[0]
    page = teacher.post(f"/desk/assignments/{assignment.id}/agree", {})
    assert "You take 锦屏街道·书法 1 班" in page.text and "Nothing waits" in page.text
    assignment = assignments(AssignmentStatus.CONFIRMED)[0]
    assert assignment.answered_by_id == town.users["teacher"].id and assignment.answered_at is not None
    page = teacher.post(f"/desk/assignments/{assignment.id}/agree", {})
    assert "was already answered by Teacher: agreed" in page.text
    teacher.post(f"/desk/assignments/{assignment.id}/take-back", {})
    (assignment, _other) = assignments(AssignmentStatus.REQUESTED)
    assert (assignment.answered_at, assignment.answered_by_id) == (None, None)


def test_a_refusal_wants_a_reason_and_other_reasons_want_words(teacher: PageClient, plan: Plan) -> None:
    address = f"/desk/assignments/{assignments()[0].id}/refuse"
    assert "Please mend this first" in teacher.post(address, {}, status=200).text
    assert "Write the reason" in teacher.post(address, {"cause": "other_cause"}, status=200).text
    teacher.post(address, {"cause": "no such cause"}, status=200)
    assert not assignments(AssignmentStatus.REFUSED)
    page = teacher.post(address, {"cause": "bad_hours", "note": "Only in the afternoon"})
    assert "The coordinator looks for somebody else" in page.text and "Only in the afternoon" in page.text
    (refused,) = assignments(AssignmentStatus.REFUSED)
    assert (refused.cause, refused.note) == (RefusalCause.HOURS, "Only in the afternoon")


def test_a_teacher_answers_only_their_own(teacher: PageClient, plan: Plan) -> None:
    other = assignments()[1]
    for action in ("agree", "refuse", "take-back"):
        teacher.post(f"/desk/assignments/{other.id}/{action}", {}, status=404)
    teacher.get(f"/desk/assignments/{other.id}/refuse", status=404)
    assert assignments()[1].status is AssignmentStatus.REQUESTED


def test_the_menu_counts_what_waits(teacher: PageClient, plan: Plan) -> None:
    counts = [span for span in teacher.get("/desk/my-weeks").elements("span") if span.get("class") == "count"]
    assert counts and "1" in "".join(counts[0].itertext())


def test_an_answer_is_kept_for_the_same_hours_in_the_same_venue(app: Flask, plan: Plan, town: Town) -> None:
    teacher = sign_in_as(app, "teacher")
    teacher.post(f"/desk/assignments/{assignments()[0].id}/agree", {})
    next_door = Room(venue=town.library, name="多功能厅", capacity=40)
    db.session.add(next_door)
    later = draft_of_the_same(town)
    later.placements[0].room, later.placements[0].section.minutes = next_door, 60
    publish_now(app, later)
    (kept,) = assignments(AssignmentStatus.CONFIRMED)
    assert (kept.plan_id, kept.room_id, kept.minutes) == (later.id, next_door.id, 60)
    longer = draft_of_the_same(town)
    longer.placements[0].section.minutes = 75
    publish_now(app, longer)
    assert [assignment.status for assignment in assignments()] == ["withdrawn", "asked", "asked"]


def test_a_section_that_moves_is_asked_about_anew(app: Flask, plan: Plan, town: Town) -> None:
    teacher = sign_in_as(app, "teacher")
    teacher.post(f"/desk/assignments/{assignments()[0].id}/agree", {})
    later = draft_of_the_same(town)
    later.placements[0].room = town.hall
    publish_now(app, later)
    page = teacher.get("/desk/assignments")
    assert "Place: 奉化区图书馆 阅览室 → 岳林街道文化站 排练厅" in page.text and "Hours:" not in page.text
    moved = next(row for row in assignments(AssignmentStatus.REQUESTED) if row.former_id is not None)
    assert "The new place is fine" in page.text
    teacher.post(f"/desk/assignments/{moved.id}/agree", {})
    otherwise = draft_of_the_same(town)
    otherwise.placements[0].meetings[0].start_minute = 600
    publish_now(app, otherwise)
    assert [assignment.status for assignment in assignments()] == ["withdrawn", "asked", "withdrawn", "asked"]
    page = teacher.get("/desk/assignments")
    assert "Hours: Tue 09:00 → Tue 10:00" in page.text and "The new place is fine" not in page.text
    assert "Place: 岳林街道文化站 排练厅 → 奉化区图书馆 阅览室" in page.text


def test_what_a_plan_drops_is_withdrawn(app: Flask, plan: Plan, town: Town) -> None:
    later = draft_of_the_same(town)
    del later.placements[0]
    publish_now(app, later)
    assert [row.status for row in assignments()] == [AssignmentStatus.WITHDRAWN, AssignmentStatus.REQUESTED]
    teacher = sign_in_as(app, "teacher")
    assert "no longer asked" in teacher.get("/desk/assignments").text
    assignment = assignments()[0]
    assert "no longer asked for" in teacher.post(f"/desk/assignments/{assignment.id}/agree", {}).text


def test_who_has_refused_is_not_given_the_section_again(app: Flask, plan: Plan, town: Town) -> None:
    before = term_document(town.term).section[f"s{town.sections[0].id}"].teachers
    assert before is None
    refuse_as_teacher(app)
    document = term_document(town.term)
    assert document.section[f"s{town.sections[0].id}"].teachers == (f"t{town.volunteer.id}",)
    assert document.section[f"s{town.sections[1].id}"].teachers is None
    violations = solver.check(document, plan_document(plan)).violations
    assert [violation.code for violation in violations] == ["teacher not allowed"]
    repaired = solver.repair(term_document(town.term, plan), solver.Settings(seconds=5, workers=1))
    assert repaired.plan is not None
    assert repaired.plan.placed[f"s{town.sections[0].id}"].teacher == f"t{town.volunteer.id}"


def test_a_section_limited_to_the_one_who_refuses_has_nobody_left(app: Flask, plan: Plan, town: Town) -> None:
    town.sections[0].allowed_teachers = [town.teacher]
    db.session.commit()
    refuse_as_teacher(app)
    assert term_document(town.term).section[f"s{town.sections[0].id}"].teachers == ()


def test_a_refusal_does_not_keep_a_plan_from_being_published(
    app: Flask, coordinator: PageClient, plan: Plan, town: Town
) -> None:
    refuse_as_teacher(app)
    later = draft_of_the_same(town)
    later.placements[1].meetings[0].start_minute = 900
    db.session.commit()
    page = coordinator.get(f"/desk/terms/{town.term.id}/publish?plan={later.id}")
    assert "1 teacher is asked whether they agree" in page.text and "1 teacher's answer is kept" in page.text
    coordinator.post(f"/desk/terms/{town.term.id}/publish?plan={later.id}", {})
    (refused,) = assignments(AssignmentStatus.REFUSED)
    assert refused.plan_id == later.id


def test_the_coordinator_sees_who_cannot_and_answers_by_phone(
    app: Flask, coordinator: PageClient, plan: Plan, town: Town
) -> None:
    refuse_as_teacher(app)
    page = coordinator.get(f"/desk/terms/{town.term.id}/assignments")
    assert "1 section needs another teacher" in page.text and "The way is too long" in page.text
    assert page.text.count("no account: ask by phone") == 1
    assert "1 teacher to find" in page.text
    assignment = assignments(AssignmentStatus.REQUESTED)[0]
    page = coordinator.post(f"/desk/terms/{town.term.id}/assignments/{assignment.id}/agreed", {})
    assert "Written down: 舞蹈志愿者 1 agrees" in page.text
    assert assignments(AssignmentStatus.CONFIRMED)[0].answered_by_id == town.users["coordinator"].id
    assert "The teacher of 1 section cannot take it" in coordinator.get(f"/desk/terms/{town.term.id}").text
    page = coordinator.get(f"/desk/terms/{town.term.id}/assignments?status=refused&q=书法")
    assert "广场舞" not in page.text


def test_a_coordinator_writes_down_a_refusal_and_asks_again(coordinator: PageClient, plan: Plan, town: Town) -> None:
    address = f"/desk/terms/{town.term.id}/assignments/{assignments()[1].id}"
    coordinator.post(f"{address}/refused", {}, status=200)
    coordinator.post(f"{address}/refused", {"cause": "too_much"})
    assert assignments(AssignmentStatus.REFUSED)[0].answered_by_id == town.users["coordinator"].id
    coordinator.post(f"{address}/ask-again", {})
    assert not assignments(AssignmentStatus.REFUSED)


def test_another_teacher_becomes_a_draft_in_which_nothing_else_differs(
    app: Flask, coordinator: PageClient, plan: Plan, town: Town
) -> None:
    refused = refuse_as_teacher(app)
    address = f"/desk/terms/{town.term.id}/assignments/{refused.id}/teachers"
    page = coordinator.get(address)
    assert "舞蹈志愿者 1" in page.text and "knows the learners" not in page.text
    page = coordinator.post(address, {"teacher": town.volunteer.id})
    assert page.heading == "Publish"
    draft = db.session.scalars(select(Plan).where(Plan.status == PlanStatus.DRAFT)).one()
    report = solver.check(term_document(town.term, plan), plan_document(draft))
    assert not report.violations and draft.total == report.total
    coordinator.post(f"/desk/terms/{town.term.id}/publish?plan={draft.id}", {})
    new = assignments(AssignmentStatus.REQUESTED)[-1]
    assert new.teacher_id == town.volunteer.id
    page = coordinator.get(f"/desk/terms/{town.term.id}/assignments")
    assert "Refused in earlier plans" in page.text
    coordinator.get(address, status=404)
    coordinator.post(f"/desk/terms/{town.term.id}/assignments/{refused.id}/lift", {})
    assert not assignments(AssignmentStatus.REFUSED)


def test_why_others_do_not_fit_is_said(app: Flask, coordinator: PageClient, plan: Plan, town: Town) -> None:
    refused = refuse_as_teacher(app)
    volunteer = db.session.get_one(Teacher, town.volunteer.id)
    volunteer.windows = []
    far = rows.teacher_row(town.street, "远方教师", TeacherKind.FULL_TIME, list(town.teacher.subjects), 29.9, 121.9)
    far.reach_metres = 1000
    db.session.commit()
    address = f"/desk/terms/{town.term.id}/assignments/{refused.id}/teachers"
    page = coordinator.get(address)
    assert "Nobody fits at these hours" in page.text
    assert "1 × not free at this hour 舞蹈志愿者 1" in page.text
    assert "1 × living too far from the venue 远方教师" in page.text
    assert "cannot teach on" in coordinator.post(address, {"teacher": town.volunteer.id}, status=200).text
    assert db.session.scalar(select(Plan).where(Plan.status == PlanStatus.DRAFT)) is None


def test_another_street_sees_nothing(app: Flask, plan: Plan, town: Town) -> None:
    street = sign_in_as(app, "street")
    street.get(f"/desk/terms/{town.term.id}/assignments", status=404)
    street.post(f"/desk/terms/{town.term.id}/assignments/{assignments()[0].id}/agreed", {}, status=404)


def publish_now(app: Flask, plan: Plan) -> None:
    db.session.commit()
    with app.test_request_context(method="POST", headers={"Accept-Language": "en"}):
        publish(plan)
    db.session.commit()


def refuse_as_teacher(app: Flask) -> Assignment:
    assignment = assignments()[0]
    sign_in_as(app, "teacher").post(f"/desk/assignments/{assignment.id}/refuse", {"cause": "long_way"})
    return assignments(AssignmentStatus.REFUSED)[0]


def test_the_administrator_has_no_assignments_of_their_own(administrator: PageClient, plan: Plan) -> None:
    assert "Nothing waits" in administrator.get("/desk/assignments").text


def test_all_that_waits_is_agreed_to_at_once_and_taken_back(app: Flask, plan: Plan, town: Town) -> None:
    later = draft_of_the_same(town)
    later.placements[1].teacher = town.teacher
    publish_now(app, later)
    teacher = sign_in_as(app, "teacher")
    assert "I agree to all 2" in teacher.get("/desk/assignments").text
    assert "You take 2 sections" in teacher.post("/desk/assignments/agree", {}).text
    agreed = assignments(AssignmentStatus.CONFIRMED)
    assert {assignment.answered_by_id for assignment in agreed} == {town.users["teacher"].id}
    ids = "&".join(f"assignment={assignment.id}" for assignment in agreed)
    teacher.post(f"/desk/assignments/take-back?{ids}", {})
    assert len(assignments(AssignmentStatus.REQUESTED)) == 2


def test_teachers_of_a_plan_published_before_are_asked_when_the_schema_is_brought_up(app: Flask, plan: Plan) -> None:
    before = [(row.section_id, row.teacher_id, row.room_id, row.week, row.meetings) for row in assignments()]
    db.session.rollback()
    scripts = ScriptDirectory.from_config(app.extensions["migrate"].migrate.get_config())
    downgrade(revision=str(scripts.get_revision("0009").down_revision))
    upgrade()
    asked = assignments(AssignmentStatus.REQUESTED)
    assert [(row.section_id, row.teacher_id, row.room_id, row.week, row.meetings) for row in asked] == before
