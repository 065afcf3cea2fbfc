"""The workers of a Dask cluster. Needs the extra ``cluster``: ``pip install 'learning-city-scheduler[cluster]'``."""

from concurrent.futures import CancelledError, Future
from importlib.util import find_spec
from time import monotonic
from uuid import uuid4

from distributed import Client, Event, KilledWorker

from solver.decomposition.jobs import PartAnswer, PartOrder, work

CONNECT_SECONDS = 10
POLL_SECONDS = 1.0


class ClusterExecutor:
    """A scheduler at an address and whoever works for it; workers may come and go.

    The scheduler hands the part of a lost worker to another one by itself, until several have died of it.
    """

    losses: tuple[type[BaseException], ...] = (KilledWorker, CancelledError, OSError)

    def __init__(self, address: str) -> None:
        self._client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        self._executor = self._client.get_executor(pure=False)
        self._hurried = Event(f"hurry-{uuid4()}", client=self._client)
        self._out: list[Future[PartAnswer]] = []

    def knows_solver(self) -> bool:
        """Whether the scheduler, which reads every order on its way, has this package installed."""
        return self._client.run_on_scheduler(find_spec, __name__.split(".")[0]) is not None

    def idle(self) -> int:
        """One part for each worker that is there now, since a search keeps a whole process busy."""
        self._out = [future for future in self._out if not future.done()]
        return len(self._client.nthreads()) - len(self._out)

    def submit(self, order: PartOrder) -> Future[PartAnswer]:
        """Hand a part to the scheduler."""
        future: Future[PartAnswer] = self._executor.submit(_work, order, self._hurried.name)
        self._out.append(future)
        return future

    def request_stop(self) -> None:
        """Set the flag that all workers look at."""
        self._hurried.set()

    def close(self) -> None:
        """Leave the cluster."""
        self.request_stop()
        self._executor.shutdown(wait=False)
        self._client.close()


def _work(order: PartOrder, flag: str) -> PartAnswer:
    return work(order, _Look(Event(flag)).stop_requested)


class _Look:
    """Asks a flag of the cluster, not too often."""

    def __init__(self, flag: Event) -> None:
        self._flag = flag
        self._next = monotonic() + POLL_SECONDS

    def stop_requested(self) -> bool:
        """Whether the flag was set when it was last asked."""
        if monotonic() < self._next:
            return False
        self._next = monotonic() + POLL_SECONDS
        return bool(self._flag.is_set())
