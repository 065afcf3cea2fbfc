"""A teacher's assignments: what waits for her answer, and what she has answered."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, ngettext
from flask_login import current_user

from scheduler.core.row_ids import row_id
from scheduler.core.transaction import transaction
from scheduler.domain import teacher_answers
from scheduler.domain.refusal_forms import CannotForm
from scheduler.features.delivery.assignments import coordination, queries
from scheduler.features.delivery.assignments.words import changes
from scheduler.models import Assignment, Role, Substitution
from scheduler.web.access import current_scope, requires, scope_of
from scheduler.web.flash import flash_with_undo
from scheduler.web.forms import BaseForm
from scheduler.web.navigation import counts

MOST_UNDONE = 60
blueprint = Blueprint("assignments", __name__, url_prefix="/desk")
blueprint.context_processor(lambda: {"changes": changes})
coordination.add_routes(blueprint)


@counts("assignments.mine")
def _waiting() -> int:
    return queries.waiting_count(scope_of(current_user, Role.TEACHER))


@blueprint.get("/assignments")
@requires(Role.TEACHER)
def mine() -> str:
    """What waits for the teacher's answer on top, then what she has answered."""
    scope = current_scope()
    asked, done = queries.waiting_substitutions(scope), queries.answered_substitutions(scope)
    return render_template(
        "assignments/mine.html",
        waiting=queries.tasks(queries.waiting(scope)),
        answered=queries.tasks(queries.answered(scope)),
        asked=asked,
        done=done,
        rooms=queries.rooms_of([*asked, *done]),
    )


@blueprint.post("/assignments/<int:assignment_id>/agree")
@requires(Role.TEACHER)
@transaction
def agree(assignment_id: int) -> ResponseReturnValue:
    """The teacher takes a section."""
    found = queries.own_assignment(current_scope(), assignment_id)
    undo = url_for("assignments.take_back", assignment_id=found.id)
    return _answer(lambda: teacher_answers.agree(found, current_user.id), _agreed(found), undo)


@blueprint.post("/assignments/agree")
@requires(Role.TEACHER)
@transaction
def agree_to_all() -> ResponseReturnValue:
    """The teacher takes all sections that wait for her answer."""
    found = queries.waiting(current_scope())
    undo = url_for("assignments.take_all_back", assignment=[one.id for one in found[:MOST_UNDONE]])
    text = ngettext("You take %(num)s section.", "You take %(num)s sections.", len(found))
    return _answer(lambda: [teacher_answers.agree(one, current_user.id) for one in found], text, undo)


@blueprint.post("/assignments/take-back")
@requires(Role.TEACHER)
@transaction
def take_all_back() -> ResponseReturnValue:
    """Take several answers back at once."""
    ids = request.values.getlist("assignment", type=row_id)[:MOST_UNDONE]
    found = [queries.own_assignment(current_scope(), one) for one in ids]
    text = ngettext("%(num)s section waits again.", "%(num)s sections wait again.", len(found))
    return _answer(lambda: [teacher_answers.ask_again(one) for one in found], text)


@blueprint.route("/assignments/<int:assignment_id>/refuse", methods=["GET", "POST"])
@requires(Role.TEACHER)
@transaction
def refuse(assignment_id: int) -> ResponseReturnValue:
    """A form for saying why she cannot take a section."""
    found, form = queries.own_assignment(current_scope(), assignment_id), CannotForm()
    if form.validate_on_submit() and form.apply(
        lambda: teacher_answers.refuse(found, *form.reason, current_user.id)
    ):
        undo = url_for("assignments.take_back", assignment_id=found.id)
        flash_with_undo(_("The coordinator looks for somebody else for %(name)s.", name=found.section.name), undo)
        return redirect(url_for("assignments.mine"), 303)
    return render_template("assignments/refuse.html", form=form, task=queries.tasks([found])[0])


@blueprint.post("/assignments/<int:assignment_id>/take-back")
@requires(Role.TEACHER)
@transaction
def take_back(assignment_id: int) -> ResponseReturnValue:
    """Take an answer back; it waits again."""
    found = queries.own_assignment(current_scope(), assignment_id)
    text = _("%(name)s waits for your answer again.", name=found.section.name)
    return _answer(lambda: teacher_answers.ask_again(found), text)


@blueprint.post("/substitutions/<int:substitution_id>/agree")
@requires(Role.TEACHER)
@transaction
def agree_to_stand_in(substitution_id: int) -> ResponseReturnValue:
    """The teacher stands in."""
    found = queries.own_substitution(current_scope(), substitution_id)
    undo = url_for("assignments.take_back_standing_in", substitution_id=found.id)
    text = _("Thank you. It is in your weeks.")
    return _answer(lambda: teacher_answers.agree_to_stand_in(found, current_user.id), text, undo)


@blueprint.route("/substitutions/<int:substitution_id>/refuse", methods=["GET", "POST"])
@requires(Role.TEACHER)
@transaction
def refuse_to_stand_in(substitution_id: int) -> ResponseReturnValue:
    """A form for saying why she cannot stand in."""
    found, form = queries.own_substitution(current_scope(), substitution_id), CannotForm()
    if form.validate_on_submit() and form.apply(
        lambda: teacher_answers.refuse_to_stand_in(found, *form.reason, current_user.id)
    ):
        undo = url_for("assignments.take_back_standing_in", substitution_id=found.id)
        flash_with_undo(_("The coordinator looks for somebody else for %(name)s.", name=found.section.name), undo)
        return redirect(url_for("assignments.mine"), 303)
    rooms = queries.rooms_of([found])
    return render_template("assignments/refuse_to_stand_in.html", form=form, substitution=found, rooms=rooms)


@blueprint.post("/substitutions/<int:substitution_id>/take-back")
@requires(Role.TEACHER)
@transaction
def take_back_standing_in(substitution_id: int) -> ResponseReturnValue:
    """Take back what she said about standing in."""
    found = queries.own_substitution(current_scope(), substitution_id)
    text = _("%(name)s waits for your answer again.", name=found.section.name)
    return _answer(lambda: teacher_answers.ask_again_to_stand_in(found), text)


def _agreed(row: Assignment | Substitution) -> str:
    return _("You take %(name)s. Thank you.", name=row.section.name)


def _answer(answer: Callable[[], object], text: str, undo: str = "") -> ResponseReturnValue:
    """Carry out an answer and say so with a way back, or say why it could not be taken."""
    form = BaseForm()
    form.apply(answer)
    for error in form.form_errors:
        flash(error, "error")
    if not form.form_errors:
        flash_with_undo(text, undo) if undo else flash(text, "success")
    return redirect(url_for("assignments.mine"), 303)
