"""Who plans the parts: this process, several processes of this machine, or the workers of a Dask cluster.

Each is a ``concurrent.futures.Executor`` behind the same few questions. A worker that is lost takes nothing with it but
the part it was busy with; that part's future raises one of ``losses``, and the part can be handed out again.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from typing import TYPE_CHECKING, Protocol

from solver.decomposition.jobs import PartAnswer, PartOrder, work
from solver.search.process_guard import end_with_parent

if TYPE_CHECKING:
    from multiprocessing.synchronize import Event


class ClusterError(Exception):
    """The cluster cannot be used: nobody answers at its address, or what it takes to speak to it is not installed."""


class PartExecutor(Protocol):
    """Plans parts, several at once."""

    losses: tuple[type[BaseException], ...]
    """What a future raises when its worker is gone, rather than its work wrong."""

    def idle(self) -> int:
        """How many more parts are worth handing out now."""

    def submit(self, order: PartOrder) -> Future[PartAnswer]:
        """Hand a part out."""

    def request_stop(self) -> None:
        """Ask everybody to end with the best found so far."""

    def close(self) -> None:
        """Send everybody home."""


class InlineExecutor:
    """The caller's own process: a part is planned while it is handed out."""

    losses: tuple[type[BaseException], ...] = ()

    def __init__(self, stop: Callable[[], bool]) -> None:
        self._stop = stop

    def idle(self) -> int:
        """Always ready for the next part."""
        return 1

    def submit(self, order: PartOrder) -> Future[PartAnswer]:
        """Plan a part at once."""
        future: Future[PartAnswer] = Future()
        future.set_result(work(order, self._stop))
        return future

    def request_stop(self) -> None:
        """Whoever asks for a stop has been heard already."""

    def close(self) -> None:
        """Nobody to send home."""


class ProcessExecutor:
    """Processes of this machine, each an executor of its own, so that one which dies takes no other with it."""

    losses: tuple[type[BaseException], ...] = (BrokenExecutor,)

    def __init__(self, size: int) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._hurried = self._context.Event()
        self._idle: list[Executor] = [self._hire() for _ in range(size)]

    def idle(self) -> int:
        """One part for each process that has none."""
        return len(self._idle)

    def submit(self, order: PartOrder) -> Future[PartAnswer]:
        """Hand a part to a process that has none."""
        executor = self._idle.pop()
        try:
            future = executor.submit(_work, order)
        except BrokenExecutor:  # it died while it had nothing to do
            executor = self._hire()
            future = executor.submit(_work, order)
        future.add_done_callback(lambda done: self._idle.append(self._next(executor, done)))
        return future

    def request_stop(self) -> None:
        """Set the flag that all processes look at."""
        self._hurried.set()

    def close(self) -> None:
        """End the processes as soon as they have noticed."""
        self.request_stop()
        for executor in self._idle:
            executor.shutdown(wait=False, cancel_futures=True)

    def _hire(self) -> Executor:
        return ProcessPoolExecutor(1, self._context, initializer=_begin, initargs=(self._hurried,))

    def _next(self, executor: Executor, done: Future[PartAnswer]) -> Executor:
        """Who takes the next part: the same process, or a new one where it died."""
        return self._hire() if isinstance(done.exception(), BrokenExecutor) else executor


_flags: list[Event] = []
"""The one flag of a worker process that says that it shall hurry; empty in the caller's process."""


def _begin(stop_requested: Event) -> None:
    end_with_parent()
    _flags.append(stop_requested)


def _work(order: PartOrder) -> PartAnswer:
    return work(order, _flags[0].is_set)


def executor_of(size: int, cluster: str | None, stop: Callable[[], bool]) -> PartExecutor:
    """The workers of a cluster where an address is given, else so many processes.

    A process that may have no children works alone. Raises ClusterError.
    """
    if cluster is not None:
        return _cluster(cluster)
    if size == 1 or multiprocessing.current_process().daemon:
        return InlineExecutor(stop)
    return ProcessExecutor(size)


def _cluster(address: str) -> PartExecutor:
    try:
        from solver.decomposition.cluster import ClusterExecutor  # noqa: PLC0415 - an optional dependency, and slow to load
    except ImportError as error:
        raise ClusterError("install 'learning-city-scheduler[cluster]' to use a cluster") from error
    try:
        cluster = ClusterExecutor(address)
    except (OSError, ValueError) as error:
        raise ClusterError(f"no scheduler answers at {address}: {error}") from error
    if not cluster.knows_solver():
        cluster.close()
        raise ClusterError(f"the scheduler at {address} lacks this package: install it there as on the workers")
    return cluster
