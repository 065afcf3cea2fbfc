"""What is handed to a worker and what comes back: a subproblem, and where its free sections go."""

from collections.abc import Callable
from dataclasses import dataclass

from solver.decomposition.subproblem import Subproblem
from solver.problem.plan import Placement, Plan
from solver.problem.reason import Reason
from solver.problem.term import Term
from solver.result import Status
from solver.search.large_neighbourhood import search_large_neighbourhoods
from solver.settings import Settings
from solver.stopping import never


@dataclass(frozen=True)
class PartOrder:
    """A subproblem with the settings of its search; the plan of ``term`` begins with ``start``."""

    term: Term
    start: Plan
    free: frozenset[str]
    settings: Settings


@dataclass(frozen=True)
class PartAnswer:
    """The free sections that are placed, and why the others are not; ``placed`` is None where pins are in the way."""

    placed: dict[str, Placement] | None
    reasons: dict[str, Reason]
    status: Status


def order_of(subproblem: Subproblem, settings: Settings) -> PartOrder:
    """The order to plan a subproblem, beginning with what is placed there now."""
    return PartOrder(subproblem.term, Plan(dict(subproblem.now)), subproblem.free, settings)


def plan_part(order: PartOrder, stop: Callable[[], bool] = never) -> PartAnswer:
    """Plan a subproblem in this process."""
    result = search_large_neighbourhoods(order.term, order.settings, stop=stop, start=order.start)
    placed = None
    if result.plan is not None:
        placed = {name: placement for name, placement in result.plan.placed.items() if name in order.free}
    reasons = {name: reason for name, reason in result.reasons.items() if name in order.free}
    return PartAnswer(placed, reasons, result.status)
