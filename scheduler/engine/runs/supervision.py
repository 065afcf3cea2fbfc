"""One claimed job from start to end: its search in a child process, what it finds kept in the database."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import Final, TypeVar

from sqlalchemy.exc import OperationalError

from scheduler.core.extensions import db
from scheduler.core.processes import ChildGroup, StopToken
from scheduler.engine.runs import queue
from scheduler.engine.runs.job_kind import Claim
from scheduler.engine.runs.search_process import Ended, Message, SearchOrder, Started, run_search
from scheduler.models import JobStatus

Written = TypeVar("Written")
HEARTBEAT: Final = 1.0
"""Seconds between two renewals of the lease."""
MAX_WORKERS: Final = 8
SHUTDOWN_TIMEOUT: Final = 30.0
"""Seconds that a search may need to end after its time or after the word to stop, before it is killed."""


@contextmanager
def transaction() -> Iterator[None]:
    """Commit at the end, or roll back; no session and no transaction is left behind, as a search may take long."""
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        db.session.remove()


def search_for(claim: Claim, order: SearchOrder, ending: StopToken) -> None:
    """Search for the time that is left of a job and end it; when ``ending`` is requested, the job is given back."""
    if claim.seconds <= 0:
        with transaction():
            queue.finish(claim)
        return
    supervision = _Supervision(claim, order, ending)
    try:
        supervision.follow()
    finally:
        supervision.kill()


class _Supervision:
    """The child process of one claim and what is known of it."""

    def __init__(self, claim: Claim, order: SearchOrder, ending: StopToken) -> None:
        self.claim = claim
        self.ending = ending
        self.started: float | None = None
        self.stopped: float | None = None
        self.renewed = self.answered = time.monotonic()
        self.pipe, far_end = Pipe(duplex=False)
        self.stop = StopToken()
        order = replace(order, workers=_workers())
        self.search = ChildGroup(f"search-{claim.job_id}", run_search, order, far_end, self.stop)
        far_end.close()

    def follow(self) -> None:
        """Listen to the search until the job is ended, given back or lost to another worker."""
        while not self._over():
            wait([self.pipe, self.search.process.sentinel], HEARTBEAT)

    def kill(self) -> None:
        """End the search with all processes it has started."""
        self.search.kill()
        self.pipe.close()

    def _over(self) -> bool:
        dead = not self.search.process.is_alive()
        if any(self._take(message) for message in _received(self.pipe)):
            return True
        if self.ending.requested():
            self._write(lambda: queue.release(self.claim))
        elif dead:
            self._write(lambda: queue.retry(self.claim, "search_died"))
        elif self._overdue():
            self._write(lambda: queue.finish(self.claim, self._ended_as()))
        else:
            return self._lost()
        return True

    def _take(self, message: Message) -> bool:
        """Keep what the search has told; whether the job is over."""
        if isinstance(message, Started):
            self.started = time.monotonic()
        elif not isinstance(message, Ended):
            return not self._write(lambda: queue.record(self.claim, message))
        elif message.has_plan or self.stopped is not None:
            self._write(lambda: queue.finish(self.claim, self._ended_as(), message))
        else:
            self._write(lambda: queue.fail(self.claim, message.status, message))
        return isinstance(message, Ended)

    def _lost(self) -> bool:
        """Renew the lease when it is time, and pass a request to stop on; whether another worker has the job now."""
        if time.monotonic() - self.renewed < HEARTBEAT:
            return False
        self.renewed = time.monotonic()
        still_claimed, stop = self._write(lambda: queue.renew(self.claim, self._elapsed()))
        if stop and self.stopped is None:
            self.stopped = time.monotonic()
            self.stop.request()
        return not still_claimed

    def _write(self, step: Callable[[], Written]) -> Written:
        """Write to the database; while it does not answer, try again for as long as the job may be ours."""
        while True:
            try:
                with transaction():
                    result = step()
            except OperationalError:
                if time.monotonic() - self.answered > queue.LEASE.total_seconds():
                    raise
                time.sleep(HEARTBEAT)
            else:
                self.answered = time.monotonic()
                return result

    def _elapsed(self) -> float:
        """Seconds of search over all attempts."""
        return self.claim.elapsed + (0.0 if self.started is None else time.monotonic() - self.started)

    def _overdue(self) -> bool:
        """Whether the search should have ended long ago."""
        too_long = self.started is not None and time.monotonic() - self.started > self.claim.seconds + SHUTDOWN_TIMEOUT
        return too_long or (self.stopped is not None and time.monotonic() - self.stopped > SHUTDOWN_TIMEOUT)

    def _ended_as(self) -> JobStatus:
        return JobStatus.FINISHED if self.stopped is None else JobStatus.STOPPED


def _workers() -> int:
    """How many processes one search uses: what SOLVER_WORKERS says, else one for each processor."""
    return int(os.environ.get("SOLVER_WORKERS") or min(os.cpu_count() or 1, MAX_WORKERS))


def _received(pipe: Connection) -> Iterator[Message]:
    """The messages that wait in the pipe."""
    with suppress(EOFError, OSError):
        while pipe.poll():
            yield pipe.recv()
