"""Workbooks of large plans are written beside the requests: in a thread that tells how far it is.

What is known of it lives in this process alone, and the file in a temporary one that nobody else can open. Whoever
asked fetches it once; a file that nobody has fetched goes with the next that is begun an hour later.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO, Final

from flask import Flask
from flask_babel import force_locale

from scheduler.core.extensions import db

AT_ONCE: Final = 2_000
"""Sections whose workbook a request writes itself: a few seconds."""
KEPT_SECONDS: Final = 3_600
JobKey = tuple[str, int, int, str]
"""Database, plan, user and language."""


@dataclass
class PlanWorkbookJob:
    """A workbook that is being written, or was: ``file`` holds it once it is over, None where that failed."""

    total: int
    done: int = 0
    file: IO[bytes] | None = None
    begun: float = field(default_factory=time.monotonic)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def percent(self) -> int:
        """How much is written."""
        return min(99, 100 * self.done // max(1, self.total))

    def watch(self, done: int) -> None:
        """Note how many sections are written."""
        self.done = done


_jobs: dict[JobKey, PlanWorkbookJob] = {}


def key_of(plan_id: int, user_id: int, language: str) -> JobKey:
    """What names the job of a plan for one user."""
    return str(db.engine.url), plan_id, user_id, language


def of(key: JobKey) -> PlanWorkbookJob | None:
    """The job of a plan, None where there is none."""
    return _jobs.get(key)


def fetched(key: JobKey) -> IO[bytes] | None:
    """The file of a job that is over; it is handed out once."""
    job = _jobs.get(key)
    if job is None or not job.over.is_set():
        return None
    return _jobs.pop(key).file


def begin(app: Flask, key: JobKey, total: int, work: Callable[[PlanWorkbookJob, IO[bytes]], None]) -> None:
    """Write in a thread, unless that is being done already."""
    _forget_old()
    if key in _jobs:
        return
    job = _jobs[key] = PlanWorkbookJob(total)

    def run() -> None:
        file = TemporaryFile()  # noqa: SIM115 - whoever fetches it closes it
        try:
            with app.app_context(), force_locale(key[3]):
                work(job, file)
            job.file = file
        finally:
            if job.file is None:
                file.close()
            job.over.set()

    threading.Thread(target=run, name=f"plan-workbook-{key[1]}", daemon=True).start()


def _forget_old() -> None:
    for key, job in list(_jobs.items()):
        if job.over.is_set() and time.monotonic() - job.begun > KEPT_SECONDS:
            del _jobs[key]
            if job.file is not None:
                job.file.close()
