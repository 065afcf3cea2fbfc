"""What is changed after publication: all pages go on saying what was published until a coordinator settles it."""

from datetime import date, timedelta

import pytest
from babel.dates import format_date
from flask import Flask
from icalendar import Calendar, Event
from sqlalchemy import select

from scheduler.core.clock import monday_of, today
from scheduler.core.extensions import db
from scheduler.domain.publishing.publication import publish
from scheduler.domain.publishing.unsettled import unsettled_sections
from scheduler.models import Assignment, AssignmentStatus, BookedSession, Booking, BookingStatus, Plan, PlanStatus
from tests.client import PageClient
from tests.factories import Town, build_plan, sign_in_as


@pytest.fixture
def plan(app: Flask, town: Town) -> Plan:
    """A published plan of a term that begins next week, on Tuesdays and Thursdays; the library has confirmed."""
    town.term.first_day = monday_of(today()) + timedelta(weeks=1)
    plan = build_plan(town, PlanStatus.DRAFT)
    with app.test_request_context(method="POST", headers={"Accept-Language": "en"}):
        publish(plan)
    for booking in bookings(plan):
        booking.status, booking.decided_at = BookingStatus.CONFIRMED, plan.published_at
    db.session.commit()
    return plan


def bookings(plan: Plan) -> list[Booking]:
    live = Booking.status.in_((BookingStatus.REQUESTED, BookingStatus.CONFIRMED))
    statement = select(Booking).where(Booking.plan_id == plan.id, live).order_by(Booking.section_id)
    return list(db.session.scalars(statement))


def tuesday(town: Town, week: int) -> date:
    return town.term.first_day + timedelta(weeks=week - 1, days=1)


def told_everywhere(app: Flask, town: Town) -> set[frozenset[date]]:
    """The dates of the first section as bookings, portal, feed and timetable tell them."""
    db.session.expire_all()
    section, term = town.sections[0].id, town.term
    client = PageClient(app.test_client())
    coordinator = sign_in_as(app, "coordinator")
    booked = select(BookedSession.date).join(Booking).where(Booking.section_id == section, BookedSession.holds)
    feed = Calendar.from_ical(client.download(f"/calendar/course/{section}.ics").data)
    portal = client.get(f"/courses/{section}").elements("time")
    timetable = coordinator.get(f"/desk/terms/{term.id}/timetable/sections/{section}")
    held = {date.fromisoformat(element.get("datetime")) for element in portal if len(element.get("datetime")) == 10}
    events = [event for event in feed.walk("VEVENT") if isinstance(event, Event) and event["status"] != "CANCELLED"]
    in_timetable = {
        date.fromisoformat(row.find(".//time").get("datetime"))
        for row in timetable.elements("tr") if row.find(".//time") is not None and "day off" not in text_of(row)
    }
    in_feed = {event.decoded("dtstart").date() for event in events}
    return {frozenset(dates) for dates in (db.session.scalars(booked), held, in_feed, in_timetable)}


def text_of(element: object) -> str:
    return " ".join(element.itertext())  # type: ignore[attr-defined]


def add_day_off(coordinator: PageClient, town: Town, day: date) -> str:
    form = {"date": day.isoformat(), "kind": "off", "name": "临时放假"}
    return coordinator.post(f"/desk/terms/{town.term.id}/calendar", form).text


def settle(coordinator: PageClient, town: Town, choice: str) -> str:
    form = {f"section-{town.sections[0].id}": choice}
    return coordinator.post(f"/desk/terms/{town.term.id}/settle", form).text


def test_a_day_off_is_told_and_changes_nothing_until_it_is_settled(
    app: Flask, coordinator: PageClient, town: Town, plan: Plan
) -> None:
    (before,) = told_everywhere(app, town)
    page = add_day_off(coordinator, town, tuesday(town, 3))
    assert "1 published section is concerned" in page and town.sections[0].name in page
    assert told_everywhere(app, town) == {before}
    assert "published section is held otherwise" in coordinator.get(f"/desk/terms/{town.term.id}").text
    public = PageClient(app.test_client()).get(f"/courses/{town.sections[0].id}").text
    assert "临时放假" not in public


def test_the_date_moves_to_the_end_where_that_is_chosen(
    app: Flask, coordinator: PageClient, town: Town, plan: Plan
) -> None:
    (before,) = told_everywhere(app, town)
    add_day_off(coordinator, town, tuesday(town, 3))
    assert "1 section is settled" in settle(coordinator, town, "follow")
    (after,) = told_everywhere(app, town)
    assert before - after == {tuesday(town, 3)} and after - before == {tuesday(town, 11)}
    assert unsettled_sections(plan) == []
    assert [booking.status for booking in bookings(plan)] == [BookingStatus.REQUESTED, BookingStatus.CONFIRMED]


