"""Workers on this machine: the caller's own process, or several processes beside it."""

import multiprocessing
import signal
import traceback
from collections.abc import Callable
from itertools import count
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Generic

from solver.processes.base import Answer, Finished, Order, Work
from solver.processes.parent_guard import end_with_parent
from solver.processes.stop_token import StopToken

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext


def may_have_children() -> bool:
    """Whether this process may start others: a daemonic one, such as a worker of Dask, may not."""
    return not multiprocessing.current_process().daemon


class InlinePool(Generic[Order, Answer]):
    """The caller's own process: an order is carried out when its answer is asked for."""

    def __init__(self, work: Work[Order, Answer], stop: Callable[[], bool]) -> None:
        self._work = work
        self._stop = stop
        self._numbers = count()
        self._waiting: list[tuple[int, Order]] = []

    def idle(self) -> int:
        """One order at a time."""
        return 0 if self._waiting else 1

    def submit(self, order: Order) -> int:
        """Keep the order until its answer is asked for."""
        number = next(self._numbers)
        self._waiting.append((number, order))
        return number

    def finished(self, timeout: float) -> list[Finished[Answer]]:
        """Carry out what was submitted."""
        waiting, self._waiting = self._waiting, []
        return [Finished(number, self._work(order, self._stop)) for number, order in waiting]

    def request_stop(self) -> None:
        """Whoever asks for a stop is this process, and its work asks the same question."""

    def close(self) -> None:
        """There is no other process to end."""
        self._waiting.clear()


class ProcessPool(Generic[Order, Answer]):
    """Processes of this machine, each at the other end of a pipe of its own, so that one which dies harms no other.

    With ``fork``, where the system can, they inherit the work as it is; else it is sent to them, and must be a function
    of a module or an object that can be pickled.
    """

    def __init__(self, work: Work[Order, Answer], size: int, fork: bool = False) -> None:
        can_fork = "fork" in multiprocessing.get_all_start_methods()
        self._context = multiprocessing.get_context("fork" if fork and can_fork else "spawn")
        self._work = work
        self._stop = StopToken()
        self._numbers = count()
        self._idle = [self._started() for _ in range(size)]
        self._busy: dict[Connection, tuple[int, _Worker]] = {}

    def idle(self) -> int:
        """One order for each process that has none."""
        return len(self._idle)

    def submit(self, order: Order) -> int:
        """Hand an order to a process that has none."""
        worker = self._idle.pop()
        try:
            worker.pipe.send(order)
        except OSError:  # it died while it had nothing to do
            worker = self._replaced(worker)
            worker.pipe.send(order)
        number = next(self._numbers)
        self._busy[worker.pipe] = number, worker
        return number

    def finished(self, timeout: float) -> list[Finished[Answer]]:
        """Collect the answers that have come; a process that died is replaced by a new one."""
        ready = [pipe for pipe in wait(list(self._busy), timeout) if isinstance(pipe, Connection)]
        return [self._collected(*self._busy.pop(pipe)) for pipe in ready]

    def request_stop(self) -> None:
        """Set the flag that all processes look at."""
        self._stop.request()

    def close(self) -> None:
        """Kill the processes, which hold nothing that anybody will ask for, and wait until they have ended."""
        workers = [*self._idle, *(worker for _, worker in self._busy.values())]
        self._idle.clear()
        self._busy.clear()
        for worker in workers:
            worker.process.kill()
        for worker in workers:
            worker.end()

    def _collected(self, number: int, worker: "_Worker") -> Finished[Answer]:
        try:
            answer, error = worker.pipe.recv()
        except (EOFError, OSError):  # it died; nothing, or only a part of its answer, has come
            self._idle.append(self._replaced(worker))
            return Finished(number, None)
        self._idle.append(worker)
        if error is not None:
            raise error
        return Finished(number, answer)

    def _replaced(self, worker: "_Worker") -> "_Worker":
        worker.end()
        return self._started()

    def _started(self) -> "_Worker":
        return _Worker(self._context, self._work, self._stop)


class _Worker:
    """A process and this end of the pipe to it."""

    def __init__(self, context: "BaseContext", work: Work[Order, Answer], stop: StopToken) -> None:
        self.pipe, far_end = context.Pipe()
        # multiprocessing.context types its start methods one by one, and what they have in common without a process
        self.process = context.Process(target=_serve, args=(far_end, work, stop), daemon=True)  # type: ignore[attr-defined]
        self.process.start()
        far_end.close()

    def end(self) -> None:
        """End the process for good and forget it."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _serve(pipe: Connection, work: Work[Order, Answer], stop: StopToken) -> None:
    """The life of a worker process: one order after the other until it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides what it means
    end_with_parent()
    while True:
        order = pipe.recv()
        try:
            pipe.send((work(order, stop.requested), None))
        except Exception as error:  # noqa: BLE001 - whatever it is, the parent raises it again
            error.add_note(f"raised in a worker process:\n{traceback.format_exc()}")
            pipe.send((None, error))
