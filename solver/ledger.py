"""A plan in the making: who uses what, kept up to date placement by placement, with the exact cost."""

from collections import defaultdict
from dataclasses import dataclass

from solver.candidates import Candidates, Pair, SectionCandidates, Series
from solver.clock import WEEK_BITS
from solver.plan import Plan
from solver.term import Section, Teacher


@dataclass(slots=True, eq=False)
class Spot:
    """A candidate placement of a section: a pair and the number of a series."""

    section: int
    pair: Pair
    number: int
    series: Series
    cost: int
    """What the placement costs by itself."""


class Ledger:
    """The placed sections of a term and all that follows from them.

    ``place`` trusts its caller: whoever places a spot has asked ``fits`` before, or knows.
    """

    def __init__(self, candidates: Candidates) -> None:
        self.candidates = candidates
        self.spots: list[Spot | None] = [None] * len(candidates.sections)
        self.room_busy = [0] * len(candidates.rooms)
        self.teacher_busy = [0] * len(candidates.teachers)
        self.in_room: list[set[int]] = [set() for _ in candidates.rooms]
        self.with_teacher: list[set[int]] = [set() for _ in candidates.teachers]
        self.load = [0] * len(candidates.teachers)
        self.full_days = [0 if teacher.max_day else -1 for teacher in candidates.teachers]
        self.spent: defaultdict[str, int] = defaultdict(int)
        self.serving: defaultdict[str, int] = defaultdict(int)
        term = candidates.term
        self._weights = term.weights
        self._budget = {unit.id: unit.budget for unit in term.units if unit.budget is not None}
        self._overwork: dict[tuple[int, int], int] = {}
        self.unplaced_cost = [
            self._weights.unplaced * section.priority * section.size for section in term.sections
        ]
        wanting = {name for section in term.sections for name in section.learners}
        self.total = sum(self.unplaced_cost) + self._weights.uncovered * len(wanting)
        self._week_ones = sum(1 << (WEEK_BITS * week) for week in range(term.calendar.weeks))

    # what others ask

    def spot(self, index: int, pair: Pair, number: int) -> Spot:
        """The spot of a pair and a series."""
        candidates = self.candidates.sections[index]
        series = candidates.shape.series[number]
        return Spot(index, pair, number, series, pair.cost + candidates.series_cost[number])

    def free_series(self, candidates: SectionCandidates, pair: Pair, among: int) -> list[int]:
        """The numbers, out of a set of series, at which room and teacher of a pair are both free for the section."""
        room, busy = self.candidates.rooms[pair.room], self.room_busy[pair.room]
        clock, pause = self.candidates.clock, room.turnaround
        series = candidates.shape.series
        found = []
        while among:
            low = among & -among
            among ^= low
            number = low.bit_length() - 1
            one = series[number]
            if not one.padded(clock, pause) & busy and self.teacher_free(pair, one):
                found.append(number)
        return found

    def teacher_free(self, pair: Pair, series: Series) -> bool:
        """Whether the teacher of a pair can give a series at its venue beside what she already does."""
        teacher = pair.teacher
        if series.busy & self.teacher_busy[teacher] or series.days & self.full_days[teacher]:
            return False
        if self._overloaded(teacher, self.load[teacher] + series.load):
            return False
        return not any(self._hurried(pair.venue, series, other) for other in self.with_teacher[teacher])

    def affordable(self, candidates: SectionCandidates, fees: int) -> bool:
        """Whether all units that pay for a section can bear more fees, in yuan."""
        return not fees or all(
            unit not in self._budget or self.spent[unit] + fees <= self._budget[unit] for unit in candidates.payers
        )

    def fits(self, spot: Spot) -> bool:
        """Whether a section that is not placed can take a spot without breaking a rule."""
        room = self.candidates.rooms[spot.pair.room]
        return (
            not spot.series.padded(self.candidates.clock, room.turnaround) & self.room_busy[spot.pair.room]
            and self.teacher_free(spot.pair, spot.series)
            and self.affordable(self.candidates.sections[spot.section], spot.pair.fees)
        )

    def added_cost(self, spot: Spot) -> int:
        """How the total changes when a section that is not placed takes a spot."""
        return spot.cost - self.unplaced_cost[spot.section] + self.coupled_cost(spot)

    def coupled_cost(self, spot: Spot) -> int:
        """The part of the added cost that depends on the other sections: clashes, overwork and coverage."""
        cost = 0
        weights = self._weights
        for other, people in self.candidates.partners[spot.section]:
            placed = self.spots[other]
            if placed is not None and placed.series.busy & spot.series.busy:
                cost += weights.clash * people
        teacher, load = spot.pair.teacher, self.load[spot.pair.teacher]
        cost += weights.overwork * (self._above(teacher, load + spot.series.load) - self._above(teacher, load))
        near = self.candidates.sections[spot.section].near[spot.pair.venue]
        return cost - weights.uncovered * sum(not self.serving[name] for name in near)

    # changes

    def place(self, spot: Spot) -> None:
        """Give a spot to its section, which is not placed yet."""
        self.total += self.added_cost(spot)
        self._count(spot, 1)

    def remove(self, index: int) -> Spot:
        """Take a placed section out and say where it was."""
        spot = self.spots[index]
        assert spot is not None
        self._count(spot, -1)
        self.total -= self.added_cost(spot)
        return spot

    def _count(self, spot: Spot, sign: int) -> None:
        index, pair, series = spot.section, spot.pair, spot.series
        candidates = self.candidates.sections[index]
        self.spots[index] = spot if sign > 0 else None
        room, teacher = self.candidates.rooms[pair.room], pair.teacher
        self.room_busy[pair.room] ^= series.padded(self.candidates.clock, room.turnaround)
        self.teacher_busy[teacher] ^= series.busy
        self.load[teacher] += sign * series.load
        if sign > 0:
            self.in_room[pair.room].add(index)
            self.with_teacher[teacher].add(index)
        else:
            self.in_room[pair.room].discard(index)
            self.with_teacher[teacher].discard(index)
        self.full_days[teacher] = self._full_days(teacher)
        for unit in candidates.payers:
            self.spent[unit] += sign * pair.fees
        for name in candidates.near[pair.venue]:
            self.serving[name] += sign

    # the rest of a board (see solver.board.Rest)

    def sessions_on(self, teacher: Teacher, day: int) -> int:
        """How many sessions a teacher gives on a day."""
        return sum(spot.series.days >> day & 1 for spot in self._of_teacher(teacher))

    def sessions_in(self, teacher: Teacher, week: int) -> int:
        """How many sessions a teacher gives in a week."""
        load = self.load[self.candidates.teacher_number[teacher.id]]
        return load >> (WEEK_BITS * (week - 1)) & ((1 << WEEK_BITS) - 1)

    def spent_by(self, unit: str) -> int:
        """The yuan that a unit and the units below it spend."""
        return self.spent[unit]

    def serves(self, community: str) -> bool:
        """Whether a placed section reaches a community."""
        return self.serving[community] > 0

    def series_of(self, section: Section) -> Series | None:
        """When a section meets, if it is placed."""
        spot = self.spots[self.candidates.section_number[section.id]]
        return spot.series if spot is not None else None

    def plan(self) -> Plan:
        """The plan as a document."""
        sections = self.candidates.term.sections
        placed = {
            sections[spot.section].id: self.candidates.placement(spot.section, spot.pair, spot.number)
            for spot in self.spots
            if spot is not None
        }
        return Plan(placed, tuple(section.id for section in sections if section.id not in placed))

    def _of_teacher(self, teacher: Teacher) -> list[Spot]:
        number = self.candidates.teacher_number[teacher.id]
        return [spot for index in self.with_teacher[number] if (spot := self.spots[index]) is not None]

    def _full_days(self, teacher: int) -> int:
        """The days on which a teacher gives as many sessions as she may."""
        most = self.candidates.teachers[teacher].max_day
        if most > len(self.with_teacher[teacher]):
            return 0
        at_least = [-1] + [0] * most
        for index in self.with_teacher[teacher]:
            spot = self.spots[index]
            assert spot is not None
            for count in range(most, 0, -1):
                at_least[count] |= at_least[count - 1] & spot.series.days
        return at_least[most]

    def _overloaded(self, teacher: int, load: int) -> bool:
        """Whether a packed load has more than ``max_week`` sessions in some week."""
        most = min(self.candidates.teachers[teacher].max_week, (1 << WEEK_BITS - 1) - 1)
        guard = self._week_ones << (WEEK_BITS - 1)
        return bool((load + self._week_ones * ((1 << WEEK_BITS - 1) - 1 - most)) & guard)

    def _above(self, teacher: int, load: int) -> int:
        """The sessions of a packed load above ``wanted_week``, summed over the weeks."""
        wanted = self.candidates.teachers[teacher].wanted_week
        key = wanted, load
        above = self._overwork.get(key)
        if above is None:
            above, rest, week = 0, load, (1 << WEEK_BITS) - 1
            while rest:
                above += max(0, (rest & week) - wanted)
                rest >>= WEEK_BITS
            self._overwork[key] = above
        return above

    def _hurried(self, venue: int, series: Series, other: int) -> bool:
        """Whether a teacher could not get from a section she has to a series at a venue, or back."""
        spot = self.spots[other]
        assert spot is not None
        if spot.pair.venue == venue or not spot.series.days & series.days:
            return False
        clock, way = self.candidates.clock, self.candidates.travel(venue, spot.pair.venue)
        return bool(series.padded(clock, way) & spot.series.padded(clock, way))
