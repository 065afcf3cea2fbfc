"""Which spots can help a part of a plan to become cheaper.

A spot can be part of a better plan only if the part would cost less than it does now were every other section of it to
get the spot that is cheapest beside the rest.
"""

from collections.abc import Sequence

from solver.search.construct import below_of
from solver.search.incumbent import Ledger, Spot
from solver.search.insertion import Insertion, bits_of


def useful_spots(ledger: Ledger, part: Sequence[int], most: int) -> list[Spot] | None:
    """The spots of the sections of a part that can help, everything else fixed; None where they are too many."""
    before = ledger.total
    kept = [ledger.remove(index) for index in part if ledger.spots[index] is not None]
    offered = _below(ledger, part, before - ledger.total, most)
    ledger.put_back(part, kept, before)
    return offered


def _below(ledger: Ledger, part: Sequence[int], worth: int, most: int) -> list[Spot] | None:
    """The spots that can help to undercut ``worth``, what the part added when it was placed."""
    least = {}
    for index in part:
        spot = Insertion(ledger, index).best(below_of(ledger, index))
        least[index] = ledger.added_cost(spot) if spot is not None else 0
    slack = worth - sum(least.values())
    offered: list[Spot] = []
    for index in part:
        for _, pair, found in Insertion(ledger, index).openings(least[index] + slack):
            if len(offered) + found.bit_count() > most:
                return None
            offered += [ledger.spot(index, pair, number) for number in bits_of(found)]
    return offered
