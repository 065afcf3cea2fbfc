"""A few sections of a plan placed anew all at once, with CP-SAT."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from solver.analysis.explain.moves import occupants
from solver.analysis.explain.scope import Scope
from solver.analysis.explain.study import Study
from solver.problem.plan import Placement
from solver.problem.series import Series
from solver.search.insertion import bits_of

LARGEST_PART = 8
MOST_CHANCES = 60
MOST_PLACEMENTS = 250
DETERMINISTIC_SECONDS = 4.0

PricedPlacement = tuple[Scope, Placement, Series, int]
"""A placement of the section of a scope with its series, and what it costs by itself."""


@dataclass(frozen=True)
class Exchange:
    """The placements of a part that differ from those before, and whether no better choice exists."""

    placements: dict[str, Placement]
    proven: bool


def by_exchange(study: Study, name: str) -> dict[str, Placement] | None:
    """The cheapest placements of a section and the few that stand in its way most, all of them placed."""
    prospects = study.prospects(name)
    blockers: Counter[str] = Counter()
    for chance in islice(prospects.blocked(), MOST_CHANCES):
        blockers.update(occupants(prospects, chance))
    part = [name, *(other for other, _ in blockers.most_common(LARGEST_PART - 1))]
    exchanged = exchange(study, part, required=part) if len(part) > 1 else None
    return exchanged.placements if exchanged is not None else None


def exchange(study: Study, part: Sequence[str], required: Collection[str]) -> Exchange | None:
    """The cheapest placements of a part beside the others, the required ones of it placed; None where none is found.

    For each section its cheapest candidate placements are looked at, and where it is now.
    """
    # OR-Tools takes seconds to load, and most questions are answered without it
    from solver.model.assignment_model import AssignmentModel  # noqa: PLC0415
    from solver.model.build import cost_expressions, post_rules  # noqa: PLC0415
    from solver.model.costs import COUPLED_COSTS  # noqa: PLC0415
    from solver.model.cp_sat import Effort, Verdict, minimise  # noqa: PLC0415
    from solver.model.rules import BETWEEN_SECTIONS  # noqa: PLC0415

    term, placed = study.term, study.around.placed
    board = AssignmentModel(term, [term.section[name] for name in part], study.around.changed(dict.fromkeys(part)))
    placements = [candidate for name in part for candidate in _placements(study, name, part)]
    for scope, placement, series, _ in placements:
        board.add(scope.section, series, term.room[placement.room], term.teacher[placement.teacher])
    post_rules(board, BETWEEN_SECTIONS)
    for name in required:
        board.require(term.section[name])
    alone = board.total(zip(board.options, (cost for *_, cost in placements), strict=True))
    objective = sum(cost_expressions(board, COUPLED_COSTS).values(), alone)
    hint = [at for at, (scope, placement, *_) in enumerate(placements) if placement == placed.get(scope.section.id)]
    literals = [option.literal for option in board.options]
    answer = minimise(board.model, objective, literals, Effort(None, DETERMINISTIC_SECONDS), hint)
    if answer.verdict not in (Verdict.OPTIMAL, Verdict.FEASIBLE):
        return None
    chosen = {placements[at][0].section.id: placements[at][1] for at in answer.chosen}
    moved = {name: placement for name, placement in chosen.items() if placement != placed.get(name)}
    return Exchange(moved, answer.verdict is Verdict.OPTIMAL)


def _placements(study: Study, member: str, part: Sequence[str]) -> Iterator[PricedPlacement]:
    """Where a member is now, and its cheapest free placements beside those outside the part."""
    prospects = study.prospects(member, dict.fromkeys(part))
    scope, now = prospects.scope, study.around.placed.get(member)
    chances = list(islice(prospects.free(), MOST_PLACEMENTS))
    found = [
        (chance.cost + scope.series_cost[number], rank, number)
        for rank, chance in enumerate(chances)
        for number in bits_of(chance.series)
    ]
    for at, (cost, rank, number) in enumerate(sorted(found)):
        placement = scope.placement(chances[rank].room, chances[rank].teacher, number)
        if at < MOST_PLACEMENTS or placement == now:
            yield scope, placement, scope.patterns.series[number], cost
