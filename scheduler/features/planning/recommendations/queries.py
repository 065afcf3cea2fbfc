"""Reads plans and the questions that were asked about them."""

from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.models import Plan, RecommendationJob


def latest_job(plan: Plan) -> RecommendationJob | None:
    """The job about a plan that was asked for last."""
    asked = select(RecommendationJob).where(RecommendationJob.asked_plan_id == plan.id)
    return db.session.scalar(asked.order_by(RecommendationJob.id.desc()).limit(1))


def job_in(plan: Plan, job_id: int) -> RecommendationJob:
    """A job about the plan, or 404."""
    asked = RecommendationJob.id == job_id, RecommendationJob.asked_plan_id == plan.id
    return db.one_or_404(select(RecommendationJob).where(*asked))
