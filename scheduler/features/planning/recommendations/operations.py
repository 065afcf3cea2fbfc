"""Asking what would help; the answer is the worker's."""

from scheduler.engine.analysis.what_if import request_recommendations
from scheduler.engine.runs.queue import request_stop
from scheduler.models import Plan, RecommendationJob


def ask(plan: Plan, seconds: int, user_id: int) -> RecommendationJob:
    """Queue the question what would help a plan most."""
    return request_recommendations(plan, seconds, user_id)


def stop(job: RecommendationJob) -> None:
    """End a job with what has been found until now."""
    request_stop(job)
