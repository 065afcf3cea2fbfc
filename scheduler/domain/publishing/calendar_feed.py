"""Keeps what calendar feeds tell in step with the published plan and the venues' answers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from scheduler.core.database import now
from scheduler.core.extensions import db
from scheduler.domain.covers import Moment, covers_of, covers_of_term
from scheduler.models import (
    BookedSession,
    Booking,
    BookingStatus,
    Cover,
    CoverStatus,
    FeedEvent,
    FeedStatus,
    Plan,
    PlanStatus,
    Section,
)

STATUS = {BookingStatus.REQUESTED: FeedStatus.TENTATIVE, BookingStatus.CONFIRMED: FeedStatus.CONFIRMED}


class Told(NamedTuple):
    """The facts of a session that subscribers are told."""

    status: FeedStatus
    room_id: int
    date: date
    start_minute: int
    end_minute: int
    substitute_id: int | None


def record_publication(plan: Plan) -> None:
    """Tell subscribers of every section of the plan's term what the published plan says now."""
    statement = select(Booking).where(Booking.plan_id == plan.id).order_by(Booking.id)
    bookings = db.session.scalars(statement.options(selectinload(Booking.sessions)))
    newest = {booking.section_id: booking for booking in bookings}
    told, covers = _told(select(Section.id).where(Section.term_id == plan.term_id)), covers_of_term(plan.term)
    for section_id in newest.keys() | told.keys():
        _tell(section_id, told.get(section_id, {}), _sessions(newest.get(section_id), covers.get(section_id, {})))
    db.session.flush()


def record_withdrawal(plan: Plan) -> None:
    """Tell subscribers of every section of the plan's term that nothing is held for the present."""
    told = _told(select(Section.id).where(Section.term_id == plan.term_id))
    for section_id, events in told.items():
        _tell(section_id, events, [])
    db.session.flush()


def record_answers(bookings: Iterable[Booking]) -> None:
    """Tell subscribers of the bookings' sections what the venues have answered."""
    answered = {booking.section_id: booking for booking in bookings}
    told, covers = _told(answered.keys()), covers_of(answered.keys())
    for section_id, booking in answered.items():
        _tell(section_id, told.get(section_id, {}), _sessions(booking, covers.get(section_id, {})))
    db.session.flush()


def record_covers(covers: Iterable[Cover]) -> None:
    """Tell subscribers of the covers' sections who stands in and what is not held."""
    sections = {cover.section_id for cover in covers}
    newest = select(Booking).join(Booking.plan).where(Plan.status == PlanStatus.PUBLISHED)
    bookings = newest.where(Booking.section_id.in_(sections)).order_by(Booking.id)
    record_answers(db.session.scalars(bookings.options(selectinload(Booking.sessions))).all())


def _told(section_ids: Collection[int] | Select[int]) -> dict[int, dict[int, FeedEvent]]:
    """Events told so far by section and session number."""
    told: dict[int, dict[int, FeedEvent]] = {}
    for event in db.session.scalars(select(FeedEvent).where(FeedEvent.section_id.in_(section_ids))):
        told.setdefault(event.section_id, {})[event.number] = event
    return told


def _tell(section_id: int, told: dict[int, FeedEvent], sessions: Sequence[Told]) -> None:
    """Each event names the number of the last, so that all of them change where that does."""
    held = [number for number, facts in enumerate(sessions, 1) if facts.status is not FeedStatus.CANCELLED]
    before = [number for number, event in told.items() if event.status is not FeedStatus.CANCELLED]
    other_number = bool(held and before) and max(held) != max(before)
    for number, facts in enumerate(sessions, 1):
        if number in told:
            _update(told[number], facts, other_number)
        else:
            db.session.add(FeedEvent(section_id=section_id, number=number, **facts._asdict()))
    for number, event in told.items():
        if number > len(sessions):
            _update(event, _facts(event)._replace(status=FeedStatus.CANCELLED))


def _sessions(booking: Booking | None, covers: Mapping[Moment, Cover]) -> Sequence[Told]:
    """The sessions that a booking stands for; none once it was declined or given up."""
    if booking is None or booking.status not in STATUS:
        return []
    ordered = sorted(booking.sessions, key=lambda session: (session.date, session.start_minute))
    return [
        _session(booking, session, covers.get((session.date, session.start_minute))) for session in ordered
    ]


def _session(booking: Booking, session: BookedSession, cover: Cover | None) -> Told:
    cancelled = cover is not None and cover.status is CoverStatus.CANCELLED
    substitute = cover.agreed if cover is not None else None
    return Told(
        FeedStatus.CANCELLED if cancelled else STATUS[booking.status],
        booking.room_id,
        session.date,
        session.start_minute,
        session.end_minute,
        substitute.teacher_id if substitute else None,
    )


def _facts(event: FeedEvent) -> Told:
    return Told(*(getattr(event, name) for name in Told._fields))


def _update(event: FeedEvent, facts: Told, otherwise: bool = False) -> None:
    """Change an event and raise its sequence, unless subscribers know it already and nothing else has changed."""
    if _facts(event) == facts and not otherwise:
        return
    for name, value in facts._asdict().items():
        setattr(event, name, value)
    event.sequence += 1
    event.changed_at = now()
