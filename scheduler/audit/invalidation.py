"""Which cached values a change of each audited table makes outdated: the one place that says so."""

from enum import Enum, auto
from typing import Final


class CachedValue(Enum):
    """What is kept in memory until the audit trail tells of a change that concerns it."""

    TERM_DOCUMENT = auto()
    """A term as the planner reads it; the placements of its published plan are in it and never change."""
    TERM_PROGRESS = auto()
    """What the path of a term counts: its sections, placements, bookings and assignments."""
    PLAN_FIGURES = auto()
    """The figures of a plan on the pages of statistics."""
    PORTAL_OFFERS = auto()
    """What residents find: the placements of published plans, which never change, with their bookings."""


DOCUMENT, PROGRESS, FIGURES, OFFERS = CachedValue
EVERYTHING: Final = frozenset(CachedValue)
NOTHING: Final = frozenset[CachedValue]()

INVALIDATES: Final[dict[str, frozenset[CachedValue]]] = {
    "account_links": NOTHING,
    "activity_series": EVERYTHING - {DOCUMENT, FIGURES},
    "assignments": EVERYTHING - {FIGURES, OFFERS},
    "bookings": EVERYTHING - {FIGURES},
    "budgets": EVERYTHING - {OFFERS},
    "calendar_days": EVERYTHING,
    "change_sets": EVERYTHING - {DOCUMENT, OFFERS},
    "communities": EVERYTHING,
    "course_windows": EVERYTHING - {FIGURES, OFFERS},
    "courses": EVERYTHING,
    "covers": EVERYTHING - {FIGURES},
    "demand": EVERYTHING - {DOCUMENT, PROGRESS, OFFERS},
    "demand_sources": EVERYTHING - {DOCUMENT, FIGURES, OFFERS},
    "event_items": EVERYTHING - {DOCUMENT, FIGURES},
    "event_sections": EVERYTHING - {DOCUMENT, FIGURES},
    "events": EVERYTHING - {DOCUMENT, FIGURES},
    "features": EVERYTHING,
    "grants": NOTHING,
    "imports": NOTHING,
    "jobs": EVERYTHING - {DOCUMENT, FIGURES, OFFERS},
    "pinned_meetings": EVERYTHING - {FIGURES, OFFERS},
    "placements": EVERYTHING - {DOCUMENT, OFFERS},
    "plans": EVERYTHING,
    "proposal_runs": EVERYTHING - {DOCUMENT, FIGURES, OFFERS},
    "proposals": EVERYTHING - {DOCUMENT, FIGURES, OFFERS},
    "room_closures": EVERYTHING,
    "room_windows": EVERYTHING,
    "rooms": EVERYTHING,
    "scenarios": EVERYTHING - {DOCUMENT, FIGURES, OFFERS},
    "second_factors": NOTHING,
    "section_learners": EVERYTHING - {OFFERS},
    "sections": EVERYTHING,
    "series_sections": EVERYTHING - {DOCUMENT, FIGURES},
    "shared_learners": EVERYTHING - {FIGURES, OFFERS},
    "subjects": EVERYTHING,
    "substitutions": EVERYTHING - {DOCUMENT, FIGURES},
    "teacher_absences": EVERYTHING - {FIGURES, OFFERS},
    "teacher_windows": EVERYTHING - {FIGURES, OFFERS},
    "teachers": EVERYTHING,
    "terms": EVERYTHING,
    "units": EVERYTHING,
    "users": NOTHING,
    "venues": EVERYTHING,
}
"""By audited table, each of which has to be named. Naming a value that does not read the table costs little.

The newest change is looked for backwards through the trail, and found soonest where much is named. So a value is
left out only where a table often changes without it, as `placements` on a board or `bookings` when a plan is published.
"""


def tables_without(value: CachedValue) -> list[str]:
    """The audited tables whose changes leave a cached value as it is."""
    return [table for table, outdated in INVALIDATES.items() if value not in outdated]
