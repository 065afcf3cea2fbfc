"""Large workbooks are taken over beside the requests: in a thread that tells how far it is and can be stopped.

All of it is one transaction of that thread, so that whoever looks meanwhile sees nothing of it, and nothing is left of
it when it is stopped or the server ends. What is known of it lives in this process alone: another one would show the
workbook as not yet taken over, which it is.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from flask import Flask
from flask_babel import force_locale

from scheduler.audit.trail import acting_as
from scheduler.core.extensions import db

AT_ONCE: Final = 300
"""Rows that a request takes over itself: about a second."""


class StoppedError(Exception):
    """The user has asked to stop."""


@dataclass
class ImportJob:
    """A workbook that is being taken over, or was: ``taken`` says how many entries once it is over.

    ``problem`` is what refused it, in words.
    """

    total: int
    done: int = 0
    taken: int | None = None
    problem: str = ""
    stop: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def percent(self) -> int:
        """How much is done."""
        return 100 * self.done // max(1, self.total)

    def watch(self, done: int) -> None:
        """Note how many rows are done; raises StoppedError when the user wants no more."""
        self.done = done
        if self.stop.is_set():
            raise StoppedError


_undertakings: dict[tuple[str, int], ImportJob] = {}


def of(import_id: int) -> ImportJob | None:
    """The undertaking of a workbook, None where there is none."""
    return _undertakings.get(_key(import_id))


def ended(import_id: int) -> ImportJob | None:
    """The undertaking that has ended since somebody asked; it is told once."""
    job = of(import_id)
    return _undertakings.pop(_key(import_id)) if job is not None and job.over.is_set() else None


def begin(
    app: Flask, import_id: int, total: int, user_id: int, language: str, work: Callable[[ImportJob], None]
) -> None:
    """Do the work in a thread, as this user and in this language, unless it is being done already."""
    if of(import_id) is not None:
        return
    undertaking = _undertakings[_key(import_id)] = ImportJob(total)

    def run() -> None:
        try:
            with app.app_context(), acting_as(user_id), force_locale(language):
                work(undertaking)
        finally:
            undertaking.over.set()

    threading.Thread(target=run, name=f"workbook-{import_id}", daemon=True).start()


def _key(import_id: int) -> tuple[str, int]:
    return str(db.engine.url), import_id
