"""Whoever writes may have to wait for others who write; whoever only reads never does.

Of the threads that answer requests some are kept for reading: only so many requests may write, or wait to, at a time.
Who waits too long is told so in a sentence, and loses nothing but the moment.
"""

import sqlite3
import threading
from typing import Final

import psycopg
from flask import Flask, current_app, g
from flask.typing import ResponseReturnValue
from flask_login import AnonymousUserMixin
from sqlalchemy.exc import OperationalError, TimeoutError as PoolTimeout
from werkzeug.exceptions import ServiceUnavailable

from scheduler.core.config import THREADS
from scheduler.web.read_only import from_now_on, is_read_only

WRITERS: Final = THREADS * 3 // 4
"""Requests that may write or wait to at a time."""
PAUSE_SECONDS: Final = 1.0
"""How long a request waits for a place among the writers while these get on."""
RETRY_SECONDS: Final = 10


class WritersPlaces:
    """Places for requests that write. Where nobody left one for a while, nobody waits for one either."""

    def __init__(self, places: int) -> None:
        self._free = threading.BoundedSemaphore(places)
        self._stuck = False

    def take(self) -> bool:
        """Take a place; False where none becomes free in time."""
        if self._free.acquire(blocking=False):
            return True
        if not self._stuck and self._free.acquire(timeout=PAUSE_SECONDS):
            return True
        self._stuck = True
        return False

    def leave(self) -> None:
        """Give a place back."""
        self._stuck = False
        self._free.release()


def begin_writing() -> None:
    """What a view marked as ``reads_only`` calls before it changes rows; ServiceUnavailable where too many write."""
    from_now_on(writes=True)
    _take_place()


def _take_place() -> None:
    if is_read_only() or g.get("writers_place", False):
        return
    places: WritersPlaces = current_app.extensions["writers_places"]
    if not places.take():
        from_now_on(writes=False)  # what is read for the page that refuses must not wait either
        raise ServiceUnavailable(retry_after=RETRY_SECONDS)
    g.writers_place = True


def _leave_place(_error: BaseException | None) -> None:
    if g.pop("writers_place", False):
        current_app.extensions["writers_places"].leave()


def _waited_too_long(error: OperationalError) -> bool:
    """Whether the database refused only because others were writing."""
    cause = error.orig
    if isinstance(cause, sqlite3.OperationalError):
        return cause.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    return isinstance(cause, psycopg.errors.LockNotAvailable)


def _tell(error: OperationalError | PoolTimeout) -> ResponseReturnValue:
    """The answer to somebody who waited too long; whatever else is wrong with the database stays an error."""
    if isinstance(error, OperationalError) and not _waited_too_long(error):
        raise error
    from_now_on(writes=False)
    current_app.logger.warning("a request waited too long for the database: %s", error)
    if isinstance(error, PoolTimeout):
        g._login_user = AnonymousUserMixin()  # the page is to be answered without the database
    return current_app.handle_http_exception(ServiceUnavailable(retry_after=RETRY_SECONDS))


def register(app: Flask) -> None:
    """Give the places out; before the database is registered, so that a place is left when its session is over."""
    app.extensions["writers_places"] = WritersPlaces(WRITERS)
    app.before_request(_take_place)
    app.teardown_appcontext(_leave_place)
    app.register_error_handler(OperationalError, _tell)
    app.register_error_handler(PoolTimeout, _tell)
