"""What a solve returns."""

from enum import Enum

from msgspec import Struct

from solver.problem.plan import Plan
from solver.problem.reason import Reason


class Status(Enum):
    """How a solve ended."""

    OPTIMAL = "optimal"
    """No plan costs less."""
    FEASIBLE = "feasible"
    """Time was used up."""
    STOPPED = "stopped"
    """It was asked to stop; the plan is the best so far."""
    INFEASIBLE = "infeasible"
    """The pins cannot be kept together; there is no plan."""
    UNDECIDED = "undecided"
    """No plan that keeps the pins was found in time."""


class Result(Struct, frozen=True):
    """The best plan found, with its cost as a plain check adds it up."""

    status: Status
    plan: Plan | None
    total: int | None
    cost: dict[str, int]
    """The weighted cost by part."""
    bound: int
    """No plan costs less than this."""
    seconds: float
    placed: int
    unplaced: int
    reasons: dict[str, Reason]
    """The first reason of each section that is left out; where there is no plan, of each pinned section in the way."""
