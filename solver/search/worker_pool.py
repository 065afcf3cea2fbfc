"""Who does the work of a round: the caller's own process, or several processes at once, each on its own sections."""

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from solver.problem.term import Term
from solver.search.candidates import Candidates
from solver.search.incumbent import Encoded
from solver.search.process_guard import end_with_parent
from solver.stopping import POLL_SECONDS, StoppingCriterion

if TYPE_CHECKING:
    from solver.search.compiled.walker import Walker


@dataclass(frozen=True)
class SearchTask:
    """One worker's share of a round: from which plan, which sections it may touch, how warm and how long."""

    plan: Encoded
    own: Sequence[int]
    temperature: float
    steps: int
    seconds: float | None
    seed: int


@dataclass(frozen=True)
class SearchOutcome:
    """Where a shift ended, what that plan costs, and what its neighbourhoods won."""

    plan: Encoded
    total: int
    gains: dict[str, int]


class WorkerPool(Protocol):
    """Works shifts."""

    size: int

    def work(
        self, shifts: Sequence[SearchTask], stopping: StoppingCriterion, meanwhile: Callable[[], None]
    ) -> list[SearchOutcome]:
        """The outcomes of the shifts that were finished before patience ran out; ``meanwhile`` is called once."""

    def close(self) -> None:
        """Send everybody home."""


class InlinePool:
    """The caller's own process, one shift after the other."""

    size = 1

    def __init__(self, candidates: Candidates) -> None:
        self._walker = _walker(candidates)

    def work(
        self, shifts: Sequence[SearchTask], stopping: StoppingCriterion, meanwhile: Callable[[], None]
    ) -> list[SearchOutcome]:
        """Work every shift; patience that runs out shortens it."""
        meanwhile()
        return [_worked(self._walker, shift, stopping.at_most(shift.seconds)) for shift in shifts]

    def close(self) -> None:
        """Nobody to send home."""


class ProcessPool:
    """Several processes, started once. Where the system can fork, they inherit a walker; else they make their own."""

    def __init__(self, candidates: Candidates, size: int) -> None:
        self.size = size
        fork = "fork" in multiprocessing.get_all_start_methods()
        self._context = multiprocessing.get_context("fork" if fork else "spawn")
        self._source = _walker(candidates) if fork else candidates.term
        self._executor = self._hired()

    def work(
        self, shifts: Sequence[SearchTask], stopping: StoppingCriterion, meanwhile: Callable[[], None]
    ) -> list[SearchOutcome]:
        """Work all shifts at once; those not finished when patience runs out are given up.

        When a process was killed, the shifts are worked again by new ones.
        """
        futures = self._handed_out(shifts)
        meanwhile()
        while True:
            waiting = set(futures)
            while waiting and not stopping.reached():
                waiting = wait(waiting, timeout=POLL_SECONDS).not_done
            try:
                return [future.result() for future in futures if future not in waiting]
            except BrokenExecutor:
                futures = self._handed_out(shifts)

    def close(self) -> None:
        """End the processes; what they were doing ends with their shift."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _handed_out(self, shifts: Sequence[SearchTask]) -> list[Future[SearchOutcome]]:
        try:
            return [self._executor.submit(_work, shift) for shift in shifts]
        except BrokenExecutor:
            self.close()
            self._executor = self._hired()
            return [self._executor.submit(_work, shift) for shift in shifts]

    def _hired(self) -> Executor:
        return ProcessPoolExecutor(self.size, self._context, initializer=_prepare, initargs=(self._source,))


def worker_pool_of(candidates: Candidates, size: int) -> WorkerPool:
    """A team of so many; a process that may have no children works alone."""
    if size == 1 or multiprocessing.current_process().daemon:
        return InlinePool(candidates)
    return ProcessPool(candidates, size)


def _walker(candidates: Candidates) -> "Walker":
    """A walker with its compiled code loaded, so that no process has to load it which inherits the walker."""
    from solver.search.compiled.walker import Walker  # noqa: PLC0415 - Numba loads for a second, and a check needs none of it

    walker = Walker.of(candidates)
    walker.load()
    return walker


def _worked(walker: "Walker", shift: SearchTask, stopping: StoppingCriterion) -> SearchOutcome:
    """Walk on from the given plan."""
    walker.restore(shift.plan)
    gains = walker.go(shift.own, shift.temperature, shift.steps, stopping, shift.seed)
    return SearchOutcome(walker.plan(), walker.total, gains)


_walkers: list["Walker"] = []
"""The one walker of a worker process; empty in the caller's process."""


def _prepare(source: "Walker | Term") -> None:
    end_with_parent()
    _walkers.append(_walker(Candidates(source)) if isinstance(source, Term) else source)


def _work(shift: SearchTask) -> SearchOutcome:
    return _worked(_walkers[0], shift, StoppingCriterion(shift.seconds))
