"""Which spots can help a part of a plan to become cheaper.

A spot can be part of a better plan only if the part would cost less than it does now were every other section of it to
get the spot that is cheapest beside the rest.
"""

from collections.abc import Sequence

from solver.search.construct import below_of
from solver.search.incumbent import CandidatePlacement, Incumbent
from solver.search.insertion import Insertion, bits_of


def useful_placements(incumbent: Incumbent, part: Sequence[int], most: int) -> list[CandidatePlacement] | None:
    """The spots of the sections of a part that can help, everything else fixed; None where they are too many."""
    before = incumbent.total
    kept = [incumbent.remove(index) for index in part if incumbent.placements[index] is not None]
    offered = _below(incumbent, part, before - incumbent.total, most)
    incumbent.put_back(part, kept, before)
    return offered


def _below(incumbent: Incumbent, part: Sequence[int], worth: int, most: int) -> list[CandidatePlacement] | None:
    """The spots that can help to undercut ``worth``, what the part added when it was placed."""
    least = {}
    for index in part:
        candidate = Insertion(incumbent, index).best(below_of(incumbent, index))
        least[index] = incumbent.added_cost(candidate) if candidate is not None else 0
    slack = worth - sum(least.values())
    offered: list[CandidatePlacement] = []
    for index in part:
        for _, pair, found in Insertion(incumbent, index).openings(least[index] + slack):
            if len(offered) + found.bit_count() > most:
                return None
            offered += [incumbent.candidate(index, pair, number) for number in bits_of(found)]
    return offered
