"""Finds among all that is offered: tens of thousands of offers are looked through as keys, only a page is loaded.

What everybody asks for, without words of their own, is kept until something that decides it has changed.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, func, select

from scheduler.audit.cache import AuditCache
from scheduler.audit.invalidation import CachedValue
from scheduler.core.extensions import db
from scheduler.domain.plans import published_placements
from scheduler.features.residents.portal.filters import PortalFilters, ResultOrder
from scheduler.features.residents.portal.offers import PortalOffer, placed
from scheduler.maps.geography import Located, Point, street_metres
from scheduler.models import (
    HOLDING_STATUSES,
    BookedSession,
    Booking,
    Course,
    Meeting,
    Placement,
    Plan,
    PlanStatus,
    Room,
    Section,
    Subject,
    Teacher,
    Term,
    Venue,
)
from scheduler.web.text_search import contains

T = TypeVar("T")
MAX_SESSIONS_SOON = 12
WEEK = timedelta(days=7)
NEAREST_FIRST = 200
"""Offers whose sessions are looked for at once, the nearest first."""
_cache = AuditCache(CachedValue.PORTAL_OFFERS, capacity=12)


class Key(NamedTuple):
    """A placed section, where it is held, and its request that holds the room (None: being rearranged)."""

    plan_id: int
    section_id: int
    venue_id: int
    booking_id: int | None


@dataclass(frozen=True)
class SearchResults:
    """The keys of all offers that fit, in their order; ``metres`` to each venue where the visitor named a place."""

    keys: Sequence[Key]
    metres: Mapping[int, int]
    origin: Located | None
    today: date

    @property
    def several_terms(self) -> bool:
        """Whether they belong to more than one term, which then has to be named."""
        return len({key.plan_id for key in self.keys}) > 1

    def page(self, number: int, per_page: int) -> list[PortalOffer]:
        """The offers of a page, which counts from 1."""
        keys = self.keys[(number - 1) * per_page : number * per_page]
        return placed([(key.plan_id, key.section_id) for key in keys], self.origin, self.today)


@dataclass(frozen=True)
class UpcomingSession:
    """A dated session of an offer."""

    offer: PortalOffer
    session: BookedSession


def find(filters: PortalFilters, origin: Located | None, today: date) -> SearchResults:
    """All offers that fit, the nearest or soonest first."""
    if origin is None:
        keys = _cached_unless_searched("soonest", filters.anywhere, lambda: _soonest_first(filters, today), today)
        return SearchResults(keys, {}, None, today)
    keys = _fitting(filters)
    metres = _metres(origin)  # read later than the keys, so that it knows each of their venues
    if filters.within is not None:
        keys = [key for key in keys if metres[key.venue_id] <= filters.within]
    if filters.order is ResultOrder.SOONEST:
        first = _first_dates(today)
        keys = sorted(keys, key=lambda key: (first.get(key.booking_id, date.max), metres[key.venue_id], key.section_id))
    else:
        keys = sorted(keys, key=lambda key: (metres[key.venue_id], key.section_id))
    return SearchResults(keys, metres, origin, today)


def _soonest_first(filters: PortalFilters, today: date) -> list[Key]:
    """All offers that fit, by the date of their next session."""
    first = _first_dates(today)
    return sorted(_fitting(filters), key=lambda key: (first.get(key.booking_id, date.max), key.section_id))


def _fitting(filters: PortalFilters) -> list[Key]:
    """All offers that fit, wherever they are held."""

    def read() -> list[Key]:
        return [Key(*row) for row in db.session.execute(_narrowed(_keys(), filters))]

    return _cached_unless_searched("fitting", filters.anywhere, read)


def _first_dates(today: date) -> Mapping[int | None, date]:
    """By request the date of its next session."""
    first_dates = select(BookedSession.booking_id, func.min(BookedSession.date)).group_by(BookedSession.booking_id)
    statement = first_dates.where(BookedSession.holds, BookedSession.date >= today)
    return _cache.get_or_create(("first", today), lambda: dict(db.session.execute(statement).all()))


def _cached_unless_searched(what: str, filters: PortalFilters, create: Callable[[], T], *more: Hashable) -> T:
    """There are few filters, but words without number."""
    return create() if filters.search else _cache.get_or_create((what, filters, *more), create)


def _keys() -> Select[int, int, int, int | None]:
    """Plan, section, venue and the request that holds the room, of all that is offered."""
    live = (Booking.plan_id == Placement.plan_id) & (Booking.section_id == Placement.section_id)
    return (
        published_placements()
        .join(Plan.term)
        .join(Placement.room)
        .outerjoin(Booking, live & Booking.status.in_(HOLDING_STATUSES))
        .where(Term.archived_at.is_(None))
        .with_only_columns(Placement.plan_id, Placement.section_id, Room.venue_id, Booking.id)
    )


def _narrowed(
    statement: Select[int, int, int, int | None], filters: PortalFilters
) -> Select[int, int, int, int | None]:
    """What the visitor looks for."""
    if filters.search or filters.group or filters.category:
        statement = statement.join(Placement.section).join(Section.course).join(Course.subject)
    if filters.search:
        titles = (Course.title_zh, Course.title_en, Subject.name_zh, Subject.name_en)
        columns = (*titles, Venue.name, Teacher.name, Section.name)
        statement = statement.join(Room.venue).join(Placement.teacher).where(contains(filters.search, *columns))
    if filters.group:
        statement = statement.where(Course.target_group == filters.group)
    if filters.category:
        statement = statement.where(Subject.category == filters.category)
    if filters.weekday is not None or filters.time:
        statement = statement.where(Placement.meetings.any(_meets(filters)))
    return statement


def _meets(filters: PortalFilters) -> ColumnElement[bool]:
    start, end = filters.time.minutes if filters.time else (0, 24 * 60)
    condition = Meeting.start_minute.between(start, end - 1)
    return condition if filters.weekday is None else condition & (Meeting.weekday == filters.weekday)


def _metres(origin: Located | None) -> dict[int, int]:
    """By venue how far it is."""
    if origin is None:
        return {}
    venues = db.session.execute(select(Venue.id, Venue.latitude, Venue.longitude))
    return {key: street_metres(origin, Point(latitude, longitude)) for key, latitude, longitude in venues}


def _first_date(today: date) -> date | None:
    """The next date on which anything is held."""
    condition = BookedSession.holds, BookedSession.date >= today
    return db.session.scalar(select(BookedSession.date).where(*condition).order_by(BookedSession.date).limit(1))


def soon(results: SearchResults) -> list[UpcomingSession]:
    """The nearest sessions of the seven days from today, or from the first date on which one is held, by their hours.

    Where the visitor named no community, all are as near, and the next ones are taken.
    """
    by_booking = {key.booking_id: key for key in results.keys if key.booking_id is not None}
    first = _first_date(results.today)
    if first is None or not by_booking:
        return []
    begin = results.today if first < results.today + WEEK else first
    week = _booked_sessions().where(BookedSession.date >= begin, BookedSession.date < begin + WEEK)
    sessions = list(islice(_nearest(week, results, by_booking) if results.origin else _next(week), MAX_SESSIONS_SOON))
    keys = [by_booking[session.booking_id] for session in sessions]
    offers = placed([(key.plan_id, key.section_id) for key in keys], results.origin, results.today)
    both = (UpcomingSession(offer, session) for offer, session in zip(offers, sessions, strict=True))
    return sorted(both, key=lambda item: (item.session.date, item.session.start_minute))


def _booked_sessions() -> Select[BookedSession]:
    """Sessions of published plans that hold their rooms."""
    return (
        select(BookedSession)
        .join(BookedSession.booking)
        .join(Booking.plan)
        .join(Plan.term)
        .where(BookedSession.holds, Plan.status == PlanStatus.PUBLISHED, Term.archived_at.is_(None))
    )


def _next(sessions: Select[BookedSession]) -> Iterator[BookedSession]:
    """The next sessions of all."""
    yield from db.session.scalars(
        sessions.order_by(BookedSession.date, BookedSession.start_minute, BookedSession.id).limit(MAX_SESSIONS_SOON)
    )


def _nearest(
    sessions: Select[BookedSession], results: SearchResults, by_booking: Mapping[int, Key]
) -> Iterator[BookedSession]:
    """The sessions of a week, those of the nearest offers first."""
    nearest = sorted(by_booking.items(), key=lambda item: results.metres[item[1].venue_id])
    for start in range(0, len(nearest), NEAREST_FIRST):
        metres = {
            booking_id: results.metres[key.venue_id] for booking_id, key in nearest[start : start + NEAREST_FIRST]
        }
        rows = db.session.scalars(sessions.where(BookedSession.booking_id.in_(metres))).all()
        yield from sorted(rows, key=lambda row: (metres[row.booking_id], row.date, row.start_minute))
