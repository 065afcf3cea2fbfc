"""One search in a process of its own, so that it can be killed; it tells its worker what it finds through a pipe.

This module is imported by the new process, so it knows neither Flask nor the database.
"""

import os
import signal
import threading
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from typing import Literal

import solver
from scheduler.solving.documents import unpack_plan, unpack_term
from scheduler.solving.progress import Improvement


@dataclass(frozen=True)
class Order:
    """What to search for: packed documents, the seconds that are left, those already spent."""

    term: bytes
    start: bytes | None
    seconds: float
    elapsed: float
    seed: int


@dataclass(frozen=True)
class Started:
    """The search begins now: the documents are read and the library is loaded."""


@dataclass(frozen=True)
class Ended:
    """The search is over; ``status`` is that of solver.Result."""

    status: Literal["optimal", "feasible", "stopped", "infeasible"]


Message = Improvement | Started | Ended


def run_search(order: Order, pipe: Connection) -> None:
    """Search, and send an Improvement now and then and one Ended at last; a message received means: stop.

    Ends with its whole process group as soon as the worker is gone, so that no search is left behind.
    """
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stop = threading.Event()
    threading.Thread(target=_listen, args=(pipe, stop), daemon=True).start()
    reporter = _Reporter(order, pipe)
    start = None if order.start is None else unpack_plan(order.start)
    settings = solver.Settings(seconds=order.seconds, seed=order.seed)
    result = solver.solve(unpack_term(order.term), settings, observer=reporter, stop=stop.is_set, start=start)
    reporter.conclude(result)
    pipe.send(Ended(result.status))
    pipe.close()


def _listen(pipe: Connection, stop: threading.Event) -> None:
    """Wait for the word to stop, or for the end of the worker."""
    worker = parent_process()
    assert worker is not None
    while True:
        ready = wait([pipe, worker.sentinel])
        if worker.sentinel in ready:
            os.killpg(os.getpgrp(), signal.SIGKILL)
        try:
            pipe.recv()
        except (EOFError, OSError):
            return
        stop.set()
