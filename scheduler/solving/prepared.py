"""Term documents kept between requests: reading all rows of a county takes a second, a board has to answer at once.

The audit trail records every change of what goes into a document, so that its newest entries tell whether a kept
document is still what the rows say.
"""

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select

import solver
from scheduler.extensions import db
from scheduler.models import AuditEntry, Term
from scheduler.solving.snapshot import published_plan, term_document

MOST_KEPT: Final = 8
IRRELEVANT: Final = (
    "users", "grants", "demand", "demand_sources", "proposal_runs", "proposals", "solve_runs", "placements",
    "plan_changes", "activity_series", "series_sections", "events", "event_items", "event_sections", "scenarios",
    "substitutions",
)
"""Audited tables of which nothing goes into a document of a term; a published plan does not change."""
RECENT: Final = 1000
"""Entries counted beside the newest one: an older number that is committed later is noticed, too."""


@dataclass(frozen=True)
class Prepared:
    """A term's document and the stamp of the rows that it was read from."""

    document: solver.Term
    stamp: Hashable


class Shelf:
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


_documents = Shelf(MOST_KEPT)


def prepared(term: Term) -> Prepared:
    """The term's document as the rows are now, read anew only when something has changed."""
    key, stamp = (str(db.engine.url), term.id), _stamp()
    document = _documents.find(key, stamp)
    if document is None:
        with _documents.making(key):
            document = _documents.find(key, stamp)
            if document is None:
                document = term_document(term, published_plan(term))
                _documents.keep(key, stamp, document)
    return Prepared(document, stamp)


def _stamp() -> Hashable:
    """Changes with every change of a row that goes into documents, and when another database takes the place of one."""
    relevant = AuditEntry.table.not_in(IRRELEVANT)
    latest = select(AuditEntry.id, AuditEntry.at).where(relevant).order_by(AuditEntry.id.desc()).limit(1)
    newest = db.session.execute(latest).first()
    if newest is None:
        return None
    recent = select(func.count()).select_from(AuditEntry).where(relevant, AuditEntry.id > newest.id - RECENT)
    return newest.id, newest.at, db.session.scalar(recent)
