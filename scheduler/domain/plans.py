"""The plans of a term: which a page is about, which a user may see, and what the published one places."""

from collections.abc import Sequence
from typing import Final

from flask import abort
from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import contains_eager
from sqlalchemy.sql.base import ExecutableOption
from werkzeug.exceptions import NotFound

from scheduler.core.extensions import db
from scheduler.domain.term_scope import around, may_plan
from scheduler.models import Placement, Plan, PlanStatus, Section, Term
from scheduler.web.access import Scope

CURRENT_STATUSES: Final = (PlanStatus.DRAFT, PlanStatus.PUBLISHED)
"""What a term is planned by, or could be: no scenario's plan, none replaced and none thrown away."""


def published_plan(term: Term) -> Plan | None:
    """The plan that residents see, and about which venues and teachers are asked."""
    return db.session.scalar(select(Plan).where(Plan.term_id == term.id, Plan.status == PlanStatus.PUBLISHED))


def newest_plan(term: Term) -> Plan | None:
    """The current plan made last, draft or published."""
    return db.session.scalar(_current(term).order_by(Plan.id.desc()).limit(1))


def newest_draft(term: Term) -> Plan | None:
    """The draft made last."""
    return db.session.scalar(_current(term).where(Plan.status == PlanStatus.DRAFT).order_by(Plan.id.desc()).limit(1))


def reference_plan(term: Term) -> Plan | None:
    """The plan with which scenarios are compared and where they begin: the published one, else the cheapest draft."""
    published_first = case((Plan.status == PlanStatus.PUBLISHED, 0), else_=1)
    return db.session.scalar(_current(term).order_by(published_first, Plan.total, Plan.id).limit(1))


def _current(term: Term) -> Select[Plan]:
    return select(Plan).where(Plan.term_id == term.id, Plan.status.in_(CURRENT_STATUSES))


def plan_of_term(term: Term, plan_id: int | None) -> Plan | None:
    """A plan of the term that is not thrown away; None where no such plan is asked for."""
    conditions = Plan.id == plan_id, Plan.term_id == term.id, Plan.status != PlanStatus.DISCARDED
    return None if plan_id is None else db.session.scalar(select(Plan).where(*conditions))


def plan_in(scope: Scope, plan_id: int) -> Plan:
    """A plan of a term that the user plans, or 404."""
    statement = select(Plan).join(Plan.term).join(Term.unit).where(Plan.id == plan_id, scope.units())
    return db.one_or_404(statement.options(contains_eager(Plan.term).contains_eager(Term.unit)))


def plan_seen(scope: Scope, plan_id: int) -> Plan:
    """A plan that the user may look at, or 404: of a term that a unit above theirs plans only the published one."""
    statement = (
        select(Plan)
        .join(Plan.term)
        .join(Term.unit)
        .where(Plan.id == plan_id, Plan.status != PlanStatus.DISCARDED, around(scope))
        .options(contains_eager(Plan.term).contains_eager(Term.unit), contains_eager(Plan.term).selectinload(Term.days))
    )
    plan = db.session.scalar(statement)
    if plan is None or not (plan.status is PlanStatus.PUBLISHED or may_plan(scope, plan.term)):
        raise NotFound
    return plan


def plans_shown(scope: Scope, term: Term) -> Sequence[Plan]:
    """The term's plans that the user may see, newest first: drafts and scenarios only where they plan the term."""
    shown = [PlanStatus.PUBLISHED]
    if may_plan(scope, term):
        shown += [PlanStatus.DRAFT, PlanStatus.SCENARIO]
    statement = select(Plan).where(Plan.term_id == term.id, Plan.status.in_(shown))
    return db.session.scalars(statement.order_by(func.coalesce(Plan.published_at, Plan.created_at).desc())).all()


def plan_among(shown: Sequence[Plan], plan_id: int | None) -> Plan | None:
    """The plan of this id, 404 when it is not there.

    Without an id it is the published one, before that the newest that is no what-if; None without any.
    """
    if plan_id is None:
        standing = [plan for plan in shown if plan.status is not PlanStatus.SCENARIO]
        return min(standing, key=lambda plan: plan.status is not PlanStatus.PUBLISHED, default=None)
    return next((plan for plan in shown if plan.id == plan_id), None) or abort(404)


def planned_section(plan: Plan, section_id: int, *loaded: ExecutableOption) -> Section:
    """A section of the plan's term that is still planned, or 404."""
    planned = Section.id == section_id, Section.term_id == plan.term_id, Section.archived_at.is_(None)
    return db.one_or_404(select(Section).where(*planned).options(*loaded))


def published_placements() -> Select[Placement]:
    """The placements of all published plans, joined with their plans."""
    return select(Placement).join(Placement.plan).where(Plan.status == PlanStatus.PUBLISHED)
