"""The parts of register entries that a scenario can change, as values that JSON can hold: read, compared, put back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from scheduler.calendar.weekly_hours import Hours
from scheduler.core.database import now
from scheduler.core.extensions import db
from scheduler.domain.availability import dates_for, windows_for
from scheduler.models import (
    Budget,
    PinnedMeeting,
    Room,
    RoomClosure,
    RoomWindow,
    Section,
    Subject,
    Teacher,
    TeacherAbsence,
    TeacherWindow,
    Term,
    Unit,
    Venue,
)

State = dict[str, Any]
Entry = Any
"""A row of one of the tables below."""


@dataclass(frozen=True)
class ScenarioRegister:
    """How the entries of one table are read and written; ``unit`` is the one whose coordinator may write them."""

    table: type[Any]
    read: Callable[[Entry], State]
    write: Callable[[Entry, State], None]
    unit: Callable[[Entry], Unit]
    name: Callable[[Entry], str]

    def find(self, entry_id: int) -> Entry | None:
        """The entry with this id."""
        return db.session.get(self.table, entry_id)


def _hours(windows: list[Any]) -> list[list[int]]:
    return sorted([window.weekday, window.start_minute, window.end_minute] for window in windows)


def _stored_hours(state: State) -> list[Hours]:
    return [Hours(weekday, start, end) for weekday, start, end in state["hours"]]


def _stored_dates(reasons: dict[str, str]) -> list[tuple[date, str]]:
    return [(date.fromisoformat(day), reason) for day, reason in sorted(reasons.items())]


def _read_room(room: Room) -> State:
    closed = {closure.date.isoformat(): closure.reason for closure in room.closures}
    return {"hours": _hours(room.windows), "closed": closed}


def _write_room(room: Room, state: State) -> None:
    room.windows = windows_for(RoomWindow, room.windows, _stored_hours(state))
    room.closures = dates_for(RoomClosure, room.closures, _stored_dates(state["closed"]))


TEACHER_FACTS = ("max_week", "max_day", "reach_metres")


def _read_teacher(teacher: Teacher) -> State:
    return {
        "hours": _hours(teacher.windows),
        "absent": {absence.date.isoformat(): absence.reason for absence in teacher.absences},
        "subjects": sorted(subject.code for subject in teacher.subjects),
        "gone": teacher.archived,
        **{fact: getattr(teacher, fact) for fact in TEACHER_FACTS},
    }


def _write_teacher(teacher: Teacher, state: State) -> None:
    teacher.windows = windows_for(TeacherWindow, teacher.windows, _stored_hours(state))
    teacher.absences = dates_for(TeacherAbsence, teacher.absences, _stored_dates(state["absent"]))
    teacher.subjects = list(db.session.scalars(select(Subject).where(Subject.code.in_(state["subjects"]))))
    if state["gone"] != teacher.archived:
        teacher.archived_at = now() if state["gone"] else None
    for fact in TEACHER_FACTS:
        setattr(teacher, fact, state[fact])


def _read_section(section: Section) -> State:
    return {
        "reach_metres": section.reach_metres,
        "latest_week": section.latest_week,
        "venues": sorted(venue.id for venue in section.allowed_venues),
        "teachers": sorted(teacher.id for teacher in section.allowed_teachers),
        "pin": {
            "week": section.pinned_week,
            "room": section.pinned_room_id,
            "teacher": section.pinned_teacher_id,
            "meetings": sorted([pin.weekday, pin.start_minute] for pin in section.pinned_meetings),
        },
    }


def _write_section(section: Section, state: State) -> None:
    section.reach_metres, section.latest_week = state["reach_metres"], state["latest_week"]
    section.allowed_venues = list(db.session.scalars(select(Venue).where(Venue.id.in_(state["venues"]))))
    section.allowed_teachers = list(db.session.scalars(select(Teacher).where(Teacher.id.in_(state["teachers"]))))
    pin = state["pin"]
    section.pinned_week = pin["week"]
    section.pinned_room_id, section.pinned_teacher_id = pin["room"], pin["teacher"]
    known = {(meeting.weekday, meeting.start_minute): meeting for meeting in section.pinned_meetings}
    section.pinned_meetings = [
        known.get((weekday, start)) or PinnedMeeting(weekday=weekday, start_minute=start)
        for weekday, start in pin["meetings"]
    ]


def _read_term(term: Term) -> State:
    return {"budgets": {str(budget.unit_id): budget.yuan for budget in term.budgets}, "weights": dict(term.weights)}


def _write_term(term: Term, state: State) -> None:
    known = {str(budget.unit_id): budget for budget in term.budgets}
    term.budgets = [
        known.get(unit_id) or Budget(unit_id=int(unit_id), yuan=yuan) for unit_id, yuan in state["budgets"].items()
    ]
    for budget in term.budgets:
        budget.yuan = state["budgets"][str(budget.unit_id)]
    if term.weights != state["weights"]:
        term.weights = dict(state["weights"])


REGISTERS: dict[str, ScenarioRegister] = {
    "room": ScenarioRegister(
        Room, _read_room, _write_room, lambda room: room.venue.unit, lambda room: f"{room.venue.name} {room.name}"
    ),
    "teacher": ScenarioRegister(
        Teacher, _read_teacher, _write_teacher, lambda teacher: teacher.unit, lambda teacher: teacher.name
    ),
    "section": ScenarioRegister(
        Section, _read_section, _write_section, lambda section: section.term.unit, lambda section: section.name
    ),
    "term": ScenarioRegister(Term, _read_term, _write_term, lambda term: term.unit, lambda term: term.name),
}
