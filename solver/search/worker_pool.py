"""Who does the work of a round: the caller's own process, or several processes at once, each on a plan of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from solver.problem.term import Term
from solver.processes.local import ProcessPool, may_have_children
from solver.search.candidates import Candidates
from solver.search.incumbent import Encoded
from solver.stopping import POLL_SECONDS, StoppingCriterion


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
    """The plan at which a task ended, what it costs, and what each neighbourhood gained."""

    plan: Encoded
    total: int
    gains: dict[str, int]


class WorkerPool(Protocol):
    """Carries out the tasks of a round."""

    size: int

    def work(
        self, tasks: Sequence[SearchTask], stopping: StoppingCriterion, meanwhile: Callable[[], None]
    ) -> list[SearchOutcome]:
        """The outcomes of the tasks that ended before ``stopping`` was reached; ``meanwhile`` is called once."""

    def close(self) -> None:
        """End all worker processes."""


class SearchWorker:
    """Carries out tasks with a walker of its own, whose compiled code is loaded: a process that inherits it need not.

    Where it cannot be inherited but must be sent, the term is sent, and a walker made of it on arrival.
    """

    def __init__(self, candidates: Candidates) -> None:
        from solver.search.compiled.walker import Walker  # noqa: PLC0415 - Numba loads for a second, and a check needs none of it

        self._term = candidates.term
        self._walker: Walker = Walker.of(candidates)
        self._walker.load()

    def __reduce__(self) -> tuple[Callable[[Term], "SearchWorker"], tuple[Term]]:
        return worker_for, (self._term,)

    def __call__(self, task: SearchTask, stop: Callable[[], bool]) -> SearchOutcome:
        """Walk on from the given plan."""
        self._walker.restore(task.plan)
        stopping = StoppingCriterion(task.seconds, stop)
        gains = self._walker.go(task.own, task.temperature, task.steps, stopping, task.seed)
        return SearchOutcome(self._walker.plan(), self._walker.total, gains)


def worker_for(term: Term) -> SearchWorker:
    """A worker that searches plans of a term."""
    return SearchWorker(Candidates(term))


class InlineSearchPool:
    """The caller's own process, one task after the other."""

    size = 1

    def __init__(self, candidates: Candidates) -> None:
        self._worker = SearchWorker(candidates)

    def work(
        self, tasks: Sequence[SearchTask], stopping: StoppingCriterion, meanwhile: Callable[[], None]
    ) -> list[SearchOutcome]:
        """Carry out every task; each ends early when ``stopping`` is reached."""
        meanwhile()
        return [self._worker(task, stopping.reached) for task in tasks]

    def close(self) -> None:
        """There is no other process to end."""


class ParallelSearchPool:
    """Several processes, started once, that inherit a walker where the system can fork."""

    def __init__(self, candidates: Candidates, size: int) -> None:
        self.size = size
        self._pool: ProcessPool[SearchTask, SearchOutcome] = ProcessPool(SearchWorker(candidates), size, fork=True)

    def work(
        self, tasks: Sequence[SearchTask], stopping: StoppingCriterion, meanwhile: Callable[[], None]
    ) -> list[SearchOutcome]:
        """Carry out all tasks at once; those not finished when ``stopping`` is reached are given up.

        When a process was killed, its task is carried out again by a new one.
        """
        running = {self._pool.submit(task): position for position, task in enumerate(tasks)}
        meanwhile()
        outcomes: dict[int, SearchOutcome] = {}
        while running and not stopping.reached():
            for finished in self._pool.finished(POLL_SECONDS):
                position = running.pop(finished.number)
                if finished.answer is None:
                    running[self._pool.submit(tasks[position])] = position
                else:
                    outcomes[position] = finished.answer
        return [outcomes[position] for position in sorted(outcomes)]

    def close(self) -> None:
        """End the processes with whatever they are busy with."""
        self._pool.close()


def worker_pool_of(candidates: Candidates, size: int) -> WorkerPool:
    """So many workers; one alone works in the caller's process, and so does one that may have no children."""
    if size == 1 or not may_have_children():
        return InlineSearchPool(candidates)
    return ParallelSearchPool(candidates, size)
