"""What is offered: the placements of published plans, with their venues' answers and their next sessions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager, selectinload

from scheduler.extensions import db
from scheduler.geography import Place, street_metres
from scheduler.models import (
    BookedSession,
    Booking,
    BookingStatus,
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
from scheduler.portal.filters import Filters, Order

MOST_SESSIONS_SOON = 12
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Offer:
    """A placed section as a resident sees it; ``metres`` from her community's middle, None where she named none."""

    placement: Placement
    booking: Booking | None
    first: date | None
    metres: int | None

    @property
    def section(self) -> Section:
        """What is held."""
        return self.placement.section

    @property
    def confirmed(self) -> bool:
        """Whether the venue has agreed."""
        return self.booking is not None and self.booking.status is BookingStatus.CONFIRMED

    @property
    def holds(self) -> bool:
        """Whether the hours stand, confirmed or waiting for the venue; otherwise they are being rearranged."""
        return self.confirmed or (self.booking is not None and self.booking.status is BookingStatus.REQUESTED)


def _published() -> Select[Placement]:
    return (
        select(Placement)
        .join(Placement.plan)
        .join(Plan.term)
        .join(Placement.section)
        .join(Section.course)
        .join(Course.subject)
        .join(Placement.room)
        .join(Room.venue)
        .join(Placement.teacher)
        .where(Plan.status == PlanStatus.PUBLISHED, Term.archived_at.is_(None))
        .options(
            contains_eager(Placement.plan).contains_eager(Plan.term),
            contains_eager(Placement.teacher),
            contains_eager(Placement.section).contains_eager(Section.course).contains_eager(Course.subject),
            contains_eager(Placement.room).contains_eager(Room.venue),
            selectinload(Placement.meetings),
        )
    )


def find(filters: Filters, here: Place | None, today: date) -> list[Offer]:
    """All offers that fit, the nearest or soonest first."""
    statement = _published()
    if filters.search:
        columns = (
            Course.title_zh,
            Course.title_en,
            Subject.name_zh,
            Subject.name_en,
            Venue.name,
            Teacher.name,
            Section.name,
        )
        statement = statement.where(or_(*(column.icontains(filters.search, autoescape=True) for column in columns)))
    if filters.group:
        statement = statement.where(Course.target_group == filters.group)
    if filters.category:
        statement = statement.where(Subject.category == filters.category)
    if filters.weekday is not None or filters.time:
        statement = statement.where(Placement.meetings.any(_meets(filters)))
    offers = _offers(db.session.scalars(statement).unique().all(), here, today)
    if filters.within is not None and here is not None:
        offers = [offer for offer in offers if offer.metres is not None and offer.metres <= filters.within]
    return sorted(offers, key=_nearest if here is not None and filters.order is not Order.SOONEST else _soonest)


def ahead(condition: ColumnElement[bool], here: Place | None, today: date) -> list[Offer]:
    """The offers that fulfil a condition on sections, rooms and venues, whose hours stand and are not over yet."""
    found = _offers(db.session.scalars(_published().where(condition)).unique().all(), here, today)
    return [offer for offer in found if offer.holds and offer.first is not None]


def _meets(filters: Filters) -> ColumnElement[bool]:
    start, end = filters.time.minutes if filters.time else (0, 24 * 60)
    condition = Meeting.start_minute.between(start, end - 1)
    return condition if filters.weekday is None else condition & (Meeting.weekday == filters.weekday)


def _nearest(offer: Offer) -> tuple[int, date, int]:
    return offer.metres or 0, offer.first or date.max, offer.section.id


def _soonest(offer: Offer) -> tuple[date, int, int]:
    return offer.first or date.max, offer.metres or 0, offer.section.id


def of_section(section_id: int, here: Place | None, today: date) -> Offer | None:
    """The published offer of one section, None where it is not offered."""
    placements = db.session.scalars(_published().where(Placement.section_id == section_id)).unique().all()
    return next(iter(_offers(placements, here, today)), None)


def _offers(placements: Sequence[Placement], here: Place | None, today: date) -> list[Offer]:
    plan_ids = {placement.plan_id for placement in placements}
    bookings = {
        booking.section_id: booking
        for booking in db.session.scalars(select(Booking).where(Booking.plan_id.in_(plan_ids)).order_by(Booking.id))
    }
    upcoming = _next_dates(plan_ids, today)
    metres = _metres({placement.room.venue for placement in placements}, here)
    return [
        Offer(
            placement,
            bookings.get(placement.section_id),
            upcoming.get(placement.section_id),
            metres.get(placement.room.venue_id),
        )
        for placement in placements
    ]


def _next_dates(plan_ids: Iterable[int], today: date) -> dict[int, date]:
    """By section: the date of its next session from today on."""
    statement = (
        select(Booking.section_id, func.min(BookedSession.date).label("first"))
        .join(BookedSession.booking)
        .where(Booking.plan_id.in_(plan_ids), BookedSession.holds, BookedSession.date >= today)
        .group_by(Booking.section_id)
    )
    return {row.section_id: row.first for row in db.session.execute(statement)}


def _metres(venues: Iterable[Venue], here: Place | None) -> dict[int, int]:
    return {} if here is None else {venue.id: street_metres(here, venue) for venue in venues}


@dataclass(frozen=True)
class Soon:
    """A dated session of an offer."""

    offer: Offer
    session: BookedSession


def soon(offers: Sequence[Offer], today: date) -> list[Soon]:
    """The nearest sessions of the seven days from today, or from the first date on which one is held, by their hours.

    Where the visitor named no community, all are as near, and the next ones are taken.
    """
    by_booking = {offer.booking.id: offer for offer in offers if offer.booking is not None and offer.holds}
    first = min((offer.first for offer in offers if offer.first and offer.holds), default=None)
    if first is None:
        return []
    begin = today if first < today + WEEK else first
    statement = (
        select(BookedSession)
        .where(
            BookedSession.booking_id.in_(by_booking),
            BookedSession.holds,
            BookedSession.date >= begin,
            BookedSession.date < begin + WEEK,
        )
        .order_by(BookedSession.date, BookedSession.start_minute)
    )
    found = [Soon(by_booking[session.booking_id], session) for session in db.session.scalars(statement)]
    nearest = sorted(found, key=lambda item: item.offer.metres or 0)[:MOST_SESSIONS_SOON]
    return sorted(nearest, key=lambda item: (item.session.date, item.session.start_minute))
