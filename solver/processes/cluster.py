"""The workers of a Dask cluster. Needs the extra ``cluster``: ``pip install 'learning-city-scheduler[cluster]'``."""

from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from importlib.util import find_spec
from itertools import count
from typing import Generic
from uuid import uuid4

from distributed import Client, Event, KilledWorker

from solver.processes.base import Answer, Finished, Order, Work
from solver.stopping import StoppingCriterion

CONNECT_SECONDS = 10
POLL_SECONDS = 1.0
"""Seconds between two looks of a worker at the flag: each is a question to the scheduler."""
LOSSES = (KilledWorker, CancelledError, OSError)
"""What a future raises when its worker is gone, rather than its work wrong."""


class ClusterPool(Generic[Order, Answer]):
    """A scheduler at an address and whoever works for it; workers may come and go.

    The scheduler hands the order of a lost worker to another one by itself, until several have died of it. ``work`` is
    a function of a module that the workers have installed.
    """

    def __init__(self, work: Work[Order, Answer], address: str) -> None:
        self._work = work
        self._client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        self._executor = self._client.get_executor(pure=False)
        self._stop = Event(f"stop-{uuid4()}", client=self._client)
        self._numbers = count()
        self._busy: dict[Future[Answer], int] = {}

    def knows_solver(self) -> bool:
        """Whether the scheduler, which reads every order on its way, has this package installed."""
        return self._client.run_on_scheduler(find_spec, __name__.split(".")[0]) is not None

    def idle(self) -> int:
        """One order for each worker that is there now, since a search keeps a whole process busy."""
        return len(self._client.nthreads()) - sum(not future.done() for future in self._busy)

    def submit(self, order: Order) -> int:
        """Hand an order to the scheduler."""
        number = next(self._numbers)
        try:
            future: Future[Answer] = self._executor.submit(_serve, self._work, order, self._stop.name)
        except LOSSES as error:
            future = Future()
            future.set_exception(error)
        self._busy[future] = number
        return number

    def finished(self, timeout: float) -> list[Finished[Answer]]:
        """Collect the answers that have come."""
        done = wait(self._busy, timeout, FIRST_COMPLETED).done
        return [Finished(self._busy.pop(future), _answer(future)) for future in done]

    def request_stop(self) -> None:
        """Set the flag that all workers look at."""
        self._stop.set()

    def close(self) -> None:
        """Leave the cluster; its workers are its own, and end what they are busy with as soon as they see the flag."""
        self.request_stop()
        self._executor.shutdown(wait=False)
        self._client.close()


def _answer(future: Future[Answer]) -> Answer | None:
    """What the work answered; None where the worker is lost."""
    try:
        return future.result()
    except LOSSES:
        return None


def _serve(work: Callable[[Order, Callable[[], bool]], Answer], order: Order, flag: str) -> Answer:
    """In a worker of the cluster: carry out an order."""
    return work(order, StoppingCriterion(None, Event(flag).is_set, POLL_SECONDS).reached)
