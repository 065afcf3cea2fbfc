"""Pinned sections are placed before anything else, since every plan must hold them."""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from solver.analysis.plan_index import PlanIndex
from solver.decomposition.feasible_subset import feasible_subset_of
from solver.decomposition.jobs import PartAnswer, order_of, plan_part
from solver.decomposition.resource_shares import Cut, ResourceShares
from solver.decomposition.subproblem import subproblem_of
from solver.problem.term import Section
from solver.settings import Settings


def place_pinned_in_parts(
    plan_index: PlanIndex, shares: ResourceShares, cut: Cut, settings: Settings, stop: Callable[[], bool]
) -> tuple[PlanIndex, PartAnswer | None]:
    """Place all pinned sections, part by part beside what is placed already, or if that fails all at once.

    Returns all that is then placed, and where the pins cannot be kept the answer that says why.
    """
    without_rounds = replace(settings, max_rounds=0, workers=1)

    def place(placed: PlanIndex, sections: Sequence[Section]) -> PartAnswer:
        subproblem = subproblem_of(placed, shares.all_in_reach(placed, sections))
        return plan_part(order_of(subproblem, without_rounds), stop)

    beside = plan_index
    for part in cut:
        missing = [section for section in shares.sections(part) if section.pinned and section.id not in beside.placed]
        answer = place(beside, missing) if missing else None
        if answer is not None and answer.placed is None:
            break
        beside = beside.changed(answer.placed) if answer is not None and answer.placed else beside
    else:
        return beside, None
    # One part's pins found no place beside the rest: the pinned sections alone, and then what still fits beside them.
    term = plan_index.term
    answer = place(PlanIndex(term, {}), [section for section in term.sections if section.pinned])
    if answer.placed is None:
        return plan_index, answer
    return PlanIndex(term, feasible_subset_of(term, {**plan_index.placed, **answer.placed}, rather=answer.placed)), None
