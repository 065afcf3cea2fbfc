"""Subscribers of calendars hear of new names: an event that shows a renamed room, venue or course is told anew."""

from flask import Flask
from sqlalchemy import ColumnElement, Connection, event, inspect, select, update
from sqlalchemy.orm import Mapper

from scheduler.core.clock import today
from scheduler.core.database import Base, now
from scheduler.models import Course, FeedEvent, Room, Section, Teacher, Venue

SHOWN: dict[type[Base], tuple[str, ...]] = {
    Course: ("title_zh", "title_en"),
    Room: ("name", "venue_id"),
    Section: ("name",),
    Teacher: ("name",),
    Venue: ("name", "address", "latitude", "longitude"),
}
"""What events show of each row (see features/delivery/calendars/rendering.py)."""


def _showing(row: Base) -> ColumnElement[bool]:
    """The events that show a row."""
    match row:
        case Course():
            return FeedEvent.section_id.in_(select(Section.id).where(Section.course_id == row.id))
        case Room():
            return FeedEvent.room_id == row.id
        case Section():
            return FeedEvent.section_id == row.id
        case Teacher():
            return FeedEvent.substitute_id == row.id
        case Venue():
            return FeedEvent.room_id.in_(select(Room.id).where(Room.venue_id == row.id))
    raise TypeError(row)


def _tell_anew(_mapper: Mapper[Base], connection: Connection, row: Base) -> None:
    state = inspect(row)
    if any(state.attrs[name].history.has_changes() for name in SHOWN[type(row)]):
        connection.execute(
            update(FeedEvent)
            .where(_showing(row), FeedEvent.date >= today())
            .values(sequence=FeedEvent.sequence + 1, changed_at=now())
        )


def register(_app: Flask) -> None:
    """From now on new names are told."""
    for table in SHOWN:
        if not event.contains(table, "after_update", _tell_anew):
            event.listen(table, "after_update", _tell_anew)
