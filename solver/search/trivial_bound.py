"""A lower bound of the cost that costs nothing to compute: every section at its very best, as if it were alone."""

from solver.search.candidates import Candidates, SectionCandidates

NEVER = 10**15


def lower_bound(candidates: Candidates) -> int:
    """No plan costs less: each section costs its cheapest placement or what leaving it out costs.

    Clashes are taken as avoided; communities out of reach of every candidate of theirs stay uncovered.
    """
    weights = candidates.term.weights
    total = 0
    reachable: set[str] = set()
    for section in candidates.sections:
        left_out = weights.unplaced * section.section.priority * section.section.size
        alone = cheapest(candidates, section)
        total += min(alone, NEVER if section.section.pinned else left_out) if alone < NEVER else left_out
        reachable.update(name for names in section.near.values() for name in names)
    wanting = {name for section in candidates.term.sections for name in section.learners}
    return total + weights.uncovered * len(wanting - reachable)


def cheapest(candidates: Candidates, section: SectionCandidates) -> int:
    """What the cheapest placement of a section costs by itself, with the overwork it means for a free teacher."""
    least = NEVER
    overwork = candidates.term.weights.overwork
    for pair in section.pairs:
        if pair.cost >= least:
            break
        teacher = candidates.teachers[pair.teacher]
        for extra, bearable in section.patterns.extra_load(0, teacher.wanted_week, teacher.max_week):
            for cost, level in section.levels:
                if pair.legal & bearable & level:
                    least = min(least, pair.cost + overwork * extra + cost)
                    break
    return least
