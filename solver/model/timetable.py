"""A plan joined with its term: what the rules and the cost look at, one subject at a time."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from solver.problem.plan import Meeting, Placement, Plan
from solver.problem.reach import reached_communities
from solver.problem.series import Session, held_sessions
from solver.problem.term import Room, Section, Teacher, Term, Venue, distance, fees_of
from solver.problem.violation import Violation, breaks


@dataclass(frozen=True)
class Missing:
    """A section that the plan leaves out."""

    term: Term
    section: Section


@dataclass(frozen=True)
class Placed:
    """A section with its placement; room and teacher are known, everything else may be wrong."""

    term: Term
    section: Section
    placement: Placement
    room: Room
    teacher: Teacher
    venue: Venue

    @cached_property
    def meetings(self) -> list[Meeting]:
        """The weekly meetings in the order of the week."""
        return sorted(self.placement.meetings)

    @cached_property
    def sessions(self) -> tuple[Session, ...] | None:
        """All dated sessions, or None where the term ends too early."""
        return held_sessions(self.term.calendar, self.section, self.placement.week, self.placement.meetings)

    @cached_property
    def dated(self) -> "list[PlacedSession]":
        """The sessions with their ends; none where the term ends too early."""
        minutes, name = self.section.minutes, self.section.id
        return [PlacedSession(start, start + minutes, name, day, self) for day, start in self.sessions or ()]

    @cached_property
    def metres(self) -> dict[str, int]:
        """The way of each community's learners to the venue."""
        return {name: distance(self.term.community[name], self.venue) for name in self.section.learners}

    @cached_property
    def reached(self) -> dict[str, int]:
        """The learners within reach of the venue, by community."""
        reached = reached_communities(self.term, self.section, self.venue)
        return {name: self.section.learners[name] for name in reached}

    @property
    def lost(self) -> int:
        """The learners beyond reach of the venue."""
        return self.section.size - sum(self.reached.values())

    @property
    def fees(self) -> int:
        """What all sessions cost, in yuan."""
        return fees_of(self.section, self.room, self.teacher)


class PlacedMeeting(NamedTuple):
    """A weekly meeting of a placed section."""

    placed: Placed
    meeting: Meeting


class PlacedSession(NamedTuple):
    """A dated session of a placed section, in the order of the day."""

    start: int
    end: int
    name: str
    day: int
    placed: Placed


def in_order(use: PlacedSession) -> tuple[int, int, str]:
    """The key that puts the uses of a day in order."""
    return use.start, use.end, use.name


@dataclass(frozen=True)
class RoomDay:
    """All uses of a room on one day."""

    term: Term
    room: Room
    day: int
    uses: list[PlacedSession]


@dataclass(frozen=True)
class TeacherDay:
    """All sessions of a teacher on one day."""

    term: Term
    teacher: Teacher
    day: int
    uses: list[PlacedSession]


@dataclass(frozen=True)
class TeacherWeek:
    """How many sessions a teacher gives in a week."""

    teacher: Teacher
    week: int
    sessions: int


@dataclass(frozen=True)
class UnitSpending:
    """What the placed sections of a unit and of the units below it cost, in yuan."""

    unit: str
    budget: int | None
    yuan: int


@dataclass(frozen=True)
class SharedPair:
    """Two placed sections that some people want both."""

    first: Placed
    second: Placed
    people: int


@dataclass(frozen=True)
class Timetable:
    """A plan read against its term."""

    term: Term
    plan: Plan

    @cached_property
    def entries(self) -> list[Missing | Placed | Violation]:
        """One entry for each section; a violation stands for a placement that names no known room or teacher."""
        return [self._entry(section) for section in self.term.sections]

    def _entry(self, section: Section) -> "Missing | Placed | Violation":
        placement = self.plan.placed.get(section.id)
        if placement is None:
            return Missing(self.term, section)
        room, teacher = self.term.room.get(placement.room), self.term.teacher.get(placement.teacher)
        if room is None or teacher is None:
            return breaks("unknown room or teacher", section.id, placement.room, placement.teacher)
        return Placed(self.term, section, placement, room, teacher, self.term.venue[room.venue])

    @cached_property
    def placed(self) -> list[Placed]:
        """The placed sections."""
        return [entry for entry in self.entries if isinstance(entry, Placed)]

    @cached_property
    def room_days(self) -> list[RoomDay]:
        """Every day of every used room, its uses in order."""
        uses: defaultdict[tuple[str, int], list[PlacedSession]] = defaultdict(list)
        for use in self._sessions():
            uses[use.placed.room.id, use.day].append(use)
        return [
            RoomDay(self.term, self.term.room[room], day, _ordered(of_day))
            for (room, day), of_day in uses.items()
        ]

    @cached_property
    def teacher_days(self) -> list[TeacherDay]:
        """Every day of every busy teacher, their sessions in order."""
        uses: defaultdict[tuple[str, int], list[PlacedSession]] = defaultdict(list)
        for use in self._sessions():
            uses[use.placed.teacher.id, use.day].append(use)
        return [
            TeacherDay(self.term, self.term.teacher[teacher], day, _ordered(of_day))
            for (teacher, day), of_day in uses.items()
        ]

    @cached_property
    def teacher_weeks(self) -> list[TeacherWeek]:
        """Every week of every busy teacher."""
        load: Counter[tuple[str, int]] = Counter()
        for day in self.teacher_days:
            load[day.teacher.id, day.day // 7 + 1] += len(day.uses)
        return [TeacherWeek(self.term.teacher[teacher], week, count) for (teacher, week), count in load.items()]

    @cached_property
    def spending(self) -> list[UnitSpending]:
        """What every unit that pays for anything spends."""
        spent: Counter[str] = Counter()
        for placed in self.placed:
            for unit in self.term.payers(placed.section):
                spent[unit] += placed.fees
        return [UnitSpending(unit, self.term.unit[unit].budget, yuan) for unit, yuan in spent.items()]

    @cached_property
    def pairs(self) -> list[SharedPair]:
        """The shared pairs of which both sections are placed."""
        placed = {entry.section.id: entry for entry in self.placed}
        return [
            SharedPair(placed[pair.first], placed[pair.second], pair.people)
            for pair in self.term.shared
            if pair.first in placed and pair.second in placed
        ]

    def _sessions(self) -> Iterator[PlacedSession]:
        for placed in self.placed:
            yield from placed.dated


def _ordered(uses: list[PlacedSession]) -> list[PlacedSession]:
    """The uses of a day in order; on most days there is one."""
    return sorted(uses, key=in_order) if len(uses) > 1 else uses
