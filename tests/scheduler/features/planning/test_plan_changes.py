"""Publishing again says what changes for whom, with a text for each section and a list of who must be called."""

from datetime import date

import pytest
from flask import Flask

from scheduler.core.extensions import db
from scheduler.domain.publishing.plan_changes import changes_between, former_plan
from scheduler.domain.publishing.publication import publish
from scheduler.models import CalendarDay, DayKind, Plan, PlanStatus
from tests.client import PageClient
from tests.factories import Town, build_plan


@pytest.fixture
def former(app: Flask, town: Town) -> Plan:
    """A published plan."""
    plan = build_plan(town, PlanStatus.DRAFT)
    publish_now(app, plan)
    return plan


def publish_now(app: Flask, plan: Plan) -> None:
    with app.test_request_context(method="POST", headers={"Accept-Language": "en"}):
        publish(plan)
    db.session.commit()


def test_each_changed_section_is_listed_with_a_text_to_send_and_whom_to_call(
    app: Flask, coordinator: PageClient, town: Town, former: Plan
) -> None:
    town.teacher.phone, town.teacher.email, town.library.phone = "138 0000 0001", "t@example.cn", "0574-8858 0000"
    draft = build_plan(town, PlanStatus.DRAFT)
    draft.placements[0].meetings[0].start_minute = 600
    draft.placements[0].teacher = town.volunteer
    db.session.commit()
    address = f"/desk/plans/{draft.id}/changes"
    assert address in coordinator.get(f"/desk/terms/{town.term.id}/publish?plan={draft.id}").links
    page = coordinator.get(address)
    name = town.sections[0].name
    assert "1 section changes" in page.text and "20 people who knew it otherwise" in page.text
    assert "other hours" in page.text and "another teacher" in page.text and "another place" not in page.text
    (sent,) = page.elements("textarea")
    lines = sent.text.splitlines()
    assert lines[0] == f"[Calligraphy for beginners] {name}"
    assert "not Tuesday 09:00–10:30 but Tuesday 10:00–11:30;" in lines[1] and town.volunteer.name in lines[1]
    assert {"tel:13800000001", "tel:0574-88580000", "mailto:t@example.cn"} <= set(page.links)
    assert "no telephone number known" in page.text
    publish_now(app, draft)
    assert former_plan(draft) is former
    assert name in coordinator.get(address).text


def test_sections_that_begin_or_end_are_told_apart(app: Flask, town: Town, former: Plan) -> None:
    draft = build_plan(town, PlanStatus.DRAFT)
    gone = draft.placements.pop(1)
    db.session.commit()
    (changed,) = changes_between(former, draft).sections
    assert changed.section is gone.section and changed.after is None
    publish_now(app, draft)
    again = build_plan(town, PlanStatus.DRAFT)
    db.session.commit()
    (changed,) = changes_between(draft, again).sections
    assert changed.before is None and changed.section is gone.section


def test_a_day_off_concerns_only_those_who_meet_then(town: Town, former: Plan) -> None:
    draft = build_plan(town, PlanStatus.DRAFT)
    town.term.days.append(CalendarDay(date=date(2027, 3, 9), kind=DayKind.OFF, name="临时放假"))
    db.session.commit()
    (changed,) = changes_between(former, draft).sections
    assert changed.section is town.sections[0]
    assert {session.date for session in changed.dates_before} - {session.date for session in changed.dates_after} == {
        date(2027, 3, 9)
    }


def test_the_same_again_concerns_nobody(coordinator: PageClient, town: Town, former: Plan) -> None:
    draft = build_plan(town, PlanStatus.DRAFT)
    db.session.commit()
    assert "Nobody has to be told" in coordinator.get(f"/desk/plans/{draft.id}/changes").text
    assert "Nothing was published before" in coordinator.get(f"/desk/plans/{former.id}/changes").text
