"""Publishing a plan: it replaces the one published before, and every placement becomes a request to a venue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask_babel import format_date, gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from scheduler.calendar.occurrences import Occurrence, occurrences, term_calendar
from scheduler.core.clock import today
from scheduler.core.database import now
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.domain import assignments as assigning, covers
from scheduler.domain.publishing.calendar_feed import record_covers, record_publication, record_withdrawal
from scheduler.models import (
    HOLDING_STATUSES,
    BookedSession,
    Booking,
    BookingStatus,
    Confirmation,
    Placement,
    Plan,
    PlanStatus,
    Room,
    Section,
)

CARRIED_STATUSES = (*HOLDING_STATUSES, BookingStatus.DECLINED, BookingStatus.COUNTERED)


@dataclass(frozen=True)
class Changes:
    """What publishing a plan does to the requests to the venues and teachers of its term."""

    former: Plan | None
    kept: list[tuple[Booking, list[Occurrence]]] = field(default_factory=list)
    cancelled: list[Booking] = field(default_factory=list)
    asked: list[tuple[Placement, list[Occurrence]]] = field(default_factory=list)
    automatic: list[tuple[Placement, list[Occurrence]]] = field(default_factory=list)
    assignments: assigning.AssignmentChanges = field(default_factory=assigning.AssignmentChanges)

    @property
    def venues(self) -> int:
        """How many venues are asked anew."""
        return len({placement.room.venue_id for placement, _sessions in self.asked})


def changes_of(plan: Plan) -> Changes:
    """What publishing the plan would do.

    A request is kept with its answer for the same section, room and dates, also where sessions become fewer or shorter.

    Raises DomainError where the calendar no longer holds all sessions of a section.
    """
    placements = _placements(plan)
    changes = Changes(_published(plan), assignments=assigning.changes_of(plan, placements))
    standing = plan if plan.status is PlanStatus.PUBLISHED else changes.former
    waiting = {booking.section_id: booking for booking in _bookings(standing)}
    for placement in placements:
        sessions = _sessions(plan, placement)
        booking = waiting.get(placement.section_id)
        if booking is not None and _covers(booking, placement, sessions):
            changes.kept.append((waiting.pop(placement.section_id), sessions))
        elif placement.room.venue.confirmation is Confirmation.AUTOMATIC:
            changes.automatic.append((placement, sessions))
        else:
            changes.asked.append((placement, sessions))
    changes.cancelled.extend(booking for booking in waiting.values() if booking.status in HOLDING_STATUSES)
    return changes


def publish(plan: Plan) -> Changes:
    """Publish a plan in place of the one before, cancel requests that it no longer needs and make new ones.

    Raises DomainError when the plan is published already or a scenario's, or when another term holds one of the rooms.
    """
    if plan.status is PlanStatus.PUBLISHED:
        raise DomainError(_("This plan is published already."))
    refuse_what_if(plan)
    return _carry_out(plan)


def publish_again(plan: Plan) -> Changes:
    """Hold a published plan by the calendar and the formats of today; what stays the same keeps its answers.

    Raises DomainError as ``publish`` does, and where the calendar no longer holds all sessions of a section.
    """
    return _carry_out(plan)


def _carry_out(plan: Plan) -> Changes:
    _write_down(plan)
    changes = changes_of(plan)
    if changes.former is not None:
        changes.former.status = PlanStatus.SUPERSEDED
    for booking in changes.cancelled:
        _cancel(booking)
    db.session.flush()
    plan.status, plan.published_at = PlanStatus.PUBLISHED, now()
    for booking, sessions in changes.kept:
        booking.plan = plan
        _fit(booking, sessions)
    let_go = covers.follow_publication(plan)
    _ask_venues(plan, changes)
    assigning.ask(plan, changes.assignments)
    record_publication(plan)
    record_covers(let_go)
    return changes


def _write_down(plan: Plan) -> None:
    """From now on the plan is held by the calendar and the formats of today, whatever is changed in the registers."""
    plan.calendar = term_calendar(plan.term).as_json()
    for placement in _placements(plan):
        section = placement.section
        placement.fixed_minutes, placement.fixed_sessions = section.minutes, section.sessions
        placement.fixed_every_weeks = section.every_weeks


def refuse_what_if(plan: Plan) -> None:
    """Raise DomainError for a plan that rests on changes which are not true."""
    if plan.assumes is not None:
        raise DomainError(
            _("This plan belongs to the scenario “%(name)s”. Take over its changes first.", name=plan.assumes.name)
        )


def _ask_venues(plan: Plan, changes: Changes) -> None:
    """Request the rooms; none is held for a session that nobody gives."""
    cancelled = covers.cancelled_in(plan.term)
    requests = [*changes.asked, *changes.automatic]
    _refuse_taken_rooms(
        (
            placement,
            [session for session in sessions if (placement.section_id, session.date, session.start) not in cancelled],
        )
        for placement, sessions in requests
    )
    db.session.add_all(_booking(plan, placement, sessions, cancelled) for placement, sessions in requests)
    db.session.flush()
    _hold_again(plan, cancelled)


def _hold_again(plan: Plan, cancelled: set[tuple[int, date, int]]) -> None:
    """Hold the rooms of kept requests for sessions that had been cancelled and are held after all."""
    free = Booking.plan_id == plan.id, Booking.status.in_(HOLDING_STATUSES), ~BookedSession.holds
    statement = select(BookedSession).join(BookedSession.booking).where(*free)
    for session in db.session.scalars(statement.options(joinedload(BookedSession.booking))):
        session.holds = (session.booking.section_id, session.date, session.start_minute) not in cancelled
    db.session.flush()


def _published(plan: Plan) -> Plan | None:
    former = select(Plan).where(Plan.term_id == plan.term_id, Plan.status == PlanStatus.PUBLISHED, Plan.id != plan.id)
    return db.session.scalar(former)


def _bookings(former: Plan | None) -> Sequence[Booking]:
    """The former plan's requests, the newest of a section last."""
    if former is None:
        return []
    statement = (
        select(Booking).where(Booking.plan_id == former.id, Booking.status.in_(CARRIED_STATUSES)).order_by(Booking.id)
    )
    return db.session.scalars(statement.options(selectinload(Booking.sessions))).all()


