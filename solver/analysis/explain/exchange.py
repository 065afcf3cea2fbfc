"""A few sections of a plan placed anew all at once, with CP-SAT."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from solver.analysis.explain.moves import occupants
from solver.analysis.explain.study import Study
from solver.model.priced_placement import PricedPlacement
from solver.problem.plan import Placement
from solver.search.insertion import bits_of

LARGEST_PART = 8
MAX_CHANCES = 60
MAX_PLACEMENTS = 250
DETERMINISTIC_SECONDS = 4.0


@dataclass(frozen=True)
class Exchange:
    """The placements of a part that differ from those before, and whether no better choice exists."""

    placements: dict[str, Placement]
    proven: bool


def by_exchange(study: Study, name: str) -> dict[str, Placement] | None:
    """The cheapest placements of a section and the few that stand in its way most, all of them placed."""
    prospects = study.prospects(name)
    blockers: Counter[str] = Counter()
    for chance in islice(prospects.blocked(), MAX_CHANCES):
        blockers.update(occupants(prospects, chance))
    part = [name, *(other for other, _ in blockers.most_common(LARGEST_PART - 1))]
    exchanged = exchange(study, part, required=part) if len(part) > 1 else None
    return exchanged.placements if exchanged is not None else None


def exchange(study: Study, part: Sequence[str], required: Collection[str]) -> Exchange | None:
    """The cheapest placements of a part beside the others, the required ones of it placed; None where none is found.

    For each section its cheapest candidate placements are looked at, and where it is now.
    """
    # OR-Tools takes seconds to load, and most questions are answered without it
    from solver.model.build import choose_cheapest  # noqa: PLC0415
    from solver.model.cp_sat import Effort, Verdict  # noqa: PLC0415

    section, placed = study.term.section, study.plan_index.placed
    offered = [choice for name in part for choice in _offered(study, name, part)]
    placements = [_placement_of(choice) for choice in offered]
    is_now = [placement == placed.get(choice.section.id) for choice, placement in zip(offered, placements, strict=True)]
    answer = choose_cheapest(
        [section[name] for name in part],
        study.plan_index.changed(dict.fromkeys(part)),
        offered,
        Effort(None, DETERMINISTIC_SECONDS),
        hint=[position for position, now in enumerate(is_now) if now],
        required=[section[name] for name in required],
    )
    if answer.verdict not in (Verdict.OPTIMAL, Verdict.FEASIBLE):
        return None
    chosen = {offered[position].section.id: placements[position] for position in answer.chosen}
    moved = {name: placement for name, placement in chosen.items() if placement != placed.get(name)}
    return Exchange(moved, answer.verdict is Verdict.OPTIMAL)


def _placement_of(choice: PricedPlacement) -> Placement:
    return Placement(choice.series.week, choice.series.meetings, choice.room.id, choice.teacher.id)


def _offered(study: Study, member: str, part: Sequence[str]) -> Iterator[PricedPlacement]:
    """Where a member is now, and its cheapest free placements beside those outside the part."""
    prospects = study.prospects(member, dict.fromkeys(part))
    scope, now = prospects.scope, study.plan_index.placed.get(member)
    chances = list(islice(prospects.free(), MAX_PLACEMENTS))
    priced_series = [
        (chance.cost + scope.series_cost[number], rank, number)
        for rank, chance in enumerate(chances)
        for number in bits_of(chance.series)
    ]
    for at, (cost, rank, number) in enumerate(sorted(priced_series)):
        room, teacher = chances[rank].room, chances[rank].teacher
        # where the member is now is offered however dear it is: what has a place must not lose it for want of an offer
        if at < MAX_PLACEMENTS or scope.placement(room, teacher, number) == now:
            yield PricedPlacement(scope.section, scope.patterns.series[number], room, teacher, cost)