def test_the_date_is_left_out_where_that_is_chosen_and_venue_and_teacher_need_not_answer_again(
    app: Flask, coordinator: PageClient, town: Town, plan: Plan
) -> None:
    (before,) = told_everywhere(app, town)
    assignments = db.session.scalars(select(Assignment.id)).all()
    add_day_off(coordinator, town, tuesday(town, 3))
    settle(coordinator, town, "leave_out")
    (after,) = told_everywhere(app, town)
    assert before - after == {tuesday(town, 3)} and after <= before
    assert town.sections[0].sessions == 9 and town.course.sessions == 10
    assert {booking.status for booking in bookings(plan)} == {BookingStatus.CONFIRMED}
    assert db.session.scalars(select(Assignment.id)).all() == assignments


def test_other_minutes_are_kept_out_or_followed(app: Flask, coordinator: PageClient, town: Town, plan: Plan) -> None:
    section = town.sections[0]
    section.minutes = 60
    db.session.commit()
    page = coordinator.get(f"/desk/terms/{town.term.id}/settle").text
    assert "09:00–10:30" in page and "09:00–10:00" in page
    settle(coordinator, town, "as_published")
    assert section.minutes == 90 and unsettled_sections(plan) == []
    section.minutes = 60
    db.session.commit()
    settle(coordinator, town, "follow")
    (confirmed, _other) = bookings(plan)
    assert confirmed.status is BookingStatus.CONFIRMED
    assert {(booked.start_minute, booked.end_minute) for booked in confirmed.sessions} == {(540, 600)}


def test_what_breaks_a_rule_is_not_followed(coordinator: PageClient, town: Town, plan: Plan) -> None:
    town.sections[0].minutes = 240
    db.session.commit()
    page = settle(coordinator, town, "follow")
    assert "is settled" not in page and "09:00" in page
    db.session.expire_all()
    assert {booked.end_minute for booked in bookings(plan)[0].sessions} == {630}


def test_where_the_term_ends_first_only_leaving_out_is_offered(coordinator: PageClient, town: Town, plan: Plan) -> None:
    town.term.weeks = 10
    db.session.commit()
    page = add_day_off(coordinator, town, tuesday(town, 3))
    assert "The term ends before all sessions can be held" in page and 'value="follow"' not in page
    assert "Choose how it goes on" in settle(coordinator, town, "follow")


def test_an_archived_teacher_is_told(coordinator: PageClient, town: Town, plan: Plan) -> None:
    address = f"/desk/teachers/{town.teacher.id}/archive"
    page = coordinator.post(address)
    first = format_date(tuesday(town, 1), "medium", locale="en")
    assert f"10 published sessions from {first} on: they stay until you plan again" in page.text
    assert "1 section that they were asked to give." in page.text
    db.session.refresh(town.teacher)
    assert not town.teacher.archived
    assert "is archived" in coordinator.post(address, {"confirmed": 1}).text
    settling = coordinator.get(f"/desk/terms/{town.term.id}/settle").text
    assert f"Its room or teacher is archived: 奉化区图书馆 阅览室, {town.teacher.name}" in settling
    assert "It has to be planned again" in settling
    coordinator.post(address, {"restore": 1})
    assert "Nothing is open" in coordinator.get(f"/desk/terms/{town.term.id}/settle").text


def test_a_published_plan_is_withdrawn_and_published_again(
    app: Flask, coordinator: PageClient, town: Town, plan: Plan
) -> None:
    page = coordinator.get(f"/desk/plans/{plan.id}/withdraw")
    assert "The plan becomes a draft again" in page.text
    assert "is a draft again" in coordinator.post(f"/desk/plans/{plan.id}/withdraw").text
    db.session.expire_all()
    assert (plan.status, plan.calendar) == (PlanStatus.DRAFT, None) and bookings(plan) == []
    assert not db.session.scalars(select(BookedSession).where(BookedSession.holds)).all()
    assert set(db.session.scalars(select(Assignment.status))) == {AssignmentStatus.WITHDRAWN}
    client = PageClient(app.test_client())
    client.get(f"/courses/{town.sections[0].id}", status=404)
    feed = Calendar.from_ical(client.download(f"/calendar/course/{town.sections[0].id}.ics").data)
    assert {event["status"] for event in feed.walk("VEVENT")} == {"CANCELLED"}
    coordinator.post(f"/desk/terms/{town.term.id}/publish?plan={plan.id}")
    assert len(told_everywhere(app, town)) == 1 and len(bookings(plan)) == 2


def test_a_plan_whose_sessions_were_held_stays_published(coordinator: PageClient, town: Town, plan: Plan) -> None:
    bookings(plan)[0].sessions[0].date = today() - timedelta(days=1)
    db.session.commit()
    assert "have been held" in coordinator.post(f"/desk/plans/{plan.id}/withdraw").text
    db.session.expire_all()
    assert plan.status is PlanStatus.PUBLISHED


def test_a_draft_cannot_be_withdrawn(coordinator: PageClient, town: Town) -> None:
    draft = build_plan(town, PlanStatus.DRAFT)
    db.session.commit()
    assert "Only a published plan" in coordinator.post(f"/desk/plans/{draft.id}/withdraw").text
