"""Ruin and recreate: take a few related sections out, put each back where it adds least, keep what is better.

A worse plan is kept with a chance that falls with the temperature, so that the walk leaves dead ends while it is warm
(Schrimpf and others, 2000, "Record breaking optimization results using the ruin and recreate principle").
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log
from random import Random

from solver.construct import insert
from solver.ledger import Ledger
from solver.neighbourhoods import Neighbourhood, all_neighbourhoods
from solver.patience import Patience

LARGEST_PART = 10
RETRY_UNPLACED = 0.05
"""How often the sections left out are tried along."""


@dataclass
class Tally:
    """What each neighbourhood won, by its name."""

    gains: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, gain: int) -> None:
        """Note that a neighbourhood lowered the total."""
        self.gains[name] = self.gains.get(name, 0) + gain

    def winner(self) -> str:
        """The neighbourhood that won most; empty before any did."""
        return max(self.gains, key=lambda name: self.gains[name], default="")


class Walk:
    """A walk from plan to plan over one ledger."""

    def __init__(self, ledger: Ledger, seed: int) -> None:
        self.ledger = ledger
        self.random = Random(seed)
        self._neighbourhoods = all_neighbourhoods()

    def go(self, own: Sequence[int], temperature: float, steps: int, patience: Patience) -> Tally:
        """Take steps that touch no sections but one's own; patience is asked at every step."""
        tally = Tally()
        mine = set(own)
        for _ in range(steps if own else 0):
            if patience.out():
                break
            neighbourhood = self.random.choice(self._neighbourhoods)
            gain = self._step(neighbourhood, own, mine, temperature)
            if gain > 0:
                tally.add(neighbourhood.name, gain)
        return tally

    def _step(self, neighbourhood: Neighbourhood, own: Sequence[int], mine: set[int], temperature: float) -> int:
        """Make a part anew; by how much the total fell, negative where it rose."""
        ledger, random = self.ledger, self.random
        size = random.randint(2, LARGEST_PART)
        part = neighbourhood.choose(ledger, random.choice(own), size, random)
        part = [index for index in part if index in mine]
        if random.random() < RETRY_UNPLACED:
            part += [index for index in own if ledger.spots[index] is None and index not in part]
        before = ledger.total
        kept = [ledger.remove(index) for index in part if ledger.spots[index] is not None]
        for index in self._order(part):
            insert(ledger, index, random)
        if not self._accepts(ledger.total - before, temperature) or self._drops_a_pin(part):
            ledger.put_back(part, kept, before)
        return before - ledger.total

    def _order(self, part: list[int]) -> list[int]:
        """Any order, or one in which sections that cost much left out tend to come first; pinned ones always do."""
        random, ledger = self.random, self.ledger
        random.shuffle(part)
        if random.random() < 0.5:
            part.sort(key=lambda index: -ledger.unplaced_cost[index] * random.random())
        return sorted(part, key=lambda index: not ledger.candidates.sections[index].section.pinned)

    def _accepts(self, worse: int, temperature: float) -> bool:
        return worse <= 0 or (temperature > 0 and worse < -temperature * log(1 - self.random.random()))

    def _drops_a_pin(self, part: list[int]) -> bool:
        ledger = self.ledger
        return any(ledger.spots[i] is None and ledger.candidates.sections[i].section.pinned for i in part)
