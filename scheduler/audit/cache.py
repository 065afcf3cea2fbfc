"""Values that take long to work out, kept between requests for as long as the rows they rest on say the same."""

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple, TypeVar

from sqlalchemy import func, select

from scheduler.core.extensions import db
from scheduler.models import AuditEntry

T = TypeVar("T")
RECENT: Final = 1000
"""Entries counted beside the newest one: an older number that is committed later is noticed, too."""
MOST_SINCE: Final = 200
"""Changes after a stamp that are told one by one."""


class Stamp(NamedTuple):
    """How far the audit trail has come: its newest entry, and how many of the recent numbers it has."""

    newest: int
    at: datetime
    recent: int


class AuditCache:
    """A few values kept for this process, the latest used; values of one key are made one at a time."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[Hashable, Any]] = OrderedDict()
        self._making: defaultdict[Hashable, threading.Lock] = defaultdict(threading.Lock)
        self._lock = threading.Lock()

    def find(self, key: Hashable, stamp: Hashable) -> Any | None:
        """What was kept under a key and this stamp, or None."""
        with self._lock:
            found = self._kept.get(key)
            if found is None or found[0] != stamp:
                return None
            self._kept.move_to_end(key)
            return found[1]

    def last(self, key: Hashable) -> tuple[Any, Any] | None:
        """What was kept last under a key, with its stamp."""
        with self._lock:
            return self._kept.get(key)

    def keep(self, key: Hashable, stamp: Hashable, value: Any) -> None:
        """Keep a value in the place of what was kept under the key before."""
        with self._lock:
            self._kept[key] = stamp, value
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._making.pop(self._kept.popitem(last=False)[0], None)

    def making(self, key: Hashable) -> threading.Lock:
        """Held by the one who makes the value of a key; the others wait for it."""
        with self._lock:
            return self._making[key]

    def found_or_made(self, key: Hashable, stamp: Hashable, make: Callable[[], T]) -> T:
        """What was kept under a key and this stamp, else what ``make`` gives, which is kept."""
        found: T | None = self.find(key, stamp)
        if found is None:
            with self.making(key):
                found = self.find(key, stamp)
                if found is None:
                    found = make()
                    self.keep(key, stamp, found)
        return found

    def while_unchanged(self, key: Hashable, irrelevant: Sequence[str], make: Callable[[], T]) -> T:
        """What was made for a key in this database, until an audited table changes that is not irrelevant."""
        return self.found_or_made((str(db.engine.url), key), audit_stamp(irrelevant), make)


def audit_stamp(irrelevant: Sequence[str]) -> Stamp | None:
    """Changes with every change of an audited table but the irrelevant ones, and when another database takes its place.

    Ask for it before reading what is kept under it, so that a change in between makes the value outdated.
    """
    relevant = AuditEntry.table.not_in(irrelevant)
    latest = select(AuditEntry.id, AuditEntry.at).where(relevant).order_by(AuditEntry.id.desc()).limit(1)
    newest = db.session.execute(latest).first()
    if newest is None:
        return None
    recent = select(func.count()).select_from(AuditEntry).where(relevant, AuditEntry.id > newest.id - RECENT)
    return Stamp(newest.id, newest.at, db.session.scalar(recent) or 0)


def entries_since(stamp: Stamp, irrelevant: Sequence[str]) -> Sequence[AuditEntry] | None:
    """What the trail says of changes after a stamp; None where it cannot be told, or where there are many."""
    marked = db.session.get(AuditEntry, stamp.newest)
    if marked is None or marked.at != stamp.at:
        return None  # another database, or the same with other rows
    relevant = AuditEntry.table.not_in(irrelevant)
    known = relevant, AuditEntry.id > stamp.newest - RECENT, AuditEntry.id <= stamp.newest
    if db.session.scalar(select(func.count()).select_from(AuditEntry).where(*known)) != stamp.recent:
        return None  # an older number was committed later
    later = select(AuditEntry).where(relevant, AuditEntry.id > stamp.newest).limit(MOST_SINCE + 1)
    found = db.session.scalars(later).all()
    return found if len(found) <= MOST_SINCE else None
