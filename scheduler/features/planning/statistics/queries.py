"""What the statistics of a plan are made from, within what the user covers; each kind takes one or two statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter

from flask import abort
from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import aliased

from scheduler.calendar.occurrences import plan_calendar
from scheduler.core.extensions import db
from scheduler.domain.term_scope import inside, may_plan, near
from scheduler.features.planning.statistics.budgets import Fees, Node, Spending, spendings
from scheduler.features.planning.statistics.dated_placements import placed_sections
from scheduler.features.planning.statistics.loads import Load, Person, Taught, load_of
from scheduler.features.planning.statistics.room_use import OpenRoom, RoomUse, room_use, teaching_days
from scheduler.models import (
    Budget,
    Community,
    Demand,
    Placement,
    PlaceSource,
    Plan,
    Room,
    RoomClosure,
    RoomWindow,
    Section,
    Teacher,
    TeacherKind,
    Term,
    Unit,
    Venue,
    VenueKind,
)
from scheduler.web.access import Scope

MAX_CHOICES = 500
MAX_BARS = 40


@dataclass(frozen=True)
class Narrowed:
    """What rooms or teachers a chart is narrowed to; None does not narrow."""

    unit: Unit | None = None
    venue_id: int | None = None
    venue_kind: VenueKind | None = None
    teacher_kind: TeacherKind | None = None


OPEN_ROOMS = (Room.archived_at.is_(None), Venue.archived_at.is_(None))
"""Conditions on ``rooms`` and ``venues``: the rooms that a chart shows."""


def shown(scope: Scope, term: Term, unit: Unit | None) -> ColumnElement[bool]:
    """A condition on ``units``: in the term, in the scope and in the unit that a chart is narrowed to."""
    return inside(scope, term) & below(unit)


def unit_within(scope: Scope, term: Term, unit_id: int | None) -> Unit | None:
    """The unit that a chart is narrowed to: one of the term's that the user covers, else 404; None without a wish."""
    if unit_id is None:
        return None
    return db.session.scalar(select(Unit).where(Unit.id == unit_id, inside(scope, term))) or abort(404)


def units_within(scope: Scope, term: Term, within: Unit | None = None) -> list[Unit]:
    """The term's units that the user covers, or those of a unit and below it, in the order of the tree."""
    statement = select(Unit).where(shown(scope, term, within), Unit.archived_at.is_(None)).order_by(Unit.path)
    return list(db.session.scalars(statement))


def below(unit: Unit | None) -> ColumnElement[bool]:
    """A condition on ``units``: the unit and all below it, everything without one."""
    return true() if unit is None else Unit.path.startswith(unit.path, autoescape=True)


def usable(scope: Scope, term: Term) -> ColumnElement[bool]:
    """A condition on the ``units`` of venues and teachers: all that the term may use, or what of it the user covers."""
    return near(term) if may_plan(scope, term) else near(term) & scope.units()


def venues_within(scope: Scope, term: Term, within: Unit | None) -> list[Venue]:
    """The venues whose rooms a chart can be narrowed to; none where they are more than a list can offer."""
    statement = select(Venue).join(Venue.unit).where(usable(scope, term), below(within), Venue.archived_at.is_(None))
    venues = list(db.session.scalars(statement.order_by(Unit.path, Venue.name).limit(MAX_CHOICES + 1)))
    return venues if len(venues) <= MAX_CHOICES else []


@dataclass(frozen=True)
class Assumed:
    """Whether some places, demand, rooms or teachers of a plan's term are assumed rather than known."""

    places: bool
    demand: bool
    rooms: bool
    teachers: bool


def assumed(plan: Plan) -> Assumed:
    """What of the rows behind the statistics is assumed."""
    inside_term = Unit.path.startswith(plan.term.unit.path, autoescape=True)
    communities = select(Community.id).join(Community.unit).where(inside_term)
    placed = select(Placement.plan_id).where(Placement.plan_id == plan.id)
    statement = select(
        communities.where(Community.place_source == PlaceSource.ASSUMED).exists(),
        select(Demand.id).where(Demand.term_id == plan.term_id, Demand.assumed).exists(),
        placed.join(Placement.room).where(Room.assumed).exists(),
        placed.join(Placement.teacher).where(Teacher.assumed).exists(),
    )
    return Assumed(*map(bool, db.session.execute(statement).one()))


def use_of_rooms(scope: Scope, plan: Plan, narrowed: Narrowed) -> tuple[list[OpenRoom], RoomUse]:
    """The rooms and how much of their open time the plan uses."""
    conditions = room_conditions(scope, plan.term, narrowed)
    rooms = _rooms(plan.term, conditions)
    uses = (
        (placed.room_id, span, times)
        for placed in placed_sections(plan, *conditions)
        for span, times in placed.dates.spans.items()
    )
    return rooms, room_use(rooms, days_of(plan), uses)


def room_conditions(scope: Scope, term: Term, narrowed: Narrowed) -> list[ColumnElement[bool]]:
    """Conditions on the ``venues`` and their ``units`` whose rooms a chart shows."""
    conditions = [usable(scope, term), below(narrowed.unit)]
    if narrowed.venue_id is not None:
        conditions.append(Venue.id == narrowed.venue_id)
    if narrowed.venue_kind is not None:
        conditions.append(Venue.kind == narrowed.venue_kind)
    return conditions


