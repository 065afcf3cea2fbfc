"""What one section could have beside a plan, and what each possibility breaks."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from solver.analysis.explain.scope import Breaks, Scope, some, union
from solver.analysis.plan_index import PlanIndex
from solver.model.cost_model import BEYOND_ANY_COST
from solver.model.rules.budget import Budget
from solver.model.rules.room_overlap import RoomOverlap
from solver.model.rules.teacher_day_load import TeacherDayLoad
from solver.model.rules.teacher_overlap import TeacherOverlap
from solver.model.rules.teacher_week_load import TeacherWeekLoad
from solver.problem.plan import Placement
from solver.problem.term import Room, Teacher, Unit, Venue, fees_of
from solver.search.insertion import bits_of


@dataclass(frozen=True)
class Chance:
    """A room with a teacher at the series that break just these rules."""

    room: Room
    teacher: Teacher
    codes: tuple[str, ...]
    series: int
    cost: int
    """What room and teacher cost by themselves, weighted, hours aside."""


class Prospects:
    """One section, not placed, beside the other sections of a plan."""

    def __init__(self, scope: Scope, index: PlanIndex) -> None:
        self.scope = scope
        self.plan_index = index
        self._rooms: dict[str, Breaks] = {}
        self._teachers: dict[str, Breaks] = {}
        self._couples: dict[tuple[str, str], Breaks] = {}

    def of_room(self, room: Room) -> Breaks:
        """What stands against a room, the sections in it included."""
        if room.id not in self._rooms:
            taken, patterns = 0, self.scope.patterns
            for name in self.plan_index.in_room.get(room.id, ()):
                taken |= self.plan_index.room_overlap(room, name, patterns)
            self._rooms[room.id] = some({**self.scope.of_room(room), RoomOverlap.code: taken})
        return self._rooms[room.id]

    def of_teacher(self, teacher: Teacher) -> Breaks:
        """What stands against a teacher at any venue: their own hours and how much they have to do."""
        if teacher.id not in self._teachers:
            patterns, plan_index = self.scope.patterns, self.plan_index
            bearable = 0
            for _, bits in patterns.extra_load(plan_index.load(teacher.id), teacher.wanted_week, teacher.max_week):
                bearable |= bits
            breaks = self.scope.of_teacher(teacher)
            breaks[TeacherDayLoad.code] = patterns.on_full_days(plan_index.full_days(teacher))
            breaks[TeacherWeekLoad.code] = patterns.all & ~bearable
            self._teachers[teacher.id] = some(breaks)
        return self._teachers[teacher.id]

    def of_couple(self, venue: Venue, teacher: Teacher) -> Breaks:
        """What stands against a teacher at a venue: the way from home and from their other sections."""
        key = venue.id, teacher.id
        if key not in self._couples:
            taken = 0
            for name in self.plan_index.with_teacher.get(teacher.id, ()):
                taken |= self.plan_index.teacher_overlap(name, venue, self.scope.patterns)
            self._couples[key] = some({**self.scope.of_couple(venue, teacher), TeacherOverlap.code: taken})
        return self._couples[key]

    def of_pair(self, room: Room, teacher: Teacher) -> Breaks:
        """All that stands against a room with a teacher."""
        venue = self.scope.term.venue[room.venue]
        breaks = self.of_room(room) | self.of_teacher(teacher) | self.of_couple(venue, teacher)
        if self.short_of(room, teacher):
            breaks[Budget.code] = self.scope.patterns.all
        return breaks

    def short_of(self, room: Room, teacher: Teacher) -> list[tuple[Unit, int]]:
        """The units that cannot pay for a room with a teacher, and the yuan they lack."""
        term, section = self.scope.term, self.scope.section
        fees = fees_of(section, room, teacher)
        units = [term.unit[name] for name in term.payers(section)] if fees else []
        spent = self.plan_index.spent
        lacking = [(unit, spent[unit.id] + fees - unit.budget) for unit in units if unit.budget is not None]
        return [(unit, yuan) for unit, yuan in lacking if yuan > 0]

    def chances(self, most: int, below: int = BEYOND_ANY_COST) -> Iterator[Chance]:
        """The rooms and teachers around, by the at most so many rules that they break; only what can cost less."""
        teachers = [
            (teacher, *self._bearable(self.of_teacher(teacher), most)) for teacher in self.scope.teachers_around
        ]
        # whatever room and teacher cost, the hours cost at least this on top
        below -= min(self.scope.series_cost, default=0)
        for room in self.scope.rooms_around:
            bearable, faults = self._bearable(self.of_room(room), most)
            room_cost = self.scope.room_cost(room)
            for teacher, also_bearable, more_faults in teachers if bearable and room_cost < below else ():
                if bearable & also_bearable and faults + more_faults <= most:
                    cost = room_cost + self.scope.couple_cost(room, teacher)
                    if cost < below:
                        yield from self._of_pair(room, teacher, most, cost)

    def blocked(self) -> Iterator[Chance]:
        """What is legal for the section alone but breaks rules beside the others, the cheapest first."""
        for room, teacher, legal, cost in self.scope.couples:
            breaks = self.of_pair(room, teacher)
            taken = legal & union(breaks)
            if taken:
                yield Chance(room, teacher, tuple(code for code, bits in breaks.items() if bits & taken), taken, cost)

    def _bearable(self, breaks: Breaks, most: int) -> tuple[int, int]:
        """The series that break at most so many of some rules, and how many of these all series break."""
        everything = self.scope.patterns.all
        bearable = sum(_split(list(breaks.values()), everything, most))
        return bearable, sum(bits == everything for bits in breaks.values())

    def free(self) -> Iterator[Chance]:
        """What breaks no rule at all, the cheapest room and teacher first."""
        for room, teacher, legal, cost in self.scope.couples:
            # what stands against room and teacher is worked out once and mostly decides: only then look at the pair
            free = legal & ~union(self.of_room(room)) & ~union(self.of_teacher(teacher))
            if free and (free := free & ~union(self.of_pair(room, teacher))):
                yield Chance(room, teacher, (), free, cost)

    def best(self) -> tuple[int, Placement] | None:
        """The free placement that costs least by itself, and this cost."""
        least = min(self.scope.series_cost, default=0)
        best = None
        for chance in self.free():
            # chances come in the order of their cost: no later one can be better even at the cheapest hours
            if best is not None and chance.cost + least >= best[0]:
                break
            cheapest = self.cheapest(chance)
            if best is None or cheapest[0] < best[0]:
                best = cheapest
        return best

    def cheapest(self, chance: Chance) -> tuple[int, Placement]:
        """The placement of a chance that costs least by itself, and this cost."""
        number = self.cheapest_number(chance)
        cost = chance.cost + self.scope.series_cost[number]
        return cost, self.scope.placement(chance.room, chance.teacher, number)

    def cheapest_number(self, chance: Chance) -> int:
        """The number of the series of a chance that costs least."""
        return min(bits_of(chance.series), key=self.scope.series_cost.__getitem__)

    def _of_pair(self, room: Room, teacher: Teacher, most: int, cost: int) -> Iterator[Chance]:
        if not self._bearable(self.of_room(room) | self.of_teacher(teacher), most)[0]:
            return
        breaks = self.of_pair(room, teacher)
        by_rank = _split(list(breaks.values()), self.scope.patterns.all, most)
        for rank in range(most + 1):
            for codes in combinations(breaks, rank) if by_rank[rank] else ():
                bits = _all_of(by_rank[rank], [breaks[code] for code in codes])
                if bits:
                    yield Chance(room, teacher, codes, bits, cost)


def _split(sets: list[int], everything: int, most: int) -> list[int]:
    """The members that lie in none of some sets, in exactly one of them, and so on up to ``most``."""
    at_least = [everything] + [0] * (most + 1)
    for members in sets:
        # from the highest count down, so that a set raises the count of its members by one and no more
        for count in range(most + 1, 0, -1):
            at_least[count] |= at_least[count - 1] & members
    return [at_least[count] & ~at_least[count + 1] for count in range(most + 1)]


def _all_of(bits: int, sets: list[int]) -> int:
    for members in sets:
        bits &= members
    return bits
