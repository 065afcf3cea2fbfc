"""Asking what would help; the answer is the worker's."""

from scheduler.engine.analysis.what_if import request_recommendations
from scheduler.engine.runs.queue import request_stop
from scheduler.models import Plan, SolveRun


def ask(plan: Plan, seconds: int, user_id: int) -> SolveRun:
    """Queue the question what would help a plan most."""
    return request_recommendations(plan, seconds, user_id)


def stop(run: SolveRun) -> None:
    """End a question with what has been found until now."""
    request_stop(run)
