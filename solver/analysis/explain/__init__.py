"""Why a section is not placed and what would place it; why a placed one is where it is."""

from msgspec import Struct

from solver.analysis.cost_delta import cost_delta
from solver.analysis.explain.alternatives import Alternative, alternatives_of
from solver.analysis.explain.causes import Cause, causes_of
from solver.analysis.explain.offers import Offer, offers_for
from solver.analysis.explain.study import Study
from solver.analysis.plan_index import PlanIndex
from solver.model.cost_model import unplaced_cost
from solver.problem.plan import Id, Placement, Plan
from solver.problem.term import Term

__all__ = ["Alternative", "Cause", "Explanation", "Offer", "explain"]


class Explanation(Struct, frozen=True):
    """All about one section of a plan; what does not apply is empty."""

    section: Id
    placement: Placement | None
    cost: dict[str, int]
    """By how much the section raises each part of the cost of the plan, weighted; of one left out, by being so."""
    causes: list[Cause]
    """Of a section left out: what stands in its way; empty where it has a free place."""
    offers: list[Offer]
    """Of a section left out: what would place it, the least first, each checked."""
    alternatives: list[Alternative]
    """Of a placed section: the best of what it could have instead."""


def explain(term: Term, plan: Plan, section: str) -> Explanation:
    """Explain the place of a section in a plan, or why it has none.

    Everything is found by counting and short searches around the section, the same each time. Raises KeyError for a
    section that the term does not have.
    """
    term.section[section]
    plan_index = PlanIndex(term, plan.placed)
    study = Study(plan_index.changed({section: None}))
    now = plan_index.placed.get(section)
    if now is None:
        cost = {"unplaced": unplaced_cost(term, term.section[section])}
        return Explanation(section, None, cost, causes_of(study, section), offers_for(study, section), [])
    rise = cost_delta(study.plan_index, {section: now}).cost
    cost = {part: amount for part, amount in rise.items() if part != "unplaced"}
    return Explanation(section, now, cost, [], [], alternatives_of(study, section, now))
