"""One stage: parts are handed out to a crew as long as there is time, and every answer is brought in when it comes."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from heapq import heapreplace

from msgspec.structs import replace

from solver.decomposition.executors import PartExecutor
from solver.decomposition.jobs import PartAnswer, order_of
from solver.decomposition.subproblem import Subproblem
from solver.settings import Settings
from solver.stopping import POLL_SECONDS, StoppingCriterion

MOST_ATTEMPTS = 3
SHUTDOWN_TIMEOUT = 120.0
"""How long answers are waited for when time is up; a worker looks at the clock and at the flag by itself."""
OVERTIME = 0.5
"""A stage that begins late takes at least this share of all the time that is left."""
LEAST_SHARE = 0.5
"""However late a stage is, a part gets this share of what it would have got had everything gone as planned."""
LEAST_SECONDS = 0.01


@dataclass
class Task:
    """A part to be planned: how large it is, and its scene as things stand when it is asked for."""

    size: int
    subproblem: Callable[[], Subproblem]
    bring_in: Callable[[PartAnswer], bool]
    """Takes an answer over; false where it has become useless and the part must be planned again."""
    attempts: int = 0


@dataclass(frozen=True)
class _Shift:
    """Somebody is busy with a task until the patience is so many seconds old."""

    task: Task
    due: float


class TaskQueue:
    """The tasks of one stage and who is busy with which; ``end`` is in seconds since the patience began."""

    def __init__(
        self, tasks: Iterable[Task], executor: PartExecutor, settings: Settings, stopping: StoppingCriterion, end: float
    ) -> None:
        self._waiting = sorted(tasks, key=lambda task: -task.size)
        self._running: dict[Future[PartAnswer], _Shift] = {}
        self._executor = executor
        self._settings = settings
        self._stopping = stopping
        now = stopping.elapsed()
        self._end = max(end, now + OVERTIME * (settings.seconds - now))
        self._planned = max(1, executor.idle()) * (self._end - now) / max(1, sum(task.size for task in self._waiting))

    def run(self) -> None:
        """Plan all tasks; those for which neither time nor patience is left are given up."""
        given_up = float("inf")
        while (self._waiting or self._running) and self._stopping.elapsed() < given_up:
            if self._stopping.reached():
                self._waiting.clear()
                self._executor.request_stop()
                given_up = min(given_up, self._stopping.elapsed() + SHUTDOWN_TIMEOUT)
            if self._waiting and self._executor.idle() > 0:
                self._hand_out(self._waiting.pop(0))
            self._collect(0 if self._waiting and self._executor.idle() > 0 else POLL_SECONDS)

    def _hand_out(self, task: Task) -> None:
        seconds = self._seconds(task)
        task.attempts += 1
        order = order_of(task.subproblem(), replace(self._settings, seconds=seconds))
        try:
            future = self._executor.submit(order)
        except self._executor.losses:
            self._again(task)
        else:
            self._running[future] = _Shift(task, self._stopping.elapsed() + seconds)

    def _collect(self, timeout: float) -> None:
        for future in wait(self._running, timeout, FIRST_COMPLETED).done:
            task = self._running.pop(future).task
            try:
                useful = task.bring_in(future.result())
            except self._executor.losses:
                useful = False
            if not useful:
                self._again(task)

    def _again(self, task: Task) -> None:
        """Plan a task once more, whose worker is lost or whose answer is of no use."""
        if task.attempts < MOST_ATTEMPTS:
            self._waiting.insert(0, task)

    def _seconds(self, task: Task) -> float:
        """A task's share of the time that all workers have together, but no more than leaves each of them its turn."""
        if self._settings.max_rounds is not None:
            return self._settings.seconds
        now = self._stopping.elapsed()
        span = self._end - now
        busy = sum(max(0.0, min(shift.due, self._end) - now) for shift in self._running.values())
        tracks = self._executor.idle() + len(self._running)
        sizes = [task.size, *(other.size for other in self._waiting)]
        fair = min((tracks * span - busy) / sum(sizes), span / _longest(sizes, tracks))
        return max(LEAST_SECONDS, task.size * max(fair, LEAST_SHARE * self._planned))


def _longest(sizes: Sequence[int], tracks: int) -> int:
    """The load of the busiest of some lanes when each size in turn goes where there is least."""
    loads = [0] * tracks
    for size in sizes:
        heapreplace(loads, loads[0] + size)
    return max(loads)