def days_of(plan: Plan) -> list[date]:
    """The dates on which a plan may hold anything."""
    calendar = plan_calendar(plan)
    return teaching_days(calendar.first_day, calendar.weeks, calendar.closed)


def _rooms(term: Term, conditions: list[ColumnElement[bool]]) -> list[OpenRoom]:
    closed = _closed(term, conditions)
    window = (RoomWindow.weekday, RoomWindow.start_minute, RoomWindow.end_minute)
    statement = (
        select(Room.id, Room.name, Venue.id.label("venue_id"), Venue.name.label("venue"), Venue.kind, *window)
        .join(Room.venue)
        .join(Venue.unit)
        .outerjoin(Room.windows)
        .where(*OPEN_ROOMS, *conditions)
        .order_by(Unit.path, Venue.name, Venue.id, Room.name, Room.id)
    )
    open_rooms = []
    for room_id, group in groupby(db.session.execute(statement), key=attrgetter("id")):
        rows = list(group)
        windows = tuple((row.weekday, row.start_minute, row.end_minute) for row in rows if row.weekday is not None)
        room = rows[0]
        dates, hours = _dates_and_hours(closed.get(room_id, []))
        open_rooms.append(OpenRoom(room_id, room.name, room.venue_id, room.venue, room.kind, windows, dates, hours))
    return open_rooms


def _dates_and_hours(closures: list[RoomClosure]) -> tuple[frozenset[date], tuple[tuple[date, int, int], ...]]:
    """The dates on which a room is closed, and the hours of others."""
    dates = frozenset(closure.date for closure in closures if closure.whole_day)
    return dates, tuple((closure.date, *closure.span) for closure in closures if closure.date not in dates)


def _closed(term: Term, conditions: list[ColumnElement[bool]]) -> dict[int, list[RoomClosure]]:
    statement = (
        select(RoomClosure)
        .join(Room, RoomClosure.room_id == Room.id)
        .join(Room.venue)
        .join(Venue.unit)
        .where(within_term(term), *conditions)
    )
    closed: dict[int, list[RoomClosure]] = {}
    for closure in db.session.scalars(statement):
        closed.setdefault(closure.room_id, []).append(closure)
    return closed


def not_closed_all_day() -> ColumnElement[bool]:
    """A condition on closures: whole days, and hours of dates on which the room is not closed all day."""
    other = aliased(RoomClosure)
    same_day = other.room_id == RoomClosure.room_id, other.date == RoomClosure.date, other.start_minute.is_(None)
    return RoomClosure.start_minute.is_(None) | ~select(other.id).where(*same_day).exists()


def within_term(term: Term) -> ColumnElement[bool]:
    """A condition on the dates on which rooms are closed."""
    last = term.first_day + timedelta(weeks=term.weeks)
    return (RoomClosure.date >= term.first_day) & (RoomClosure.date < last)


def loads(scope: Scope, plan: Plan, narrowed: Narrowed) -> list[Load]:
    """What the plan asks of each teacher, whoever's sections they teach."""
    conditions = [Teacher.archived_at.is_(None), usable(scope, plan.term), below(narrowed.unit)]
    if narrowed.teacher_kind is not None:
        conditions.append(Teacher.kind == narrowed.teacher_kind)
    statement = (
        select(Teacher.id, Teacher.name, Unit.name, Teacher.kind, Teacher.wanted_week, Teacher.max_week)
        .join(Teacher.unit)
        .where(*conditions)
        .order_by(Unit.path, Teacher.name, Teacher.id)
    )
    taught: dict[int, list[Taught]] = {}
    shown = select(Teacher.id).join(Teacher.unit).where(*conditions)
    for placed in placed_sections(plan, Placement.teacher_id.in_(shown)):
        dates = Taught(placed.dates.sessions, placed.dates.weeks, placed.venue_id, placed.place)
        taught.setdefault(placed.teacher_id, []).append(dates)
    people = [Person(*row) for row in db.session.execute(statement)]
    return [load_of(person, taught.get(person.id, ())) for person in people]


def busiest(loads: Iterable[Load]) -> list[Load]:
    """The teachers whom a chart shows by name, the busiest first."""
    return sorted(loads, key=lambda load: (-load.busiest, -load.sessions, load.person.name))[:MAX_BARS]


def spending(scope: Scope, plan: Plan, within: Unit | None = None) -> list[Spending]:
    """What each unit of the term that the user covers spends and may spend."""
    sessions = func.coalesce(Placement.fixed_sessions, Section.sessions)
    statement = (
        select(
            Section.unit_id,
            func.sum(Teacher.fee * sessions),
            func.sum(Room.fee * sessions),
            func.count(Placement.section_id),
        )
        .select_from(Placement)
        .join(Placement.section)
        .join(Placement.room)
        .join(Placement.teacher)
        .where(Placement.plan_id == plan.id)
        .group_by(Section.unit_id)
    )
    fees = {unit_id: Fees(teachers, rooms, count) for unit_id, teachers, rooms, count in db.session.execute(statement)}
    limits = select(Budget.unit_id, Budget.yuan).where(Budget.term_id == plan.term_id)
    nodes = [Node(unit.id, unit.name, unit.path) for unit in units_within(scope, plan.term, within)]
    return spendings(nodes, fees, dict(db.session.execute(limits).all()))
