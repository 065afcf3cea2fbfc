"""The coordinator's side: who has not answered, who cannot, answers by phone, and somebody else for a section."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, ngettext
from flask_login import current_user

from scheduler.core.row_ids import row_id
from scheduler.core.transaction import transaction
from scheduler.domain import teacher_answers
from scheduler.domain.plans import published_plan
from scheduler.domain.refusal_forms import CannotForm
from scheduler.domain.term_scope import term_in
from scheduler.domain.workflow import term_path
from scheduler.engine.analysis import substitutes
from scheduler.engine.analysis.ranking import ranked, why_not
from scheduler.features.delivery.assignments import operations, queries
from scheduler.models import Assignment, AssignmentStatus, Plan, PlanStatus, Role, Term
from scheduler.web.access import current_scope, requires
from scheduler.web.flash import flash_with_undo, redirect_with
from scheduler.web.forms import BaseForm
from scheduler.web.pagination import paginate


def add_routes(blueprint: Blueprint) -> None:
    """Put the coordinator's pages beside those of the teachers."""
    at = "/terms/<int:term_id>/assignments"
    blueprint.add_url_rule(at, view_func=index, methods=["GET"])
    blueprint.add_url_rule(f"{at}/<int:assignment_id>/agreed", view_func=agreed, methods=["POST"])
    blueprint.add_url_rule(f"{at}/of/<int:teacher_id>/agreed", view_func=agreed_to_all, methods=["POST"])
    blueprint.add_url_rule(f"{at}/of/<int:teacher_id>/ask-again", view_func=ask_all_again, methods=["POST"])
    blueprint.add_url_rule(f"{at}/<int:assignment_id>/refused", view_func=refused, methods=["GET", "POST"])
    blueprint.add_url_rule(f"{at}/<int:assignment_id>/ask-again", view_func=ask_again, methods=["POST"])
    blueprint.add_url_rule(f"{at}/<int:assignment_id>/lift", view_func=lift, methods=["POST"])
    blueprint.add_url_rule(f"{at}/<int:assignment_id>/teachers", view_func=teachers, methods=["GET", "POST"])


@requires(Role.COORDINATOR)
def index(term_id: int) -> str:
    """Who has answered what, and what to do about it."""
    term = term_in(current_scope(), term_id)
    plan, search, status = (
        published_plan(term),
        request.args.get("q", "")[:100],
        request.args.get("status", type=AssignmentStatus),
    )
    page = paginate(queries.of_plan(plan, status, search)) if plan is not None else None
    tasks = queries.tasks(page.rows) if page else []
    return render_template(
        "assignments/index.html",
        term=term,
        term_path=term_path(term, "venues"),
        plan=plan,
        page=page,
        tasks=tasks,
        status=status,
        search=search,
        counts=queries.counts(plan) if plan else {},
        statuses=queries.URGENCY[:3],
        accounts=teacher_answers.with_account({task.assignment.teacher_id for task in tasks}),
        several=queries.waiting_by_teacher(plan) if plan else {},
        earlier=queries.earlier_refusals(term, plan) if plan else [],
    )


@requires(Role.COORDINATOR)
@transaction
def agreed(term_id: int, assignment_id: int) -> ResponseReturnValue:
    """A teacher has said on the phone that they take the section."""
    term, assignment = _term_and_assignment(term_id, assignment_id)
    written = _("Written down: %(name)s agrees.")
    return _done(term, lambda: teacher_answers.agree(assignment, current_user.id), written, assignment)


@requires(Role.COORDINATOR)
@transaction
def agreed_to_all(term_id: int, teacher_id: int) -> ResponseReturnValue:
    """A teacher has said on the phone that they take all sections that wait for their answer."""
    term = term_in(current_scope(), term_id)
    assignments = queries.waiting_of(term, teacher_id)
    undo = url_for(
        "assignments.ask_all_again", term_id=term.id, teacher_id=teacher_id,
        assignment=[assignment.id for assignment in assignments],
    )
    form = BaseForm()
    form.apply(lambda: [teacher_answers.agree(assignment, current_user.id) for assignment in assignments])
    for error in form.form_errors:
        flash(error, "error")
    if not form.form_errors:
        text = ngettext(
            "Written down: %(name)s agrees to %(num)s section.", "Written down: %(name)s agrees to %(num)s sections.",
            len(assignments), name=assignments[0].teacher.name,
        )  # fmt: skip
        flash_with_undo(text, undo)
    return redirect(url_for("assignments.index", term_id=term.id), 303)


