"""A plan in the making: who uses what, kept up to date placement by placement, with the exact cost."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from solver.problem.plan import Plan
from solver.problem.series import WEEK_BITS, WEEK_MASK, Series
from solver.problem.term import Section, Teacher, Unit
from solver.problem.time_patterns import Levels, TimePatterns, above
from solver.search.candidates import Candidates, Pair, SectionCandidates

Encoded = list[tuple[int, int] | None]


@dataclass(slots=True, eq=False)
class CandidatePlacement:
    """A candidate placement of a section: a pair and the number of a series."""

    section: int
    pair: Pair
    number: int
    series: Series
    cost: int
    """What the placement costs by itself."""


class Incumbent:
    """The placed sections of a term and all that follows from them.

    ``place`` trusts its caller: whoever places a candidate has asked ``fits`` before, or knows.
    """

    def __init__(self, candidates: Candidates) -> None:
        self.candidates = candidates
        self.placements: list[CandidatePlacement | None] = [None] * len(candidates.sections)
        self.in_room: list[set[int]] = [set() for _ in candidates.rooms]
        self.with_teacher: list[set[int]] = [set() for _ in candidates.teachers]
        self.load = [0] * len(candidates.teachers)
        self._full_days: list[int | None] = [None] * len(candidates.teachers)
        self.spent: defaultdict[str, int] = defaultdict(int)
        self.serving: defaultdict[str, int] = defaultdict(int)
        term = candidates.term
        self._weights = term.weights
        self._budget = {unit.id: unit.budget for unit in term.units if unit.budget is not None}
        self.unplaced_cost = [self._weights.unplaced * section.priority * section.size for section in term.sections]
        wanting = {name for section in term.sections for name in section.learners}
        self.total = sum(self.unplaced_cost) + self._weights.uncovered * len(wanting)

    # what others ask

    def candidate(self, index: int, pair: Pair, number: int) -> CandidatePlacement:
        """The spot of a pair and a series."""
        candidates = self.candidates.sections[index]
        series = candidates.patterns.series[number]
        return CandidatePlacement(index, pair, number, series, pair.cost + candidates.series_cost[number])

    def room_free(self, room: int, patterns: TimePatterns) -> int:
        """The series of a shape at which a room is free."""
        pause, taken = self.candidates.turnaround[room], 0
        for other in self.in_room[room]:
            taken |= patterns.overlapping(self._placed(other).series, pause)
        return patterns.all & ~taken

    def teacher_free(self, teacher: int, venue: int, patterns: TimePatterns) -> int:
        """The series of a shape that a teacher can give at a venue beside what she has, her weekly load aside."""
        taken = patterns.on_full_days(self.full_days(teacher))
        for other in self.with_teacher[teacher]:
            candidate = self._placed(other)
            taken |= patterns.overlapping(candidate.series, self.candidates.travel(venue, candidate.pair.venue))
        return patterns.all & ~taken

    def extra_load(self, teacher: int, patterns: TimePatterns) -> Levels:
        """The series that keep the teacher's weekly load, by how much more they make her work than she wants."""
        who = self.candidates.teachers[teacher]
        return patterns.extra_load(self.load[teacher], who.wanted_week, who.max_week)

    def full_days(self, teacher: int) -> int:
        """The days on which a teacher gives as many sessions as she may, as bits."""
        days = self._full_days[teacher]
        if days is None:
            days = self._full_days[teacher] = self._counted_full_days(teacher)
        return days

    def affordable(self, candidates: SectionCandidates, fees: int) -> bool:
        """Whether all units that pay for a section can bear more fees, in yuan."""
        return not fees or all(
            unit not in self._budget or self.spent[unit] + fees <= self._budget[unit] for unit in candidates.payers
        )

    def fits(self, candidate: CandidatePlacement) -> bool:
        """Whether a section that is not placed can take a spot without breaking a rule."""
        candidates, pair = self.candidates.sections[candidate.section], candidate.pair
        patterns, bit = candidates.patterns, 1 << candidate.number
        return (
            bool(bit & pair.legal & self.room_free(pair.room, patterns))
            and bool(bit & self.teacher_free(pair.teacher, pair.venue, patterns))
            and any(bit & bits for _, bits in self.extra_load(pair.teacher, patterns))
            and self.affordable(candidates, pair.fees)
        )

    def added_cost(self, candidate: CandidatePlacement) -> int:
        """How the total changes when a section that is not placed takes a spot."""
        return candidate.cost - self.unplaced_cost[candidate.section] + self.coupled_cost(candidate)

    def coupled_cost(self, candidate: CandidatePlacement) -> int:
        """The part of the added cost that depends on the other sections: clashes, overwork and coverage."""
        cost = 0
        weights = self._weights
        for other, people in self.candidates.partners[candidate.section]:
            placed = self.placements[other]
            if placed is not None and self._clash(candidate, placed.series):
                cost += weights.clash * people
        teacher, load = candidate.pair.teacher, self.load[candidate.pair.teacher]
        wanted = self.candidates.teachers[teacher].wanted_week
        cost += weights.overwork * (above(load + candidate.series.load, wanted) - above(load, wanted))
        return cost - self.coverage_gain(self.candidates.sections[candidate.section].near[candidate.pair.venue])

    def coverage_gain(self, communities: Iterable[str]) -> int:
        """What it is worth to serve those communities of some that nobody serves yet."""
        return self._weights.uncovered * sum(not self.serving[name] for name in communities)

    # changes

    def place(self, candidate: CandidatePlacement) -> None:
        """Give a spot to its section, which is not placed yet."""
        self.total += self.added_cost(candidate)
        self._count(candidate, 1)

    def remove(self, index: int) -> CandidatePlacement:
        """Take a placed section out and say where it was."""
        candidate = self._placed(index)
        self._count(candidate, -1)
        self.total -= self.added_cost(candidate)
        return candidate

    def put_back(self, part: Iterable[int], kept: Iterable[CandidatePlacement], total: int) -> None:
        """Undo what happened to a part: those of its sections that were kept are placed again, the total too."""
        for index in part:
            candidate = self.placements[index]
            if candidate is not None:
                self._count(candidate, -1)
        for candidate in kept:
            self._count(candidate, 1)
        self.total = total

    def _count(self, candidate: CandidatePlacement, sign: int) -> None:
        index, pair, series = candidate.section, candidate.pair, candidate.series
        candidates = self.candidates.sections[index]
        self.placements[index] = candidate if sign > 0 else None
        teacher = pair.teacher
        self.load[teacher] += sign * series.load
        if sign > 0:
            self.in_room[pair.room].add(index)
            self.with_teacher[teacher].add(index)
        else:
            self.in_room[pair.room].discard(index)
            self.with_teacher[teacher].discard(index)
        self._full_days[teacher] = None
        for unit in candidates.payers:
            self.spent[unit] += sign * pair.fees
        for name in candidates.near[pair.venue]:
            self.serving[name] += sign

    def encoded(self) -> Encoded:
        """For each section the rank of its pair and the number of its series, or None: the plan as plain numbers."""
        return [
            (candidate.pair.rank, candidate.number) if candidate is not None else None for candidate in self.placements
        ]

    def restore(self, state: Encoded) -> None:
        """Take over a plan given as plain numbers; only what differs is moved."""
        changed = [index for index, (new, old) in enumerate(zip(state, self.encoded(), strict=True)) if new != old]
        for index in changed:
            if self.placements[index] is not None:
                self.remove(index)
        for index in changed:
            found = state[index]
            if found is not None:
                self.place(self.decoded(index, found))

    def decoded(self, index: int, found: tuple[int, int]) -> CandidatePlacement:
        """The spot of a section given by rank and number."""
        rank, number = found
        return self.candidate(index, self.candidates.sections[index].pairs[rank], number)

    # the rest of a board (see solver.board.Rest)

    def sessions_on(self, teacher: Teacher, day: int) -> int:
        """How many sessions a teacher gives on a day."""
        return sum(candidate.series.days >> day & 1 for candidate in self._of_teacher(teacher))

    def sessions_in(self, teacher: Teacher, week: int) -> int:
        """How many sessions a teacher gives in a week."""
        load = self.load[self.candidates.teacher_number[teacher.id]]
        return load >> (WEEK_BITS * (week - 1)) & WEEK_MASK

    def spent_by(self, unit: Unit) -> int:
        """The yuan that a unit and the units below it spend."""
        return self.spent[unit.id]

    def serves(self, community: str) -> bool:
        """Whether a placed section reaches a community."""
        return self.serving[community] > 0

    def series_of(self, section: Section) -> Series | None:
        """When a section meets, if it is placed."""
        candidate = self.placements[self.candidates.section_number[section.id]]
        return candidate.series if candidate is not None else None

    def plan(self) -> Plan:
        """The plan as a document."""
        sections = self.candidates.term.sections
        placed = {
            sections[candidate.section].id: self.candidates.placement(
                candidate.section, candidate.pair, candidate.number
            )
            for candidate in self.placements
            if candidate is not None
        }
        return Plan(placed, tuple(section.id for section in sections if section.id not in placed))

    def _of_teacher(self, teacher: Teacher) -> list[CandidatePlacement]:
        number = self.candidates.teacher_number[teacher.id]
        return [self._placed(index) for index in self.with_teacher[number]]

    def _counted_full_days(self, teacher: int) -> int:
        most = self.candidates.teachers[teacher].max_day
        if most > len(self.with_teacher[teacher]):
            return 0
        at_least = [-1] + [0] * most
        for index in self.with_teacher[teacher]:
            for count in range(most, 0, -1):
                at_least[count] |= at_least[count - 1] & self._placed(index).series.days
        return at_least[most]

    def _clash(self, candidate: CandidatePlacement, series: Series) -> bool:
        patterns = self.candidates.sections[candidate.section].patterns
        return bool(patterns.overlapping(series, 0) >> candidate.number & 1)

    def _placed(self, index: int) -> CandidatePlacement:
        candidate = self.placements[index]
        assert candidate is not None
        return candidate
