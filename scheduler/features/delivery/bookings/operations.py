"""Answers to booking requests. A request is answered once: whoever comes second is told, and changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from flask_babel import gettext as _
from sqlalchemy import Select, select, update

from scheduler.core.database import now
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.domain.publishing.calendar_feed import record_answers
from scheduler.models import BookedSession, Booking, BookingStatus, Cover, CoverStatus, Plan, PlanStatus, Room, Section

R = TypeVar("R", Booking, Plan)
ANSWERS = (BookingStatus.CONFIRMED, BookingStatus.DECLINED, BookingStatus.COUNTERED)


@dataclass(frozen=True)
class BookingsOutcome:
    """Which bookings were changed, and which were not because somebody or a new plan had been faster."""

    changed: list[Booking]
    missed: list[Booking]


def confirm(bookings: Sequence[Booking], manager_id: int) -> BookingsOutcome:
    """The venue agrees: the rooms stay held."""
    return _answer(bookings, BookingStatus.CONFIRMED, "", manager_id)


def decline(bookings: Sequence[Booking], reason: str, manager_id: int) -> BookingsOutcome:
    """The venue refuses for a reason: the rooms are free again at once."""
    return _answer(bookings, BookingStatus.DECLINED, reason, manager_id)


def counter(bookings: Sequence[Booking], offer: str, room_id: int | None, manager_id: int) -> BookingsOutcome:
    """The venue offers another room, or other hours in words, instead: the rooms asked for are free again at once."""
    outcome = _answer(bookings, BookingStatus.COUNTERED, offer, manager_id)
    for booking in outcome.changed:
        booking.offered_room_id = room_id
    db.session.flush()
    return outcome


def accept_offer(booking: Booking) -> Section:
    """Pin the section to the room that the venue offers; the next plan keeps to it."""
    if booking.status is not BookingStatus.COUNTERED or booking.offered_room is None:
        raise DomainError(_("There is no offer of another room any more."))
    booking.section.pinned_room = booking.offered_room
    db.session.flush()
    return booking.section


def let_go_of_offer(booking: Booking) -> None:
    """Take the pin to the offered room away again."""
    if booking.section.pinned_room_id == booking.offered_room_id:
        booking.section.pinned_room = None
        db.session.flush()


def reopen(bookings: Sequence[Booking]) -> BookingsOutcome:
    """Take answers back while the plan is still the published one; the rooms are held again.

    IntegrityError (``ex_booked_sessions_room``) when a room that was given free has been taken since.
    """
    _lock_rooms(bookings)
    outcome = _split(bookings, ANSWERS)
    for booking in outcome.changed:
        booking.status, booking.reason, booking.offered_room_id = BookingStatus.REQUESTED, "", None
        booking.decided_at = booking.decided_by_id = None
    _settle(outcome.changed, True)
    return outcome


def _answer(bookings: Sequence[Booking], status: BookingStatus, reason: str, manager_id: int) -> BookingsOutcome:
    outcome = _split(bookings, (BookingStatus.REQUESTED,))
    for booking in outcome.changed:
        booking.status, booking.reason, booking.decided_at, booking.decided_by_id = status, reason, now(), manager_id
    _settle(outcome.changed, status is BookingStatus.CONFIRMED)
    return outcome


def _split(bookings: Sequence[Booking], from_status: Sequence[BookingStatus]) -> BookingsOutcome:
    """Read plans and bookings anew under lock, so that two answers to one request come one after the other."""
    plans = select(Plan).where(Plan.id.in_({booking.plan_id for booking in bookings})).order_by(Plan.id)
    rows = select(Booking).where(Booking.id.in_([booking.id for booking in bookings])).order_by(Booking.id)
    _fresh(plans.with_for_update(read=True))
    outcome = BookingsOutcome([], [])
    for booking in _fresh(rows.with_for_update()):
        open_to_it = booking.status in from_status and booking.plan.status is PlanStatus.PUBLISHED
        (outcome.changed if open_to_it else outcome.missed).append(booking)
    return outcome


def _fresh(statement: Select[R]) -> Sequence[R]:
    return db.session.scalars(statement.execution_options(populate_existing=True)).all()


def _lock_rooms(bookings: Sequence[Booking]) -> None:
    """Two uses of a room that are entered at the same moment would wait for each other in the exclusion constraint."""
    rooms = select(Room.id).where(Room.id.in_({booking.room_id for booking in bookings}))
    db.session.execute(rooms.order_by(Room.id).with_for_update()).all()


def _settle(bookings: Sequence[Booking], holds: bool) -> None:
    """Keep the rooms or give them free, and tell those who subscribe to the sections' calendars."""
    db.session.flush()
    ids = [booking.id for booking in bookings]
    holds_room = ~_cancelled().exists() if holds else False
    db.session.execute(update(BookedSession).where(BookedSession.booking_id.in_(ids)).values(holds=holds_room))
    record_answers(bookings)


def _cancelled() -> Select[int]:
    """Covers by which the session of a room is not held."""
    return (
        select(Cover.id)
        .join(Booking, Booking.section_id == Cover.section_id)
        .where(
            Booking.id == BookedSession.booking_id,
            Cover.date == BookedSession.date,
            Cover.start_minute == BookedSession.start_minute,
            Cover.status == CoverStatus.CANCELLED,
        )
        .correlate(BookedSession)
    )
