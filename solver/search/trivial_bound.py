"""A lower bound of the cost that costs nothing to compute: every section at its very best, as if it were alone."""

from solver.model.cost_model import BEYOND_ANY_COST, overwork_cost, uncovered_cost
from solver.search.candidates import Candidates, SectionCandidates


def lower_bound(candidates: Candidates) -> int:
    """No plan costs less: each section costs its cheapest placement or what leaving it out costs.

    Clashes are taken as avoided; communities out of reach of every candidate of theirs stay uncovered.
    """
    term = candidates.term
    total = 0
    reachable: set[str] = set()
    for section in candidates.sections:
        placed = cheapest(candidates, section)
        # a pinned section may not be left out, unless it has no candidate: then there is no plan, and any bound is true
        must_be_placed = section.section.pinned and placed < BEYOND_ANY_COST
        total += placed if must_be_placed else min(placed, section.unplaced_cost)
        reachable.update(name for names in section.reached.values() for name in names)
    return total + uncovered_cost(term, len(term.wanted_by.keys() - reachable))


def cheapest(candidates: Candidates, section: SectionCandidates) -> int:
    """What the cheapest placement of a section costs by itself, with the overwork it means for a free teacher."""
    least = BEYOND_ANY_COST
    for pair in section.pairs:
        # pairs stand in the order of their cost
        if pair.cost >= least:
            break
        teacher = candidates.teachers[pair.teacher]
        for extra, bearable in section.patterns.extra_load(0, teacher.wanted_week, teacher.max_week):
            for cost, level in section.levels:
                if pair.legal & bearable & level:
                    # levels rise: the first that can be had is the cheapest beside this overwork
                    least = min(least, pair.cost + overwork_cost(candidates.term, extra) + cost)
                    break
    return least
