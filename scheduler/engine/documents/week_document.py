"""A week as it is really held, as a term document of its own: single sessions are judged by the planner's rules.

Every dated session of the teachers who could stand in is a section that meets once, also those of other terms and
those in which they stand in for somebody. Rooms are always open here: only what concerns teachers can be broken.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

import solver
from scheduler.core.extensions import db
from scheduler.domain.covers import covers_of, published_sessions
from scheduler.domain.plans import published_placements
from scheduler.engine.documents.keys import ROOM, SECTION, TEACHER, VENUE, key
from scheduler.engine.documents.snapshot import absent_hours, absent_on, teacher_document
from scheduler.maps.geography import Plane
from scheduler.models import (
    ENGAGED_STATUSES,
    Cover,
    CoverStatus,
    Placement,
    Plan,
    PlanStatus,
    Room,
    Section,
    Substitution,
    Teacher,
    Term,
    Unit,
    Venue,
)

ELSEWHERE = "elsewhere"
"""The unit that pays for what the week's budgets do not concern."""
ALL_DAY = 1440
COSTS = ("teacher_distance", "money", "overwork")
"""The parts of a term's cost in which two substitutes for a session can differ."""


@dataclass(frozen=True)
class HeldSession:
    """A session of the week: who gives it where, in minutes since midnight."""

    name: str
    teacher_id: int
    room: Room
    date: date
    start: int
    end: int


@dataclass(frozen=True)
class SessionToCover:
    """The session for which somebody is looked for; ``allowed`` are the names of its teachers, None for any."""

    cover_id: int
    placement: Placement
    date: date
    start: int
    end: int
    allowed: tuple[str, ...] | None


def sessions_between(
    teachers: Collection[int], first: date, last: date, without: int | None = None
) -> list[HeldSession]:
    """What these teachers give, substitutions included, from one date to another, without one cover's substitution."""
    planned = published_sessions(teachers, first, last)
    covers = covers_of({session.placement.section_id for session in planned})
    own = [
        HeldSession(f"own {at}", dated.placement.teacher_id, dated.placement.room, *dated.moment, dated.occurrence.end)
        for at, dated in enumerate(planned)
        if dated.moment not in covers.get(dated.placement.section_id, {})
    ]
    return own + _standing_in(teachers, first, last, without)


def week_document(
    session: SessionToCover, teachers: Sequence[Teacher], others: Sequence[HeldSession], plane: Plane
) -> tuple[solver.Term, dict[str, solver.Placement]]:
    """The document of the week around a session, and what is held in it beside that session."""
    monday = session.date - timedelta(days=session.date.weekday())
    term, own_room = session.placement.plan.term, session.placement.room
    rooms = {other.room.id: other.room for other in others} | {own_room.id: own_room}
    venues = {room.venue_id: room.venue for room in rooms.values()}
    weights = solver.Weights(**{name: term.weights.get(name, 0) for name in COSTS})
    sections = [_section(other.name, ELSEWHERE, "", other.date, other.start, other.end, None) for other in others]
    placed = {other.name: _placement(other.room, other.teacher_id, other.date, other.start) for other in others}
    document = solver.Term(
        calendar=solver.Calendar(monday, 1, (), 1),
        travel=solver.Travel(term.metres_per_minute, term.overhead_minutes),
        weights=weights,
        units=(solver.Unit(ELSEWHERE), *_payers(session)),
        communities=(),
        venues=tuple(_venue(venue, plane) for venue in venues.values()),
        rooms=tuple(_room(room) for room in rooms.values()),
        teachers=_teachers(teachers, plane, monday),
        sections=(_section_to_cover(session), *sections),
    )
    return document, placed


def place_with(session: SessionToCover, teacher_id: int) -> solver.Placement:
    """The session to cover given by a teacher, as the week's document writes it."""
    return _placement(session.placement.room, teacher_id, session.date, session.start)


def unavailable_dates(teachers: Collection[int]) -> dict[int, set[date]]:
    """By teacher the dates of the sessions that they have said they cannot give."""
    statement = select(Cover.teacher_id, Cover.date)
    where = Cover.teacher_id.in_(teachers), Cover.status != CoverStatus.WITHDRAWN
    dates: dict[int, set[date]] = {}
    for teacher_id, day in db.session.execute(statement.where(*where)):
        dates.setdefault(teacher_id, set()).add(day)
    return dates


def left_of_budgets(term: Term, section: Section, without: int) -> dict[str, int]:
    """By code of the units that pay for a section: the yuan left of their budgets, without one cover."""
    limits = {budget.unit_id: budget.yuan for budget in term.budgets}
    above = section.unit.path.strip("/").split("/")
    units = db.session.scalars(select(Unit).where(Unit.code.in_(above), Unit.id.in_(limits))).all()
    return {unit.code: limits[unit.id] - _spent(term, unit, without) for unit in units}


