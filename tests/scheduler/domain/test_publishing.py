"""What publishing does to plans and to the requests that venues get."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.core.database import now
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.domain.publishing.publication import changes_of, publish
from scheduler.models import (
    BookedSession,
    Booking,
    BookingStatus,
    CalendarDay,
    DayKind,
    Meeting,
    Placement,
    Plan,
    PlanStatus,
    Term,
)
from tests.factories import Town, build_plan


@pytest.fixture(autouse=True)
def english(app: Flask) -> Iterator[None]:
    """Refusals are worded in the language of a request."""
    with app.test_request_context(method="POST", headers={"Accept-Language": "en"}):
        yield


def bookings(plan: Plan) -> list[Booking]:
    return list(db.session.scalars(select(Booking).where(Booking.plan_id == plan.id).order_by(Booking.section_id)))


def test_every_placement_becomes_a_request_with_its_dates(town: Town) -> None:
    plan = build_plan(town, PlanStatus.DRAFT)
    changes = publish(plan)
    asked, automatic = bookings(plan)
    assert (len(changes.asked), len(changes.automatic), changes.venues) == (1, 1, 1)
    assert (asked.status, asked.decided_at) == (BookingStatus.REQUESTED, None)
    assert automatic.status is BookingStatus.CONFIRMED and automatic.decided_at is not None
    first = asked.sessions[0]
    assert (first.date.isoformat(), first.start_minute, first.end_minute, first.free_minute) == (
        "2027-03-02",
        540,
        630,
        640,
    )
    assert len(asked.sessions) == 10 and all(session.holds for session in asked.sessions)


def test_a_new_plan_keeps_the_answers_of_what_stays_and_cancels_the_rest(town: Town) -> None:
    former = build_plan(town, PlanStatus.DRAFT)
    publish(former)
    stays, moves = bookings(former)
    stays.status, stays.decided_at = BookingStatus.CONFIRMED, now()
    later = build_plan(town, PlanStatus.DRAFT)
    later.placements[1].meetings[0].start_minute = 900
    db.session.flush()
    preview = changes_of(later)
    assert [booking.id for booking, _sessions in preview.kept] == [stays.id]
    assert [booking.id for booking in preview.cancelled] == [moves.id]
    publish(later)
    db.session.expire_all()
    assert (former.status, later.status) == (PlanStatus.SUPERSEDED, PlanStatus.PUBLISHED)
    unchanged, anew = bookings(later)
    assert (unchanged.id, unchanged.status) == (stays.id, BookingStatus.CONFIRMED)
    assert anew.id != moves.id and moves.status is BookingStatus.CANCELLED
    assert not any(session.holds for session in moves.sessions) and all(session.holds for session in anew.sessions)


def test_a_declined_request_is_not_asked_again_unchanged(town: Town) -> None:
    former = build_plan(town, PlanStatus.DRAFT)
    publish(former)
    declined = bookings(former)[0]
    declined.status, declined.reason = BookingStatus.DECLINED, "repairs"
    db.session.flush()
    later = build_plan(town, PlanStatus.DRAFT)
    publish(later)
    assert bookings(later)[0] is declined


def test_a_section_left_out_by_the_new_plan_frees_its_room(town: Town) -> None:
    former = build_plan(town, PlanStatus.DRAFT)
    publish(former)
    later = build_plan(town, PlanStatus.DRAFT)
    del later.placements[0]
    db.session.flush()
    publish(later)
    holding_sessions = select(BookedSession).where(BookedSession.holds, BookedSession.room_id == town.reading_room.id)
    assert db.session.scalars(holding_sessions).all() == []


def test_a_published_plan_is_not_published_again_but_a_former_one_can_come_back(town: Town) -> None:
    former, later = build_plan(town, PlanStatus.DRAFT), build_plan(town, PlanStatus.DRAFT)
    publish(former)
    with pytest.raises(DomainError, match="published already"):
        publish(former)
    publish(later)
    publish(former)
    assert (former.status, later.status) == (PlanStatus.PUBLISHED, PlanStatus.SUPERSEDED)
    assert len(bookings(former)) == 2


def test_a_room_that_another_term_holds_is_named_and_nothing_changes(town: Town) -> None:
    own, section = build_plan(town, PlanStatus.DRAFT), town.sections[1]
    publish(own)
    section.term = Term(unit=town.district, name="另一学期", first_day=town.term.first_day, weeks=16, weights={})
    rival = Plan(term=section.term, name="rival", total=0, cost={})
    meeting = Meeting(weekday=1, start_minute=630)
    rival.placements = [
        Placement(section=section, week=1, room=town.reading_room, teacher=town.teacher, meetings=[meeting])
    ]
    db.session.add(rival)
    db.session.commit()
    with pytest.raises(DomainError, match=r"阅览室.*锦屏街道·书法 1 班.*岳林街道·书法 1 班"):
        publish(rival)
    db.session.rollback()
    assert rival.status is PlanStatus.DRAFT and bookings(rival) == []
    meeting.start_minute = 640
    publish(rival)
    assert (rival.status, own.status) == (PlanStatus.PUBLISHED, PlanStatus.PUBLISHED)


def test_a_calendar_that_lost_its_days_asks_for_a_new_plan(town: Town) -> None:
    plan = build_plan(town, PlanStatus.DRAFT)
    town.term.weeks = 9
    db.session.flush()
    with pytest.raises(DomainError, match="no longer holds all sessions"):
        publish(plan)
    town.term.weeks = 16
    plan.placements[0].week = 7
    town.term.days = [CalendarDay(date=town.term.first_day.replace(month=6, day=15), kind=DayKind.OFF)]
    db.session.flush()
    with pytest.raises(DomainError, match="锦屏街道·书法 1 班"):
        publish(plan)
