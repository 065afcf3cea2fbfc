"""A teacher's assignments: what waits for their answer, and what they have answered."""

from collections.abc import Callable, Iterator

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, ngettext
from flask_login import current_user

from scheduler.core.row_ids import row_id
from scheduler.core.transaction import transaction
from scheduler.domain import teacher_answers
from scheduler.domain.refusal_forms import CannotForm
from scheduler.features.delivery.assignments import coordination, queries
from scheduler.features.delivery.assignments.words import changes, only_place_changes
from scheduler.models import Assignment, Role, Section, Substitution, User
from scheduler.web.access import current_scope, requires, scope_of
from scheduler.web.flash import flash_with_undo
from scheduler.web.forms import BaseForm
from scheduler.web.matters import Matter, matters
from scheduler.web.navigation import counts

MAX_UNDONE = 60
blueprint = Blueprint("assignments", __name__, url_prefix="/desk")
blueprint.context_processor(lambda: {"changes": changes, "only_place_changes": only_place_changes})
coordination.add_routes(blueprint)


@counts("assignments.mine")
def _waiting() -> int:
    return queries.waiting_count(scope_of(current_user, Role.TEACHER))


@matters
def _assignments_to_answer(user: User) -> Iterator[Matter]:
    """Sections and single sessions about which a teacher has been asked."""
    number = queries.waiting_count(scope_of(user, Role.TEACHER)) if Role.TEACHER in user.roles else 0
    if number:
        text = ngettext(
            "You are asked about %(num)s section or session.",
            "You are asked about %(num)s sections or sessions.",
            number,
        )
        yield Matter(_("My assignments"), _("to answer"), "waiting", text, _("Answer"), url_for("assignments.mine"))


@blueprint.get("/assignments")
@requires(Role.TEACHER)
def mine() -> str:
    """What waits for the teacher's answer on top, then what they have answered."""
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
    assignment = queries.own_assignment(current_scope(), assignment_id)
    undo = url_for("assignments.take_back", assignment_id=assignment.id)
    return _answer(lambda: teacher_answers.agree(assignment, current_user.id), _agreed(assignment), undo)


@blueprint.post("/assignments/agree")
@requires(Role.TEACHER)
@transaction
def agree_to_all() -> ResponseReturnValue:
    """The teacher takes all sections that wait for their answer."""
    assignments = queries.waiting(current_scope())
    undo = url_for("assignments.take_all_back", assignment=[assignment.id for assignment in assignments[:MAX_UNDONE]])
    text = ngettext("You take %(num)s section.", "You take %(num)s sections.", len(assignments))
    return _answer(
        lambda: [teacher_answers.agree(assignment, current_user.id) for assignment in assignments], text, undo
    )


@blueprint.post("/assignments/take-back")
@requires(Role.TEACHER)
@transaction
def take_all_back() -> ResponseReturnValue:
    """Take several answers back at once."""
    ids = request.values.getlist("assignment", type=row_id)[:MAX_UNDONE]
    assignments = [queries.own_assignment(current_scope(), assignment_id) for assignment_id in ids]
    text = ngettext("%(num)s section waits again.", "%(num)s sections wait again.", len(assignments))
    return _answer(lambda: [teacher_answers.ask_again(assignment) for assignment in assignments], text)


@blueprint.route("/assignments/<int:assignment_id>/refuse", methods=["GET", "POST"])
@requires(Role.TEACHER)
@transaction
def refuse(assignment_id: int) -> ResponseReturnValue:
    """A form for saying why they cannot take a section."""
    assignment, form = queries.own_assignment(current_scope(), assignment_id), CannotForm()
    if form.validate_on_submit() and form.apply(
        lambda: teacher_answers.refuse(assignment, *form.reason, current_user.id)
    ):
        undo = url_for("assignments.take_back", assignment_id=assignment.id)
        return _refused(assignment.section, undo)
    return render_template("assignments/refuse.html", form=form, task=queries.tasks([assignment])[0])


@blueprint.post("/assignments/<int:assignment_id>/take-back")
@requires(Role.TEACHER)
@transaction
def take_back(assignment_id: int) -> ResponseReturnValue:
    """Take an answer back; it waits again."""
    assignment = queries.own_assignment(current_scope(), assignment_id)
    text = _("%(name)s waits for your answer again.", name=assignment.section.name)
    return _answer(lambda: teacher_answers.ask_again(assignment), text)


@blueprint.post("/substitutions/<int:substitution_id>/agree")
@requires(Role.TEACHER)
@transaction
def agree_to_stand_in(substitution_id: int) -> ResponseReturnValue:
    """The teacher stands in."""
    substitution = queries.own_substitution(current_scope(), substitution_id)
    undo = url_for("assignments.take_back_standing_in", substitution_id=substitution.id)
    text = _("Thank you. It is in your weeks.")
    return _answer(lambda: teacher_answers.agree_to_stand_in(substitution, current_user.id), text, undo)


@blueprint.route("/substitutions/<int:substitution_id>/refuse", methods=["GET", "POST"])
@requires(Role.TEACHER)
@transaction
def refuse_to_stand_in(substitution_id: int) -> ResponseReturnValue:
    """A form for saying why they cannot stand in."""
    substitution, form = queries.own_substitution(current_scope(), substitution_id), CannotForm()
    if form.validate_on_submit() and form.apply(
        lambda: teacher_answers.refuse_to_stand_in(substitution, *form.reason, current_user.id)
    ):
        undo = url_for("assignments.take_back_standing_in", substitution_id=substitution.id)
        return _refused(substitution.section, undo)
    rooms = queries.rooms_of([substitution])
    return render_template("assignments/refuse_to_stand_in.html", form=form, substitution=substitution, rooms=rooms)


@blueprint.post("/substitutions/<int:substitution_id>/take-back")
@requires(Role.TEACHER)
@transaction
def take_back_standing_in(substitution_id: int) -> ResponseReturnValue:
    """Take back what they said about standing in."""
    substitution = queries.own_substitution(current_scope(), substitution_id)
    text = _("%(name)s waits for your answer again.", name=substitution.section.name)
    return _answer(lambda: teacher_answers.ask_again_to_stand_in(substitution), text)


def _agreed(row: Assignment | Substitution) -> str:
    return _("You take %(name)s. Thank you.", name=row.section.name)


def _refused(section: Section, undo: str) -> ResponseReturnValue:
    flash_with_undo(_("The coordinator looks for somebody else for %(name)s.", name=section.name), undo)
    return redirect(url_for("assignments.mine"), 303)


def _answer(answer: Callable[[], object], text: str, undo: str = "") -> ResponseReturnValue:
    """Carry out an answer and say so with a way back, or say why it could not be taken."""
    form = BaseForm()
    form.apply(answer)
    for error in form.form_errors:
        flash(error, "error")
    if not form.form_errors:
        flash_with_undo(text, undo) if undo else flash(text, "success")
    return redirect(url_for("assignments.mine"), 303)
