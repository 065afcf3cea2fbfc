"""One search in a process of its own, so that it can be killed; it tells its worker what it finds through a pipe.

This module is imported by the new process, so it knows neither Flask nor the database.
"""

import threading
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection

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
    """The search is over; ``has_plan`` says whether it has a plan, ``reasons`` why sections are left out."""

    has_plan: bool
    status: str
    reasons: dict[str, solver.Reason]


Message = Improvement | Findings | Started | Ended


def run_search(order: SearchOrder, pipe: Connection, stop: solver.StopToken) -> None:
    """Search until time is up or a stop is requested, and send an Improvement now and then and one Ended at last.

    The search begins with the best plan of an earlier attempt, else with the base plan or what still holds of the
    published one.
    """
    reporter = _Reporter(order, pipe)
    threading.Thread(target=reporter.keep_telling, daemon=True).start()
    term = unpack_term(order.term)
    start = solver.Plan(term.previous) if order.start is None else unpack_plan(order.start)
    pipe.send(Started())
    if order.asks:
        _find_out(order, term, start, pipe, stop)
        return
    settings = solver.Settings(seconds=order.seconds, workers=order.workers, seed=order.seed)
    result = solver.solve(term, settings, observer=reporter, stop=stop.requested, start=start, only=order.only)
    reporter.conclude(result)


def _find_out(
    order: SearchOrder, term: solver.Term, plan: solver.Plan, pipe: Connection, stop: solver.StopToken
) -> None:
    """Try what would help a plan, and tell after each trial what has been found."""
    stopping = solver.StoppingCriterion(order.seconds, stop.requested)

    def tell(trials: solver.Trials) -> None:
        pipe.send(Findings(order.elapsed + stopping.elapsed(), to_builtins(trials)))

    solver.marginal_values(term, plan, stopping, heard=tell)
    pipe.send(Ended(has_plan=True, status="", reasons={}))


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

    def keep_telling(self) -> None:
        """Send what was held back, for as long as the process lives."""
        while True:
            time.sleep(self.throttle.pause)
            self.flush()

    def conclude(self, result: solver.Result) -> None:
        """Send the last plan and the end."""
        self.flush(at_once=True)
        has_plan = result.plan is not None or self.order.total is not None
        self.pipe.send(Ended(has_plan, result.status.value, result.reasons))

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
