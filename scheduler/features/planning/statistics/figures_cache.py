"""Figures on the pages of statistics, kept until something that they rest on is changed; the audit trail tells."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from scheduler.audit.cache import AuditCache
from scheduler.audit.invalidation import CachedValue
from scheduler.models import Plan
from scheduler.web.access import Scope

T = TypeVar("T")
_cache = AuditCache(CachedValue.PLAN_FIGURES, capacity=64)


def cached_figures(name: Hashable, scope: Scope, plan: Plan, create: Callable[[], T]) -> T:
    """The figures of this name for a plan and scope, worked out by ``create`` where something has changed."""
    return _cache.get_or_create((name, plan.id, plan.version, scope), create)