def _placements(plan: Plan) -> Sequence[Placement]:
    loaded = (
        joinedload(Placement.meetings),
        joinedload(Placement.section).joinedload(Section.course),
        joinedload(Placement.room).joinedload(Room.venue),
    )
    statement = select(Placement).where(Placement.plan_id == plan.id).order_by(Placement.section_id)
    return db.session.scalars(statement.options(*loaded)).unique().all()


def _sessions(plan: Plan, placement: Placement) -> list[Occurrence]:
    held = placement.section.format
    sessions = occurrences(placement, term_calendar(plan.term), held)
    if len(sessions) < held.sessions:
        raise DomainError(
            _(
                "The calendar no longer holds all sessions of %(section)s. Plan again before you publish.",
                section=placement.section.name,
            )
        )
    return sessions


def _covers(booking: Booking, placement: Placement, sessions: Sequence[Occurrence]) -> bool:
    """Whether a request is for the room of a placement, for its dates and for no fewer minutes on each of them."""
    asked = {session.date: session for session in booking.sessions}
    return booking.room_id == placement.room_id and all(
        session.date in asked
        and asked[session.date].start_minute <= session.start
        and session.end <= asked[session.date].end_minute
        for session in sessions
    )


def _fit(booking: Booking, sessions: Sequence[Occurrence]) -> None:
    """Hold the room on no other dates and no longer than the sessions now need it."""
    needed = {session.date for session in sessions}
    booking.sessions = [session for session in booking.sessions if session.date in needed]
    asked = {session.date: session for session in booking.sessions}
    for session in sessions:
        booked = asked[session.date]
        booked.free_minute += session.end - booked.end_minute
        booked.start_minute, booked.end_minute = session.start, session.end


def _cancel(booking: Booking) -> None:
    booking.status = BookingStatus.CANCELLED
    for session in booking.sessions:
        session.holds = False


def _booking(
    plan: Plan, placement: Placement, sessions: Iterable[Occurrence], cancelled: set[tuple[int, date, int]]
) -> Booking:
    automatic = placement.room.venue.confirmation is Confirmation.AUTOMATIC
    status = BookingStatus.CONFIRMED if automatic else BookingStatus.REQUESTED
    booking = Booking(
        plan=plan,
        section=placement.section,
        room=placement.room,
        status=status,
        decided_at=now() if automatic else None,
    )
    booking.sessions = [
        BookedSession(
            room_id=placement.room_id,
            date=session.date,
            start_minute=session.start,
            end_minute=session.end,
            free_minute=session.end + placement.room.turnaround_minutes,
            holds=(placement.section_id, session.date, session.start) not in cancelled,
        )
        for session in sessions
    ]
    return booking


def _refuse_taken_rooms(requests: Iterable[tuple[Placement, list[Occurrence]]]) -> None:
    """Say which room is taken when; the database's own rule stays the last guard against two at the same moment."""
    for placement, sessions in requests:
        free = placement.room.turnaround_minutes
        for booked in _booked_sessions(placement.room_id, {session.date for session in sessions}):
            for session in sessions:
                overlaps = session.start < booked.free_minute and booked.start_minute < session.end + free
                if session.date == booked.date and overlaps:
                    raise DomainError(_taken(placement, booked))


def _booked_sessions(room_id: int, dates: set[date]) -> Sequence[BookedSession]:
    statement = select(BookedSession).where(
        BookedSession.room_id == room_id, BookedSession.holds, BookedSession.date.in_(dates)
    )
    return db.session.scalars(statement.options(joinedload(BookedSession.booking).joinedload(Booking.section))).all()


def _taken(placement: Placement, booked: BookedSession) -> str:
    return _(
        "%(room)s is held on %(date)s for %(other)s, so %(section)s cannot meet there. Plan again, then publish.",
        room=f"{placement.room.venue.name} {placement.room.name}",
        date=format_date(booked.date, "medium"),
        other=booked.booking.section.name,
        section=placement.section.name,
    )


def withdraw(plan: Plan) -> int:
    """Make a published plan a draft again: nobody is asked any more, rooms are free; how many had been asked.

    Raises DomainError when it is not published, or once a session of it was held.
    """
    if plan.status is not PlanStatus.PUBLISHED:
        raise DomainError(_("Only a published plan can be withdrawn."))
    bookings = [booking for booking in _bookings(plan) if booking.status in HOLDING_STATUSES]
    if any(session.date < today() for booking in bookings for session in booking.sessions):
        raise DomainError(_("Sessions of this plan have been held. Publish another plan in its place."))
    for booking in bookings:
        _cancel(booking)
    assignments = assigning.withdraw(plan)
    plan.status, plan.published_at, plan.calendar = PlanStatus.DRAFT, None, None
    for placement in _placements(plan):
        placement.fixed_minutes = placement.fixed_sessions = placement.fixed_every_weeks = None
    db.session.flush()
    record_covers(covers.follow_withdrawal(plan.term))
    record_withdrawal(plan)
    return len(bookings) + assignments