@requires(Role.COORDINATOR)
@transaction
def ask_all_again(term_id: int, teacher_id: int) -> ResponseReturnValue:
    """Take several answers of a teacher back."""
    term = term_in(current_scope(), term_id)
    ids = request.values.getlist("assignment", type=row_id)[: queries.MAX_OF_TEACHER]
    assignments = [queries.assignment_in(term, assignment_id) for assignment_id in ids]
    form = BaseForm()
    form.apply(lambda: [
        teacher_answers.ask_again(assignment) for assignment in assignments if assignment.teacher_id == teacher_id
    ])
    for error in form.form_errors:
        flash(error, "error")
    if not form.form_errors:
        flash(ngettext("%(num)s section waits again.", "%(num)s sections wait again.", len(assignments)), "success")
    return redirect(url_for("assignments.index", term_id=term.id), 303)


@requires(Role.COORDINATOR)
@transaction
def refused(term_id: int, assignment_id: int) -> ResponseReturnValue:
    """A form for what a teacher has said on the phone who cannot take the section."""
    term, assignment = _term_and_assignment(term_id, assignment_id)
    form = CannotForm()
    if form.validate_on_submit() and form.apply(
        lambda: teacher_answers.refuse(assignment, *form.reason, current_user.id)
    ):
        return redirect_with(
            _("Written down: %(name)s cannot take it.", name=assignment.teacher.name),
            url_for("assignments.teachers", term_id=term.id, assignment_id=assignment.id),
        )
    return render_template(
        "assignments/refused.html", form=form, term=term, task=queries.tasks([assignment])[0],
        term_path=term_path(term, "venues"),
    )  # fmt: skip


@requires(Role.COORDINATOR)
@transaction
def ask_again(term_id: int, assignment_id: int) -> ResponseReturnValue:
    """Take an answer back; the teacher is asked again."""
    term, assignment = _term_and_assignment(term_id, assignment_id)
    return _done(term, lambda: teacher_answers.ask_again(assignment), _("%(name)s is asked again."), assignment)


@requires(Role.COORDINATOR)
@transaction
def lift(term_id: int, assignment_id: int) -> ResponseReturnValue:
    """Let a teacher be given a section again that they have refused in an earlier plan."""
    term, assignment = _term_and_assignment(term_id, assignment_id)
    return _done(term, lambda: operations.lift(assignment), _("%(name)s may be given the section again."), assignment)


@requires(Role.COORDINATOR)
@transaction
def teachers(term_id: int, assignment_id: int) -> ResponseReturnValue:
    """Who else could give a whole section where it is; the choice becomes a draft."""
    term, assignment = _term_and_assignment(term_id, assignment_id)
    form, plan, chosen = BaseForm(), assignment.plan, request.form.get("teacher", type=row_id)
    if plan.status is not PlanStatus.PUBLISHED:
        abort(404)
    if chosen and form.validate_on_submit() and (draft := form.apply(lambda: _draft(plan, assignment, chosen))):
        return redirect_with(
            _("Only this teacher differs. Publish the plan, and they are asked."),
            url_for("planning.publish_page", term_id=term.id, plan=draft.id),
        )
    judged = substitutes.for_section(assignment.section)
    fits = ranked(judged, assignment.section)
    return render_template(
        "assignments/teachers.html", form=form, term=term, task=queries.tasks([assignment])[0], fits=fits,
        why_not=why_not(judged), term_path=term_path(term, "venues"),
        accounts=teacher_answers.with_account({fit.fit.teacher.id for fit in fits}),
    )  # fmt: skip


def _draft(plan: Plan, assignment: Assignment, teacher_id: int) -> Plan:
    return operations.draft_with_teacher(plan, assignment.section_id, teacher_id, current_user.id)


def _term_and_assignment(term_id: int, assignment_id: int) -> tuple[Term, Assignment]:
    term = term_in(current_scope(), term_id)
    return term, queries.assignment_in(term, assignment_id)


def _done(term: Term, change: Callable[[], object], text: str, assignment: Assignment) -> ResponseReturnValue:
    form = BaseForm()
    form.apply(change)
    for error in form.form_errors:
        flash(error, "error")
    if not form.form_errors:
        flash(text % {"name": assignment.teacher.name}, "success")
    return redirect(url_for("assignments.index", term_id=term.id), 303)
