"""The register of teachers through its pages."""

from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.models import AuditEntry, Teacher
from tests.client import PageClient
from tests.factories import Town, sign_in_as


def teacher_form(town: Town, **changes: Any) -> dict[str, Any]:
    return {
        "name": "太极拳志愿者 2", "unit": town.street.id, "kind": "volunteer", "subjects": ["calligraphy", "dance"],
        "max_day": 2, "max_week": 4, "wanted_week": 2, "fee": 0, "reach_metres": 6000, "latitude": 29.65,
        "longitude": 121.4, "hours-1": "08:30-11:30", "absences": "2027-04-12 training\n2027-05-03", **changes,
    }


def new_teacher() -> Teacher | None:
    return db.session.scalar(select(Teacher).where(Teacher.name == "太极拳志愿者 2"))


def place_source(teacher: Teacher) -> str:
    """What the database says of the teacher's home by now."""
    db.session.expire_all()
    return teacher.place_source.value


def test_a_new_teacher_keeps_subjects_hours_and_absences(coordinator: PageClient, town: Town) -> None:
    page = coordinator.post("/desk/teachers/new", teacher_form(town))
    assert page.heading == "太极拳志愿者 2"
    teacher = new_teacher()
    assert teacher is not None
    assert [subject.code for subject in teacher.subjects] == ["calligraphy", "dance"]
    assert [(w.weekday, w.start_minute, w.end_minute) for w in teacher.windows] == [(1, 510, 690)]
    assert [(a.date, a.reason) for a in teacher.absences] == [(date(2027, 4, 12), "training"), (date(2027, 5, 3), "")]


def test_bad_input_gets_a_message_at_its_field_and_changes_nothing(coordinator: PageClient, town: Town) -> None:
    cases: dict[str, dict[str, Any]] = {
        "This is more than the most they can give.": {"wanted_week": 5},
        "Line 2: “soon” is not a date.": {"absences": "2027-04-12\nsoon"},
        "Choose “Subjects”.": {"subjects": []},
        "Number must be between 1 and 12.": {"max_day": 13},
        "This name is already taken here.": {"name": "书法教师 1"},
        "ends before it starts": {"hours-1": "11:30-08:30"},
        "Not a valid choice": {"unit": town.city.id},
    }
    for message, changes in cases.items():
        page = coordinator.post("/desk/teachers/new", teacher_form(town, **changes))
        assert message in page.text, (message, page.text[:600])
    assert new_teacher() is None


def test_editing_touches_only_what_changed(coordinator: PageClient, town: Town) -> None:
    coordinator.post("/desk/teachers/new", teacher_form(town))
    teacher = new_teacher()
    assert teacher is not None
    last = db.session.scalars(select(AuditEntry.id).order_by(AuditEntry.id.desc())).first()
    changed = teacher_form(town, fee=80, absences="2027-04-12 illness\n2027-05-03")
    coordinator.post(f"/desk/teachers/{teacher.id}/edit", changed)
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.id > last).order_by(AuditEntry.id)).all()
    assert sorted((entry.table, entry.action) for entry in entries) == [
        ("teacher_absences", "update"), ("teachers", "update"),
    ]
    changes = {entry.table: entry.changes for entry in entries}
    assert changes == {"teacher_absences": {"reason": ["training", "illness"]}, "teachers": {"fee": [0, 80]}}


def test_an_assumed_home_stays_assumed_until_it_is_moved(coordinator: PageClient, town: Town) -> None:
    teacher = town.teacher
    same = {"latitude": teacher.latitude, "longitude": teacher.longitude, "name": teacher.name}
    coordinator.post(f"/desk/teachers/{teacher.id}/edit", teacher_form(town, **same))
    assert place_source(teacher) == "assumed"
    coordinator.post(f"/desk/teachers/{teacher.id}/edit", teacher_form(town, **{**same, "latitude": 29.7}))
    assert place_source(teacher) == "known"


def test_filters_combine_with_the_search(coordinator: PageClient, town: Town) -> None:
    assert "书法教师 1" in coordinator.get("/desk/teachers?q=书法&kind=part_time&subject=calligraphy").text
    assert "书法教师 1" not in coordinator.get("/desk/teachers?subject=dance").text
    assert "书法教师 1" not in coordinator.get(f"/desk/teachers?unit={town.other_street.id}").text
    assert "No teacher found" in coordinator.get("/desk/teachers?unit=999999").text


def test_archiving_can_be_undone(coordinator: PageClient, town: Town) -> None:
    page = coordinator.post(f"/desk/teachers/{town.teacher.id}/archive")
    undo = next(form.get("action") for form in page.elements("form") if "restore=1" in (form.get("action") or ""))
    assert "书法教师 1" not in coordinator.get("/desk/teachers").text
    coordinator.post(undo)
    assert "书法教师 1" in coordinator.get("/desk/teachers").text


def test_a_street_coordinator_works_only_on_their_teachers(app: Flask, town: Town) -> None:
    street = sign_in_as(app, "street")
    assert "舞蹈志愿者 1" not in street.get("/desk/teachers").text
    for page in ("", "/edit"):
        street.get(f"/desk/teachers/{town.volunteer.id}{page}", status=404)
    street.post(f"/desk/teachers/{town.volunteer.id}/archive", status=404)


def test_a_teacher_keeps_their_own_hours_and_nothing_else(app: Flask, town: Town) -> None:
    teacher = sign_in_as(app, "teacher")
    page = teacher.post("/desk/teachers/me", {"hours-2": "14:00-17:00", "absences": "", "fee": 900})
    assert "Saved." in page.text
    db.session.expire_all()
    assert [(w.weekday, w.start_minute) for w in town.teacher.windows] == [(2, 840)]
    assert town.teacher.fee == 100
    teacher.get("/desk/teachers", status=403)
    sign_in_as(app, "coordinator").get("/desk/teachers/me", status=403)
