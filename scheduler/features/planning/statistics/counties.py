"""The same figures for charts that span several counties: one part for each county, which opens its own chart.

A city has thousands of rooms, teachers and communities: nobody reads a table of all, and adding all of them up takes
a second. So these figures are kept until something that they rest on is changed; the audit trail tells.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, case, func, select

from scheduler.core.extensions import db
from scheduler.features.planning.statistics import queries
from scheduler.features.planning.statistics.coverage import Coverage, together
from scheduler.features.planning.statistics.dated_placements import placed_sections
from scheduler.features.planning.statistics.evenness import Evenness, evenness
from scheduler.features.planning.statistics.figures_cache import cached_figures
from scheduler.features.planning.statistics.loads import Load, Workload, workload
from scheduler.features.planning.statistics.map_drawing import MAX_VENUES
from scheduler.features.planning.statistics.people import Visited, read_coverages, read_venues
from scheduler.features.planning.statistics.queries import Narrowed
from scheduler.features.planning.statistics.room_use import Opened, RoomUse, by_weekday, closed_parts, use_of
from scheduler.models import Level, Plan, Room, RoomClosure, RoomWindow, Teacher, Term, Unit, Venue
from scheduler.web.access import Scope

COUNTY: Final = case((Unit.level == Level.STREET, Unit.parent_id), else_=Unit.id)
"""The county of a unit; a city itself is a part of its own."""


def counties_of(scope: Scope, term: Term, within: Unit | None) -> list[Unit]:
    """The counties that a chart spans, the city itself before them; none where it spans one county or less."""
    parts = Unit.level != Level.STREET, queries.shown(scope, term, within), Unit.archived_at.is_(None)
    units = list(db.session.scalars(select(Unit).where(*parts).order_by(Unit.path)))
    return units if sum(unit.level is Level.COUNTY for unit in units) > 1 else []


def units_offered(scope: Scope, term: Term, chosen: Unit | None) -> list[Unit]:
    """The units to which a chart can be narrowed: of several counties only the chosen one's streets."""
    counties = counties_of(scope, term, None)
    if not counties:
        return queries.units_within(scope, term)
    path = chosen.path if chosen else ""
    opened = next((unit for unit in counties if unit.level is Level.COUNTY and path.startswith(unit.path)), None)
    streets = queries.units_within(scope, term, opened)[1:] if opened else []
    return sorted([*counties, *streets], key=lambda unit: unit.path)


def use_by_county(scope: Scope, plan: Plan, narrowed: Narrowed) -> RoomUse:
    """How much of the open time of their rooms counties use, by the id of the county."""
    conditions = queries.room_conditions(scope, plan.term, narrowed)
    return cached_figures(("rooms", narrowed.venue_kind), scope, plan, lambda: _use(plan, conditions))


def _use(plan: Plan, conditions: Sequence[ColumnElement[bool]]) -> RoomUse:
    counties = _counties()
    uses = (
        (counties[placed.unit_id], span, times)
        for placed in placed_sections(plan, *conditions)
        for span, times in placed.dates.spans.items()
    )
    rooms = select(COUNTY, func.count(Room.id)).select_from(Room).join(Room.venue).join(Venue.unit)
    numbers = db.session.execute(rooms.where(*queries.OPEN_ROOMS, *conditions).group_by(COUNTY))
    return use_of(dict(numbers.all()), _opened(plan, conditions), uses)


def _counties() -> dict[int, int]:
    """The county of each unit, by id."""
    return dict(db.session.execute(select(Unit.id, COUNTY)).all())


def _opened(plan: Plan, conditions: Sequence[ColumnElement[bool]]) -> Iterable[Opened]:
    """The opening windows of all rooms of a county together, less those of the dates on which they are closed."""
    weekday_dates = by_weekday(queries.days_of(plan))
    window = (COUNTY, RoomWindow.weekday, RoomWindow.start_minute, RoomWindow.end_minute)
    windows = (
        select(*window, func.count())
        .select_from(RoomWindow)
        .join(Room, RoomWindow.room_id == Room.id)
        .join(Room.venue)
        .join(Venue.unit)
        .where(*queries.OPEN_ROOMS, *conditions)
    )
    for county, weekday, start, end, number in db.session.execute(windows.group_by(*window)):
        yield county, (weekday, start, end), number * len(weekday_dates[weekday])
    when = RoomClosure.date, RoomClosure.start_minute, RoomClosure.end_minute
    closed = windows.join(RoomClosure, RoomClosure.room_id == Room.id).add_columns(*when)
    closed = closed.where(queries.within_term(plan.term), queries.not_closed_all_day()).group_by(*window, *when)
    for county, weekday, start, end, number, day, first, last in db.session.execute(closed):
        hours = (day, start, end) if first is None else (day, first, last)
        for part in closed_parts((weekday, start, end), [hours], weekday_dates[weekday]):
            yield county, part, -number


@dataclass(frozen=True)
class LoadsByCounty:
    """What a plan asks of the teachers of each county, by its id; of all of them, and of the busiest ones."""

    counties: dict[int, Workload]
    total: Workload
    busiest: list[Load]


def loads_by_county(scope: Scope, plan: Plan, narrowed: Narrowed) -> LoadsByCounty:
    """What the plan asks of the teachers of each county."""
    return cached_figures(("teachers", narrowed.teacher_kind), scope, plan, lambda: _loads(scope, plan, narrowed))


def _loads(scope: Scope, plan: Plan, narrowed: Narrowed) -> LoadsByCounty:
    loads = queries.loads(scope, plan, narrowed)
    statement = select(Teacher.id, COUNTY).join(Teacher.unit)
    homes: dict[int, int] = dict(db.session.execute(statement).all())
    members: dict[int, list[Load]] = {}
    for load in loads:
        members.setdefault(homes[load.person.id], []).append(load)
    counties = {county: workload(county_loads) for county, county_loads in members.items()}
    return LoadsByCounty(counties, workload(loads), queries.busiest(loads))


@dataclass(frozen=True)
class PeopleByCounty:
    """Learners county by county, how evenly communities are treated over all of them, and the venues used most."""

    counties: list[Coverage]
    evenness: Evenness
    venues: list[Visited]
    """At most MAX_VENUES of the ``venues_used``."""
    venues_used: int


def people_by_county(scope: Scope, plan: Plan, counties: Sequence[Unit]) -> PeopleByCounty:
    """The learners of each of the counties and their places, where the county has communities."""
    return cached_figures("people", scope, plan, lambda: _people(scope, plan, counties))


def _people(scope: Scope, plan: Plan, counties: Sequence[Unit]) -> PeopleByCounty:
    coverages, venues, county_of = read_coverages(scope, plan), read_venues(scope, plan), _counties()
    members: dict[int, list[Coverage]] = {}
    for coverage in coverages:
        members.setdefault(county_of[coverage.unit_id], []).append(coverage)
    parts = [together(unit.id, unit.name, members[unit.id]) for unit in counties if unit.id in members]
    return PeopleByCounty(parts, evenness(coverages), venues[:MAX_VENUES], len(venues))
