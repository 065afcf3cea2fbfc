"""Figures of a picture, kept until something that they rest on is changed; the audit trail tells."""

from collections.abc import Callable, Hashable
from typing import Final, TypeVar

from scheduler.audit.cache import AuditCache
from scheduler.models import Plan
from scheduler.web.access import Scope

T = TypeVar("T")
MOST_KEPT: Final = 64
IRRELEVANT: Final = (
    "users",
    "grants",
    "demand_sources",
    "proposal_runs",
    "proposals",
    "solve_runs",
    "scenarios",
    "imports",
    "bookings",
    "assignments",
    "covers",
    "substitutions",
    "activity_series",
    "series_sections",
    "events",
    "event_items",
    "event_sections",
    "teacher_absences",
    "teacher_windows",
    "course_windows",
    "shared_learners",
    "pinned_meetings",
)
"""Audited tables of which nothing goes into these figures."""
_shelf = AuditCache(MOST_KEPT)


def kept(what: Hashable, scope: Scope, plan: Plan, make: Callable[[], T]) -> T:
    """What was worked out before for the same plan and scope, unless something has changed since."""
    return _shelf.while_unchanged((what, plan.id, plan.version, scope), IRRELEVANT, make)
