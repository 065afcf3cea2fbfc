"""Room for a section by moving one or two others: take them out, place the section, place them again.

Of the blocked rooms and teachers the cheapest are looked at, and of those who could make way the ones that free most.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice

from solver.analysis.explain.prospects import Chance, Prospects
from solver.analysis.explain.scope import union
from solver.analysis.explain.study import Study
from solver.model.cost_model import own_cost
from solver.model.rules.budget import Budget
from solver.model.rules.room_overlap import RoomOverlap
from solver.model.rules.teacher_day_load import TeacherDayLoad
from solver.model.rules.teacher_overlap import TeacherOverlap
from solver.model.rules.teacher_week_load import TeacherWeekLoad
from solver.problem.plan import Placement

MOVABLE = frozenset({RoomOverlap.code, TeacherOverlap.code, TeacherDayLoad.code, TeacherWeekLoad.code})
"""The rules that are kept when other sections of a room or teacher go elsewhere."""
MAX_CHANCES = 60
MAX_TRIED = 12
MAX_RIVALS = 6


@dataclass(frozen=True)
class Arrangement:
    """Where a section and those that make way for it go, and what this adds to what they cost by themselves."""

    placements: dict[str, Placement]
    cost: int


@dataclass(frozen=True)
class _Way:
    """A placement of a section that is free once some others are gone."""

    cost: int
    gone: tuple[str, ...]
    placement: Placement


def by_moving(study: Study, name: str) -> Arrangement | None:
    """The cheapest arrangement found in which one section makes way, else one in which two do."""
    chances = list(islice(study.prospects(name).blocked(), MAX_CHANCES))
    for count in (1, 2):
        # pairs of occupants grow with the square of their number: fewer chances keep the effort alike
        ways = list(_ways(study, name, chances[: MAX_CHANCES // count**2], count))
        ways.sort(key=lambda way: (way.cost, way.gone))
        arrangements = [
            arrangement for way in ways[:MAX_TRIED] if (arrangement := _arranged(study, name, way)) is not None
        ]
        if arrangements:
            return min(arrangements, key=lambda arrangement: arrangement.cost)
    return None


def occupants(prospects: Prospects, chance: Chance) -> list[str]:
    """The sections in a room or with a teacher, and where money is short those that cost most; pinned ones aside."""
    plan_index = prospects.plan_index
    names = [*plan_index.in_room.get(chance.room.id, ()), *plan_index.with_teacher.get(chance.teacher.id, ())]
    if Budget.code in chance.codes:
        short = {unit.id for unit, _ in prospects.short_of(chance.room, chance.teacher)}
        names += sorted(plan_index.paid_by(short), key=plan_index.fees)[-MAX_RIVALS:]
    return [name for name in dict.fromkeys(names) if not plan_index.term.section[name].pinned]


def _ways(study: Study, name: str, chances: list[Chance], count: int) -> Iterator[_Way]:
    """For each few sections that could make way the cheapest placement this would free."""
    prospects = study.prospects(name)
    by_gone: dict[tuple[str, ...], list[Chance]] = {}
    for chance in chances:
        for gone in combinations(occupants(prospects, chance), count):
            by_gone.setdefault(gone, []).append(chance)
    for gone, freed in by_gone.items():
        without = study.prospects(name, dict.fromkeys(gone))
        freed_places = []
        for chance in freed:
            free = chance.series & ~union(without.of_pair(chance.room, chance.teacher))
            if free:
                freed_places.append(without.cheapest(Chance(chance.room, chance.teacher, (), free, chance.cost)))
        if freed_places:
            cost, placement = min(freed_places, key=lambda place: place[0])
            yield _Way(cost, gone, placement)


def _arranged(study: Study, name: str, way: _Way) -> Arrangement | None:
    """Place the section, then those that made way, each where it costs least; None where one finds no place."""
    changes: dict[str, Placement | None] = {**dict.fromkeys(way.gone), name: way.placement}
    placements = {name: way.placement}
    cost = way.cost
    for other in way.gone:
        cheapest = study.prospects(other, changes).best()
        if cheapest is None:
            return None
        changes[other] = placements[other] = cheapest[1]
        cost += cheapest[0] - own_cost(study.term, other, study.plan_index.placed[other])
    return Arrangement(placements, cost)
