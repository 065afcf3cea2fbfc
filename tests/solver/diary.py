"""An observer for tests."""

from collections.abc import Callable

from solver import Phase, Progress


class Diary:
    """Keeps everything it hears, and does something when it hears of the first plan."""

    def __init__(self, at_first: Callable[[], None] | None = None) -> None:
        self.phases: list[Phase] = []
        self.improvements: list[Progress] = []
        self.bounds: list[int] = []
        self._at_first = at_first

    def entered(self, phase: Phase, seconds: float) -> None:
        self.phases.append(phase)

    def improved(self, progress: Progress) -> None:
        self.improvements.append(progress)
        if self._at_first and len(self.improvements) == 1:
            self._at_first()

    def bounded(self, bound: int, seconds: float) -> None:
        self.bounds.append(bound)
