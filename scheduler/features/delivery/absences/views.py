"""“I cannot come”: a teacher sees which of their sessions it touches, reports it, and can take it back."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, ngettext

from scheduler.core.clock import parse_day
from scheduler.core.row_ids import row_id
from scheduler.core.transaction import transaction
from scheduler.domain.covers import report_session
from scheduler.domain.refusal_forms import AbsenceForm
from scheduler.features.delivery.absences import operations, queries
from scheduler.features.delivery.absences.forms import DatesForm
from scheduler.models import Cover, Role
from scheduler.web.access import current_scope, requires
from scheduler.web.flash import flash_with_undo
from scheduler.web.forms import BaseForm

blueprint = Blueprint("absences", __name__, url_prefix="/desk/absences")


@blueprint.get("")
@requires(Role.TEACHER)
def mine() -> str:
    """What the teacher has reported, and what has become of it."""
    return render_template("absences/mine.html", covers=queries.reported(current_scope()))


@blueprint.route("/sessions/<int:section_id>/<day>/<int:start>", methods=["GET", "POST"])
@requires(Role.TEACHER)
@transaction
def session(section_id: int, day: str, start: int) -> ResponseReturnValue:
    """A form for one session that they cannot give."""
    dated = queries.session_of(current_scope(), section_id, _day(day), start)
    form = AbsenceForm()
    if form.validate_on_submit() and (cover := form.apply(lambda: report_session(dated, *form.reason))):
        _tell([cover], [])
        return redirect(url_for("absences.mine"), 303)
    return render_template("absences/session.html", form=form, session=dated)


@blueprint.route("/dates", methods=["GET", "POST"])
@requires(Role.TEACHER)
@transaction
def dates() -> ResponseReturnValue:
    """A form for dates on which they cannot come; what they touch is shown before it is reported."""
    teacher, form = queries.own_record(current_scope()), DatesForm()
    valid, sure = form.validate_on_submit(), "sure" in request.form
    if valid and sure and (reported := form.apply(lambda: _report(form))) is not None:
        _tell(reported.covers, reported.span)
        return redirect(url_for("absences.mine"), 303)
    touched = queries.touched(teacher, form.first.data, form.last.data) if valid and not form.form_errors else None
    return render_template("absences/dates.html", form=form, touched=touched)


@blueprint.post("/take-back")
@requires(Role.TEACHER)
@transaction
def take_back() -> ResponseReturnValue:
    """They come after all."""
    covers = queries.covers_in(current_scope(), request.values.getlist("cover", type=row_id))
    teacher = covers[0].teacher if covers else queries.own_record(current_scope())
    form, days = BaseForm(), request.values.getlist("day", type=parse_day)
    form.apply(lambda: operations.come_after_all(teacher, covers, operations.days_between(days)))
    for error in form.form_errors:
        flash(_("It stays as it is. %(reason)s", reason=error), "error")
    if not form.form_errors:
        flash(_("Good: you come after all. It is in your weeks as before."), "success")
    return redirect(url_for("absences.mine"), 303)


def _report(form: DatesForm) -> operations.Reported:
    teacher = queries.own_record(current_scope())
    return operations.report_dates(teacher, form.first.data, form.last.data, *form.reason)


def _tell(covers: Sequence[Cover], days: Sequence[date]) -> None:
    text = ngettext(
        "The coordinator looks for somebody for %(num)s session.",
        "The coordinator looks for somebody for %(num)s sessions.",
        len(covers),
    )
    undo = url_for("absences.take_back", cover=[cover.id for cover in covers], day=[day.isoformat() for day in days])
    flash_with_undo(text if covers else _("Written down. None of your sessions is touched."), undo)


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except ValueError:
        return date.min
