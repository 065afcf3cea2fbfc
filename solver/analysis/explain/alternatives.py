"""Why a section is where it is: what another room, teacher or hour would cost, or what it would break."""

from typing import NamedTuple

from msgspec import Struct

from solver.analysis.cost_delta import cost_delta
from solver.analysis.explain.prospects import Prospects
from solver.analysis.explain.scope import union
from solver.analysis.explain.study import Study
from solver.model.cost_model import own_cost
from solver.problem.plan import Placement
from solver.problem.term import Room, Teacher
from solver.problem.violation import Violation

MAX_EACH = 3


class Alternative(Struct, frozen=True):
    """The same section somewhere else."""

    other: str
    """What is different: ``room``, ``teacher`` or ``hours`` alone, or ``anything``."""
    placement: Placement
    cost: int
    """By how much the cost of the plan would rise, weighted; negative where it would fall."""
    violations: tuple[Violation, ...] = ()
    """What would be broken, with the culprits; nothing where the section could go there."""


class _Place(NamedTuple):
    """A room with a teacher at the hours of a numbered series, and what they cost by themselves."""

    cost: int
    room: Room
    teacher: Teacher
    number: int


def alternatives_of(study: Study, name: str, now: Placement) -> list[Alternative]:
    """The cheapest free places, and the cheapest of those that would cost less but are not free."""
    prospects = study.prospects(name)
    plan_index, cost_now = study.plan_index.changed({name: now}), own_cost(study.term, name, now)
    alternatives: list[Alternative] = []
    for other, places in _places(prospects, now).items():
        ranked = sorted(places, key=lambda place: (place.cost, place.room.id, place.teacher.id, place.number))
        free = [place for place in ranked if _is_free(prospects, place)]
        missed = [place for place in ranked if place.cost < cost_now and not _is_free(prospects, place)]
        for place in (*free[:MAX_EACH], *missed[:MAX_EACH]):
            placement = prospects.scope.placement(place.room, place.teacher, place.number)
            change = cost_delta(plan_index, {name: placement})
            alternatives.append(Alternative(other, placement, change.total, change.violations))
    return alternatives


def _is_free(prospects: Prospects, place: _Place) -> bool:
    return not union(prospects.of_pair(place.room, place.teacher)) >> place.number & 1


def _places(prospects: Prospects, now: Placement) -> dict[str, list[_Place]]:
    """The places that differ from the one of today, by what is different."""
    scope = prospects.scope
    room, teacher = scope.term.room[now.room], scope.term.teacher[now.teacher]
    numbers = range(len(scope.patterns.series))
    today = [number for number in numbers if scope.placement(room, teacher, number) == _in_order(now)]

    def place(room: Room, teacher: Teacher, number: int) -> _Place:
        own = scope.room_cost(room) + scope.couple_cost(room, teacher)
        return _Place(own + scope.series_cost[number], room, teacher, number)

    return {
        "room": [place(other, teacher, at) for at in today for other in scope.rooms_around if other is not room],
        "teacher": [place(room, other, at) for at in today for other in scope.choices.teachers if other is not teacher],
        "hours": [place(room, teacher, at) for at in numbers if at not in today],
        "anything": [
            place(chance.room, chance.teacher, prospects.cheapest_number(chance))
            for chance in prospects.free()
            if (chance.room, chance.teacher) != (room, teacher)
        ],
    }


def _in_order(placement: Placement) -> Placement:
    return Placement(placement.week, tuple(sorted(placement.meetings)), placement.room, placement.teacher)
