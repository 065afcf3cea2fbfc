"""The bound at given prices, and what the sections would then use."""

from collections.abc import Generator
from operator import mul
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.search.candidates import Candidates
from solver.search.lagrangian.layout import layout_of, resource_limits_of, rooms_among, teachers_among
from solver.search.lagrangian.offers import FORBIDDEN, OfferBook
from solver.search.lagrangian.pricing import choose_placements, use
from solver.search.lagrangian.supply import Supply
from solver.search.lagrangian.timing import Numbers, Strands, array

MAX_PRICE = 1 << 40
"""No price is higher, so that no sum of the prices that one section pays leaves 64 bits."""
FINEST_SCALE = 1 << 20
"""Prices are whole multiples of one part in so many of a unit of cost; coarser where the costs of a term are huge."""

MAX_CONSTRAINTS = 10_000_000
"""About 50 bytes are kept for each."""


class PricedBound(NamedTuple):
    """What follows from prices."""

    value: int
    """``scale`` times a lower bound of the cost."""
    excess: NDArray[np.int64]
    """What the sections use of each watched constraint beyond what it offers: a subgradient of the value."""
    fresh: Numbers
    """Constraints that they use beyond what these offer, and that are not watched yet."""


class LagrangianRelaxation:
    """A term whose sections compete by prices alone.

    Only watched constraints have prices: from the start budgets and communities, later also those that the choices of
    the sections have exceeded before. ``watched`` holds their numbers (see ``layout``) and grows at its end.
    """

    def __init__(self, candidates: Candidates, offers: OfferBook, strands: Strands) -> None:
        pauses = sorted({0, *(room.turnaround for room in candidates.rooms)})
        self.offers = offers.offers()
        self.timing = strands.timing(pauses)
        self.layout = layout_of(candidates, len(strands.slots()))
        self.limits = resource_limits_of(candidates, self.layout)
        self.scale = self._finest_scale()
        rooms = offers.rooms.menus(array(pauses.index(room.turnaround) for room in candidates.rooms))
        teachers = offers.teachers.menus(np.zeros(len(candidates.teachers), np.int64))
        shared = self.timing, self.layout
        self.rooms = Supply(rooms, self.layout.rooms, 0, *shared, has_days=False)
        self.teachers = Supply(teachers, self.layout.teachers, self.layout.teacher_hours, *shared, has_days=True)
        self.watched = np.arange(self.layout.budgets, self.layout.size)
        self._is_watched = np.zeros(self.layout.size, np.bool_)
        self._is_watched[self.watched] = True
        self._price = np.zeros(self.layout.size, np.int64)
        self._used = np.zeros(self.layout.size, np.int64)
        self.chosen = np.full((len(self.offers.left_out), 2), -1)
        self.value = np.zeros(len(self.offers.left_out), np.int64)
        self._max_price = np.full(self.layout.size, MAX_PRICE)
        # the price of a budget is paid for every yuan of a section: their product must stay below MAX_PRICE too
        self._max_price[self.layout.budgets : self.layout.communities] //= max(1, int(self.offers.fees.max(initial=1)))

    def legal(self, prices: NDArray[np.float64]) -> Numbers:
        """Prices of the watched constraints made whole and brought within their range."""
        most = self._max_price[self.watched]
        return np.minimum(np.maximum(prices, 0), most).astype(np.int64)

    def answer(self, prices: Numbers) -> PricedBound:
        """The bound at whole prices of the watched constraints; exact, whatever they are."""
        self._price[self.watched] = prices
        priced = self.watched[prices > 0]
        self.rooms.renew(self._price, rooms_among(self.layout, priced))
        self.teachers.renew(self._price, teachers_among(self.layout, priced))
        choose_placements(
            *(self.offers, self.scale, self._price, self.layout),
            *(self.rooms.menus, self.rooms.prices, self.rooms.least),
            *(self.teachers.menus, self.teachers.prices, self.teachers.least),
            *(self.chosen, self.value),
        )
        limits = self.limits
        slack, slack_cost = limits.slack[self.watched], limits.slack_cost[self.watched] * self.scale
        offered = limits.capacity[self.watched] + np.where(prices > slack_cost, slack, 0)
        paid = np.flatnonzero(prices)
        capacity_value = _product(prices[paid], offered[paid])
        # where slack costs less than its price, all of it is bought: the bound is the least over all uses of the slack
        bought = np.flatnonzero((prices > slack_cost) & (slack > 0))
        value = sum(self.value.tolist()) - capacity_value + _product(slack_cost[bought], slack[bought])
        # counted in and afterwards out again, which is far less work than to clear all constraints
        self._count(1)
        excess = self._used[self.watched] - offered
        fresh = np.flatnonzero((self._used > limits.capacity) & ~self._is_watched)
        self._count(-1)
        return PricedBound(value, excess, fresh)

    def watch(self, constraints: Numbers) -> None:
        """Let some constraints that have none yet have prices."""
        self._is_watched[constraints] = True
        self.watched = np.concatenate([self.watched, constraints])

    def _count(self, sign: int) -> None:
        use(self.chosen, sign, self.offers, self.timing, self.rooms.menus, self.teachers.menus, self.layout, self._used)

    def _finest_scale(self) -> int:
        offers = self.offers
        possible = offers.left_out[offers.left_out < FORBIDDEN]
        most = max(int(costs.max(initial=1)) for costs in (offers.cost, offers.hour_cost, possible))
        return max(1, min(FINEST_SCALE, MAX_PRICE // most))


def _product(first: Numbers, second: Numbers) -> int:
    """The sum of products, in numbers of any size."""
    return sum(map(mul, first.tolist(), second.tolist()))


def prepare(candidates: Candidates) -> Generator[bool, None, LagrangianRelaxation | None]:
    """Make the relaxation of a term, None where it has too many constraints.

    Yields False often, so that whoever has other things to do can do them.
    """
    strands = Strands()
    offers = OfferBook(candidates, strands)
    for section in candidates.sections:
        offers.add(section)
        yield False
    too_large = layout_of(candidates, len(strands.slots())).size > MAX_CONSTRAINTS
    return None if too_large else LagrangianRelaxation(candidates, offers, strands)
