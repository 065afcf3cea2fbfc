"""One window of a course as a model for CP-SAT: everybody in it may be sent anew, all around it stays.

Capacitated facility location with least and largest loads (a variant of the lower-bounded facility location problem),
where a place may hold several sections: the people sent to it fit into its sections when their number lies between
so many times the smallest and so many times the largest class.
"""

from collections import defaultdict
from collections.abc import Mapping

from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr

from solver.location.assignment import ModelWindow, Sent
from solver.location.instance import LocationProblem
from solver.location.objective import prices, steps
from solver.model.cp_sat import Effort, Verdict, minimise_numbers
from solver.model.expression import Expression


class _Model:
    """The variables of a window."""

    def __init__(self, instance: LocationProblem, ways: Mapping[tuple[str, str], int], window: ModelWindow) -> None:
        self.instance, self.ways, self.window = instance, ways, window
        self.model = CpModel()
        places = {place.id: place for place in instance.places}
        self.places = {name: places[name] for name in window.most}
        self.counts = {name: self.model.new_int_var(0, most, "") for name, most in window.most.items()}
        self.flows: dict[tuple[str, str], IntVar] = {
            (community, place): self.model.new_int_var(0, min(people, self._room(place)), "")
            for community, people in window.people.items()
            for place in window.most
            if (community, place) in ways
        }

    def _room(self, place: str) -> int:
        return self.instance.largest(self.places[place]) * self.window.most[place]

    def build(self) -> Expression:
        """Post all rules; the cost is answered."""
        self._sizes()
        self._limits()
        weights = self.instance.weights
        ways = LinearExpr.weighted_sum(
            list(self.flows.values()), [weights.distance * self.ways[way] for way in self.flows]
        )
        return ways + weights.section * sum(self.counts.values()) + self._left_out()

    def _sizes(self) -> None:
        loads: dict[str, list[IntVar]] = {name: [] for name in self.counts}
        for (_community, place), flow in self.flows.items():
            loads[place].append(flow)
        for name, count in self.counts.items():
            largest = self.instance.largest(self.places[name])
            load = sum(loads[name])
            self.model.add(load >= self.instance.minimum * count)
            self.model.add(load <= largest * count)
        for (community, place), flow in self.flows.items():
            most = min(self.window.people[community], self._room(place))
            self.model.add(flow <= most * self.counts[place])  # follows from the sum; the relaxation is better with it

    def _limits(self) -> None:
        limits, counts = self.window.limits, self.counts
        if limits.sections is not None:
            self.model.add(sum(counts.values()) <= limits.sections)
        if limits.money is not None:
            self.model.add(sum(self.places[name].price * count for name, count in counts.items()) <= limits.money)

    def _left_out(self) -> Expression:
        """People left out at rising prices; the window's people are all who are not sent elsewhere."""
        cost: Expression = 0
        sent: defaultdict[str, list[IntVar]] = defaultdict(list)
        for (community, _place), flow in self.flows.items():
            sent[community].append(flow)
        for community, people in self.window.people.items():
            everybody = people + self.window.elsewhere.get(community, 0)
            parts = [self.model.new_int_var(0, size, "") for size in steps(everybody)]
            self.model.add(sum(sent[community]) + sum(parts) == people)
            cost += sum(
                price * part for price, part in zip(prices(self.instance.weights), parts, strict=True)
            )
        return cost


def solve_window(
    instance: LocationProblem,
    ways: Mapping[tuple[str, str], int],
    window: ModelWindow,
    effort: Effort,
    start: Sent | None = None,
) -> Sent:
    """The cheapest way found to send the window's people; ``start`` is a way to begin with."""
    model = _Model(instance, ways, window)
    cost = model.build()
    numbers = [*model.counts.values(), *model.flows.values()]
    hint = [] if start is None else [
        *(start.counts.get(name, 0) for name in model.counts), *(start.flows.get(way, 0) for way in model.flows)
    ]
    verdict, values = minimise_numbers(model.model, cost, numbers, effort, hint)
    if values is None:
        return start or Sent({}, {}, False)
    counts = dict(zip(model.counts, values, strict=False))
    flows = dict(zip(model.flows, values[len(counts) :], strict=True))
    return Sent(
        {way: people for way, people in flows.items() if people},
        {name: count for name, count in counts.items() if count},
        verdict is Verdict.OPTIMAL,
    )
