"""Hours that other terms use already, on their dates, and weekly hours that a venue has declined."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from scheduler.calendar.occurrences import Occurrence, occurrences
from scheduler.core.extensions import db
from scheduler.domain.plans import published_placements
from scheduler.engine.documents.keys import VENUE, key
from scheduler.maps.geography import Plane
from scheduler.models import (
    BookedSession,
    Booking,
    BookingStatus,
    Placement,
    Plan,
    Room,
    Section,
    Term,
    UnavailableDate,
    Venue,
)
from solver import BusyRoomHours, BusyTeacherHours, Hours, Place

REFUSED_STATUSES = (BookingStatus.DECLINED, BookingStatus.COUNTERED)
Use = TypeVar("Use", bound=Hashable)


@dataclass(frozen=True)
class _RoomUse:
    """The hours at which another term has a room on some dates."""

    room_id: int
    start: int
    end: int
    pause: int
    term: str


@dataclass(frozen=True)
class _Engagement:
    """The hours at which a teacher teaches in another term on some dates."""

    teacher_id: int
    start: int
    end: int
    venue: Venue
    term: str


def busy_rooms(term: Term) -> dict[int, list[BusyRoomHours]]:
    """By room id the hours at which other terms have booked it."""
    busy = defaultdict(list)
    for use, dates in _by_dates(_booked_elsewhere(term)):
        busy[use.room_id].append(BusyRoomHours(dates, use.start, use.end, use.term, use.pause))
    return busy


def busy_teachers(term: Term, plane: Plane) -> dict[int, list[BusyTeacherHours]]:
    """By teacher id the hours at which published plans of other terms have them teach, and where."""
    busy = defaultdict(list)
    for engagement, dates in _by_dates(_taught_elsewhere(term)):
        place = Place(key(VENUE, engagement.venue.id), *plane.metres(engagement.venue))
        hours = BusyTeacherHours(dates, engagement.start, engagement.end, engagement.term, place)
        busy[engagement.teacher_id].append(hours)
    return busy


def hours_of_dates(
    rows: Iterable[UnavailableDate], first: date, last: date, met: Collection[date] = ()
) -> Iterator[tuple[tuple[date, ...], int, int]]:
    """The dates from one to another of which only these hours cannot be had; ``met`` are dates that do not count."""
    counting = (row for row in rows if not row.whole_day and first <= row.date <= last and row.date not in met)
    spans = ((row.span, row.date) for row in counting)
    for (start, end), dates in _by_dates(spans):
        yield dates, start, end


def declined_hours(term: Term) -> dict[int, set[Hours]]:
    """By room id the weekly hours that the term has asked for in vain."""
    refused = (
        select(BookedSession)
        .join(Booking)
        .join(Plan)
        .where(Plan.term_id == term.id, Booking.status.in_(REFUSED_STATUSES))
    )
    declined = defaultdict(set)
    for session in db.session.scalars(refused):
        declined[session.room_id].add(Hours(session.date.weekday(), session.start_minute, session.end_minute))
    return declined


def hours_without(hours: Iterable[Hours], declined: Iterable[Hours]) -> tuple[Hours, ...]:
    """The weekly hours that are left."""
    free = list(hours)
    for gone in sorted(declined):
        free = [piece for span in free for piece in _without(span, *gone)]
    return tuple(free)


def last_day(term: Term) -> date:
    """The last date of a term."""
    return term.first_day + timedelta(weeks=term.weeks, days=-1)


def _without(span: Hours, weekday: int, start: int, end: int) -> Iterator[Hours]:
    if span.weekday != weekday or end <= span.start or span.end <= start:
        yield span
        return
    if span.start < start:
        yield Hours(weekday, span.start, start)
    if end < span.end:
        yield Hours(weekday, end, span.end)


def _by_dates(dated: Iterable[tuple[Use, date]]) -> list[tuple[Use, tuple[date, ...]]]:
    """Each use with all of its dates, in the order of their first ones."""
    dates: defaultdict[Use, set[date]] = defaultdict(set)
    for use, day in dated:
        dates[use].add(day)
    return sorted(((use, tuple(sorted(days))) for use, days in dates.items()), key=lambda entry: entry[1])


def _plans_of_others(term: Term) -> list[int]:
    """The plans of other terms that share weeks with it: named, so that its own sessions are not looked through."""
    others = db.session.scalars(select(Term).where(Term.id != term.id, Term.first_day <= last_day(term)))
    beside = [other.id for other in others if last_day(other) >= term.first_day]
    return list(db.session.scalars(select(Plan.id).where(Plan.term_id.in_(beside))))


def _booked_elsewhere(term: Term) -> Iterator[tuple[_RoomUse, date]]:
    """Held sessions of other terms. Before and after them the room's turnaround of then and of today is kept free."""
    plans = _plans_of_others(term)
    if not plans:
        return
    within = BookedSession.date.between(term.first_day, last_day(term))
    booked = (
        select(BookedSession, Room.turnaround_minutes, Term.name)
        .join(Booking, BookedSession.booking_id == Booking.id)
        .join(Plan, Booking.plan_id == Plan.id)
        .join(Term, Plan.term_id == Term.id)
        .join(Room, BookedSession.room_id == Room.id)
        .where(BookedSession.holds, Booking.plan_id.in_(plans), within)
        .order_by(BookedSession.id)
    )
    for session, turnaround, name in db.session.execute(booked):
        pause = max(turnaround, session.free_minute - session.end_minute)
        yield _RoomUse(session.room_id, session.start_minute, session.end_minute, pause, name), session.date


def _taught_elsewhere(term: Term) -> Iterator[tuple[_Engagement, date]]:
    elsewhere = (
        published_placements()
        .join(Plan.term)
        .where(Plan.term_id != term.id, Term.first_day <= last_day(term))
        .order_by(Placement.section_id)
        .options(
            joinedload(Placement.plan).joinedload(Plan.term),
            joinedload(Placement.meetings),
            joinedload(Placement.section).joinedload(Section.course),
            joinedload(Placement.room).joinedload(Room.venue),
        )
    )
    for placement in db.session.scalars(elsewhere).unique():
        venue, name = placement.room.venue, placement.plan.term.name
        for session in _within(term, placement):
            yield _Engagement(placement.teacher_id, session.start, session.end, venue, name), session.date


def _within(term: Term, placement: Placement) -> list[Occurrence]:
    sessions = occurrences(placement)
    return [session for session in sessions if term.first_day <= session.date <= last_day(term)]
