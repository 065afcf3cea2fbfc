"""A first plan: the sections with the least choice and the most to lose first, each placed where it is cheapest."""

from collections.abc import Iterable
from random import Random

from solver.model.cost_model import BEYOND_ANY_COST
from solver.problem.plan import Plan
from solver.search.incumbent import Incumbent
from solver.search.insertion import Insertion
from solver.stopping import StoppingCriterion


def adopt(incumbent: Incumbent, plan: Plan) -> None:
    """Place what a plan places, as far as it keeps the rules; pinned sections first."""
    candidates = incumbent.candidates
    names = [name for name in plan.placed if name in candidates.section_number]
    for name in sorted(names, key=lambda name: not candidates.term.section[name].pinned):
        index = candidates.section_number[name]
        pair_and_number = candidates.find(index, plan.placed[name])
        candidate = incumbent.candidate(index, *pair_and_number) if pair_and_number else None
        if candidate is not None and incumbent.placements[index] is None and incumbent.fits(candidate):
            incumbent.place(candidate)


def insert_all(
    incumbent: Incumbent, indices: Iterable[int], stopping: StoppingCriterion, random: Random | None = None
) -> None:
    """Place what can be placed of some sections, none of them placed yet."""
    for index in sorted(indices, key=lambda index: _urgency(incumbent, index)):
        if stopping.reached():
            return
        insert(incumbent, index, random)


def insert(incumbent: Incumbent, index: int, random: Random | None = None) -> None:
    """Place a section where it adds least, if that is better than to leave it out; a pinned one in any case."""
    candidate = Insertion(incumbent, index).best(limit_of(incumbent, index), random)
    if candidate is not None:
        incumbent.place(candidate)


def limit_of(incumbent: Incumbent, index: int) -> int:
    """What a placement of a section must add less than."""
    return BEYOND_ANY_COST if incumbent.candidates.sections[index].section.pinned else 0


def _urgency(incumbent: Incumbent, index: int) -> tuple[bool, float]:
    """Pinned sections go first, then those that cost much left out and have few ways to be placed."""
    candidates = incumbent.candidates.sections[index]
    # the root weighs choice less than loss: a section with four times the ways waits as if it cost half as much
    ways = len(candidates.pairs) * len(candidates.patterns.series)
    return not candidates.section.pinned, -candidates.unplaced_cost / (1 + ways) ** 0.5
