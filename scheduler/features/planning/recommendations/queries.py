"""Reads plans and the questions that were asked about them."""

from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.models import Plan, SolveRun


def latest_question(plan: Plan) -> SolveRun | None:
    """The run about a plan that was asked for last."""
    asked = select(SolveRun).where(SolveRun.asked_plan_id == plan.id)
    return db.session.scalar(asked.order_by(SolveRun.id.desc()).limit(1))


def question_in(plan: Plan, run_id: int) -> SolveRun:
    """A run about the plan, or 404."""
    return db.one_or_404(select(SolveRun).where(SolveRun.id == run_id, SolveRun.asked_plan_id == plan.id))
