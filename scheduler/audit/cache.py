"""Values that take long to work out, kept between requests for as long as the rows they rest on say the same."""

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple, TypeVar

from sqlalchemy import func, select

from scheduler.audit.invalidation import CachedValue, tables_without
from scheduler.core.extensions import db
from scheduler.models import AuditEntry

T = TypeVar("T")
RECENT: Final = 1000
"""Entries counted beside the newest one: an older number that is committed later is noticed, too."""
MAX_ENTRIES_SINCE: Final = 200
"""Changes after a stamp that are told one by one."""


class AuditStamp(NamedTuple):
    """How far the audit trail has come: its newest entry, and how many of the recent numbers it has."""

    newest: int
    at: datetime
    recent: int


class StampedCache:
    """The values of this process that were used last, each under a key with the stamp of what it was made from.

    Threads that ask for the value of one key at the same time wait for the one that makes it.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._entries: OrderedDict[Hashable, tuple[Hashable, Any]] = OrderedDict()
        self._creation_locks: defaultdict[Hashable, threading.Lock] = defaultdict(threading.Lock)
        self._lock = threading.Lock()

    def get(self, key: Hashable, stamp: Hashable) -> Any | None:
        """The value of a key, None unless it has this stamp."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None or entry[0] != stamp:
                return None
            self._entries.move_to_end(key)
            return entry[1]

    def latest(self, key: Hashable) -> tuple[Any, Any] | None:
        """The stamp and the value of a key, outdated or not; None where there is none."""
        with self._lock:
            return self._entries.get(key)

    def put(self, key: Hashable, stamp: Hashable, value: Any) -> None:
        """Set the value of a key; beyond the capacity, what was used longest ago goes."""
        with self._lock:
            self._entries[key] = stamp, value
            self._entries.move_to_end(key)
            while len(self._entries) > self._capacity:
                self._creation_locks.pop(self._entries.popitem(last=False)[0], None)

    def get_or_create(self, key: Hashable, stamp: Hashable, create: Callable[[], T]) -> T:
        """The value of a key with this stamp, else what ``create`` gives, which is put in its place."""
        value: T | None = self.get(key, stamp)
        if value is None:
            with self._creation_lock(key):
                value = self.get(key, stamp)
                if value is None:
                    value = create()
                    self.put(key, stamp, value)
        return value

    def _creation_lock(self, key: Hashable) -> threading.Lock:
        with self._lock:
            return self._creation_locks[key]


class AuditCache:
    """Values of one kind, each kept until the audit trail tells of a change of a table that they rest on."""

    def __init__(self, kind: CachedValue, capacity: int) -> None:
        self._kind = kind
        self._values = StampedCache(capacity)

    def get_or_create(self, key: Hashable, create: Callable[[], T]) -> T:
        """The value of a key in the present database, made by ``create`` where there is none or it is outdated."""
        return self._values.get_or_create((str(db.engine.url), key), audit_stamp(self._kind), create)


def audit_stamp(kind: CachedValue) -> AuditStamp | None:
    """Changes with every change of a table that the value rests on, and when another database takes its place.

    Ask for it before reading what is kept under it, so that a change in between makes the value outdated.
    """
    relevant = AuditEntry.table.not_in(tables_without(kind))
    latest = select(AuditEntry.id, AuditEntry.at).where(relevant).order_by(AuditEntry.id.desc()).limit(1)
    newest = db.session.execute(latest).first()
    if newest is None:
        return None
    recent = select(func.count()).select_from(AuditEntry).where(relevant, AuditEntry.id > newest.id - RECENT)
    return AuditStamp(newest.id, newest.at, db.session.scalar(recent) or 0)


def entries_since(stamp: AuditStamp, kind: CachedValue) -> Sequence[AuditEntry] | None:
    """The changes after a stamp that make the value outdated; None where they cannot be told, or there are many."""
    marked = db.session.get(AuditEntry, stamp.newest)
    if marked is None or marked.at != stamp.at:
        return None  # another database, or the same with other rows
    relevant = AuditEntry.table.not_in(tables_without(kind))
    before = relevant, AuditEntry.id > stamp.newest - RECENT, AuditEntry.id <= stamp.newest
    if db.session.scalar(select(func.count()).select_from(AuditEntry).where(*before)) != stamp.recent:
        return None  # an older number was committed later
    later = select(AuditEntry).where(relevant, AuditEntry.id > stamp.newest).limit(MAX_ENTRIES_SINCE + 1)
    entries = db.session.scalars(later).all()
    return entries if len(entries) <= MAX_ENTRIES_SINCE else None
