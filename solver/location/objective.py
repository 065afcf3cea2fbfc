"""What a proposal costs, said in plain Python; `model` says the same to CP-SAT."""

from collections.abc import Mapping
from dataclasses import dataclass

from solver.location.instance import LocationProblem, LocationWeights

Flows = dict[tuple[str, str], int]
"""People by community and place, only where there are some."""


@dataclass(frozen=True)
class LocationCost:
    """The parts of the cost, each with its weight."""

    distance: int
    left_out: int
    sections: int
    unfair: int

    @property
    def total(self) -> int:
        """The sum that is minimised."""
        return self.distance + self.left_out + self.sections + self.unfair


def steps(people: int) -> tuple[int, int, int]:
    """How many of a community's people may be left out at the first, second and third price: half, a quarter, the rest.

    Rounded so that each price begins with the first whole person above the share.
    """
    half, three_quarters = -(-people // 2), -(-3 * people // 4)
    return half, three_quarters - half, people - three_quarters


def prices(weights: LocationWeights) -> tuple[int, int, int]:
    """What a person left out costs within each step; they rise, so that the cost is convex."""
    return weights.left_out, weights.left_out + weights.unfair, weights.left_out + 3 * weights.unfair


def unfairness(people: int, left: int, weights: LocationWeights) -> int:
    """What fairness adds when ``left`` of a community's ``people`` are left out."""
    half, quarter, _rest = steps(people)
    above_half, above_three_quarters = max(0, left - half), max(0, left - half - quarter)
    return weights.unfair * (above_half + 2 * above_three_quarters)


def cost_of(
    instance: LocationProblem, ways: Mapping[tuple[str, str], int], flows: Flows, counts: Mapping[str, int]
) -> LocationCost:
    """The cost of people going to places where so many sections gather."""
    weights = instance.weights
    served: dict[str, int] = {}
    for (community, _place), people in flows.items():
        served[community] = served.get(community, 0) + people
    left = {each.id: each.people - served.get(each.id, 0) for each in instance.communities}
    return LocationCost(
        distance=weights.distance * sum(ways[way] * people for way, people in flows.items()),
        left_out=weights.left_out * sum(left.values()),
        sections=weights.section * sum(counts.values()),
        unfair=sum(unfairness(each.people, left[each.id], weights) for each in instance.communities),
    )
