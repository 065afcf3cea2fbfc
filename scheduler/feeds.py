"""Keeps what calendar feeds tell in step with the published plan and the venues' answers."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from scheduler.database import now
from scheduler.extensions import db
from scheduler.models import Booking, BookingStatus, FeedEvent, FeedStatus, Plan, Section

STATUS = {BookingStatus.REQUESTED: FeedStatus.TENTATIVE, BookingStatus.CONFIRMED: FeedStatus.CONFIRMED}


class Told(NamedTuple):
    """The facts of a session that subscribers are told."""

    status: FeedStatus
    room_id: int
    date: date
    start_minute: int
    end_minute: int


def record_publication(plan: Plan) -> None:
    """Tell subscribers of every section of the plan's term what the published plan says now."""
    statement = select(Booking).where(Booking.plan_id == plan.id).order_by(Booking.id)
    bookings = db.session.scalars(statement.options(selectinload(Booking.sessions)))
    newest = {booking.section_id: booking for booking in bookings}
    told = _told(select(Section.id).where(Section.term_id == plan.term_id))
    for section_id in newest.keys() | told.keys():
        _tell(section_id, told.get(section_id, {}), newest.get(section_id))
    db.session.flush()


def record_answers(bookings: Iterable[Booking]) -> None:
    """Tell subscribers of the bookings' sections what the venues have answered."""
    answered = {booking.section_id: booking for booking in bookings}
    told = _told(answered.keys())
    for section_id, booking in answered.items():
        _tell(section_id, told.get(section_id, {}), booking)
    db.session.flush()


def _told(section_ids: Collection[int] | Select[int]) -> dict[int, dict[int, FeedEvent]]:
    """Events told so far by section and session number."""
    told: dict[int, dict[int, FeedEvent]] = {}
    for event in db.session.scalars(select(FeedEvent).where(FeedEvent.section_id.in_(section_ids))):
        told.setdefault(event.section_id, {})[event.number] = event
    return told


def _tell(section_id: int, told: dict[int, FeedEvent], booking: Booking | None) -> None:
    sessions = _sessions(booking)
    for number, facts in enumerate(sessions, 1):
        if number in told:
            _update(told[number], facts)
        else:
            db.session.add(FeedEvent(section_id=section_id, number=number, **facts._asdict()))
    for number, event in told.items():
        if number > len(sessions):
            _update(event, _facts(event)._replace(status=FeedStatus.CANCELLED))


def _sessions(booking: Booking | None) -> Sequence[Told]:
    """The sessions that a booking stands for; none once it was declined or given up."""
    if booking is None or booking.status not in STATUS:
        return []
    ordered = sorted(booking.sessions, key=lambda session: (session.date, session.start_minute))
    return [
        Told(STATUS[booking.status], booking.room_id, session.date, session.start_minute, session.end_minute)
        for session in ordered
    ]


def _facts(event: FeedEvent) -> Told:
    return Told(*(getattr(event, name) for name in Told._fields))


def _update(event: FeedEvent, facts: Told) -> None:
    """Change an event and raise its sequence, unless subscribers know it already."""
    if _facts(event) == facts:
        return
    for name, value in facts._asdict().items():
        setattr(event, name, value)
    event.sequence += 1
    event.changed_at = now()
