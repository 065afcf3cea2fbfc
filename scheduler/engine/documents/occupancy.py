"""Hours that other terms use already or that a venue has declined, cut out of what may be planned."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from scheduler.calendar.occurrences import Occurrence, occurrences
from scheduler.core.extensions import db
from scheduler.domain.plans import published_placements
from scheduler.models import BookedSession, Booking, BookingStatus, Placement, Plan, Section, Term
from solver import Hours

REFUSED_STATUSES = (BookingStatus.DECLINED, BookingStatus.COUNTERED)
SERIES_DATES = 3
"""From this many dates on, uses of one weekly hour close that hour; fewer close their dates."""
TRAVEL_MINUTES = 60
"""Kept free before and after what a teacher gives in another term, whose venue this term's document does not know."""


@dataclass
class Occupancy:
    """What a room or teacher cannot be planned for."""

    spans: set[tuple[int, int, int]] = field(default_factory=set)
    dates: set[date] = field(default_factory=set)

    def left_of(self, hours: Iterable[Hours]) -> tuple[Hours, ...]:
        """The weekly hours that are still free."""
        free = list(hours)
        for weekday, start, end in sorted(self.spans):
            free = [piece for span in free for piece in _without(span, weekday, start, end)]
        return tuple(free)


def of_rooms(term: Term) -> dict[int, Occupancy]:
    """By room id: what other terms have booked, and what this term has asked for in vain."""
    taken = _from_dates(_booked_elsewhere(term))
    refused = (
        select(BookedSession)
        .join(Booking)
        .join(Plan)
        .where(Plan.term_id == term.id, Booking.status.in_(REFUSED_STATUSES))
    )
    for session in db.session.scalars(refused):
        taken[session.room_id].spans.add((session.date.weekday(), session.start_minute, session.end_minute))
    return taken


def of_teachers(term: Term) -> dict[int, Occupancy]:
    """By teacher id: what they give in the published plans of other terms, with time to travel around it."""
    return _from_dates(_taught_elsewhere(term))


def _without(span: Hours, weekday: int, start: int, end: int) -> Iterator[Hours]:
    if span.weekday != weekday or end <= span.start or span.end <= start:
        yield span
        return
    if span.start < start:
        yield Hours(weekday, span.start, start)
    if end < span.end:
        yield Hours(weekday, end, span.end)


def _from_dates(uses: Iterable[tuple[int, date, int, int]]) -> defaultdict[int, Occupancy]:
    """Uses (row id, date, first minute, last minute), those of one weekly hour gathered."""
    dates: defaultdict[tuple[int, int, int, int], set[date]] = defaultdict(set)
    for row_id, day, start, end in uses:
        dates[row_id, day.weekday(), max(0, start), min(1440, end)].add(day)
    taken: defaultdict[int, Occupancy] = defaultdict(Occupancy)
    for (row_id, weekday, start, end), days in dates.items():
        if len(days) >= SERIES_DATES:
            taken[row_id].spans.add((weekday, start, end))
        else:
            taken[row_id].dates |= days
    return taken


def _last_day(term: Term) -> date:
    return term.first_day + timedelta(weeks=term.weeks, days=-1)


def _plans_of_others(term: Term) -> list[int]:
    """The plans of other terms that share weeks with it: named, so that its own sessions are not looked through."""
    others = db.session.scalars(select(Term).where(Term.id != term.id, Term.first_day <= _last_day(term)))
    beside = [other.id for other in others if _last_day(other) >= term.first_day]
    return list(db.session.scalars(select(Plan.id).where(Plan.term_id.in_(beside))))


def _booked_elsewhere(term: Term) -> Iterator[tuple[int, date, int, int]]:
    """Held sessions of other terms; the room's turnaround is kept free before and after them."""
    plans = _plans_of_others(term)
    if not plans:
        return
    booked = (
        select(BookedSession)
        .join(Booking)
        .where(
            BookedSession.holds, Booking.plan_id.in_(plans), BookedSession.date.between(term.first_day, _last_day(term))
        )
    )
    for session in db.session.scalars(booked):
        pause = session.free_minute - session.end_minute
        yield session.room_id, session.date, session.start_minute - pause, session.free_minute


def _taught_elsewhere(term: Term) -> Iterator[tuple[int, date, int, int]]:
    elsewhere = (
        published_placements()
        .join(Plan.term)
        .where(Plan.term_id != term.id, Term.first_day <= _last_day(term))
        .options(
            joinedload(Placement.plan).joinedload(Plan.term),
            joinedload(Placement.meetings),
            joinedload(Placement.section).joinedload(Section.course),
        )
    )
    for placement in db.session.scalars(elsewhere).unique():
        for session in _within(term, placement):
            yield placement.teacher_id, session.date, session.start - TRAVEL_MINUTES, session.end + TRAVEL_MINUTES


def _within(term: Term, placement: Placement) -> list[Occurrence]:
    sessions = occurrences(placement)
    return [session for session in sessions if term.first_day <= session.date <= _last_day(term)]
