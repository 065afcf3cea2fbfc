"""Which rooms, teachers and hours each section can have at all, with what they cost by themselves.

Everything here is numbered (rooms, teachers, sections by their place in the term) and masked (see solver.clock),
because construction and improvement ask these tables millions of times.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import gcd
from typing import Any, TypeVar

from solver.model.base import Rule
from solver.model.costs import PAIR_COSTS, ROOM_COSTS, SERIES_COSTS
from solver.model.domain import SectionDomain
from solver.model.rules import RULES
from solver.problem.plan import Placement
from solver.problem.series import series_of
from solver.problem.term import Section, Term, distance
from solver.problem.time_patterns import Levels, TimePatterns, levels

Key = TypeVar("Key")


@dataclass(slots=True, eq=False)
class Pair:
    """A room and a teacher that may hold a section together."""

    room: int
    teacher: int
    venue: int
    cost: int
    """What room and teacher cost, hours aside, weighted."""
    fees: int
    """What all sessions cost, in yuan."""
    legal: int = 0
    """The set of series that both allow."""
    rank: int = 0
    """The place among the pairs of its section."""


@dataclass(slots=True, eq=False)
class SectionCandidates:
    """What one section can have: pairs in the order of their cost, series with their cost, and which go together."""

    index: int
    section: Section
    pairs: list[Pair]
    patterns: TimePatterns
    series_cost: list[int]
    levels: Levels
    payers: tuple[str, ...]
    near: dict[int, tuple[str, ...]]
    room_legal: dict[int, int]
    """For each room the series at which it is open."""
    teacher_legal: dict[int, int]
    """For each teacher the series at which she is available."""


class Candidates:
    """The candidates of all sections of a term, and the term's things by number."""

    def __init__(self, term: Term, rules: tuple[Rule[Any], ...] = RULES) -> None:
        self.term = term
        self.rooms = term.rooms
        self.teachers = term.teachers
        self.room_number = {room.id: number for number, room in enumerate(term.rooms)}
        self.teacher_number = {teacher.id: number for number, teacher in enumerate(term.teachers)}
        self.venue_number = {venue.id: number for number, venue in enumerate(term.venues)}
        self.section_number = {section.id: number for number, section in enumerate(term.sections)}
        self._rules = rules
        self._shapes: dict[Any, TimePatterns] = {}
        self._series_cost: dict[Any, list[int]] = {}
        self._travel: dict[tuple[int, int], int] = {}
        self.step = gcd(term.calendar.grid_minutes, *(section.minutes for section in term.sections))
        self.turnaround = [self.pause(room.turnaround) for room in term.rooms]
        self.sections = [self._of_section(index, section) for index, section in enumerate(term.sections)]
        self.partners = self._partners()
        self.rooms_of = _numbers(self.venue_number[room.venue] for room in term.rooms)
        self.paid_by = _numbers(section.unit for section in term.sections)
        self.of_subject = _numbers(section.subject for section in term.sections)

    def travel(self, here: int, there: int) -> int:
        """Minutes between two venues, by their numbers, as a pause."""
        minutes = self._travel.get((here, there))
        if minutes is None:
            venues = self.term.venues
            minutes = self.pause(self.term.travel_minutes(venues[here], venues[there]))
            self._travel[here, there] = self._travel[there, here] = minutes
        return minutes

    def pause(self, minutes: int) -> int:
        """A pause rounded up to the step on which all meetings start and end, which makes no difference to them."""
        return -(-minutes // self.step) * self.step

    def find(self, index: int, placement: Placement) -> tuple[Pair, int] | None:
        """The pair and the number of the series of a placement, or None where it is no candidate."""
        candidates = self.sections[index]
        room, teacher = self.room_number.get(placement.room), self.teacher_number.get(placement.teacher)
        meetings = tuple(sorted(placement.meetings))
        for pair in candidates.pairs:
            if pair.room == room and pair.teacher == teacher:
                for number, series in enumerate(candidates.patterns.series):
                    if series.week == placement.week and series.meetings == meetings and pair.legal >> number & 1:
                        return pair, number
        return None

    def placement(self, index: int, pair: Pair, number: int) -> Placement:
        """The placement that a pair and a series of a section stand for."""
        series = self.sections[index].patterns.series[number]
        return Placement(series.week, series.meetings, self.rooms[pair.room].id, self.teachers[pair.teacher].id)

    def _of_section(self, index: int, section: Section) -> SectionCandidates:
        choices = narrowed(self.term, section, self._rules)
        patterns = self._patterns(choices)
        series_cost = self._series_costs(section, patterns)
        rooms, teachers, found = self._legal_pairs(section, choices, patterns)
        pairs = sorted(found, key=lambda pair: pair.cost)
        for rank, pair in enumerate(pairs):
            pair.rank = rank
        return SectionCandidates(
            index=index,
            section=section,
            pairs=pairs,
            patterns=patterns,
            series_cost=series_cost,
            levels=levels((cost, 1 << number) for number, cost in enumerate(series_cost)),
            payers=self.term.payers(section),
            near={venue: self._near(section, venue) for venue in {pair.venue for pair in pairs}},
            room_legal=rooms,
            teacher_legal=teachers,
        )

    def _legal_pairs(
        self, section: Section, choices: SectionDomain, patterns: TimePatterns
    ) -> tuple[dict[int, int], dict[int, int], list[Pair]]:
        """The series at which each room and each teacher can be had, and the pairs that have any in common."""
        rooms = {
            self.room_number[room.id]: patterns.within(
                tuple(choices.room_hours(room)), self._days(choices.room_closed(room))
            )
            for room in choices.rooms
        }
        teachers = {
            self.teacher_number[teacher.id]: patterns.within(
                tuple(choices.teacher_hours(teacher)), self._days(choices.teacher_absent(teacher))
            )
            for teacher in choices.teachers
        }
        pairs = []
        for pair in self._pairs(section, choices):
            pair.legal = rooms[pair.room] & teachers[pair.teacher]
            if pair.legal:
                pairs.append(pair)
        return rooms, teachers, pairs

    def _pairs(self, section: Section, choices: SectionDomain) -> Iterator[Pair]:
        term, weights = self.term, self.term.weights
        room_cost: dict[str, int] = {}
        for room, teacher in choices.pairs():
            if room.id not in room_cost:
                room_cost[room.id] = sum(
                    part.weight(weights) * part.of_room(term, section, room) for part in ROOM_COSTS
                )
            cost = sum(part.weight(weights) * part.of_pair(term, section, room, teacher) for part in PAIR_COSTS)
            yield Pair(
                room=self.room_number[room.id],
                teacher=self.teacher_number[teacher.id],
                venue=self.venue_number[room.venue],
                cost=room_cost[room.id] + cost,
                fees=(room.fee + teacher.fee) * section.sessions,
            )

    def _series_costs(self, section: Section, patterns: TimePatterns) -> list[int]:
        """The weighted cost of each series of a shape by itself."""
        term, weights = self.term, self.term.weights
        key = id(patterns), section.windows, section.size, term.previous.get(section.id)
        if key not in self._series_cost:
            self._series_cost[key] = [
                sum(
                    part.weight(weights) * part.of_series(term, section, series.week, series.meetings)
                    for part in SERIES_COSTS
                )
                for series in patterns.series
            ]
        return self._series_cost[key]

    def _patterns(self, choices: SectionDomain) -> TimePatterns:
        section = choices.section
        key = (
            *(section.minutes, section.sessions, section.every, tuple(choices.weeks), tuple(choices.windows)),
            *(choices.grid, choices.per_week, choices.day_gap, choices.only_meetings),
        )
        if key not in self._shapes:
            sets = list(choices.meeting_sets())
            found = (
                series_of(self.term.calendar, section, week, meetings) for week in choices.weeks for meetings in sets
            )
            self._shapes[key] = TimePatterns([series for series in found if series is not None], section.minutes)
        return self._shapes[key]

    def _days(self, dates: Iterable[Any]) -> tuple[int, ...]:
        return tuple(self.term.calendar.day(date) for date in dates)

    def _near(self, section: Section, venue: int) -> tuple[str, ...]:
        place, communities = self.term.venues[venue], self.term.community
        return tuple(name for name in section.learners if distance(communities[name], place) <= section.max_metres)

    def _partners(self) -> list[list[tuple[int, int]]]:
        """For each section the sections shared with it and by how many people."""
        partners: list[list[tuple[int, int]]] = [[] for _ in self.sections]
        for pair in self.term.shared:
            first, second = self.section_number[pair.first], self.section_number[pair.second]
            partners[first].append((second, pair.people))
            partners[second].append((first, pair.people))
        return partners


def _numbers(keys: Iterable[Key]) -> dict[Key, list[int]]:
    """The places at which each key stands."""
    found: dict[Key, list[int]] = {}
    for number, key in enumerate(keys):
        found.setdefault(key, []).append(number)
    return found


def narrowed(term: Term, section: Section, rules: tuple[Rule[Any], ...] = RULES) -> SectionDomain:
    """The choices that the rules leave to a section."""
    choices = SectionDomain(term, section)
    for rule in rules:
        rule.narrow(choices)
    return choices
