"""The coordinator's pages about absences: what is open, who really fits, who has to know."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, ngettext
from flask_login import current_user

from scheduler.core.row_ids import row_id
from scheduler.core.transaction import transaction
from scheduler.domain import teacher_answers
from scheduler.domain.cover_notices import public_notice
from scheduler.domain.covers import report_session
from scheduler.domain.refusal_forms import AbsenceForm, CannotForm
from scheduler.domain.term_scope import term_in
from scheduler.domain.workflow import term_path
from scheduler.features.delivery.substitutes import operations, queries
from scheduler.features.delivery.substitutes.choice import choice_for
from scheduler.features.delivery.substitutes.forms import CancelForm
from scheduler.features.delivery.substitutes.several import Asked, ask_several, open_sessions
from scheduler.features.delivery.substitutes.slips import slips
from scheduler.models import Cover, Role, Substitution, Teacher, Term
from scheduler.web.access import current_scope, requires
from scheduler.web.flash import flash_with_undo, redirect_with
from scheduler.web.forms import BaseForm

blueprint = Blueprint("substitutes", __name__, url_prefix="/desk/terms/<int:term_id>/covers")
MAX_SEVERAL = 20
"""Sessions shown at once; for each all teachers of its subject are judged."""
blueprint.context_processor(lambda: {"public_notice": public_notice})


@blueprint.get("")
@requires(Role.COORDINATOR)
def index(term_id: int) -> str:
    """All sessions to come whose teachers cannot come; what is open first."""
    term = term_in(current_scope(), term_id)
    absences = queries.absences(term)
    path = term_path(term, "venues")
    return render_template("substitutes/index.html", term=term, absences=absences, term_path=path)


@blueprint.route("/several", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def several(term_id: int) -> ResponseReturnValue:
    """All sessions without a teacher, each with whoever could give it: all are asked at once."""
    term, teacher_id = term_in(current_scope(), term_id), request.args.get("teacher", type=row_id)
    covers = queries.open_covers(term, teacher_id)
    shown, form = covers[:MAX_SEVERAL], BaseForm()
    if form.validate_on_submit():
        chosen = {cover.id: request.form.get(f"cover-{cover.id}", type=row_id) for cover in covers}
        tell_asked(ask_several(covers, lambda cover: chosen[cover.id], current_user.id))
        return redirect(url_for("substitutes.index", term_id=term.id), 303)
    return render_template(
        "substitutes/several.html", term=term, sessions=open_sessions(shown), more=len(covers) - len(shown),
        term_path=term_path(term, "venues"),
    )  # fmt: skip


@blueprint.route("/sessions/<int:section_id>/<day>/<int:start>", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def report(term_id: int, section_id: int, day: str, start: int) -> ResponseReturnValue:
    """A form for a teacher who has called and cannot give one session."""
    term = term_in(current_scope(), term_id)
    session, form = queries.session_of(term, section_id, day, start), AbsenceForm()
    if form.validate_on_submit() and (cover := form.apply(lambda: report_session(session, *form.reason))):
        undo = url_for("substitutes.take_back", term_id=term.id, cover_id=cover.id)
        flash_with_undo(_("Written down. Now find somebody who stands in."), undo)
        return redirect(url_for("substitutes.show", term_id=term.id, cover_id=cover.id), 303)
    path = term_path(term, "venues")
    return render_template("substitutes/report.html", form=form, term=term, session=session, term_path=path)


@blueprint.post("/<int:cover_id>/take-back")
@requires(Role.COORDINATOR)
@transaction
def take_back(term_id: int, cover_id: int) -> ResponseReturnValue:
    """The teacher comes to a single session after all."""
    term, cover = _term_and_cover(term_id, cover_id)
    form = BaseForm()
    form.apply(lambda: operations.take_single_back(cover))
    for error in form.form_errors:
        flash(error, "error")
    if not form.form_errors:
        flash(_("The teacher comes after all."), "success")
    return redirect(url_for("substitutes.index", term_id=term.id), 303)


@blueprint.route("/<int:cover_id>", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def show(term_id: int, cover_id: int) -> ResponseReturnValue:
    """One session: who could stand in, whom it concerns, what they were told."""
    term, cover = _term_and_cover(term_id, cover_id)
    form, chosen = BaseForm(), request.form.get("teacher", type=row_id)
    if chosen and form.validate_on_submit() and (asked := form.apply(lambda: _ask(term, cover, chosen))):
        _tell(asked)
        return redirect(url_for("substitutes.show", term_id=term.id, cover_id=cover.id), 303)
    choice = choice_for(cover, queries.open_together(cover, term))
    return render_template(
        "substitutes/show.html", form=form, term=term, cover=cover, choice=choice, room=queries.room_of(cover),
        learners=queries.learners(cover.section), told=queries.told_of(cover), accounts=choice.accounts,
        term_path=term_path(term, "venues"),
    )  # fmt: skip


@blueprint.post("/<int:cover_id>/let-go")
@requires(Role.COORDINATOR)
@transaction
def let_go(term_id: int, cover_id: int) -> ResponseReturnValue:
    """The substitute is no longer needed."""
    term, cover = _term_and_cover(term_id, cover_id)
    return _done(term, cover, lambda: operations.let_go(cover), _("Nobody is asked for this session any more."))


@blueprint.post("/<int:cover_id>/substitutions/<int:substitution_id>/agreed")
@requires(Role.COORDINATOR)
@transaction
def agreed(term_id: int, cover_id: int, substitution_id: int) -> ResponseReturnValue:
    """The substitute has said on the phone that they come."""
    term, cover = _term_and_cover(term_id, cover_id)
    substitution = queries.substitution_in(term, cover_id, substitution_id)
    text = _("Written down: %(name)s agrees.", name=substitution.teacher.name)
    return _done(term, cover, lambda: teacher_answers.agree_to_stand_in(substitution, current_user.id), text)


@blueprint.route("/<int:cover_id>/substitutions/<int:substitution_id>/refused", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def refused(term_id: int, cover_id: int, substitution_id: int) -> ResponseReturnValue:
    """A form for what the substitute has said on the phone who cannot come."""
    term, cover = _term_and_cover(term_id, cover_id)
    substitution, form = queries.substitution_in(term, cover_id, substitution_id), CannotForm()
    if form.validate_on_submit() and form.apply(
        lambda: teacher_answers.refuse_to_stand_in(substitution, *form.reason, current_user.id)
    ):
        return redirect_with(
            _("Written down: %(name)s cannot take it.", name=substitution.teacher.name),
            url_for("substitutes.show", term_id=term.id, cover_id=cover.id),
        )
    path = term_path(term, "venues")
    return render_template(
        "substitutes/refused.html", form=form, term=term, cover=cover, substitution=substitution, term_path=path
    )


@blueprint.route("/<int:cover_id>/cancel", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def cancel(term_id: int, cover_id: int) -> ResponseReturnValue:
    """A form for cancelling a session for which nobody is found, or with ``restore`` hold it after all."""
    term, cover = _term_and_cover(term_id, cover_id)
    if "restore" in request.values:
        return _done(term, cover, lambda: operations.hold_after_all(cover), _("The session is held after all."))
    form = CancelForm()
    if form.validate_on_submit() and form.apply(lambda: operations.cancel(cover, form.reason.data.strip())):
        undo = url_for("substitutes.cancel", term_id=term.id, cover_id=cover.id, restore=1)
        flash_with_undo(_("The session is not held. Its room is free, and residents are told."), undo)
        return redirect(url_for("substitutes.show", term_id=term.id, cover_id=cover.id), 303)
    return render_template(
        "substitutes/cancel.html", form=form, term=term, cover=cover, term_path=term_path(term, "venues")
    )


@blueprint.get("/<int:cover_id>/notice")
@requires(Role.COORDINATOR)
def notice(term_id: int, cover_id: int) -> str:
    """A sheet for the door in both languages, and the list of communities to be called."""
    term, cover = _term_and_cover(term_id, cover_id)
    room = queries.room_of(cover)
    return render_template(
        "substitutes/notice.html", term=term, cover=cover, slips=slips(cover, room),
        learners=queries.learners(cover.section),
    )  # fmt: skip


def _term_and_cover(term_id: int, cover_id: int) -> tuple[Term, Cover]:
    term = term_in(current_scope(), term_id)
    return term, queries.cover_in(term, cover_id)


def _ask(term: Term, cover: Cover, teacher_id: int) -> list[Substitution]:
    """Ask the chosen teacher for the ticked dates, or for the session itself."""
    ids = request.form.getlist("cover", type=row_id) or [cover.id]
    covers = queries.covers_in(term, cover.section_id, ids)
    teacher: Teacher = queries.teacher_of(teacher_id)
    return operations.set_substitute(covers, teacher, current_user.id)


def tell_asked(asked: Asked) -> None:
    """Say how many are asked, who has to be called, and where it could not be done."""
    number = len(asked.substitutions)
    if number or not asked.refused:
        flash(ngettext("%(num)s session is asked for.", "%(num)s sessions are asked for.", number), "success")
    if names := [f"{teacher.name} {teacher.phone}".strip() for teacher in asked.without_account]:
        flash(_("Without an account, to be called: %(names)s", names=_(", ").join(names)), "info")
    for refusal in asked.refused:
        flash(refusal, "error")


def _tell(asked: list[Substitution]) -> None:
    """Say who is asked, and how they hear of it."""
    teacher = asked[0].teacher
    text = ngettext(
        "%(name)s is asked for %(num)s session.", "%(name)s is asked for %(num)s sessions.", len(asked),
        name=teacher.name,
    )  # fmt: skip
    flash(text, "success")
    if not teacher_answers.with_account({teacher.id}):
        flash(_("They have no account: call them, then write down their answer."), "info")


def _done(term: Term, cover: Cover, change: Callable[[], object], text: str) -> ResponseReturnValue:
    form = BaseForm()
    form.apply(change)
    for error in form.form_errors:
        flash(error, "error")
    if not form.form_errors:
        flash(text, "success")
    return redirect(url_for("substitutes.show", term_id=term.id, cover_id=cover.id), 303)
