"""The compiled walk as Python sees it."""

from collections.abc import Sequence

import numpy as np

from solver.search.candidates import Candidates
from solver.search.compiled.flatten import tables_of
from solver.search.compiled.layout import NOBODY
from solver.search.compiled.neighbourhoods import NAMES
from solver.search.compiled.state import TOTAL, empty_state
from solver.search.compiled.steps import restore_placements, walk
from solver.search.compiled.tables import Tables
from solver.search.incumbent import Encoded
from solver.stopping import StoppingCriterion

STEPS_AT_ONCE = 100
"""Steps between two looks at the clock: some milliseconds."""


class Walker:
    """Walks from plan to plan of one term. The plan at hand is its own: ``restore`` sets it, ``go`` goes on from it."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._first_pairs = [int(first_pair) for first_pair in tables.sections.first_pair]
        self._state = empty_state(tables)

    @classmethod
    def of(cls, candidates: Candidates) -> "Walker":
        """A walker over the plans of a term."""
        return cls(tables_of(candidates))

    @property
    def total(self) -> int:
        """The cost of the plan at hand."""
        return int(self._state.scores[TOTAL])

    def load(self) -> None:
        """Have the compiled code ready, so that processes made from this one need not load it."""
        self.restore([None] * len(self._first_pairs))
        walk(self._tables, self._state, 0, 0.0, np.zeros(len(NAMES), np.int64))

    def restore(self, plan: Encoded) -> None:
        """Take over a plan, which must be legal."""
        placements = [
            (first_pair + numbers[0], numbers[1]) if numbers is not None else (NOBODY, NOBODY)
            for first_pair, numbers in zip(self._first_pairs, plan, strict=True)
        ]
        restore_placements(self._tables, self._state, np.array(placements, np.int64).reshape(-1, 2))

    def plan(self) -> Encoded:
        """The plan at hand."""
        placements = zip(
            self._first_pairs, self._state.placements.pair.tolist(), self._state.placements.number.tolist(), strict=True
        )
        return [None if pair == NOBODY else (pair - first_pair, number) for first_pair, pair, number in placements]

    def go(
        self, own: Sequence[int], temperature: float, steps: int, stopping: StoppingCriterion, seed: int
    ) -> dict[str, int]:
        """Take so many steps that touch no sections but one's own; what each neighbourhood won, by its name."""
        gains = np.zeros(len(NAMES), np.int64)
        self._state.own[:] = False
        self._state.own[list(own)] = True
        self._state.chance[0] = seed
        steps_left = steps if len(own) else 0
        while steps_left > 0 and not stopping.reached():
            walk(self._tables, self._state, min(steps_left, STEPS_AT_ONCE), temperature, gains)
            steps_left -= STEPS_AT_ONCE
        return {name: int(gain) for name, gain in zip(NAMES, gains, strict=True) if gain > 0}
