"""Which placements can help a part of a plan to become cheaper.

A placement can be part of a better plan only if the part would cost less than it does now were every other section of
it to get the placement that is cheapest beside the fixed sections.
"""

from collections.abc import Sequence

from solver.search.construct import limit_of
from solver.search.incumbent import CandidatePlacement, Incumbent
from solver.search.insertion import Insertion, bits_of


def useful_placements(incumbent: Incumbent, part: Sequence[int], most: int) -> list[CandidatePlacement] | None:
    """The placements of the sections of a part that can help, everything else fixed; None where they are too many."""
    total_before = incumbent.total
    before = [incumbent.remove(index) for index in part if incumbent.placements[index] is not None]
    useful = _undercutting(incumbent, part, total_before - incumbent.total, most)
    incumbent.put_back(part, before, total_before)
    return useful


def _undercutting(
    incumbent: Incumbent, part: Sequence[int], cost_now: int, most: int
) -> list[CandidatePlacement] | None:
    """The placements that can help to undercut ``cost_now``, what the part added when it was placed."""
    least = {}
    for index in part:
        candidate = Insertion(incumbent, index).best(limit_of(incumbent, index))
        least[index] = incumbent.added_cost(candidate) if candidate is not None else 0
    slack = cost_now - sum(least.values())
    useful: list[CandidatePlacement] = []
    for index in part:
        for _, pair, series in Insertion(incumbent, index).openings(least[index] + slack):
            if len(useful) + series.bit_count() > most:
                return None
            useful += [incumbent.candidate(index, pair, number) for number in bits_of(series)]
    return useful
