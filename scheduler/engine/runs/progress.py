"""What a search tells its worker, and when it is worth telling."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Improvement:
    """A better plan or bound: ``elapsed`` in seconds of search, ``plan`` a packed plan document.

    ``phase`` is the code of what improved the plan.
    """

    elapsed: float
    total: int
    bound: int
    placed: int
    unplaced: int
    phase: str = ""
    plan: bytes | None = None


@dataclass(frozen=True)
class Findings:
    """What has been found out of what would help a plan: ``trials`` are the planner's, as JSON can hold them."""

    elapsed: float
    trials: dict[str, Any]


class Throttle:
    """Lets a moment pass between two points, longer in long runs, so that the curve stays small."""

    MAX_POINTS = 300
    MIN_PAUSE = 0.5

    def __init__(self, seconds: float) -> None:
        self.pause = max(self.MIN_PAUSE, seconds / self.MAX_POINTS)
        self._latest: float | None = None

    def passes(self, elapsed: float) -> bool:
        """Whether enough time has gone by since the latest point that passed; the first one always passes."""
        if self._latest is not None and elapsed - self._latest < self.pause:
            return False
        self._latest = elapsed
        return True
