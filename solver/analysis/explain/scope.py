"""What one section can have in a term whatever the others do, and which rules take the rest from it."""

from functools import cached_property
from typing import NamedTuple

from msgspec.structs import replace

from solver.model.cost_model import pair_cost, room_cost, series_cost
from solver.model.domain import SectionDomain
from solver.model.pattern_cache import PatternCache
from solver.model.rules import RULES_OF_ONE_SECTION
from solver.model.rules.learner_reach import LearnerReach
from solver.model.rules.pin import PinHolds
from solver.model.rules.room_busy import RoomBusy
from solver.model.rules.room_closed import RoomClosed
from solver.model.rules.room_open import RoomOpen
from solver.model.rules.teacher_absent import TeacherAbsent
from solver.model.rules.teacher_available import TeacherAvailable
from solver.model.rules.teacher_busy import TeacherBusy
from solver.problem.busy import Busy
from solver.problem.plan import Placement
from solver.problem.term import Room, Section, Teacher, Term, Venue, distance

MAX_ROOMS = 80
MAX_TEACHERS = 120
"""How many rooms and teachers that a rule stands against are looked at; all that none stands against always are."""

Breaks = dict[str, int]
"""The series, as bits, that break a rule, by its code; a rule that none of them breaks is left out."""


class Couple(NamedTuple):
    """A room and a teacher, the series that both allow, and what the two cost by themselves, weighted."""

    room: Room
    teacher: Teacher
    legal: int
    cost: int


