"""Changes of venues, rooms, their hours and what rooms can have."""

import re
from collections.abc import Iterable, Sequence
from typing import TypedDict, TypeVar, Unpack

from flask_babel import gettext as _
from sqlalchemy import func, select

from scheduler.calendar.date_text import UnavailableTime
from scheduler.calendar.weekly_hours import Hours
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.domain.availability import dates_for, windows_for
from scheduler.models import Confirmation, Feature, PlaceSource, Room, RoomClosure, RoomWindow, Unit, Venue, VenueKind

R = TypeVar("R", Venue, Room, Feature)


class VenueFacts(TypedDict):
    """What a coordinator says about a venue; the place in degrees."""

    name: str
    kind: VenueKind
    address: str
    latitude: float
    longitude: float
    step_free: bool | None
    contact: str
    phone: str
    confirmation: Confirmation


class RoomFacts(TypedDict):
    """What a coordinator says about a room; ``fee`` in yuan a session."""

    name: str
    capacity: int
    turnaround_minutes: int
    fee: int


def create_venue(unit: Unit, **facts: Unpack[VenueFacts]) -> Venue:
    """A venue at a place entered by a user."""
    venue = Venue(unit=unit, place_source=PlaceSource.KNOWN, **facts)
    db.session.add(venue)
    db.session.flush()
    return venue


def edit_venue(venue: Venue, unit: Unit, checked: bool, **facts: Unpack[VenueFacts]) -> Venue:
    """Change a venue; a place moved by hand is known from then on, and what was checked is no longer assumed."""
    moved = (facts["latitude"], facts["longitude"]) != (venue.latitude, venue.longitude)
    if moved or checked:
        venue.place_source = PlaceSource.KNOWN
    venue.assumed = venue.assumed and not checked
    return _change(venue, unit=unit, **facts)


def create_room(venue: Venue, features: Sequence[str], **facts: Unpack[RoomFacts]) -> Room:
    """A room without hours; ``features`` are codes."""
    room = Room(venue=venue, features=_features(features), **facts)
    db.session.add(room)
    db.session.flush()
    return room


def edit_room(room: Room, features: Sequence[str], checked: bool, **facts: Unpack[RoomFacts]) -> Room:
    """Change a room; what was checked is no longer assumed."""
    room.assumed = room.assumed and not checked
    return _change(room, features=_features(features), **facts)


def set_hours(room: Room, hours: Iterable[Hours], closures: Iterable[UnavailableTime]) -> None:
    """Replace a room's weekly windows and closed dates."""
    room.windows = windows_for(RoomWindow, room.windows, hours)
    room.closures = dates_for(RoomClosure, room.closures, closures)
    db.session.flush()


def create_feature(name_zh: str, name_en: str) -> Feature:
    """Something that rooms can have from now on; its code comes from the English name."""
    _refuse_taken_name(name_zh)
    code = re.sub(r"[^a-z0-9]+", "_", name_en.lower()).strip("_")[:40] or "feature"
    if db.session.get(Feature, code) is not None:
        raise DomainError(_("There is already something with this name."), "name_en")
    feature = Feature(code=code, name_zh=name_zh, name_en=name_en)
    db.session.add(feature)
    db.session.flush()
    return feature


def rename_feature(feature: Feature, name_zh: str, name_en: str) -> Feature:
    """Other words for the same thing; rooms and courses keep it."""
    if name_zh != feature.name_zh:
        _refuse_taken_name(name_zh)
    return _change(feature, name_zh=name_zh, name_en=name_en)


def _refuse_taken_name(name_zh: str) -> None:
    if db.session.scalar(select(func.count()).where(Feature.name_zh == name_zh)):
        raise DomainError(_("There is already something with this name."), "name_zh")


def _features(codes: Sequence[str]) -> list[Feature]:
    return [db.session.get_one(Feature, code) for code in sorted(codes)]


def _change(row: R, **values: object) -> R:
    for name, value in values.items():
        setattr(row, name, value)
    db.session.flush()
    return row
