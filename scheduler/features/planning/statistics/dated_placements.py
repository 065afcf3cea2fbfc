"""The placements of a plan with their dates, without the rows that pages show of them: a city has tens of thousands."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from scheduler.calendar.occurrences import Occurrence, Series, dates_of, plan_calendar
from scheduler.core.extensions import db
from scheduler.maps.geography import Point
from scheduler.models import Meeting, Placement, Plan, Room, Section, Unit, Venue

Span = tuple[int, int, int]
"""A weekday from 0 (Monday), and the minutes from which to which."""


@dataclass(frozen=True)
class DatedSeries:
    """The dated sessions of a series; ``weeks`` has each session's week, ``spans`` how many are held at which hours."""

    sessions: list[Occurrence]
    weeks: list[int]
    spans: Counter[Span]

    @classmethod
    def of(cls, sessions: list[Occurrence]) -> "DatedSeries":
        """Sessions counted once for all placements that have the same."""
        spans = Counter((session.date.weekday(), session.start, session.end) for session in sessions)
        return cls(sessions, [session.week for session in sessions], spans)


class PlacedSection(NamedTuple):
    """A placed section: where, by whom and when; ``unit_id`` is the venue's."""

    room_id: int
    venue_id: int
    unit_id: int
    teacher_id: int
    latitude: float
    longitude: float
    dates: DatedSeries

    @property
    def place(self) -> Point:
        """Where the venue stands."""
        return Point(self.latitude, self.longitude)


def placed_sections(plan: Plan, *conditions: ColumnElement[bool]) -> Iterator[PlacedSection]:
    """All placements of a plan, or those that fulfil conditions on rooms, venues and the ``units`` of venues.

    Equal series have the same dates, which are worked out once.
    """
    calendar, cached = plan_calendar(plan), dict[tuple[object, ...], DatedSeries]()
    venue = (Placement.room_id, Room.venue_id, Venue.unit_id, Placement.teacher_id, Venue.latitude, Venue.longitude)
    series = (
        Placement.week,
        func.coalesce(Placement.fixed_minutes, Section.minutes),
        func.coalesce(Placement.fixed_sessions, Section.sessions),
        func.coalesce(Placement.fixed_every_weeks, Section.every_weeks),
    )
    statement = (
        select(Placement.section_id, *venue, *series, Meeting.weekday, Meeting.start_minute)
        .select_from(Placement)
        .join(Placement.meetings)
        .join(Placement.section)
        .join(Placement.room)
        .join(Room.venue)
        .join(Unit, Venue.unit_id == Unit.id)
        .where(Placement.plan_id == plan.id, *conditions)
        .order_by(Placement.section_id)
    )
    for _section_id, rows in groupby(db.session.execute(statement), key=itemgetter(0)):
        values = [tuple(row) for row in rows]
        meetings, key = tuple(row[11:] for row in values), values[0][7:11]
        dates = cached.get((key, meetings))
        if dates is None:
            week, minutes, sessions, every = key
            occurrences = dates_of(Series(week, meetings, minutes, sessions, every), calendar)
            dates = cached[key, meetings] = DatedSeries.of(occurrences)
        room_id, venue_id, unit_id, teacher_id, latitude, longitude = values[0][1:7]
        yield PlacedSection(room_id, venue_id, unit_id, teacher_id, latitude, longitude, dates)
