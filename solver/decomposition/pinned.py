"""Pinned sections are placed before anything else, since every plan must hold them."""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from solver.analysis.plan_index import Surroundings
from solver.decomposition.feasible_subset import kept_of
from solver.decomposition.jobs import Answer, order_of, work
from solver.decomposition.resource_shares import Cut, Shares
from solver.decomposition.subterm import scene_of
from solver.problem.term import Section
from solver.settings import Settings


def place_pinned(
    around: Surroundings, shares: Shares, cut: Cut, settings: Settings, stop: Callable[[], bool]
) -> tuple[Surroundings, Answer | None]:
    """Place all pinned sections, part by part beside what stands, or if that fails all at once.

    Returns what then stands, and where they cannot be placed the answer that says why.
    """
    quickly = replace(settings, max_rounds=0, workers=1)

    def place(here: Surroundings, sections: Sequence[Section]) -> Answer:
        scene = scene_of(here, shares.all_in_reach(here, sections))
        return work(order_of(scene, quickly), stop)

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
    answer = place(Surroundings(term, {}), [section for section in term.sections if section.pinned])
    if answer.placed is None:
        return around, answer
    return Surroundings(term, kept_of(term, {**around.placed, **answer.placed}, rather=answer.placed)), None
