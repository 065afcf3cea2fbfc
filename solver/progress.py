"""What others may hear of a solve while it runs; the solver knows nothing of who listens."""

from enum import Enum
from typing import Protocol

from msgspec import Struct

from solver.problem.plan import Plan


class Phase(Enum):
    """What a solve is busy with."""

    PREPARE = "prepare"
    CONSTRUCT = "construct"
    IMPROVE = "improve"
    FINISH = "finish"


class Progress(Struct, frozen=True):
    """A plan better than all before."""

    phase: Phase
    seconds: float
    total: int
    bound: int
    placed: int
    unplaced: int
    plan: Plan
    neighbourhood: str
    """Which neighbourhood won most since the last report; empty before any did."""


class Observer(Protocol):
    """Listens to a solve, on its thread; whoever implements it answers fast."""

    def entered(self, phase: Phase, seconds: float) -> None:
        """The solve begins a phase."""

    def improved(self, progress: Progress) -> None:
        """The solve found a better plan."""

    def bounded(self, bound: int, seconds: float) -> None:
        """It is proven that no plan costs less than ``bound``, noticeably more than before."""


class Silence:
    """An observer that does nothing."""

    def entered(self, phase: Phase, seconds: float) -> None:
        """Ignore it."""

    def improved(self, progress: Progress) -> None:
        """Ignore it."""

    def bounded(self, bound: int, seconds: float) -> None:
        """Ignore it."""
