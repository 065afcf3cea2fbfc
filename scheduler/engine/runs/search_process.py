"""One search in a process of its own, so that it can be killed; it tells its worker what it finds through a pipe.

This module is imported by the new process, so it knows neither Flask nor the database.
"""

import os
import signal
import threading
import time
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait

from msgspec import to_builtins
from msgspec.structs import replace

import solver
from scheduler.engine.documents.codec import pack_plan, unpack_plan, unpack_term
from scheduler.engine.runs.progress import Findings, Improvement, Throttle


@dataclass(frozen=True)
class SearchOrder:
    """What to search for: packed documents, the seconds that are left, those already spent.

    ``total`` is what the best plan of earlier attempts costs; ``only`` names the sections to plan where all others stay
    as ``start`` has them; with ``asks`` it is what would help the plan ``start``.
    """

    term: bytes
    start: bytes | None
    seconds: float
    elapsed: float
    seed: int
    total: int | None
    workers: int = 1
    only: frozenset[str] | None = None
    asks: bool = False


@dataclass(frozen=True)
class Started:
    """The search begins now: the documents are read and the library is loaded."""


@dataclass(frozen=True)
class Ended:
    """The search is over; ``found`` says whether it has a plan, ``reasons`` why sections are left out."""

    found: bool
    status: str
    reasons: dict[str, solver.Reason]


Message = Improvement | Findings | Started | Ended


def run_search(order: SearchOrder, pipe: Connection) -> None:
    """Search, and send an Improvement now and then and one Ended at last; a message received means: stop.

    The search begins with the best plan of an earlier attempt, else with the base plan or what still holds of the
    published one.
    Ends with its whole process group as soon as the worker is gone, so that no search is left behind.
    """
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    reporter = _Reporter(order, pipe)
    stop = threading.Event()
    threading.Thread(target=_listen, args=(pipe, stop, reporter), daemon=True).start()
    term = unpack_term(order.term)
    start = solver.Plan(term.previous) if order.start is None else unpack_plan(order.start)
    pipe.send(Started())
    if order.asks:
        _find_out(order, term, start, pipe, stop)
        return
    settings = solver.Settings(seconds=order.seconds, workers=order.workers, seed=order.seed)
    result = solver.solve(term, settings, observer=reporter, stop=stop.is_set, start=start, only=order.only)
    reporter.conclude(result)


def _find_out(
    order: SearchOrder, term: solver.Term, plan: solver.Plan, pipe: Connection, stop: threading.Event
) -> None:
    """Try what would help a plan, and tell after each trial what has been found."""
    stopping = solver.StoppingCriterion(order.seconds, stop.is_set)

    def tell(trials: solver.Trials) -> None:
        pipe.send(Findings(order.elapsed + stopping.elapsed(), to_builtins(trials)))

    solver.marginal_values(term, plan, stopping, heard=tell)
    pipe.send(Ended(found=True, status="", reasons={}))


class _Reporter:
    """Sends what a solve finds, not more often than the throttle lets through; what is held back is sent soon."""

    def __init__(self, order: SearchOrder, pipe: Connection) -> None:
        self.order = order
        self.pipe = pipe
        self.best = order.total
        self.throttle = Throttle(order.seconds + order.elapsed)
        self.latest: solver.Progress | None = None
        self.waiting: solver.Progress | None = None
        self.lock = threading.Lock()

    def entered(self, phase: solver.Phase, seconds: float) -> None:
        """Phases by themselves are not told."""

    def improved(self, progress: solver.Progress) -> None:
        """Tell of a better plan, at once or soon."""
        with self.lock:
            self.latest = self.waiting = progress
        self.flush()

    def bounded(self, bound: int, seconds: float) -> None:
        """Tell the latest plan again with a better bound, at once or soon."""
        with self.lock:
            if self.latest is not None:
                self.latest = self.waiting = replace(self.latest, bound=bound, seconds=seconds)
        self.flush()

    def flush(self, at_once: bool = False) -> None:
        """Send what waits, if enough time has gone by."""
        with self.lock:
            waiting = self.waiting
            if waiting is not None and (at_once or self.throttle.passes(time.monotonic())):
                self.waiting = None
                self._send(waiting)

    def conclude(self, result: solver.Result) -> None:
        """Send the last plan and the end."""
        self.flush(at_once=True)
        found = result.plan is not None or self.order.total is not None
        self.pipe.send(Ended(found, result.status.value, result.reasons))

    def _send(self, progress: solver.Progress) -> None:
        """A plan worse than the one that an earlier attempt found is no news."""
        if self.best is not None and progress.total > self.best:
            return
        self.best = progress.total
        self.pipe.send(
            Improvement(
                elapsed=self.order.elapsed + progress.seconds,
                total=progress.total,
                bound=progress.bound,
                placed=progress.placed,
                unplaced=progress.unplaced,
                phase=progress.neighbourhood or progress.phase.value,
                plan=pack_plan(progress.plan),
            )
        )


def _listen(pipe: Connection, stop: threading.Event, reporter: _Reporter) -> None:
    """Wait for the word to stop or for the end of the worker, and send what was held back."""
    worker = parent_process()
    assert worker is not None
    while True:
        ready = wait([pipe, worker.sentinel], reporter.throttle.pause)
        if worker.sentinel in ready:
            os.killpg(os.getpgrp(), signal.SIGKILL)
        if pipe in ready:
            pipe.recv()
            stop.set()
        reporter.flush()
