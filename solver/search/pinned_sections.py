"""Pinned sections have to be placed: where one after the other fails, all of them together decide."""

from enum import Enum

from solver.search.construct import insert_all
from solver.search.incumbent import Incumbent
from solver.stopping import StoppingCriterion

MAX_PLACEMENTS = 30_000
DETERMINISTIC_SECONDS = 60.0


class PinVerdict(Enum):
    """Whether all pinned sections have a place."""

    KEPT = "kept"
    IMPOSSIBLE = "impossible"
    UNDECIDED = "undecided"


def place_pinned(incumbent: Incumbent, seed: int, stopping: StoppingCriterion) -> PinVerdict:
    """Make sure that all pinned sections are placed; others make way if they must, and are then placed anew."""
    sections = incumbent.candidates.sections
    pinned = [section.index for section in sections if section.section.pinned]
    if all(incumbent.placements[index] is not None for index in pinned):
        return PinVerdict.KEPT
    # OR-Tools takes seconds to load: only a search that cannot do without it pays for that
    from solver.model.cp_sat import Effort, Verdict  # noqa: PLC0415
    from solver.search.cp_repair import place_all  # noqa: PLC0415

    before = incumbent.encoded()
    incumbent.restore([None] * len(before))
    verdict = place_all(
        incumbent, pinned, Effort(stopping.left(), DETERMINISTIC_SECONDS, seed), MAX_PLACEMENTS, stopping.reached
    )
    if verdict in (Verdict.OPTIMAL, Verdict.FEASIBLE):
        insert_all(incumbent, [index for index in range(len(before)) if incumbent.placements[index] is None], stopping)
        return PinVerdict.KEPT
    incumbent.restore(before)
    return PinVerdict.IMPOSSIBLE if verdict is Verdict.INFEASIBLE else PinVerdict.UNDECIDED
