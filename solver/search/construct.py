"""A first plan: the sections with the least choice and the most to lose first, each at its cheapest spot."""

from collections.abc import Iterable
from random import Random

from solver.problem.plan import Plan
from solver.search.incumbent import Ledger
from solver.search.insertion import Insertion
from solver.stopping import Patience

NEVER = 10**15


def adopt(ledger: Ledger, plan: Plan) -> None:
    """Place what a plan places, as far as it keeps the rules; pinned sections first."""
    candidates = ledger.candidates
    known = [name for name in plan.placed if name in candidates.section_number]
    for name in sorted(known, key=lambda name: not candidates.term.section[name].pinned):
        index = candidates.section_number[name]
        found = candidates.find(index, plan.placed[name])
        spot = ledger.spot(index, *found) if found else None
        if spot is not None and ledger.spots[index] is None and ledger.fits(spot):
            ledger.place(spot)


def insert_all(ledger: Ledger, indices: Iterable[int], patience: Patience, random: Random | None = None) -> None:
    """Place what can be placed of some sections, none of them placed yet."""
    for index in sorted(indices, key=lambda index: _turn(ledger, index)):
        if patience.out():
            return
        insert(ledger, index, random)


def insert(ledger: Ledger, index: int, random: Random | None = None) -> None:
    """Place a section where it adds least, if that is better than to leave it out; a pinned one in any case."""
    spot = Insertion(ledger, index).best(below_of(ledger, index), random)
    if spot is not None:
        ledger.place(spot)


def below_of(ledger: Ledger, index: int) -> int:
    """What a placement of a section must add less than."""
    return NEVER if ledger.candidates.sections[index].section.pinned else 0


def _turn(ledger: Ledger, index: int) -> tuple[bool, float]:
    """Pinned sections go first, then those that cost much left out and have few ways to be placed."""
    candidates = ledger.candidates.sections[index]
    ways = len(candidates.pairs) * len(candidates.shape.series)
    return not candidates.section.pinned, -ledger.unplaced_cost[index] / (1 + ways) ** 0.5
