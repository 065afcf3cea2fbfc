"""The bound of a search that goes on: raised a little whenever there is time for it."""

from collections.abc import Callable, Iterator
from time import monotonic

from solver.search.candidates import Candidates
from solver.search.trivial_bound import lower_bound
from solver.stopping import StoppingCriterion

STEPS_WATCHED = 200
SETTLED = 0.0001
"""A bound that rose by less than this part of it in the last STEPS_WATCHED steps has settled."""
TELLING_RISE = 0.001
"""A bound is told again when it rose by this part of it."""
UNLIMITED = 10**9


class Ascent:
    """``bound`` is the highest so far: no plan costs less. It begins with every section by itself.

    Where a section could meet at more hours than were looked at, nothing is known of those: the bound stays 0.
    """

    def __init__(self, candidates: Candidates, stopping: StoppingCriterion, tell: Callable[[int], None]) -> None:
        self.bound = self._told_bound = 0 if candidates.few_of_many else lower_bound(candidates)
        self._candidates, self._stopping, self._tell = candidates, stopping, tell
        self._target = self.bound
        self._work = self._pieces()
        self._settled = candidates.few_of_many

    def rise(self, target: int, seconds: float = UNLIMITED, pieces: int = UNLIMITED) -> None:
        """Work for about so long and at most so many pieces, with the cost of the best plan as a goal."""
        self._target = target
        end = monotonic() + seconds
        for _ in range(pieces):
            if self._settled or self.bound >= target or monotonic() >= end or self._stopping.reached():
                break
            self._settled = next(self._work, True)

    def prove(self, bound: int) -> None:
        """Take over what was proven, and tell of it when it has risen enough since it was told last."""
        if bound > self.bound and not self._candidates.few_of_many:
            self.bound = bound
            if bound - self._told_bound > TELLING_RISE * bound or bound >= self._target:
                self._told_bound = bound
                self._tell(bound)

    def _pieces(self) -> Iterator[bool]:
        """One piece of work after the other until the bound has settled."""
        from solver.search.lagrangian.relaxation import prepare  # noqa: PLC0415 - numba loads for a second
        from solver.search.lagrangian.volume import Volume  # noqa: PLC0415

        relaxation = yield from prepare(self._candidates)
        if relaxation is None:
            return
        volume, before = Volume(relaxation), -1
        while volume.bound - before > SETTLED * before:
            before = volume.bound
            for _ in range(STEPS_WATCHED):
                volume.step(self._target)
                self.prove(volume.bound)
                yield False
