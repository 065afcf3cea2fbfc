"""What is offered: the placements of published plans, with their venues' answers and their next sessions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from scheduler.core.database import in_tuples
from scheduler.core.extensions import db
from scheduler.domain.plans import published_placements
from scheduler.maps.geography import Located, street_metres
from scheduler.models import BookedSession, Booking, BookingStatus, Course, Placement, Plan, Room, Section, Term, Venue


@dataclass(frozen=True)
class PortalOffer:
    """A placed section as a resident sees it; ``metres`` from their community's middle, None where they named none."""

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
        published_placements()
        .join(Plan.term)
        .join(Placement.section)
        .join(Section.course)
        .join(Course.subject)
        .join(Placement.room)
        .join(Room.venue)
        .join(Placement.teacher)
        .where(Term.archived_at.is_(None))
        .options(
            contains_eager(Placement.plan).contains_eager(Plan.term),
            contains_eager(Placement.teacher),
            contains_eager(Placement.section).contains_eager(Section.course).contains_eager(Course.subject),
            contains_eager(Placement.room).contains_eager(Room.venue),
            joinedload(Placement.meetings),
        )
    )


def ahead(condition: ColumnElement[bool], origin: Located | None, today: date) -> list[PortalOffer]:
    """The offers that fulfil a condition on sections, rooms and venues, whose hours stand and are not over yet."""
    offers = _offers(db.session.scalars(_published().where(condition)).unique().all(), origin, today)
    return [offer for offer in offers if offer.holds and offer.first is not None]


def of_section(section_id: int, origin: Located | None, today: date) -> PortalOffer | None:
    """The published offer of one section, None where it is not offered."""
    placements = db.session.scalars(_published().where(Placement.section_id == section_id)).unique().all()
    return next(iter(_offers(placements, origin, today)), None)


def placed(keys: Iterable[tuple[int, int]], origin: Located | None, today: date) -> list[PortalOffer]:
    """The offers of these plans and sections, in this order."""
    ordered_keys = list(keys)
    statement = _published().where(in_tuples((Placement.plan_id, Placement.section_id), ordered_keys))
    offers = _offers(db.session.scalars(statement).unique().all(), origin, today)
    by_key = {(offer.placement.plan_id, offer.section.id): offer for offer in offers}
    return [by_key[key] for key in ordered_keys]


def _offers(placements: Sequence[Placement], origin: Located | None, today: date) -> list[PortalOffer]:
    bookings = _bookings(placements)
    upcoming = _next_dates(bookings.values(), today)
    metres = _metres({placement.room.venue for placement in placements}, origin)
    return [
        PortalOffer(
            placement,
            bookings.get(placement.section_id),
            upcoming.get(placement.section_id),
            metres.get(placement.room.venue_id),
        )
        for placement in placements
    ]


def _bookings(placements: Sequence[Placement]) -> dict[int, Booking]:
    """By section its newest request."""
    keys = [(placement.plan_id, placement.section_id) for placement in placements]
    statement = select(Booking).where(in_tuples((Booking.plan_id, Booking.section_id), keys)).order_by(Booking.id)
    return {booking.section_id: booking for booking in db.session.scalars(statement)}


def _next_dates(bookings: Iterable[Booking], today: date) -> dict[int, date]:
    """By section: the date of its next session from today on."""
    sections = {booking.id: booking.section_id for booking in bookings}
    statement = (
        select(BookedSession.booking_id, func.min(BookedSession.date))
        .where(BookedSession.booking_id.in_(sections), BookedSession.holds, BookedSession.date >= today)
        .group_by(BookedSession.booking_id)
    )
    return {sections[booking_id]: first for booking_id, first in db.session.execute(statement)}


def _metres(venues: Iterable[Venue], origin: Located | None) -> dict[int, int]:
    return {} if origin is None else {venue.id: street_metres(origin, venue) for venue in venues}
