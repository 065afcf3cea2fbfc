"""Which of a term's plans a page is about."""

from collections.abc import Sequence

from flask import abort

from scheduler.models import Plan


def plan_among(shown: Sequence[Plan], wanted: int | None) -> Plan | None:
    """The wanted plan, 404 when it is not there; without a wish the newest, None without any."""
    if wanted is None:
        return shown[0] if shown else None
    return next((plan for plan in shown if plan.id == wanted), None) or abort(404)
