"""Term documents kept between requests: reading all rows of a county takes a second, a board has to answer at once.

The audit trail records every change of what goes into a document, so that its newest entries tell whether a
document read before is still what the rows say. Where nothing but pins has changed, only the sections pinned are read.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final

import solver
from scheduler.audit.cache import StampedCache, audit_stamp, entries_since
from scheduler.audit.invalidation import CachedValue
from scheduler.core.extensions import db
from scheduler.domain.plans import published_plan
from scheduler.engine.documents.snapshot import term_document, with_pins
from scheduler.models import Action, AuditEntry, PinnedMeeting, Section, Term

PINS: Final = {"pinned_week", "pinned_room_id", "pinned_teacher_id"}


@dataclass(frozen=True)
class Prepared:
    """A term's document and the stamp of the rows that it was read from."""

    document: solver.Term
    stamp: Hashable


_documents = StampedCache(capacity=8)


def is_prepared(term: Term) -> bool:
    """Whether the term's document is at hand."""
    return _documents.get((str(db.engine.url), term.id), audit_stamp(CachedValue.TERM_DOCUMENT)) is not None


def prepared(term: Term) -> Prepared:
    """The term's document as the rows are now, read anew only when something has changed."""
    key, stamp = (str(db.engine.url), term.id), audit_stamp(CachedValue.TERM_DOCUMENT)
    document = _documents.get_or_create(
        key, stamp, lambda: _with_pins_of_today(key) or term_document(term, published_plan(term))
    )
    return Prepared(document, stamp)


def _with_pins_of_today(key: Hashable) -> solver.Term | None:
    """The document as it was read before, with the pins put on and taken off since; None where more has changed."""
    latest = _documents.latest(key)
    if latest is None or latest[0] is None:
        return None
    stamp, document = latest
    entries = entries_since(stamp, CachedValue.TERM_DOCUMENT)
    if entries is None or not all(_only_pins(entry) for entry in entries):
        return None
    return with_pins(document, {int(entry.row.split("/")[0]) for entry in entries})


def _only_pins(entry: AuditEntry) -> bool:
    if entry.table == PinnedMeeting.__tablename__:
        return True
    return entry.table == Section.__tablename__ and entry.action is Action.UPDATE and set(entry.changes) <= PINS
