"""Which plans of a term a user may see, and which of them a page is about."""

from collections.abc import Sequence

from flask import abort
from sqlalchemy import func, select

from scheduler.core.extensions import db
from scheduler.domain.term_scope import may_plan as plans_the_term
from scheduler.models import Plan, PlanStatus, Term
from scheduler.web.access import Scope


def plans_shown(scope: Scope, term: Term) -> Sequence[Plan]:
    """The term's plans that the user may see, newest first: drafts and scenarios only where she plans the term."""
    shown = [PlanStatus.PUBLISHED]
    if plans_the_term(scope, term):
        shown += [PlanStatus.DRAFT, PlanStatus.SCENARIO]
    statement = select(Plan).where(Plan.term_id == term.id, Plan.status.in_(shown))
    return db.session.scalars(statement.order_by(func.coalesce(Plan.published_at, Plan.created_at).desc())).all()


def plan_among(shown: Sequence[Plan], wanted: int | None) -> Plan | None:
    """The wanted plan, 404 when it is not there; without a wish the newest that is no what-if, None without any."""
    if wanted is None:
        return next((plan for plan in shown if plan.status is not PlanStatus.SCENARIO), None)
    return next((plan for plan in shown if plan.id == wanted), None) or abort(404)
