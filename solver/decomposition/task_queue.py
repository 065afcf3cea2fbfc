"""One phase of a city's search: parts are handed out while there is time, and answers are taken over as they come."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from heapq import heapreplace

from msgspec.structs import replace

from solver.decomposition.jobs import PartAnswer, PartOrder, order_of
from solver.decomposition.subproblem import Subproblem
from solver.processes.base import Pool
from solver.settings import Settings
from solver.stopping import POLL_SECONDS, StoppingCriterion

MAX_ATTEMPTS = 3
SHUTDOWN_TIMEOUT = 120.0
"""How long answers are waited for when time is up; a worker looks at the clock and at the flag by itself."""
OVERTIME = 0.5
"""A phase that begins late takes at least this share of all the time that is left."""
LEAST_SHARE = 0.5
"""However late a phase is, a part gets this share of what it would have got had everything gone as planned."""
LEAST_SECONDS = 0.01


@dataclass
class Task:
    """A part to be planned: how large it is, and its subproblem as the plan is when it is asked for."""

    size: int
    subproblem: Callable[[], Subproblem]
    bring_in: Callable[[PartAnswer], bool]
    """Takes an answer over; false where it has become useless and the part must be planned again."""
    attempts: int = 0


@dataclass(frozen=True)
class _Running:
    """A task that a worker is busy with, until so many seconds after the search began."""

    task: Task
    due: float


class TaskQueue:
    """The tasks of one phase and those that workers are busy with; ``end`` is in seconds since the search began."""

    def __init__(
        self,
        tasks: Iterable[Task],
        pool: Pool[PartOrder, PartAnswer],
        settings: Settings,
        stopping: StoppingCriterion,
        end: float,
    ) -> None:
        # the largest first: small ones fill the gaps at the end
        self._waiting = sorted(tasks, key=lambda task: -task.size)
        self._running: dict[int, _Running] = {}
        self._pool = pool
        self._settings = settings
        self._stopping = stopping
        now = stopping.elapsed()
        self._end = max(end, now + OVERTIME * (settings.seconds - now))
        self._planned = max(1, pool.idle()) * (self._end - now) / max(1, sum(task.size for task in self._waiting))

    def run(self) -> None:
        """Plan all tasks; those that are not answered soon after time is up or a stop is asked for are given up."""
        given_up = float("inf")
        while (self._waiting or self._running) and self._stopping.elapsed() < given_up:
            if self._stopping.reached():
                self._waiting.clear()
                self._pool.request_stop()
                given_up = min(given_up, self._stopping.elapsed() + SHUTDOWN_TIMEOUT)
            if self._waiting and self._pool.idle() > 0:
                self._hand_out(self._waiting.pop(0))
            self._collect(0 if self._waiting and self._pool.idle() > 0 else POLL_SECONDS)

    def _hand_out(self, task: Task) -> None:
        seconds = self._seconds(task)
        task.attempts += 1
        order = order_of(task.subproblem(), replace(self._settings, seconds=seconds))
        self._running[self._pool.submit(order)] = _Running(task, self._stopping.elapsed() + seconds)

    def _collect(self, timeout: float) -> None:
        """Take over the answers that have come; a task whose worker was lost or whose answer is useless waits again."""
        for finished in self._pool.finished(timeout):
            task = self._running.pop(finished.number).task
            useful = finished.answer is not None and task.bring_in(finished.answer)
            if not useful and task.attempts < MAX_ATTEMPTS:
                self._waiting.insert(0, task)

    def _seconds(self, task: Task) -> float:
        """A task's share of the time that all workers have together, but no more than leaves each of them its turn."""
        if self._settings.max_rounds is not None:
            return self._settings.seconds
        now = self._stopping.elapsed()
        span = self._end - now
        busy = sum(max(0.0, min(running.due, self._end) - now) for running in self._running.values())
        workers = self._pool.idle() + len(self._running)
        sizes = [task.size, *(other.size for other in self._waiting)]
        # Seconds for each section, were all the workers' time left divided among all; but if the sizes do not divide
        # evenly, the worker with the largest load has the whole span for it and no more.
        fair = min((workers * span - busy) / sum(sizes), span / _busiest(sizes, workers))
        return max(LEAST_SECONDS, task.size * max(fair, LEAST_SHARE * self._planned))


def _busiest(sizes: Sequence[int], workers: int) -> int:
    """The load of the busiest worker when each size in turn goes to the one that has least."""
    # a heap: the least load stands first
    loads = [0] * workers
    for size in sizes:
        heapreplace(loads, loads[0] + size)
    return max(loads)
