"""The rows of a term as the document that is planned: term/1."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

import solver
from scheduler.calendar.occurrences import days_off
from scheduler.core.extensions import db
from scheduler.domain import assignments, covers
from scheduler.engine.documents import occupancy
from scheduler.engine.documents.keys import ROOM, SECTION, TEACHER, VENUE, key
from scheduler.engine.documents.occupancy import last_day
from scheduler.engine.documents.rows import TermRows, rows_of
from scheduler.maps.geography import Plane, middle
from scheduler.models import (
    Community,
    CourseWindow,
    Placement,
    Plan,
    Room,
    RoomWindow,
    Section,
    Teacher,
    TeacherWindow,
    Term,
    Unit,
    Venue,
)


def term_document(term: Term, previous: Plan | None = None, unit: Unit | None = None) -> solver.Term:
    """All that a plan of the term depends on; with ``previous`` what differs from that plan costs extra.

    With ``unit`` only the sections, rooms and teachers of its county.

    Archived rows are left out. A room or teacher that a section is pinned to stays in, without hours when archived,
    so that the pin cannot be kept instead of being forgotten. Who has refused a section is not among its teachers. Of
    an absence only those dates count that are not met session by session (see decisions/0010). Venues and teachers
    are those of the term's subtree and those that belong to the units above it themselves.
    """
    rows = rows_of(term, unit)
    before = {} if previous is None else _previous(previous, rows)
    return document_of(term, rows, Plane(middle(rows.communities)), before)


def document_of(
    term: Term, rows: TermRows, plane: Plane, previous: Mapping[str, solver.Placement]
) -> solver.Term:
    """Some rows of a term as its document writes them, with their places on a plane."""
    refused = assignments.refusals(term)
    codes = {unit.id: unit.code for unit in rows.units}
    return solver.Term(
        name=term.name,
        calendar=solver.Calendar(term.first_day, term.weeks, tuple(sorted(days_off(term))), term.grid_minutes),
        travel=solver.Travel(term.metres_per_minute, term.overhead_minutes),
        weights=solver.Weights(**{name: term.weights.get(name, 0) for name in solver.Weights.__struct_fields__}),
        units=_units(term, rows),
        communities=tuple(_community(row, plane, codes) for row in rows.communities),
        venues=tuple(_venue(row, plane, codes) for row in rows.venues),
        rooms=_rooms(term, rows),
        teachers=_teachers(term, rows, plane),
        sections=tuple(_section(row, _allowed(row, refused.get(row.id), rows.teachers)) for row in rows.sections),
        shared=tuple(
            solver.Shared(key(SECTION, pair.first_id), key(SECTION, pair.second_id), pair.people)
            for pair in rows.shared
        ),
        previous=dict(previous),
    )


def with_pins(document: solver.Term, section_ids: Iterable[int]) -> solver.Term | None:
    """The same document with the pins that these sections have now.

    None where a room or teacher would come or go with them, who stand in a document only because something is pinned
    to them.
    """
    statement = select(Section).where(Section.id.in_(section_ids)).options(selectinload(Section.pinned_meetings))
    pins = {key(SECTION, row.id): _pin(row) for row in db.session.scalars(statement)}
    sections = tuple(
        replace(section, pinned=pins[section.id]) if section.id in pins else section for section in document.sections
    )
    changed = (section.pinned for section in (*document.sections, *sections) if section.id in pins)
    return replace(document, sections=sections) if all(_stays(document, pin) for pin in changed if pin) else None


def _stays(document: solver.Term, pin: solver.Pin) -> bool:
    """Whether the room and the teacher of a pin stand in a document with or without the pin."""
    room = None if pin.room is None else document.room.get(pin.room)
    teacher = None if pin.teacher is None else document.teacher.get(pin.teacher)
    room_stays = pin.room is None or (room is not None and bool(room.open))
    return room_stays and (pin.teacher is None or (teacher is not None and bool(teacher.available)))


def plan_document(plan: Plan) -> solver.Plan:
    """A plan's rows as plan/1; the sections of its term that it leaves out are named as unplaced."""
    placed = {
        key(SECTION, placement.section_id): placement_document(placement) for placement in _placements(plan)
    }
    sections = db.session.scalars(
        select(Section.id).where(Section.term_id == plan.term_id, Section.archived_at.is_(None)).order_by(Section.id)
    )
    names = (key(SECTION, section_id) for section_id in sections)
    return solver.Plan(placed, tuple(name for name in names if name not in placed))


