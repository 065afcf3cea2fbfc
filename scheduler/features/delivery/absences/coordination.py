"""A teacher has called: the coordinator enters from when to when, and is led to the sessions without a teacher."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, ngettext

from scheduler.core.clock import parse_day
from scheduler.core.row_ids import row_id
from scheduler.core.transaction import transaction
from scheduler.features.delivery.absences import operations, queries
from scheduler.features.delivery.absences.forms import DatesForm
from scheduler.models import Role, Teacher
from scheduler.web.access import current_scope, requires
from scheduler.web.flash import flash_with_undo
from scheduler.web.forms import BaseForm

blueprint = Blueprint("teacher_absences", __name__, url_prefix="/desk/teachers/<int:teacher_id>/absence")


@blueprint.route("", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def report(teacher_id: int) -> ResponseReturnValue:
    """A form with two dates; what they touch is shown before it is reported."""
    teacher, form = queries.teacher_in(current_scope(), teacher_id), DatesForm()
    valid, sure = form.validate_on_submit(), "sure" in request.form
    if valid and sure and (reported := form.apply(lambda: _report(teacher, form))) is not None:
        return _lead_on(teacher, reported)
    touched = queries.touched(teacher, form.first.data, form.last.data) if valid and not form.form_errors else None
    return render_template("absences/of_teacher.html", form=form, teacher=teacher, touched=touched)


@blueprint.post("/take-back")
@requires(Role.COORDINATOR)
@transaction
def take_back(teacher_id: int) -> ResponseReturnValue:
    """They come after all."""
    teacher, form = queries.teacher_in(current_scope(), teacher_id), BaseForm()
    covers = queries.covers_of_teacher(teacher, request.values.getlist("cover", type=row_id))
    days = request.values.getlist("day", type=parse_day)
    form.apply(lambda: operations.come_after_all(teacher, covers, operations.days_between(days)))
    for error in form.form_errors:
        flash(_("It stays as it is. %(reason)s", reason=error), "error")
    if not form.form_errors:
        flash(_("%(name)s comes after all.", name=teacher.name), "success")
    return redirect(url_for("teachers.show", teacher_id=teacher.id), 303)


def _report(teacher: Teacher, form: DatesForm) -> operations.Reported:
    return operations.report_dates(teacher, form.first.data, form.last.data, *form.reason)


def _lead_on(teacher: Teacher, reported: operations.Reported) -> ResponseReturnValue:
    """To the sessions that need somebody else, in the term of the first of them."""
    covers = reported.covers
    text = ngettext(
        "Written down. %(num)s session needs somebody else.", "Written down. %(num)s sessions need somebody else.",
        len(covers),
    )
    undo = url_for(
        "teacher_absences.take_back", teacher_id=teacher.id, cover=[cover.id for cover in covers],
        day=[day.isoformat() for day in reported.span],
    )
    flash_with_undo(text if covers else _("Written down. None of their sessions is touched."), undo)
    if not covers:
        return redirect(url_for("teachers.show", teacher_id=teacher.id), 303)
    return redirect(url_for("substitutes.several", term_id=covers[0].section.term_id, teacher=teacher.id), 303)
