"""A part of a city as a term of its own: its sections are free, and what others have taken is taken there too.

Sections from outside that matter to the part come along as fixed sections, pinned to where they are. A room or teacher
of a fixed section that does not belong to the part is a substitute, open at that section's own hours alone.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace

from solver.analysis.plan_index import PlanIndex
from solver.decomposition.fixed_sections import fixed_sections_of
from solver.model.check import Report, check
from solver.problem.plan import Placement, Plan
from solver.problem.series import held_sessions
from solver.problem.term import Calendar, Hours, Pin, Room, Section, Shared, Teacher, Term, Unit


@dataclass(frozen=True)
class Part:
    """Sections that may change, the rooms and teachers that are theirs, and what they may spend (yuan by unit).

    Whatever the sections have now lies within that.
    """

    sections: Sequence[Section]
    rooms: Sequence[Room]
    teachers: Sequence[Teacher]
    allowance: Mapping[str, int]


@dataclass(frozen=True)
class Subproblem:
    """A part with its fixed sections as a term, and where all of them are now."""

    term: Term
    now: Mapping[str, Placement]
    free: frozenset[str]
    own_rooms: frozenset[str]
    own_teachers: frozenset[str]

    def report(self, placed: Mapping[str, Placement]) -> Report:
        """The check of the subproblem with its free sections placed so."""
        fixed = {name: placement for name, placement in self.now.items() if name not in self.free}
        return check(self.term, Plan({**fixed, **placed}))

    def knows(self, placed: Mapping[str, Placement]) -> bool:
        """Whether only real rooms and teachers are used, and no substitutes."""
        return all(
            placement.room in self.own_rooms and placement.teacher in self.own_teachers for placement in placed.values()
        )

    @property
    def free_now(self) -> dict[str, Placement]:
        """Where the free sections are."""
        return {name: placement for name, placement in self.now.items() if name in self.free}


def subproblem_of(plan_index: PlanIndex, part: Part) -> Subproblem:
    """A part of a city beside what is placed around it now."""
    term, free = plan_index.term, frozenset(section.id for section in part.sections)
    rooms = {room.id: room for room in part.rooms}
    teachers = {teacher.id: teacher for teacher in part.teachers}
    now = {name: plan_index.placed[name] for name in free if name in plan_index.placed}
    sections, budget = list(part.sections), dict(part.allowance)
    for fixed in fixed_sections_of(plan_index, part.sections, part.rooms, part.teachers):
        placement = _admit(term, fixed, plan_index.placed[fixed.id], rooms, teachers)
        sections.append(replace(fixed, venues=None, teachers=None, pinned=_pin(placement)))
        now[fixed.id] = placement
        for unit in term.payers(fixed):
            if unit in budget:  # the allowance is for the free sections; the check will count this one as well
                budget[unit] += plan_index.fees(fixed.id)
    inside = {section.id for section in sections}
    return Subproblem(
        term=replace(
            term,
            units=tuple(_units(term, sections, budget)),
            communities=tuple(term.community[name] for name in _first(section.learners for section in sections)),
            venues=tuple(term.venue[name] for name in _first([room.venue] for room in rooms.values())),
            rooms=tuple(rooms.values()),
            teachers=tuple(teachers.values()),
            sections=tuple(sections),
            shared=tuple(_shared(term, part.sections, inside)),
            previous={name: term.previous[name] for name in free if name in term.previous},
        ),
        now=now,
        free=free,
        own_rooms=frozenset(room.id for room in part.rooms),
        own_teachers=frozenset(teacher.id for teacher in part.teachers),
    )


def _admit(
    term: Term, fixed: Section, placement: Placement, rooms: dict[str, Room], teachers: dict[str, Teacher]
) -> Placement:
    """Where a fixed section is in the subproblem; substitutes are added to the rooms and teachers."""
    if placement.room not in rooms:
        room = term.room[placement.room]
        hours, closed = _own_hours(term.calendar, fixed, placement)
        placement = replace(placement, room=_unused(term.room, f"{placement.room} for {fixed.id}"))
        rooms[placement.room] = replace(room, id=placement.room, open=hours, closed=closed, busy=())
    if placement.teacher not in teachers:
        teacher = term.teacher[placement.teacher]
        hours, absent = _own_hours(term.calendar, fixed, placement)
        placement = replace(placement, teacher=_unused(term.teacher, f"{placement.teacher} for {fixed.id}"))
        teachers[placement.teacher] = replace(teacher, id=placement.teacher, available=hours, absent=absent, busy=())
    return placement


def _own_hours(
    calendar: Calendar, section: Section, placement: Placement
) -> tuple[tuple[Hours, ...], tuple[date, ...]]:
    """The weekly hours of a fixed section, and the dates on which it does not meet at them."""
    hours = tuple(Hours(weekday, start, start + section.minutes) for weekday, start in placement.meetings)
    meeting_days = {day for day, _ in held_sessions(calendar, section, placement.week, placement.meetings) or ()}
    weekdays = {weekday for weekday, _ in placement.meetings}
    free = (day for day in range(7 * calendar.weeks) if day % 7 in weekdays and day not in meeting_days)
    return hours, tuple(calendar.date(day) for day in free)


def _unused(names: Mapping[str, object], name: str) -> str:
    """A name that nothing else has."""
    while name in names:
        name += "'"
    return name


def _pin(placement: Placement) -> Pin:
    return Pin(placement.week, placement.meetings, placement.room, placement.teacher)


def _units(term: Term, sections: Iterable[Section], budget: Mapping[str, int]) -> Iterator[Unit]:
    """The units that pay for some sections, with what is theirs to spend here; other budgets are no concern here."""
    for name in _first(map(term.payers, sections)):
        yield replace(term.unit[name], budget=budget.get(name))


def _shared(term: Term, free: Iterable[Section], inside: Container[str]) -> Iterator[Shared]:
    """The shared pairs of free sections, as far as both are in the subproblem."""
    seen: set[str] = set()
    for section in free:
        seen.add(section.id)
        for other, people in term.shared_with.get(section.id, ()):
            if other.id in inside and other.id not in seen:
                yield Shared(section.id, other.id, people)


def _first(groups: Iterable[Iterable[str]]) -> dict[str, None]:
    """All names of some groups, each once, in the order in which they come."""
    return dict.fromkeys(name for group in groups for name in group)