def placement_document(placement: Placement) -> solver.Placement:
    """A placement as documents write it."""
    return solver.Placement(
        week=placement.week,
        meetings=tuple(solver.Meeting(meeting.weekday, meeting.start_minute) for meeting in placement.meetings),
        room=key(ROOM, placement.room_id),
        teacher=key(TEACHER, placement.teacher_id),
    )


def _placements(plan: Plan) -> Sequence[Placement]:
    """A plan's placements with their meetings, in the order of the sections."""
    statement = select(Placement).where(Placement.plan_id == plan.id).order_by(Placement.section_id)
    return db.session.scalars(statement.options(joinedload(Placement.meetings))).unique().all()


def _previous(plan: Plan, rows: TermRows) -> dict[str, solver.Placement]:
    section_names = {key(SECTION, section.id) for section in rows.sections}
    return {name: placement for name, placement in plan_document(plan).placed.items() if name in section_names}


def _units(term: Term, rows: TermRows) -> tuple[solver.Unit, ...]:
    budgets = {budget.unit_id: budget.yuan for budget in term.budgets}
    codes = {unit.id: unit.code for unit in rows.units}
    return tuple(
        solver.Unit(unit.code, codes.get(unit.parent_id or 0), unit.level.value, budgets.get(unit.id), unit.name)
        for unit in rows.units
    )


def _community(row: Community, plane: Plane, codes: dict[int, str]) -> solver.Community:
    return solver.Community(row.code, *plane.metres(row), codes.get(row.unit_id), row.name)


def _venue(row: Venue, plane: Plane, codes: dict[int, str]) -> solver.Venue:
    return solver.Venue(key(VENUE, row.id), *plane.metres(row), codes.get(row.unit_id), row.kind.value)


def _rooms(term: Term, rows: TermRows) -> tuple[solver.Room, ...]:
    declined, used = occupancy.declined_hours(term), occupancy.busy_rooms(term)
    documents = []
    for row in rows.rooms:
        closed_hours = occupancy.hours_of_dates(row.closures, term.first_day, last_day(term))
        busy = [solver.BusyRoomHours(*hours) for hours in closed_hours]
        documents.append(_room(row, declined.get(row.id, set()), (*used.get(row.id, ()), *busy)))
    return tuple(documents)


def _teachers(term: Term, rows: TermRows, plane: Plane) -> tuple[solver.Teacher, ...]:
    engaged, covered = occupancy.busy_teachers(term, plane), covers.covered_dates(term)
    documents = []
    for row in rows.teachers:
        met = covered.get(row.id, set())
        busy = (*engaged.get(row.id, ()), *absent_hours(row, term.first_day, last_day(term), met))
        documents.append(teacher_document(row, plane.metres(row), busy, absent_on(row) - met))
    return tuple(documents)


def _hours(windows: Iterable[RoomWindow | TeacherWindow]) -> list[solver.Hours]:
    return [solver.Hours(window.weekday, window.start_minute, window.end_minute) for window in windows]


def _room(room: Room, declined: Iterable[solver.Hours], busy: tuple[solver.BusyRoomHours, ...]) -> solver.Room:
    usable = not room.archived and not room.venue.archived
    return solver.Room(
        id=key(ROOM, room.id),
        venue=key(VENUE, room.venue_id),
        capacity=room.capacity,
        features=tuple(feature.code for feature in room.features),
        open=occupancy.hours_without(_hours(room.windows), declined) if usable else (),
        closed=tuple(sorted(closure.date for closure in room.closures if closure.whole_day)),
        turnaround=room.turnaround_minutes,
        fee=room.fee,
        busy=busy,
    )


