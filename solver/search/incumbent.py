"""A plan in the making: who uses what, kept up to date placement by placement, with the exact cost."""

from collections.abc import Iterable
from dataclasses import dataclass

from solver.model.cost_model import added_overwork_cost, clash_cost, empty_plan_cost, uncovered_cost
from solver.model.placed_sections import PlacedSections, SectionUse
from solver.problem.plan import Plan
from solver.problem.series import Series
from solver.problem.term import Section, Teacher
from solver.problem.time_patterns import Levels, TimePatterns
from solver.search.candidates import Candidates, Pair, SectionCandidates

Encoded = list[tuple[int, int] | None]
"""A plan as plain numbers: for each section the rank of its pair and the number of its series; None where left out."""


@dataclass(slots=True, eq=False)
class CandidatePlacement:
    """A candidate placement of a section: a pair and the number of a series."""

    section: int
    pair: Pair
    number: int
    series: Series
    cost: int
    """What the placement costs by itself."""


class Incumbent(PlacedSections[int]):
    """The placed sections of a term, all by number, and all that follows from them.

    ``place`` trusts its caller: whoever places a candidate has asked ``fits`` before, or knows.
    """

    def __init__(self, candidates: Candidates) -> None:
        super().__init__(candidates.term)
        self.candidates = candidates
        self.placements: list[CandidatePlacement | None] = [None] * len(candidates.sections)
        self._budget = {unit.id: unit.budget for unit in self.term.units if unit.budget is not None}
        self.total = empty_plan_cost(self.term)

    # what others ask

    def candidate(self, index: int, pair: Pair, number: int) -> CandidatePlacement:
        """The placement of a section with a pair and a series."""
        candidates = self.candidates.sections[index]
        series = candidates.patterns.series[number]
        return CandidatePlacement(index, pair, number, series, pair.cost + candidates.series_cost[number])

    def room_free(self, room: int, patterns: TimePatterns) -> int:
        """The series of time patterns at which a room is free."""
        pause, taken = self.candidates.turnaround[room], 0
        for other in self.in_room.get(room, ()):
            taken |= patterns.overlapping(self._placed_series(other), pause)
        return patterns.all & ~taken

    def teacher_free(self, teacher: int, venue: int, patterns: TimePatterns) -> int:
        """The series of time patterns a teacher can give at a venue beside what they have, their weekly load aside."""
        taken = patterns.on_full_days(self.full_days(self.candidates.teachers[teacher]))
        for other in self.with_teacher.get(teacher, ()):
            candidate = self._placed(other)
            taken |= patterns.overlapping(candidate.series, self.candidates.travel(venue, candidate.pair.venue))
        return patterns.all & ~taken

    def extra_load(self, teacher: int, patterns: TimePatterns) -> Levels:
        """The series that keep a teacher's weekly load, by how many sessions more than wanted they bring."""
        about = self.candidates.teachers[teacher]
        return patterns.extra_load(self.load(teacher), about.wanted_week, about.max_week)

    def affordable(self, candidates: SectionCandidates, fees: int) -> bool:
        """Whether all units that pay for a section can bear more fees, in yuan."""
        return not fees or all(
            unit not in self._budget or self.spent[unit] + fees <= self._budget[unit] for unit in candidates.payers
        )

    def fits(self, candidate: CandidatePlacement) -> bool:
        """Whether a section that is not placed can be placed so without breaking a rule."""
        candidates, pair = self.candidates.sections[candidate.section], candidate.pair
        patterns, bit = candidates.patterns, 1 << candidate.number
        return (
            bool(bit & pair.legal & self.room_free(pair.room, patterns))
            and bool(bit & self.teacher_free(pair.teacher, pair.venue, patterns))
            and any(bit & bits for _, bits in self.extra_load(pair.teacher, patterns))
            and self.affordable(candidates, pair.fees)
        )

    def added_cost(self, candidate: CandidatePlacement) -> int:
        """How the total changes when a section that is not placed is placed so."""
        unplaced_cost = self.candidates.sections[candidate.section].unplaced_cost
        return candidate.cost - unplaced_cost + self.coupled_cost(candidate)

    def coupled_cost(self, candidate: CandidatePlacement) -> int:
        """The part of the added cost that depends on the other sections: clashes, overwork and coverage."""
        pair = candidate.pair
        teacher, load = self.candidates.teachers[pair.teacher], self.load(pair.teacher)
        overwork = added_overwork_cost(self.term, teacher, load, candidate.series.load)
        gain = self.coverage_gain(self.candidates.sections[candidate.section].reached[pair.venue])
        return clash_cost(self.term, self._clashing_people(candidate)) + overwork - gain

    def coverage_gain(self, communities: Iterable[str]) -> int:
        """What it is worth to serve those communities of some that nobody serves yet."""
        return uncovered_cost(self.term, self.count_unserved(communities))

    # changes

    def place(self, candidate: CandidatePlacement) -> None:
        """Place a section that is not placed yet."""
        self.total += self.added_cost(candidate)
        self._set(candidate, 1)

    def remove(self, index: int) -> CandidatePlacement:
        """Take a placed section out and say where it was."""
        candidate = self._placed(index)
        # what it added is only seen while it is out, as it was before it came
        self._set(candidate, -1)
        self.total -= self.added_cost(candidate)
        return candidate

    def put_back(self, part: Iterable[int], placements: Iterable[CandidatePlacement], total: int) -> None:
        """Undo what happened to a part: its sections have these placements again and the plan costs ``total``."""
        for index in part:
            candidate = self.placements[index]
            if candidate is not None:
                self._set(candidate, -1)
        for candidate in placements:
            self._set(candidate, 1)
        self.total = total

    def _set(self, candidate: CandidatePlacement, sign: int) -> None:
        """Place a section, or with a sign of -1 take it out, whatever that costs."""
        index, pair = candidate.section, candidate.pair
        candidates = self.candidates.sections[index]
        self.placements[index] = candidate if sign > 0 else None
        reached = candidates.reached[pair.venue]
        self._count(SectionUse(index, pair.room, pair.teacher, candidates.payers, pair.fees, reached), sign)

    def encoded(self) -> Encoded:
        """The plan as plain numbers."""
        return [
            (candidate.pair.rank, candidate.number) if candidate is not None else None for candidate in self.placements
        ]

    def restore(self, encoded: Encoded) -> None:
        """Take over a plan given as plain numbers; only what differs is moved."""
        changed = [index for index, (new, old) in enumerate(zip(encoded, self.encoded(), strict=True)) if new != old]
        # all out before any comes in: two may take each other's places
        for index in changed:
            if self.placements[index] is not None:
                self.remove(index)
        for index in changed:
            numbers = encoded[index]
            if numbers is not None:
                self.place(self.decoded(index, numbers))

    def decoded(self, index: int, numbers: tuple[int, int]) -> CandidatePlacement:
        """The placement of a section given by the rank of its pair and the number of its series."""
        rank, number = numbers
        return self.candidate(index, self.candidates.sections[index].pairs[rank], number)

    def plan(self) -> Plan:
        """The plan as a document."""
        sections = self.term.sections
        placed = {
            sections[candidate.section].id: self.candidates.placement(
                candidate.section, candidate.pair, candidate.number
            )
            for candidate in self.placements
            if candidate is not None
        }
        return Plan(placed, tuple(section.id for section in sections if section.id not in placed))

    # how this plan tells things apart

    def series_of(self, section: Section) -> Series | None:
        """When a section meets, if it is placed."""
        candidate = self.placements[self.candidates.section_number[section.id]]
        return candidate.series if candidate is not None else None

    def _placed_series(self, section: int) -> Series:
        return self._placed(section).series

    def _teacher_key(self, teacher: Teacher) -> int:
        return self.candidates.teacher_number[teacher.id]

    def _clashing_people(self, candidate: CandidatePlacement) -> int:
        """The people who want a section and others that would overlap it."""
        patterns, clashing = self.candidates.sections[candidate.section].patterns, 0
        for other, people in self.candidates.partners[candidate.section]:
            placed = self.placements[other]
            if placed is not None and patterns.overlapping(placed.series, 0) >> candidate.number & 1:
                clashing += people
        return clashing

    def _placed(self, index: int) -> CandidatePlacement:
        candidate = self.placements[index]
        assert candidate is not None
        return candidate
