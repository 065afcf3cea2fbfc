"""Pinned sections have to be placed: where one after the other fails, all of them together decide."""

from enum import Enum

from solver.search.construct import insert_all
from solver.search.incumbent import Ledger
from solver.stopping import Patience

MOST_SPOTS = 30_000
DETERMINISTIC_SECONDS = 60.0


class PinVerdict(Enum):
    """Whether all pinned sections have a place."""

    KEPT = "kept"
    IMPOSSIBLE = "impossible"
    UNDECIDED = "undecided"


def place_pinned(ledger: Ledger, seed: int, patience: Patience) -> PinVerdict:
    """Make sure that all pinned sections are placed; others make way if they must, and are then placed anew."""
    sections = ledger.candidates.sections
    pinned = [section.index for section in sections if section.section.pinned]
    if all(ledger.spots[index] is not None for index in pinned):
        return PinVerdict.KEPT
    # OR-Tools takes seconds to load: only a search that cannot do without it pays for that
    from solver.model.cp_sat import Effort, Verdict  # noqa: PLC0415
    from solver.search.cp_repair import place_all  # noqa: PLC0415

    before = ledger.encoded()
    ledger.become([None] * len(before))
    verdict = place_all(ledger, pinned, Effort(patience.left(), DETERMINISTIC_SECONDS, seed), MOST_SPOTS, patience.out)
    if verdict in (Verdict.OPTIMAL, Verdict.FEASIBLE):
        insert_all(ledger, [index for index in range(len(before)) if ledger.spots[index] is None], patience)
        return PinVerdict.KEPT
    ledger.become(before)
    return PinVerdict.IMPOSSIBLE if verdict is Verdict.INFEASIBLE else PinVerdict.UNDECIDED
