"""Reads booking requests: those of a manager's venues, and those of a coordinator's term."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from flask import abort
from sqlalchemy import ColumnElement, Select, case, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from scheduler.core.clock import monday_of, today
from scheduler.core.database import in_tuples
from scheduler.core.extensions import db
from scheduler.models import (
    BookedSession,
    Booking,
    BookingStatus,
    Course,
    Cover,
    CoverStatus,
    Placement,
    Plan,
    PlanStatus,
    Room,
    Section,
    Teacher,
    Term,
    Venue,
)
from scheduler.web.access import Scope
from scheduler.web.text_search import contains

URGENCY = (
    BookingStatus.DECLINED,
    BookingStatus.EXPIRED,
    BookingStatus.COUNTERED,
    BookingStatus.REQUESTED,
    BookingStatus.CONFIRMED,
    BookingStatus.CANCELLED,
)


@dataclass(frozen=True)
class Request:
    """A booking with what the plan says about it; ``teacher`` is None once the plan has changed."""

    booking: Booking
    teacher: Teacher | None

    @property
    def hours(self) -> list[tuple[int, int, int]]:
        """The weekly hours: (weekday, start, end) in minutes since midnight."""
        return sorted(
            {(session.date.weekday(), session.start_minute, session.end_minute) for session in self.booking.sessions}
        )

    @property
    def first(self) -> date:
        """The date of the first session."""
        return self.booking.sessions[0].date

    @property
    def last(self) -> date:
        """The date of the last session."""
        return self.booking.sessions[-1].date


def managed(scope: Scope) -> ColumnElement[bool]:
    """A condition on ``rooms``: in one of the manager's venues."""
    return true() if scope.everything else Room.venue_id.in_(scope.venue_ids)


def waiting(scope: Scope) -> Select[Booking]:
    """Requests that wait for the manager's answer, venue by venue, then section by section."""
    statement = _bookings(scope).where(Booking.status == BookingStatus.REQUESTED, Plan.status == PlanStatus.PUBLISHED)
    return statement.order_by(Venue.name, Venue.id, Section.name, Booking.id)


def answered(scope: Scope, search: str = "") -> Select[Booking]:
    """Requests that have been answered or have lapsed, newest first."""
    statement = _bookings(scope).where(
        or_(Booking.status != BookingStatus.REQUESTED, Plan.status != PlanStatus.PUBLISHED)
    )
    if search:
        statement = statement.where(_matches(search))
    return statement.order_by(func.coalesce(Booking.decided_at, Booking.requested_at).desc(), Booking.id.desc())


def waiting_count(scope: Scope) -> int:
    """How many requests wait for the manager's answer."""
    statement = select(func.count(Booking.id)).join(Booking.room).join(Booking.plan)
    where = managed(scope), Booking.status == BookingStatus.REQUESTED, Plan.status == PlanStatus.PUBLISHED
    return db.session.scalar(statement.where(*where)) or 0


def bookings_in(scope: Scope, ids: Iterable[int]) -> Sequence[Booking]:
    """The bookings with these numbers, or 404 when there is none, or one is of another manager's venue."""
    booking_ids = set(ids)
    bookings = db.session.scalars(
        _bookings(scope).where(Booking.id.in_(booking_ids)).order_by(Venue.name, Section.name)
    ).all()
    if not bookings or len(bookings) != len(booking_ids):
        abort(404)
    return bookings


def other_rooms(bookings: Sequence[Booking]) -> Sequence[Room]:
    """Rooms of the bookings' venue that could be offered instead; none for bookings of several venues."""
    venues = {booking.room.venue_id for booking in bookings}
    asked = {booking.room_id for booking in bookings}
    others = select(Room).where(Room.venue_id.in_(venues), Room.archived_at.is_(None), Room.id.not_in(asked))
    return db.session.scalars(others.order_by(Room.name)).all() if len(venues) == 1 else ()


def booking_of(term: Term, booking_id: int) -> Booking:
    """A request of the term, or 404."""
    return db.one_or_404(select(Booking).join(Booking.plan).where(Booking.id == booking_id, Plan.term_id == term.id))


