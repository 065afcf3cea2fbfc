"""The placements of a plan as series, without the rows that pages show of them: a city has tens of thousands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, select

from scheduler.extensions import db
from scheduler.geography import Point
from scheduler.models import Course, Meeting, Placement, Plan, Room, Section, Term, Unit, Venue
from scheduler.occurrences import Occurrence, Series, dates_of, days_off


@dataclass(frozen=True)
class Held:
    """A placed section: where, by whom and when."""

    room_id: int
    venue_id: int
    teacher_id: int
    place: Point
    series: Series


def held(plan: Plan, *conditions: ColumnElement[bool]) -> list[Held]:
    """All placements of a plan, or those that fulfil conditions on rooms, venues and the ``units`` of venues."""
    columns = (
        Placement.section_id,
        Placement.room_id,
        Room.venue_id,
        Placement.teacher_id,
        Placement.week,
        Venue.latitude,
        Venue.longitude,
        Course.minutes,
        Course.sessions,
        Course.every_weeks,
        Meeting.weekday,
        Meeting.start_minute,
    )
    statement = (
        select(*columns)
        .select_from(Placement)
        .join(Placement.meetings)
        .join(Placement.section)
        .join(Section.course)
        .join(Placement.room)
        .join(Room.venue)
        .join(Unit, Venue.unit_id == Unit.id)
        .where(Placement.plan_id == plan.id, *conditions)
        .order_by(Placement.section_id)
    )
    by_section = groupby(db.session.execute(statement), key=attrgetter("section_id"))
    return [_held(meetings) for _section_id, meetings in by_section]


def _held(found: Iterable[Any]) -> Held:
    rows = list(found)
    one = rows[0]
    meetings = tuple((row.weekday, row.start_minute) for row in rows)
    series = Series(one.week, meetings, one.minutes, one.sessions, one.every_weeks)
    return Held(one.room_id, one.venue_id, one.teacher_id, Point(one.latitude, one.longitude), series)


def dated(term: Term, placements: list[Held]) -> Iterator[tuple[Held, list[Occurrence]]]:
    """Each placement with its dated sessions; equal series have the same, which are worked out once."""
    closed, known = days_off(term), dict[Series, list[Occurrence]]()
    for one in placements:
        if one.series not in known:
            known[one.series] = dates_of(one.series, term.first_day, term.weeks, closed)
        yield one, known[one.series]