def absent_on(teacher: Teacher) -> set[date]:
    """The dates on which the teacher has said that they cannot teach at all."""
    return {absence.date for absence in teacher.absences if absence.whole_day}


def absent_hours(
    teacher: Teacher, first: date, last: date, met: Collection[date] = ()
) -> tuple[solver.BusyTeacherHours, ...]:
    """The hours of dates from one to another at which a teacher cannot come; ``met`` are dates that do not count."""
    return tuple(
        solver.BusyTeacherHours(*hours) for hours in occupancy.hours_of_dates(teacher.absences, first, last, met)
    )


def teacher_document(
    teacher: Teacher, place: tuple[int, int], busy: tuple[solver.BusyTeacherHours, ...], absent: set[date]
) -> solver.Teacher:
    """A teacher at a place on the plane, with the hours of dates at which they are busy."""
    return solver.Teacher(
        id=key(TEACHER, teacher.id),
        x=place[0],
        y=place[1],
        subjects=tuple(subject.code for subject in teacher.subjects),
        available=() if teacher.archived else tuple(_hours(teacher.windows)),
        absent=tuple(sorted(absent)),
        max_day=teacher.max_day,
        max_week=teacher.max_week,
        wanted_week=teacher.wanted_week,
        fee=teacher.fee,
        max_metres=teacher.reach_metres,
        kind=teacher.kind.value,
        busy=busy,
    )


def _allowed(section: Section, refused: set[int] | None, teachers: Sequence[Teacher]) -> tuple[str, ...] | None:
    """The teachers that a section is limited to, None for any; those who have refused it are left out."""
    if not refused:
        return _names(TEACHER, section.allowed_teachers)
    subject = section.course.subject_code
    able = section.allowed_teachers or [
        teacher for teacher in teachers if subject in {each.code for each in teacher.subjects}
    ]
    return tuple(sorted(key(TEACHER, teacher.id) for teacher in able if teacher.id not in refused))


def _section(section: Section, teachers: tuple[str, ...] | None) -> solver.Section:
    course = section.course
    return solver.Section(
        id=key(SECTION, section.id),
        subject=course.subject_code,
        unit=section.unit.code,
        minutes=section.minutes,
        sessions=section.sessions,
        per_week=section.per_week,
        first_weeks=(section.earliest_week, section.latest_week),
        day_gap=section.day_gap,
        windows=tuple(_window(window) for window in course.windows),
        learners={entry.community.code: entry.people for entry in section.learners},
        max_metres=section.reach_metres,
        needs=tuple(feature.code for feature in section.needs),
        priority=section.priority,
        every=section.every_weeks,
        venues=_names(VENUE, section.allowed_venues),
        teachers=teachers,
        pinned=_pin(section),
    )


def _window(window: CourseWindow) -> solver.Window:
    return solver.Window(window.weekday, window.start_minute, window.end_minute, window.cost)


def _names(letter: str, rows: Sequence[Any]) -> tuple[str, ...] | None:
    """The names of the rows that a section is limited to, None where it is not."""
    return tuple(sorted(key(letter, row.id) for row in rows)) or None


def _pin(section: Section) -> solver.Pin | None:
    meetings = tuple(sorted(solver.Meeting(pin.weekday, pin.start_minute) for pin in section.pinned_meetings))
    pin = solver.Pin(
        week=section.pinned_week,
        meetings=meetings or None,
        room=None if section.pinned_room_id is None else key(ROOM, section.pinned_room_id),
        teacher=None if section.pinned_teacher_id is None else key(TEACHER, section.pinned_teacher_id),
    )
    return pin if pin else None
