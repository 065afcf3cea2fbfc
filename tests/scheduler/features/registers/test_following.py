"""A course changes: its sections keep what they were opened with until somebody lets them follow."""

from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import select

from scheduler.calendar.occurrences import occurrences
from scheduler.core.extensions import db
from scheduler.domain.publishing.publication import publish
from scheduler.models import FORMAT, Course, Plan, PlanStatus, Term
from tests import rows
from tests.client import PageClient
from tests.factories import Town, build_plan
from tests.scheduler.features.registers.test_courses import course_form


def test_sections_follow_a_changed_course_only_where_somebody_says_so(
    coordinator: PageClient, app: Flask, town: Town
) -> None:
    publish_in(app, build_plan(town, PlanStatus.DRAFT))
    autumn = Term(unit=town.district, name="秋季学期", first_day=date(2027, 9, 6), weeks=16, weights={})
    db.session.add(autumn)
    later = rows.section_row(autumn, town.course, town.street, "岳林街道·书法入门 3 班", {town.communities[0]: 20})
    db.session.commit()
    course, dates = town.course, dates_of(town)
    page = coordinator.post(f"/desk/courses/{course.id}/edit", as_stored(course, minutes=60, sessions=12))
    assert page.heading == "Which sections follow?" and "Minutes of a session: 90 → 60" in page.text
    boxes = {box.get("value"): box.get("checked") for box in page.elements("input") if box.get("name") == "terms"}
    assert boxes == {str(town.term.id): None, str(autumn.id): ""}
    assert {section.minutes for section in town.sections[:2]} == {90} and later.minutes == 90
    page = coordinator.post(f"/desk/courses/{course.id}/sections", {"terms": [autumn.id]})
    assert "1 section follows the course" in page.text and (later.minutes, later.sessions) == (60, 12)
    assert {section.minutes for section in town.sections[:2]} == {90} and dates_of(town) == dates
    assert "2 sections are held otherwise" in page.text
    (undo,) = [form.get("action") for form in page.elements("form") if "/undo" in (form.get("action") or "")]
    coordinator.post(undo)
    db.session.expire_all()
    assert (later.minutes, later.sessions) == (90, 10)


def test_what_is_published_stays_when_its_sections_follow(coordinator: PageClient, app: Flask, town: Town) -> None:
    publish_in(app, build_plan(town, PlanStatus.DRAFT))
    dates = dates_of(town)
    coordinator.post(f"/desk/courses/{town.course.id}/edit", as_stored(town.course, minutes=60, sessions=3))
    coordinator.post(f"/desk/courses/{town.course.id}/sections", {"terms": [town.term.id]})
    db.session.expire_all()
    assert town.sections[0].sessions == 3 and dates_of(town) == dates
    public = PageClient(app.test_client()).get(f"/courses/{town.sections[0].id}")
    assert "09:00–10:30" in public.text and "09:00–10:00" not in public.text
    shown = coordinator.get(f"/desk/terms/{town.term.id}/timetable/sections/{town.sections[0].id}")
    assert "09:00–10:30" in shown.text


def as_stored(course: Course, **changes: Any) -> dict[str, Any]:
    """The form of a course as it shows it, with changes."""
    hours = {f"best_hours-{day}": "08:30-11:30, 14:00-17:00" for day in range(5)}
    names = ("title_zh", "title_en", "subject_code", "target_group", *FORMAT, "reach_metres")
    stored = {name: getattr(course, name) for name in names}
    return course_form(**stored | {"needs": [], "possible_hours-5": ""} | hours | changes)


def dates_of(town: Town) -> list[tuple[date, int, int]]:
    """When the published plan holds its first section."""
    plan = db.session.scalars(select(Plan).where(Plan.status == PlanStatus.PUBLISHED)).one()
    return [(session.date, session.start, session.end) for session in occurrences(plan.placements[0])]


def publish_in(app: Flask, plan: Plan) -> None:
    with app.test_request_context(method="POST", headers={"Accept-Language": "en"}):
        publish(plan)
    db.session.commit()
