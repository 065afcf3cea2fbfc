"""Reads venues, rooms and what rooms can have, within a scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, radians

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.datastructures import MultiDict

from scheduler.calendar.date_text import UnavailableRun, runs
from scheduler.calendar.weekly_hours import spans_by_day
from scheduler.core.extensions import db
from scheduler.core.row_ids import row_id
from scheduler.domain.availability import closed_at, times_of
from scheduler.maps.geography import street_metres
from scheduler.models import BookedSession, Booking, Community, Feature, Grant, Role, Room, Unit, User, Venue, VenueKind
from scheduler.models.venues import room_features
from scheduler.web.access import Scope
from scheduler.web.text_search import contains

VENUE_SORTS = {
    "name": (Venue.spelling,), "kind": (Venue.kind, Venue.spelling), "unit": (Unit.path, Venue.spelling),
    "requests": (Venue.confirmation, Venue.spelling),
}
ROOM_SORTS = {
    "name": (Room.spelling, Venue.spelling), "venue": (Venue.spelling, Room.spelling),
    "seats": (Room.capacity, Room.spelling), "fee": (Room.fee, Room.spelling),
}
"""By column of the list what it is sorted by."""


@dataclass(frozen=True)
class VenueFilters:
    """What a list of venues is narrowed to: words in name or address, kind, subtree of a unit, archived ones too."""

    search: str = ""
    kind: VenueKind | None = None
    unit: Unit | None = None
    archived: bool = False


@dataclass(frozen=True)
class RoomFilters:
    """What a list of rooms is narrowed to: words in room or venue, a feature's code, seats, archived ones too."""

    search: str = ""
    feature: str = ""
    seats: int = 0
    archived: bool = False


def _within(scope: Scope) -> ColumnElement[bool]:
    """A condition on venues joined with their units: in a subtree, or managed by the user."""
    return or_(scope.units(), Venue.id.in_(scope.venue_ids))


def unit_in(scope: Scope, unit_id: int) -> Unit:
    """The unit, or 404 when it is unknown or outside the scope."""
    return db.one_or_404(select(Unit).where(Unit.id == unit_id, scope.units()))


def venue_in(scope: Scope, venue_id: int) -> Venue:
    """The venue, or 404 when it is unknown or outside the scope."""
    return db.one_or_404(select(Venue).join(Unit).where(Venue.id == venue_id, _within(scope)))


def room_in(scope: Scope, room_id: int) -> Room:
    """The room, or 404 when it is unknown or outside the scope."""
    return db.one_or_404(select(Room).join(Venue).join(Unit).where(Room.id == room_id, _within(scope)))


def filters_of(scope: Scope, arguments: MultiDict[str, str]) -> VenueFilters:
    """The filter that an address asks for; what it names wrongly is left out."""
    units = select(Unit).where(Unit.id == arguments.get("unit", type=row_id), scope.units())
    return VenueFilters(
        arguments.get("q", "").strip()[:100],
        arguments.get("kind", type=VenueKind),
        db.session.scalar(units),
        arguments.get("archived") == "1",
    )


def room_filters_of(arguments: MultiDict[str, str]) -> RoomFilters:
    """The filter of rooms that an address asks for; seats beyond any room's count as more than there are."""
    return RoomFilters(
        arguments.get("q", "").strip()[:100],
        arguments.get("feature", "")[:40],
        min(max(arguments.get("seats", 0, int), 0), 1_000_000),
        arguments.get("archived") == "1",
    )


def venues(scope: Scope, filters: VenueFilters) -> Select[Venue]:
    """Venues of the scope that are wanted, with their units and rooms, by unit and name."""
    statement = select(Venue).join(Venue.unit).where(_within(scope)).order_by(Unit.path, Venue.spelling)
    statement = statement.options(joinedload(Venue.unit), selectinload(Venue.rooms))
    if not filters.archived:
        statement = statement.where(Venue.archived_at.is_(None))
    if filters.kind is not None:
        statement = statement.where(Venue.kind == filters.kind)
    if filters.unit is not None:
        statement = statement.where(Unit.path.startswith(filters.unit.path, autoescape=True))
    if filters.search:
        statement = statement.where(contains(filters.search, Venue.name, Venue.spelling, Venue.address))
    return statement


def rooms(scope: Scope, filters: RoomFilters) -> Select[Room]:
    """Rooms of the scope that are wanted, with venue, features and hours, by unit, venue and name."""
    statement = select(Room).join(Room.venue).join(Venue.unit).where(_within(scope), Room.capacity >= filters.seats)
    statement = statement.order_by(Unit.path, Venue.spelling, Room.spelling).options(
        joinedload(Room.venue).joinedload(Venue.unit), selectinload(Room.features), selectinload(Room.windows)
    )
    if not filters.archived:
        statement = statement.where(Room.archived_at.is_(None), Venue.archived_at.is_(None))
    if filters.feature:
        statement = statement.where(Room.features.any(Feature.code == filters.feature))
    if filters.search:
        statement = statement.where(contains(filters.search, Room.name, Room.spelling, Venue.name, Venue.spelling))
    return statement


def managers(venue: Venue) -> Sequence[User]:
    """Active users who answer for the venue."""
    granted = select(User).join(Grant).where(Grant.role == Role.VENUE_MANAGER, Grant.venue_id == venue.id, User.active)
    return db.session.scalars(granted.order_by(User.name)).all()


def nearest_community(venue: Venue) -> tuple[Community, int] | None:
    """The community closest to the venue and the street distance in metres: a quick check of the place."""
    east = func.abs(Community.longitude - venue.longitude) * cos(radians(venue.latitude))
    distance = func.abs(Community.latitude - venue.latitude) + east
    nearest = select(Community).where(Community.archived_at.is_(None)).order_by(distance, Community.code).limit(1)
    community = db.session.scalar(nearest)
    return None if community is None else (community, street_metres(venue, community))


def closures_from(room: Room, today: date) -> list[UnavailableRun]:
    """The room's closed dates that are not over."""
    return runs(times_of(closure for closure in room.closures if closure.date >= today))


def room_with_hours(venue: Venue) -> Room | None:
    """A room of the venue whose hours can serve as a model for another one."""
    return next((room for room in venue.rooms if room.windows and not room.archived), None)


def sessions_outside_hours(room: Room, today: date) -> list[BookedSession]:
    """Sessions from today on that hold the room at minutes or dates when it is closed, in the order of time."""
    booked = (
        select(BookedSession).where(BookedSession.room_id == room.id, BookedSession.holds, BookedSession.date >= today)
        .options(joinedload(BookedSession.booking).joinedload(Booking.section))
        .order_by(BookedSession.date, BookedSession.start_minute)
    )
    days = spans_by_day(room.windows)
    return [
        session for session in db.session.scalars(booked)
        if closed_at(room.closures, session.date, session.start_minute, session.end_minute)
        or not any(s <= session.start_minute and session.end_minute <= e for s, e in days[session.date.weekday()])
    ]


def features() -> list[tuple[Feature, int]]:
    """Everything a room can have, with the number of rooms that have it."""
    rooms = func.count(room_features.c.room_id)
    counted = select(Feature, rooms).outerjoin(room_features).group_by(Feature.code).order_by(Feature.code)
    return [(feature, number) for feature, number in db.session.execute(counted)]
