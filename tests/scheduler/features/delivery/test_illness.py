"""A teacher is ill for two weeks: reported by the coordinator, and several are asked to stand in at once."""

from datetime import timedelta

import pytest
from flask import Flask

from scheduler.core.clock import monday_of, today
from scheduler.core.extensions import db
from scheduler.domain.publishing.publication import publish
from scheduler.models import Cover, CoverStatus, PlanStatus, Substitution, TeacherKind
from tests.client import Page, PageClient
from tests.factories import Town, build_plan, sign_in_as
from tests.rows import teacher_row


@pytest.fixture
def published(town: Town) -> Town:
    """The teacher has two weekly sections from next week on; two others teach what they teach."""
    town.term.first_day = monday_of(today()) + timedelta(weeks=1)
    plan = build_plan(town, PlanStatus.DRAFT)
    plan.placements[1].teacher = town.teacher
    town.teacher.subjects.append(town.dance.subject)
    third = teacher_row(
        town.street, "书法教师 2", TeacherKind.PART_TIME, [town.course.subject, town.dance.subject], 29.656, 121.405
    )
    third.phone = "13800000009"
    db.session.flush()
    publish(plan)
    db.session.commit()
    return town


def report(client: PageClient, town: Town, **more: str) -> Page:
    first = town.term.first_day
    data = {"first": first.isoformat(), "last": (first + timedelta(days=13)).isoformat(), "cause": "illness", **more}
    return client.post(f"/desk/teachers/{town.teacher.id}/absence", data)


def covers() -> list[Cover]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(Cover).where(Cover.status != CoverStatus.WITHDRAWN).order_by(Cover.date)))


def test_two_dates_lead_to_the_sessions_without_a_teacher(coordinator: PageClient, published: Town) -> None:
    seen = report(coordinator, published)
    assert "It touches 3 sessions" in seen.text and not covers()
    page = report(coordinator, published, sure="1")
    assert page.heading == "Ask for several sessions"
    assert "3 sessions need somebody else." in page.text
    assert [cover.status for cover in covers()] == [CoverStatus.OPEN] * 3
    assert len(published.teacher.absences) == 14


def test_all_are_asked_at_once_and_who_has_no_account_is_named(coordinator: PageClient, published: Town) -> None:
    page = report(coordinator, published, sure="1")
    sent = page.filled_in()
    assert len([name for name, chosen in sent.items() if name.startswith("cover-") and chosen != [""]]) == 3
    told = coordinator.post(f"/desk/terms/{published.term.id}/covers/several", sent)
    assert "3 sessions are asked for." in told.text and "13800000009" in told.text
    assert [cover.status for cover in covers()] == [CoverStatus.COVERED] * 3
    again = coordinator.post(f"/desk/terms/{published.term.id}/covers/several", sent)
    assert db.session.scalar(db.select(db.func.count(Substitution.id))) == 3, again.text


def test_a_report_is_taken_back(coordinator: PageClient, published: Town) -> None:
    page = report(coordinator, published, sure="1")
    undo = next(
        form.get("action") for form in page.elements("form") if "/absence/take-back" in (form.get("action") or "")
    )
    assert f"{published.teacher.name} comes after all." in coordinator.post(undo).text
    assert covers() == [] and published.teacher.absences == []


def test_only_who_looks_after_the_teacher_may_report(app: Flask, published: Town, manager: PageClient) -> None:
    address = f"/desk/teachers/{published.volunteer.id}/absence"
    sign_in_as(app, "street").get(address, status=404)
    manager.get(address, status=403)
