"""Prices that make the bound high: the volume algorithm.

Each step tries prices a little way from the best ones so far, along the average of what sections chose in the steps
before: what is used too much on average becomes dearer (Barahona and Anbil, 2000, "The volume algorithm: producing
primal solutions with a subgradient method"). The length of a step is Polyak's (1969), towards the cost of a known plan.
"""

import numpy as np
from numpy.typing import NDArray

from solver.search.lagrangian.relaxation import LagrangianRelaxation
from solver.search.lagrangian.timing import Numbers

Reals = NDArray[np.float64]

FIRST_LENGTH = 0.05
MAX_LENGTH = 2.0
LENGTH_GROWTH = 1.1
LENGTH_DECLINE = 0.66
FAILURES_BEFORE_SHORTER = 5
"""Steps without a gain before they become shorter."""

FIRST_MAX_WEIGHT = 0.1
"""How much the last choices weigh at most in the average; a tenth of it is the least."""
MIN_WEIGHT = 0.001
WEIGHT_FACTOR = 0.67
STEPS_WATCHED = 100
"""After so many steps in which the bound hardly rose, the last choices weigh less from then on."""
STAGNATION_RATIO = 0.001

BUDGET_UNIT = 0.001
"""A budget is counted in thousands of yuan, so that its use is of the size of other uses."""


class Volume:
    """A search for prices: ``best`` is the highest value of the relaxation so far, and ``prices`` give it."""

    def __init__(self, relaxation: LagrangianRelaxation) -> None:
        self.relaxation = relaxation
        self.steps = 0
        self._length, self._failures, self._max_weight = FIRST_LENGTH, 0, FIRST_MAX_WEIGHT
        self.prices = np.zeros(len(relaxation.watched), np.int64)
        layout = relaxation.layout
        self._unit = np.where(relaxation.watched < layout.communities, BUDGET_UNIT, 1.0)
        answer = relaxation.answer(self.prices)
        self.best = self._best_before = answer.value
        self._average: Reals = answer.excess.astype(np.float64) * self._unit
        self._begin_to_watch(answer.fresh)

    @property
    def bound(self) -> int:
        """No plan costs less."""
        # costs are whole numbers: what is above a bound is at least the next one
        return -(-self.best // self.relaxation.scale)

    def step(self, target: int) -> None:
        """Try other prices on the way to a bound of ``target``."""
        self.steps += 1
        tried = self.relaxation.legal(self.prices + self._distance(target) * self._unit * self._average)
        answer = self.relaxation.answer(tried)
        excess = answer.excess.astype(np.float64) * self._unit
        if answer.value > self.best:
            # where the new choices exceed what the average does, the direction still holds, and steps may be longer
            if float((excess * self._average).sum()) >= 0:
                self._length = min(MAX_LENGTH, LENGTH_GROWTH * self._length)
            self.best, self.prices, self._failures = answer.value, tried, 0
        else:
            self._failures += 1
            if self._failures == FAILURES_BEFORE_SHORTER:
                self._length, self._failures = LENGTH_DECLINE * self._length, 0
        change = excess - self._average
        self._average += self._weight(change) * change
        self._begin_to_watch(answer.fresh)
        if self.steps % STEPS_WATCHED == 0:
            self._adapt_weight()

    def _distance(self, target: int) -> float:
        """How far to go: further while the goal is far, less where the average is far from what is offered."""
        moving = self._average[(self.prices > 0) | (self._average > 0)]
        square = float((moving * moving).sum())
        return self._length * max(1, target * self.relaxation.scale - self.best) / square if square else 0.0

    def _weight(self, change: Reals) -> float:
        """The weight of the last choices for which the average comes nearest to what is offered, within limits."""
        square = float((change * change).sum())
        best = -float((change * self._average).sum()) / square if square else 0.0
        return min(max(best, 0.1 * self._max_weight), self._max_weight)

    def _begin_to_watch(self, fresh: Numbers) -> None:
        """Constraints exceeded for the first time begin at a price of 0, as if nobody had used them before."""
        capacity = self.relaxation.limits.capacity[fresh]
        self.relaxation.watch(fresh)
        self.prices = np.concatenate([self.prices, np.zeros(len(fresh), np.int64)])
        self._average = np.concatenate([self._average, -capacity.astype(np.float64)])
        self._unit = np.concatenate([self._unit, np.ones(len(fresh))])

    def _adapt_weight(self) -> None:
        """Let the last choices weigh less where the bound has hardly risen since this was last asked."""
        if self.best - self._best_before < STAGNATION_RATIO * abs(self.best):
            self._max_weight = max(MIN_WEIGHT, WEIGHT_FACTOR * self._max_weight)
        self._best_before = self.best