def requests_of(bookings: Sequence[Booking]) -> list[Request]:
    """The bookings with their teachers, in the same order."""
    keys = [(booking.plan_id, booking.section_id) for booking in bookings]
    placements = db.session.scalars(
        select(Placement)
        .where(in_tuples((Placement.plan_id, Placement.section_id), keys))
        .options(joinedload(Placement.teacher))
    )
    placed = {(placement.plan_id, placement.section_id): placement for placement in placements}
    return [
        Request(booking, _teacher(placed.get((booking.plan_id, booking.section_id)), booking)) for booking in bookings
    ]


def by_venue(requests: Iterable[Request]) -> list[tuple[Venue, list[Request]]]:
    """Requests in the order of their venues, gathered venue by venue."""
    return [(venue, list(group)) for venue, group in groupby(requests, key=lambda request: request.booking.room.venue)]


def _teacher(placement: Placement | None, booking: Booking) -> Teacher | None:
    return placement.teacher if placement is not None and placement.room_id == booking.room_id else None


def _bookings(scope: Scope) -> Select[Booking]:
    return _with_facts().where(managed(scope))


def _with_facts() -> Select[Booking]:
    return (
        select(Booking)
        .join(Booking.room)
        .join(Room.venue)
        .join(Booking.section)
        .join(Section.course)
        .join(Booking.plan)
        .options(
            contains_eager(Booking.room).contains_eager(Room.venue),
            selectinload(Booking.sessions),
            contains_eager(Booking.section).contains_eager(Section.course),
            joinedload(Booking.decided_by),
            joinedload(Booking.offered_room),
            contains_eager(Booking.section).selectinload(Section.learners),
            contains_eager(Booking.plan),
        )
    )


def _matches(search: str) -> ColumnElement[bool]:
    columns = (Section.name, Course.title_zh, Course.title_en, Venue.name, Room.name)
    return contains(search, *columns)


def week_shown(scope: Scope, asked_day: date | None, today: date) -> date:
    """The Monday of the wanted week; without a wish this week, or the next one in which a room of mine is held."""
    if asked_day is not None:
        return monday_of(asked_day)
    first = _in_managed_rooms(scope).with_only_columns(func.min(BookedSession.date))
    upcoming = db.session.scalar(first.where(BookedSession.date >= monday_of(today)))
    return monday_of(upcoming or today)


def week_sessions(scope: Scope, monday: date) -> Sequence[BookedSession]:
    """What holds the manager's rooms from this Monday to Sunday, in order of time."""
    days = BookedSession.date.between(monday, monday + timedelta(days=6))
    options = contains_eager(BookedSession.booking).joinedload(Booking.section).joinedload(Section.course)
    room = contains_eager(BookedSession.booking).contains_eager(Booking.room).joinedload(Room.venue)
    order = BookedSession.date, BookedSession.start_minute, BookedSession.id
    return db.session.scalars(_in_managed_rooms(scope).where(days).options(options, room).order_by(*order)).all()


def cancelled_sessions(scope: Scope) -> Sequence[tuple[Cover, Room]]:
    """Sessions to come in the manager's rooms that have been cancelled, in order of time."""
    statement = (
        select(Cover, Room)
        .join(Placement, Placement.section_id == Cover.section_id)
        .join(Placement.plan)
        .join(Placement.room)
        .where(
            Plan.status == PlanStatus.PUBLISHED,
            Cover.status == CoverStatus.CANCELLED,
            Cover.date >= today(),
            managed(scope),
        )
        .options(joinedload(Cover.section), joinedload(Room.venue))
    )
    order = Cover.date, Cover.start_minute, Cover.id
    return [(cover, room) for cover, room in db.session.execute(statement.order_by(*order))]


def _in_managed_rooms(scope: Scope) -> Select[BookedSession]:
    return (
        select(BookedSession).join(BookedSession.booking).join(Booking.room).where(managed(scope), BookedSession.holds)
    )


def counts(plan: Plan) -> dict[BookingStatus, int]:
    """How many requests of the plan stand where."""
    counted = select(Booking.status, func.count()).where(Booking.plan_id == plan.id).group_by(Booking.status)
    return dict(db.session.execute(counted).all())


def of_plan(plan: Plan, status: BookingStatus | None, search: str) -> Select[Booking]:
    """The requests of a plan, those that need something done first."""
    statement = _with_facts().where(Booking.plan_id == plan.id)
    if status is not None:
        statement = statement.where(Booking.status == status)
    if search:
        statement = statement.where(_matches(search))
    urgency = case({status: place for place, status in enumerate(URGENCY)}, value=Booking.status)
    return statement.order_by(urgency, Venue.name, Section.name, Booking.id)
