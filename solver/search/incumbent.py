"""A plan in the making: who uses what, kept up to date placement by placement, with the exact cost."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from solver.problem.plan import Plan
from solver.problem.series import WEEK_BITS, WEEK_MASK, Series
from solver.problem.series_sets import Levels, Shape, above
from solver.problem.term import Section, Teacher, Unit
from solver.search.candidates import Candidates, Pair, SectionCandidates

Encoded = list[tuple[int, int] | None]


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

    def spot(self, index: int, pair: Pair, number: int) -> Spot:
        """The spot of a pair and a series."""
        candidates = self.candidates.sections[index]
        series = candidates.shape.series[number]
        return Spot(index, pair, number, series, pair.cost + candidates.series_cost[number])

    def room_free(self, room: int, shape: Shape) -> int:
        """The series of a shape at which a room is free."""
        pause, taken = self.candidates.turnaround[room], 0
        for other in self.in_room[room]:
            taken |= shape.overlapping(self._placed(other).series, pause)
        return shape.all & ~taken

    def teacher_free(self, teacher: int, venue: int, shape: Shape) -> int:
        """The series of a shape that a teacher can give at a venue beside what she has, her weekly load aside."""
        taken = shape.on_full_days(self.full_days(teacher))
        for other in self.with_teacher[teacher]:
            spot = self._placed(other)
            taken |= shape.overlapping(spot.series, self.candidates.travel(venue, spot.pair.venue))
        return shape.all & ~taken

    def extra_load(self, teacher: int, shape: Shape) -> Levels:
        """The series that keep the teacher's weekly load, by how much more they make her work than she wants."""
        who = self.candidates.teachers[teacher]
        return shape.extra_load(self.load[teacher], who.wanted_week, who.max_week)

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

    def fits(self, spot: Spot) -> bool:
        """Whether a section that is not placed can take a spot without breaking a rule."""
        candidates, pair = self.candidates.sections[spot.section], spot.pair
        shape, bit = candidates.shape, 1 << spot.number
        return (
            bool(bit & pair.legal & self.room_free(pair.room, shape))
            and bool(bit & self.teacher_free(pair.teacher, pair.venue, shape))
            and any(bit & bits for _, bits in self.extra_load(pair.teacher, shape))
            and self.affordable(candidates, pair.fees)
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
            if placed is not None and self._clash(spot, placed.series):
                cost += weights.clash * people
        teacher, load = spot.pair.teacher, self.load[spot.pair.teacher]
        wanted = self.candidates.teachers[teacher].wanted_week
        cost += weights.overwork * (above(load + spot.series.load, wanted) - above(load, wanted))
        return cost - self.coverage_gain(self.candidates.sections[spot.section].near[spot.pair.venue])

    def coverage_gain(self, communities: Iterable[str]) -> int:
        """What it is worth to serve those communities of some that nobody serves yet."""
        return self._weights.uncovered * sum(not self.serving[name] for name in communities)

    # changes

    def place(self, spot: Spot) -> None:
        """Give a spot to its section, which is not placed yet."""
        self.total += self.added_cost(spot)
        self._count(spot, 1)

    def remove(self, index: int) -> Spot:
        """Take a placed section out and say where it was."""
        spot = self._placed(index)
        self._count(spot, -1)
        self.total -= self.added_cost(spot)
        return spot

    def put_back(self, part: Iterable[int], kept: Iterable[Spot], total: int) -> None:
        """Undo what happened to a part: those of its sections that were kept are placed again, the total too."""
        for index in part:
            spot = self.spots[index]
            if spot is not None:
                self._count(spot, -1)
        for spot in kept:
            self._count(spot, 1)
        self.total = total

    def _count(self, spot: Spot, sign: int) -> None:
        index, pair, series = spot.section, spot.pair, spot.series
        candidates = self.candidates.sections[index]
        self.spots[index] = spot if sign > 0 else None
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
        return [(spot.pair.rank, spot.number) if spot is not None else None for spot in self.spots]

    def become(self, state: Encoded) -> None:
        """Take over a plan given as plain numbers; only what differs is moved."""
        changed = [index for index, (new, old) in enumerate(zip(state, self.encoded(), strict=True)) if new != old]
        for index in changed:
            if self.spots[index] is not None:
                self.remove(index)
        for index in changed:
            found = state[index]
            if found is not None:
                self.place(self.decoded(index, found))

    def decoded(self, index: int, found: tuple[int, int]) -> Spot:
        """The spot of a section given by rank and number."""
        rank, number = found
        return self.spot(index, self.candidates.sections[index].pairs[rank], number)

    # the rest of a board (see solver.board.Rest)

    def sessions_on(self, teacher: Teacher, day: int) -> int:
        """How many sessions a teacher gives on a day."""
        return sum(spot.series.days >> day & 1 for spot in self._of_teacher(teacher))

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

    def _clash(self, spot: Spot, series: Series) -> bool:
        shape = self.candidates.sections[spot.section].shape
        return bool(shape.overlapping(series, 0) >> spot.number & 1)

    def _placed(self, index: int) -> Spot:
        spot = self.spots[index]
        assert spot is not None
        return spot