class Scope:
    """The rules of single sections applied to one section, each by itself."""

    def __init__(self, term: Term, section: Section, pattern_cache: PatternCache) -> None:
        self.term = term
        self.section = section
        self.choices = SectionDomain(term, section)
        self.room_faults: dict[str, tuple[str, ...]] = {}
        self.teacher_faults: dict[str, tuple[str, ...]] = {}
        self._couples: list[tuple[str, SectionDomain]] = []
        for rule in RULES_OF_ONE_SECTION:
            rule.narrow(self.choices)
            alone = SectionDomain(term, section)
            rule.narrow(alone)
            _add_faults(self.room_faults, rule.code, term.rooms, alone.rooms)
            _add_faults(self.teacher_faults, rule.code, term.teachers, alone.teachers)
            if alone.pair_tests:
                self._couples.append((rule.code, alone))
        self.patterns = pattern_cache.of(self.choices)
        self.series_cost = [
            series_cost(term, section, series.week, series.meetings) for series in self.patterns.series
        ]

    @cached_property
    def rooms_around(self) -> list[Room]:
        """The best rooms that half of the learners could come to if they went twice as far as they do.

        They may lack one thing or other; rooms that break a pin are left out.
        """
        generous = SectionDomain(self.term, replace(self.section, max_metres=2 * self.section.max_metres))
        LearnerReach().narrow(generous)
        rooms = [room for room in generous.rooms if PinHolds.code not in self.room_faults.get(room.id, ())]
        return sorted(rooms, key=self.room_cost)[:MAX_ROOMS]

    @cached_property
    def teachers_around(self) -> list[Teacher]:
        """Teachers who lack as little as possible, those near the learners first; none who breaks a pin."""
        homes = [self.term.community[name] for name in self.section.learners]

        def rank(teacher: Teacher) -> tuple[int, int]:
            return len(self.teacher_faults.get(teacher.id, ())), sum(distance(teacher, home) for home in homes)

        faults = self.teacher_faults
        teachers = [teacher for teacher in self.term.teachers if PinHolds.code not in faults.get(teacher.id, ())]
        return sorted(teachers, key=rank)[:MAX_TEACHERS]

    def of_room(self, room: Room) -> Breaks:
        """What stands against a room, by series."""
        hours = tuple(self.choices.room_hours(room))
        closed = map(self.term.calendar.day, self.choices.room_closed(room))
        breaks = dict.fromkeys(self.room_faults.get(room.id, ()), self.patterns.all)
        breaks[RoomOpen.code] = self.patterns.all & ~self.patterns.within(hours, ())
        breaks[RoomClosed.code] = self.patterns.on_days(closed)
        breaks[RoomBusy.code] = self._meeting_at(self.choices.room_busy(room))
        return some(breaks)

    def of_teacher(self, teacher: Teacher) -> Breaks:
        """What stands against a teacher at any venue, by series."""
        hours = tuple(self.choices.teacher_hours(teacher))
        absent = map(self.term.calendar.day, self.choices.teacher_absent(teacher))
        breaks = dict.fromkeys(self.teacher_faults.get(teacher.id, ()), self.patterns.all)
        breaks[TeacherAvailable.code] = self.patterns.all & ~self.patterns.within(hours, ())
        breaks[TeacherAbsent.code] = self.patterns.on_days(absent)
        breaks[TeacherBusy.code] = self._meeting_at([(hours, 0) for hours in teacher.busy])
        return some(breaks)

    def of_couple(self, venue: Venue, teacher: Teacher) -> Breaks:
        """What stands against a teacher at a venue; of hours at which they are busy also the way from and to there."""
        breaks = {code: self.patterns.all for code, choices in self._couples if not choices.together(venue, teacher)}
        breaks[TeacherBusy.code] = self._meeting_at(self.choices.teacher_busy(teacher, venue))
        return some(breaks)

    @cached_property
    def couples(self) -> list[Couple]:
        """The rooms and teachers that may come together at some hours, the cheapest first."""
        couples = []
        rooms = {room.id: self.patterns.all & ~union(self.of_room(room)) for room in self.choices.rooms}
        teachers = {
            teacher.id: self.patterns.all & ~union(self.of_teacher(teacher)) for teacher in self.choices.teachers
        }
        costs = {room.id: self.room_cost(room) for room in self.choices.rooms}
        for room, teacher in self.choices.pairs():
            legal = rooms[room.id] & teachers[teacher.id]
            if legal and teacher.busy:
                legal &= ~union(self.of_couple(self.term.venue[room.venue], teacher))
            if legal:
                couples.append(Couple(room, teacher, legal, costs[room.id] + self.couple_cost(room, teacher)))
        return sorted(couples, key=lambda couple: couple.cost)

    def _meeting_at(self, busy: Busy) -> int:
        """The series with a session at busy hours."""
        meeting_then = 0
        for hours, pause in busy:
            meeting_then |= self.patterns.during(hours, map(self.term.calendar.day, hours.dates), pause)
        return meeting_then

    def room_cost(self, room: Room) -> int:
        """The weighted cost of a room by itself."""
        return room_cost(self.term, self.section, room)

    def couple_cost(self, room: Room, teacher: Teacher) -> int:
        """The weighted cost of a room with a teacher, beyond that of the room."""
        return pair_cost(self.term, self.section, room, teacher)

    def placement(self, room: Room, teacher: Teacher, number: int) -> Placement:
        """The placement that a room, a teacher and a series stand for."""
        series = self.patterns.series[number]
        return Placement(series.week, series.meetings, room.id, teacher.id)


def union(breaks: Breaks) -> int:
    """The series that break anything."""
    broken = 0
    for bits in breaks.values():
        broken |= bits
    return broken


def some(breaks: Breaks) -> Breaks:
    """Only what any series breaks."""
    return {code: bits for code, bits in breaks.items() if bits}


def _add_faults(
    faults: dict[str, tuple[str, ...]],
    code: str,
    everything: tuple[Room, ...] | tuple[Teacher, ...],
    remaining: list[Room] | list[Teacher],
) -> None:
    if len(remaining) < len(everything):
        names = {thing.id for thing in remaining}
        for thing in everything:
            if thing.id not in names:
                faults[thing.id] = (*faults.get(thing.id, ()), code)
