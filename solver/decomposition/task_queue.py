"""One stage: parts are handed out to a crew as long as there is time, and every answer is brought in when it comes."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from heapq import heapreplace

from msgspec.structs import replace

from solver.decomposition.executors import Crew
from solver.decomposition.jobs import Answer, order_of
from solver.decomposition.subterm import Scene
from solver.settings import Settings
from solver.stopping import POLL_SECONDS, Patience

MOST_ATTEMPTS = 3
GRACE_SECONDS = 120.0
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
    scene: Callable[[], Scene]
    bring_in: Callable[[Answer], bool]
    """Takes an answer over; false where it has become useless and the part must be planned again."""
    attempts: int = 0


@dataclass(frozen=True)
class _Shift:
    """Somebody is busy with a task until the patience is so many seconds old."""

    task: Task
    due: float


class Stage:
    """The tasks of one stage and who is busy with which; ``end`` is in seconds since the patience began."""

    def __init__(self, tasks: Iterable[Task], crew: Crew, settings: Settings, patience: Patience, end: float) -> None:
        self._waiting = sorted(tasks, key=lambda task: -task.size)
        self._running: dict[Future[Answer], _Shift] = {}
        self._crew = crew
        self._settings = settings
        self._patience = patience
        now = patience.elapsed()
        self._end = max(end, now + OVERTIME * (settings.seconds - now))
        self._planned = max(1, crew.idle()) * (self._end - now) / max(1, sum(task.size for task in self._waiting))

    def run(self) -> None:
        """Plan all tasks; those for which neither time nor patience is left are given up."""
        given_up = float("inf")
        while (self._waiting or self._running) and self._patience.elapsed() < given_up:
            if self._patience.out():
                self._waiting.clear()
                self._crew.hurry()
                given_up = min(given_up, self._patience.elapsed() + GRACE_SECONDS)
            if self._waiting and self._crew.idle() > 0:
                self._hand_out(self._waiting.pop(0))
            self._collect(0 if self._waiting and self._crew.idle() > 0 else POLL_SECONDS)

    def _hand_out(self, task: Task) -> None:
        seconds = self._seconds(task)
        task.attempts += 1
        order = order_of(task.scene(), replace(self._settings, seconds=seconds))
        try:
            future = self._crew.submit(order)
        except self._crew.losses:
            self._again(task)
        else:
            self._running[future] = _Shift(task, self._patience.elapsed() + seconds)

    def _collect(self, timeout: float) -> None:
        for future in wait(self._running, timeout, FIRST_COMPLETED).done:
            task = self._running.pop(future).task
            try:
                useful = task.bring_in(future.result())
            except self._crew.losses:
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
        now = self._patience.elapsed()
        span = self._end - now
        busy = sum(max(0.0, min(shift.due, self._end) - now) for shift in self._running.values())
        lanes = self._crew.idle() + len(self._running)
        sizes = [task.size, *(other.size for other in self._waiting)]
        fair = min((lanes * span - busy) / sum(sizes), span / _longest(sizes, lanes))
        return max(LEAST_SECONDS, task.size * max(fair, LEAST_SHARE * self._planned))


def _longest(sizes: Sequence[int], lanes: int) -> int:
    """The load of the busiest of some lanes when each size in turn goes where there is least."""
    loads = [0] * lanes
    for size in sizes:
        heapreplace(loads, loads[0] + size)
    return max(loads)