def _standing_in(teachers: Collection[int], first: date, last: date, without: int | None) -> list[HeldSession]:
    statement = (
        select(Substitution, Room)
        .join(Placement, Placement.section_id == Substitution.section_id)
        .join(Placement.plan)
        .join(Placement.room)
        .where(
            Plan.status == PlanStatus.PUBLISHED,
            Substitution.status.in_(ENGAGED_STATUSES),
            Substitution.teacher_id.in_(teachers),
            Substitution.date.between(first, last),
        )
        .options(joinedload(Room.venue))
    )
    return [
        HeldSession(f"in place {row.id}", row.teacher_id, room, row.date, row.start_minute, row.end_minute)
        for row, room in db.session.execute(statement)
        if row.cover_id != without
    ]


def _section(
    name: str, unit: str, subject: str, day: date, start: int, end: int, teachers: tuple[str, ...] | None
) -> solver.Section:
    """A section that meets once."""
    return solver.Section(
        id=name, subject=subject, unit=unit, minutes=end - start, sessions=1, per_week=1, first_weeks=(1, 1), day_gap=0,
        windows=(solver.Window(day.weekday(), 0, ALL_DAY, 0),), learners={}, max_metres=0, needs=(), priority=1,
        teachers=teachers,
    )  # fmt: skip


def _section_to_cover(session: SessionToCover) -> solver.Section:
    section = session.placement.section
    name, subject = key(SECTION, section.id), section.course.subject_code
    return _section(name, section.unit.code, subject, session.date, session.start, session.end, session.allowed)


def _payers(session: SessionToCover) -> list[solver.Unit]:
    """The units that pay for the session; their budgets are what is left, with what it costs already."""
    placement = session.placement
    left = left_of_budgets(placement.plan.term, placement.section, session.cover_id)
    fees, units, parent = placement.teacher.fee + placement.room.fee, [], None
    for code in placement.section.unit.path.strip("/").split("/"):
        budget = max(0, left[code] + fees) if code in left else None
        units.append(solver.Unit(code, parent, budget=budget))
        parent = code
    return units


def _spent(term: Term, unit: Unit, without: int) -> int:
    """What the published plan of a term costs a unit and those below it, with the substitutions made until now."""
    planned = (
        published_placements()
        .join(Placement.teacher)
        .join(Placement.room)
        .join(Placement.section)
        .join(Section.course)
        .join(Section.unit)
        .where(Plan.term_id == term.id, _below(unit))
        .with_only_columns(func.sum((Teacher.fee + Room.fee) * Section.sessions))
    )
    return (db.session.scalar(planned) or 0) + _extra(term, unit, without)


def _extra(term: Term, unit: Unit, without: int) -> int:
    """What substitutes cost more than those in whose place they teach."""
    absent, present = Teacher.__table__.alias(), Teacher.__table__.alias()
    statement = (
        select(func.sum(present.c.fee - absent.c.fee))
        .select_from(Substitution)
        .join(Substitution.cover)
        .join(Substitution.section)
        .join(Section.unit)
        .join(absent, absent.c.id == Cover.teacher_id)
        .join(present, present.c.id == Substitution.teacher_id)
        .where(
            Section.term_id == term.id,
            Substitution.status.in_(ENGAGED_STATUSES),
            Substitution.cover_id != without,
            _below(unit),
        )
    )
    return db.session.scalar(statement) or 0


def _below(unit: Unit) -> ColumnElement[bool]:
    return Unit.path.startswith(unit.path, autoescape=True)


def _venue(venue: Venue, plane: Plane) -> solver.Venue:
    return solver.Venue(key(VENUE, venue.id), *plane.metres(venue))


def _room(room: Room) -> solver.Room:
    always = tuple(solver.Hours(weekday, 0, ALL_DAY) for weekday in range(7))
    return solver.Room(key(ROOM, room.id), key(VENUE, room.venue_id), 0, (), always, (), 0, room.fee)


def _teachers(teachers: Sequence[Teacher], plane: Plane, monday: date) -> tuple[solver.Teacher, ...]:
    reported: Mapping[int, set[date]] = unavailable_dates([teacher.id for teacher in teachers])
    week = {monday + timedelta(days=day) for day in range(7)}
    return tuple(
        teacher_document(
            teacher,
            plane.metres(teacher),
            absent_hours(teacher, min(week), max(week)),
            (absent_on(teacher) | reported.get(teacher.id, set())) & week,
        )
        for teacher in teachers
    )


def _placement(room: Room, teacher_id: int, day: date, start: int) -> solver.Placement:
    return solver.Placement(1, (solver.Meeting(day.weekday(), start),), key(ROOM, room.id), key(TEACHER, teacher_id))
