"""Which rooms, teachers and hours each section can have at all, with what they cost by themselves.

Everything is numbered (rooms, teachers, sections by their place in the term) and sets of series are bits (see
``TimePatterns``), because construction and improvement ask these tables millions of times.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from solver.model.base import Rule
from solver.model.cost_model import pair_cost, room_cost, series_cost, unplaced_cost
from solver.model.domain import SectionDomain
from solver.model.pattern_cache import PatternCache
from solver.model.rules import RULES
from solver.problem.busy import Busy
from solver.problem.plan import Placement
from solver.problem.reach import reached_communities
from solver.problem.term import Section, Term, fees_of
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
    unplaced_cost: int
    """What leaving the section out costs, weighted."""
    reached: dict[int, tuple[str, ...]]
    """For each venue of a pair the communities of learners within reach."""
    room_legal: dict[int, int]
    """For each room the series at which it is open."""
    teacher_legal: dict[int, int]
    """For each teacher the series at which they are available."""
    visit_legal: dict[tuple[int, int], int]
    """For each teacher who is busy at some hours, at each venue, what that leaves of ``teacher_legal``."""
    few_of_many: bool = False
    """Whether the section could meet at more hours than were looked at."""

    def teacher_legal_in(self, pair: Pair) -> int:
        """The series at which the teacher of a pair is available and can come to its venue."""
        legal = self.visit_legal.get((pair.teacher, pair.venue)) if self.visit_legal else None
        return self.teacher_legal[pair.teacher] if legal is None else legal


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
        self._patterns = PatternCache()
        self._series_cost: dict[Any, list[int]] = {}
        self._travel: dict[tuple[int, int], int] = {}
        self._busy_rooms: dict[tuple[int, int], int] = {}
        self._busy_teachers: dict[tuple[int, int, int], int] = {}
        self.turnaround = [term.rounded_pause(room.turnaround) for room in term.rooms]
        self.sections = [self._of_section(index, section) for index, section in enumerate(term.sections)]
        self.few_of_many = any(section.few_of_many for section in self.sections)
        self.partners = self._partners()
        self.rooms_of = _numbers(self.venue_number[room.venue] for room in term.rooms)
        self.paid_by = _numbers(section.unit for section in term.sections)
        self.of_subject = _numbers(section.subject for section in term.sections)

    def travel(self, start: int, end: int) -> int:
        """Minutes between two venues, by their numbers, as a pause."""
        minutes = self._travel.get((start, end))
        if minutes is None:
            venues = self.term.venues
            minutes = self.term.rounded_pause(self.term.travel_minutes(venues[start], venues[end]))
            self._travel[start, end] = self._travel[end, start] = minutes
        return minutes

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
        domain = narrowed(self.term, section, self._rules)
        patterns = self._patterns.of(domain)
        series_cost = self._series_costs(section, patterns)
        room_legal, teacher_legal = self._legal_rooms(domain, patterns), self._legal_teachers(domain, patterns)
        legal_pairs, visit_legal = self._legal_pairs(section, domain, patterns, room_legal, teacher_legal)
        pairs = sorted(legal_pairs, key=lambda pair: pair.cost)
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
            unplaced_cost=unplaced_cost(self.term, section),
            reached=self._reached(section, pairs),
            room_legal=room_legal,
            teacher_legal=teacher_legal,
            visit_legal=visit_legal,
            few_of_many=domain.few_of_many,
        )

    def _legal_rooms(self, domain: SectionDomain, patterns: TimePatterns) -> dict[int, int]:
        """The series at which each room can be had."""
        legal = {}
        for room in domain.rooms:
            number = self.room_number[room.id]
            legal[number] = patterns.within(tuple(domain.room_hours(room)), self._days(domain.room_closed(room)))
            if busy := domain.room_busy(room):
                key = id(patterns), number
                if key not in self._busy_rooms:
                    self._busy_rooms[key] = self._meeting_at(busy, patterns)
                legal[number] &= ~self._busy_rooms[key]
        return legal

    def _legal_teachers(self, domain: SectionDomain, patterns: TimePatterns) -> dict[int, int]:
        """The series at which each teacher can be had, what they do elsewhere aside."""
        return {
            self.teacher_number[teacher.id]: patterns.within(
                tuple(domain.teacher_hours(teacher)), self._days(domain.teacher_absent(teacher))
            )
            for teacher in domain.teachers
        }

    def _legal_pairs(
        self,
        section: Section,
        domain: SectionDomain,
        patterns: TimePatterns,
        rooms: dict[int, int],
        teachers: dict[int, int],
    ) -> tuple[list[Pair], dict[tuple[int, int], int]]:
        """The pairs whose room and teacher have series in common; what each venue leaves of teachers who are busy."""
        busy_teachers = {self.teacher_number[teacher.id] for teacher in domain.teachers if teacher.busy}
        visits: dict[tuple[int, int], int] = {}
        pairs = []
        for pair in self._pairs(section, domain):
            pair.legal = rooms[pair.room] & teachers[pair.teacher]
            if pair.teacher in busy_teachers:
                visit = pair.teacher, pair.venue
                if visit not in visits:
                    visits[visit] = teachers[pair.teacher] & ~self._busy_at(domain, patterns, *visit)
                pair.legal &= visits[visit]
            if pair.legal:
                pairs.append(pair)
        return pairs, visits

    def _busy_at(self, domain: SectionDomain, patterns: TimePatterns, teacher: int, venue: int) -> int:
        """The series of time patterns for which a teacher is busy, or too far from a venue."""
        key = id(patterns), teacher, venue
        if key not in self._busy_teachers:
            busy = domain.teacher_busy(self.teachers[teacher], self.term.venues[venue])
            self._busy_teachers[key] = self._meeting_at(busy, patterns)
        return self._busy_teachers[key]

    def _pairs(self, section: Section, domain: SectionDomain) -> Iterator[Pair]:
        term = self.term
        room_costs: dict[str, int] = {}
        for room, teacher in domain.pairs():
            if room.id not in room_costs:
                room_costs[room.id] = room_cost(term, section, room)
            yield Pair(
                room=self.room_number[room.id],
                teacher=self.teacher_number[teacher.id],
                venue=self.venue_number[room.venue],
                cost=room_costs[room.id] + pair_cost(term, section, room, teacher),
                fees=fees_of(section, room, teacher),
            )

    def _series_costs(self, section: Section, patterns: TimePatterns) -> list[int]:
        """The weighted cost of each series of time patterns by itself."""
        # what the cost of a series depends on: sections that have all this in common share one list; the cache keeps
        # all time patterns alive, so that none gets the identity of another one
        key = id(patterns), section.windows, section.size, self.term.previous.get(section.id)
        if key not in self._series_cost:
            self._series_cost[key] = [
                series_cost(self.term, section, series.week, series.meetings) for series in patterns.series
            ]
        return self._series_cost[key]

    def _reached(self, section: Section, pairs: Iterable[Pair]) -> dict[int, tuple[str, ...]]:
        """For each venue of some pairs the communities of a section within its reach."""
        venues = self.term.venues
        return {
            number: reached_communities(self.term, section, venues[number]) for number in {pair.venue for pair in pairs}
        }

    def _meeting_at(self, busy: Busy, patterns: TimePatterns) -> int:
        """The series with a session at busy hours."""
        meeting_then = 0
        for hours, pause in busy:
            meeting_then |= patterns.during(hours, self._days(hours.dates), pause)
        return meeting_then

    def _days(self, dates: Iterable[Any]) -> tuple[int, ...]:
        return tuple(self.term.calendar.day(date) for date in dates)

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
    numbers: dict[Key, list[int]] = {}
    for number, key in enumerate(keys):
        numbers.setdefault(key, []).append(number)
    return numbers


def narrowed(term: Term, section: Section, rules: tuple[Rule[Any], ...] = RULES) -> SectionDomain:
    """The domain that the rules leave to a section."""
    domain = SectionDomain(term, section)
    for rule in rules:
        rule.narrow(domain)
    return domain
