"""Term documents kept between requests: reading all rows of a county takes a second, a board has to answer at once.

The audit trail records every change of what goes into a document, so that its newest entries tell whether a kept
document is still what the rows say.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final

import solver
from scheduler.extensions import db
from scheduler.models import Term
from scheduler.shelf import Shelf, audit_stamp
from scheduler.solving.snapshot import published_plan, term_document

MOST_KEPT: Final = 8
IRRELEVANT: Final = (
    "users", "grants", "demand", "demand_sources", "proposal_runs", "proposals", "solve_runs", "placements",
    "plan_changes", "activity_series", "series_sections", "events", "event_items", "event_sections", "scenarios",
    "substitutions",
)
"""Audited tables of which nothing goes into a document of a term; a published plan does not change."""


@dataclass(frozen=True)
class Prepared:
    """A term's document and the stamp of the rows that it was read from."""

    document: solver.Term
    stamp: Hashable


_documents = Shelf(MOST_KEPT)


def is_prepared(term: Term) -> bool:
    """Whether the term's document is at hand."""
    return _documents.find((str(db.engine.url), term.id), audit_stamp(IRRELEVANT)) is not None


def prepared(term: Term) -> Prepared:
    """The term's document as the rows are now, read anew only when something has changed."""
    key, stamp = (str(db.engine.url), term.id), audit_stamp(IRRELEVANT)
    document = _documents.found_or_made(key, stamp, lambda: term_document(term, published_plan(term)))
    return Prepared(document, stamp)
