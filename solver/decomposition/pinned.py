"""Pinned sections are placed before anything else, since every plan must hold them."""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from solver.analysis.plan_index import PlanIndex
from solver.decomposition.feasible_subset import feasible_subset_of
from solver.decomposition.jobs import PartAnswer, order_of, work
from solver.decomposition.resource_shares import Cut, ResourceShares
from solver.decomposition.subproblem import subproblem_of
from solver.problem.term import Section
from solver.settings import Settings


def place_pinned_in_parts(
    around: PlanIndex, shares: ResourceShares, cut: Cut, settings: Settings, stop: Callable[[], bool]
) -> tuple[PlanIndex, PartAnswer | None]:
    """Place all pinned sections, part by part beside what stands, or if that fails all at once.

    Returns what then stands, and where they cannot be placed the answer that says why.
    """
    quickly = replace(settings, max_rounds=0, workers=1)

    def place(here: PlanIndex, sections: Sequence[Section]) -> PartAnswer:
        subproblem = subproblem_of(here, shares.all_in_reach(here, sections))
        return work(order_of(subproblem, quickly), stop)

    beside = around
    for part in cut:
        missing = [one for one in shares.sections(part) if one.pinned and one.id not in beside.placed]
        answer = place(beside, missing) if missing else None
        if answer is not None and answer.placed is None:
            break
        beside = beside.changed(answer.placed) if answer is not None and answer.placed else beside
    else:
        return beside, None
    term = around.term
    answer = place(PlanIndex(term, {}), [section for section in term.sections if section.pinned])
    if answer.placed is None:
        return around, answer
    return PlanIndex(term, feasible_subset_of(term, {**around.placed, **answer.placed}, rather=answer.placed)), None
