"""The catalogue through its pages."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.models import AuditEntry, Course, Subject
from tests.client import PageClient
from tests.factories import Town, sign_in_as


def course_form(**changes: Any) -> dict[str, Any]:
    return {
        "title_zh": "行书提高班",
        "title_en": "Running script, advanced",
        "subject_code": "calligraphy",
        "target_group": "elderly",
        "minutes": 90,
        "sessions": 14,
        "per_week": 1,
        "day_gap": 1,
        "every_weeks": 1,
        "needs": ["wifi"],
        "minimum_size": 12,
        "maximum_size": 30,
        "reach_metres": 2500,
        "possible_cost": 3,
        "best_hours-0": "08:30-11:30, 14:00-17:00",
        "possible_hours-5": "09:00-11:00",
        **changes,
    }


def test_a_new_course_keeps_its_needs_and_hours(coordinator: PageClient) -> None:
    page = coordinator.post("/desk/courses/new", course_form())
    assert page.heading == "Running script, advanced"
    course = db.session.scalars(select(Course).where(Course.title_zh == "行书提高班")).one()
    assert [feature.code for feature in course.needs] == ["wifi"]
    assert [(w.weekday, w.start_minute, w.end_minute, w.cost) for w in course.windows] == [
        (0, 510, 690, 0),
        (0, 840, 1020, 0),
        (5, 540, 660, 3),
    ]


def test_the_edit_form_shows_what_is_stored_and_saving_it_unchanged_changes_nothing(
    coordinator: PageClient, town: Town
) -> None:
    page = coordinator.get(f"/desk/courses/{town.dance.id}/edit")
    values = {element.get("name"): element.get("value") for element in page.elements("input")}
    assert values["best_hours-0"] == "08:30-11:30, 14:00-17:00"
    before = db.session.scalars(select(AuditEntry.id)).all()
    data = course_form(
        title_zh="广场舞",
        title_en="Square dance",
        subject_code="dance",
        sessions=10,
        needs=["mirror"],
        minimum_size=10,
        maximum_size=40,
        reach_metres=9000,
        **{f"best_hours-{day}": "08:30-11:30, 14:00-17:00" for day in range(5)},
        **{"possible_hours-5": ""},
    )
    coordinator.post(f"/desk/courses/{town.dance.id}/edit", data)
    assert db.session.scalars(select(AuditEntry.id)).all() == before


def test_bad_input_gets_a_message_at_its_field_and_changes_nothing(coordinator: PageClient) -> None:
    cases: dict[str, dict[str, Any]] = {
        "No hours are long enough": {"minutes": 200, "best_hours-0": "08:30-11:30"},
        "do not fit with": {"per_week": 4, "day_gap": 3},
        "cannot be smaller than the smallest": {"minimum_size": 20, "maximum_size": 10},
        "There is already a course with this title.": {"title_zh": "广场舞"},
        "is not a time of day": {"best_hours-0": "08:30-25:00"},
        "The hours of this day overlap.": {"best_hours-0": "08:30-11:00, 10:00-12:00"},
        "Not a valid choice": {"subject_code": "alchemy"},
    }
    for message, changes in cases.items():
        page = coordinator.post("/desk/courses/new", course_form(**changes))
        assert message in page.text, (message, page.text[:600])
    assert db.session.scalar(select(Course).where(Course.title_zh == "行书提高班")) is None


def test_a_preset_fills_the_hours_without_javascript(coordinator: PageClient) -> None:
    page = coordinator.get("/desk/courses/new?preset=worker")
    values = {element.get("name"): element.get("value") for element in page.elements("input")}
    assert (values["best_hours-0"], values["possible_hours-6"]) == ("18:30-21:00", "09:00-18:00")


def test_search_looks_at_both_titles_and_filters_combine(coordinator: PageClient) -> None:
    assert "Square dance" in coordinator.get("/desk/courses?q=广场").text
    assert "Square dance" in coordinator.get("/desk/courses?q=square").text
    assert "Square dance" not in coordinator.get("/desk/courses?q=square&category=arts").text
    assert "No course found" in coordinator.get("/desk/courses?q=%25").text


def test_archiving_a_course_can_be_undone(coordinator: PageClient, town: Town) -> None:
    page = coordinator.post(f"/desk/courses/{town.course.id}/archive", {"confirmed": 1})
    undo = next(form.get("action") for form in page.elements("form") if "restore=1" in (form.get("action") or ""))
    assert "Calligraphy for beginners" not in coordinator.get("/desk/courses").text
    coordinator.post(undo)
    assert "Calligraphy for beginners" in coordinator.get("/desk/courses").text


def test_subjects_are_created_renamed_and_archived(coordinator: PageClient) -> None:
    data = {"code": "paper-cutting", "name_zh": "剪纸", "name_en": "Paper cutting", "category": "craft"}
    assert "Paper cutting" in coordinator.post("/desk/courses/subjects/new", data).text
    assert "already used" in coordinator.post("/desk/courses/subjects/new", data).text
    coordinator.post("/desk/courses/subjects/paper-cutting/edit", {**data, "name_en": "Cutting paper"})
    coordinator.post("/desk/courses/subjects/paper-cutting/archive")
    db.session.expire_all()
    subject = db.session.get(Subject, "paper-cutting")
    assert subject is not None and subject.archived and subject.name_en == "Cutting paper"


def test_others_cannot_open_the_catalogue(app: Flask, town: Town) -> None:
    for name in ("library", "teacher", "resident"):
        sign_in_as(app, name).get("/desk/courses", status=403)
