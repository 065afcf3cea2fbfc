"""Pages of proposed sections."""

from time import monotonic

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, lazy_gettext as _l, ngettext
from flask_login import current_user
from wtforms import SelectChoice

from scheduler.core.extensions import db
from scheduler.core.row_ids import row_id
from scheduler.core.transaction import transaction
from scheduler.domain.term_choices import course_choices, term_unit_choices
from scheduler.domain.term_scope import term_around
from scheduler.domain.workflow import path_for
from scheduler.features.planning.proposals import operations, queries
from scheduler.features.planning.proposals.forms import AcceptForm, EditForm, StartForm, edit_form
from scheduler.features.planning.proposals.map import map_of
from scheduler.models import Proposal, ProposalRun, ProposalState, ProposedCourse, Role, Term, Unit
from scheduler.web.access import current_scope, requires
from scheduler.web.editing import editing
from scheduler.web.flash import flash_with_undo, redirect_saved

blueprint = Blueprint("proposals", __name__, url_prefix="/desk/terms/<int:term_id>/proposals")
REQUEST_SECONDS = 1.0
"""A request begins no further course after this, so that progress is seen."""
WHY = {
    "no_place": _l("no gathering place within reach"),
    "too_few": _l("too few people within reach for the smallest class"),
    "places_full": _l("the rooms within reach hold no more"),
    "limit": _l("the limit on sections or money is reached"),
    "not_worth": _l("one more section would cost more than it would serve"),
}


@blueprint.get("")
@requires(Role.COORDINATOR)
def index(term_id: int) -> str:
    """What is proposed for all courses, how far proposing has come, and a form to propose anew."""
    term = term_around(current_scope(), term_id)
    return _index(term, _start_form(), AcceptForm())


def _start_form() -> StartForm:
    form = StartForm(data={"course": request.args.get("course", "")})
    form.course.choices = [SelectChoice("", _("all courses")), *course_choices()]
    return form


def _index(term: Term, start: StartForm, accept: AcceptForm) -> str:
    run = queries.newest_run(current_user.id, term)
    return render_template(
        "proposals/index.html", term=term, run=run, start=start, form=start if start.errors else accept,
        progress=queries.progress(run) if run else None, outcomes=queries.outcomes(run) if run else [],
        opened_together=queries.opened_together(run) if run else [],
        waiting=sum(queries.waiting_by_course(current_scope(), term, None).values()),
        term_path=path_for(current_scope(), term, "ready"),
    )


@blueprint.post("/start")
@requires(Role.COORDINATOR)
@transaction
def start(term_id: int) -> ResponseReturnValue:
    """Have sections proposed for one course or all."""
    term, form = term_around(current_scope(), term_id), _start_form()
    if form.validate_on_submit() and (run := form.apply(lambda: _start(term, form))):
        operations.go_on(run, current_scope(), _watch())
        return redirect(_after(run, form), 303)
    return _index(term, form, AcceptForm())


def _start(term: Term, form: StartForm) -> ProposalRun:
    course_id = int(form.course.data) if form.course.data else None
    return operations.start(
        current_scope(), term, current_user.id, course_id, form.most_sections.data, form.most_yuan.data
    )


def _after(run: ProposalRun, form: StartForm) -> str:
    """One course is shown at once; of all, the overview."""
    if form.course.data:
        return url_for("proposals.course", term_id=run.term_id, course_id=int(form.course.data))
    return url_for("proposals.index", term_id=run.term_id)


def _watch() -> operations.Enough:
    begin = monotonic()
    return lambda: monotonic() - begin > REQUEST_SECONDS


@blueprint.post("/go-on")
@requires(Role.COORDINATOR)
@transaction
def go_on(term_id: int) -> ResponseReturnValue:
    """Solve the next courses; answers with the progress, or sends on to the overview."""
    term = term_around(current_scope(), term_id)
    run = queries.run_of(current_user.id, term)
    operations.go_on(run, current_scope(), _watch())
    progress, part = queries.progress(run), "HX-Request" in request.headers
    if part and progress.solved < progress.total and not run.stopped:
        return render_template("proposals/_progress.html", term=term, progress=progress)
    target = url_for("proposals.index", term_id=term.id)
    return ("", 200, {"HX-Redirect": target}) if part else redirect(target, 303)


@blueprint.post("/stop")
@requires(Role.COORDINATOR)
@transaction
def stop(term_id: int) -> ResponseReturnValue:
    """Leave the courses that wait; what is proposed stays."""
    term = term_around(current_scope(), term_id)
    operations.stop(queries.run_of(current_user.id, term))
    flash(_("Stopped. What was proposed so far stands below."), "info")
    return redirect(url_for("proposals.index", term_id=term.id), 303)


@blueprint.get("/courses/<int:course_id>")
@requires(Role.COORDINATOR)
def course(term_id: int, course_id: int) -> str:
    """The sections proposed for a course: a map, a table behind it, and who stays without one."""
    term = term_around(current_scope(), term_id)
    return _course(term, course_id, AcceptForm())


def _course(term: Term, course_id: int, form: AcceptForm) -> str:
    run = queries.run_of(current_user.id, term)
    asked, unit_id = queries.course_of(run, course_id), request.args.get("unit", type=row_id)
    everybody = queries.unserved(asked)
    numbered = [
        (number, some) for number, some in enumerate(asked.proposals, 1) if unit_id in (None, some.unit_id)
    ]
    shown = [(number, some) for number, some in numbered if some.state is not ProposalState.LEFT_OUT]
    unserved = [row for row in everybody if unit_id in (None, row.community.unit_id)]
    return render_template(
        "proposals/course.html", term=term, run=run, asked=asked, numbered=numbered, unserved=unserved, why=WHY,
        units=_units(asked, everybody), unit_id=unit_id, proposal_map=map_of(shown, unserved), form=form,
        ways_of=queries.ways_of, term_path=path_for(current_scope(), term, "ready"),
    )


def _units(asked: ProposedCourse, unserved: list[queries.Unserved]) -> list[SelectChoice]:
    """The units to which the page may be narrowed."""
    units = {some.unit for some in asked.proposals} | {row.community.unit for row in unserved}
    return [SelectChoice(str(unit.id), unit.name) for unit in sorted(units, key=lambda unit: unit.path)]


@blueprint.post("/accept")
@requires(Role.COORDINATOR)
@transaction
def accept(term_id: int) -> ResponseReturnValue:
    """Open the chosen sections, one by one or whole courses; the message offers to undo all of it."""
    term, form = term_around(current_scope(), term_id), AcceptForm()
    run, course_id = queries.run_of(current_user.id, term), request.args.get("course", type=row_id)
    ids, courses = (request.form.getlist(name, type=row_id) for name in ("proposal", "course"))
    chosen = queries.chosen(run, ids, courses)
    changes = form.apply(lambda: operations.accept(run, current_scope(), chosen))
    if changes is None:
        return _index(term, _start_form(), form) if course_id is None else _course(term, course_id, form)
    text = ngettext("%(num)s section is open.", "%(num)s sections are open.", len(chosen))
    flash_with_undo(text, url_for("proposals.undo", term_id=term.id, run_id=run.id, batch=changes.id))
    return redirect(_back(term, course_id), 303)


def _back(term: Term, course_id: int | None) -> str:
    if course_id is None:
        return url_for("proposals.index", term_id=term.id)
    unit_id = request.args.get("unit", type=row_id)
    return url_for("proposals.course", term_id=term.id, course_id=course_id, unit=unit_id)


@blueprint.post("/runs/<int:run_id>/batches/<int:batch>/undo")
@requires(Role.COORDINATOR)
@transaction
def undo(term_id: int, run_id: int, batch: int) -> ResponseReturnValue:
    """Close the sections that were opened together."""
    term, form = term_around(current_scope(), term_id), AcceptForm()
    changes = queries.opened(queries.run_by(current_user.id, term, run_id), batch)
    number = form.apply(lambda: operations.take_back(changes))
    if number is None:
        flash(" ".join(map(str, form.form_errors)), "error")
    else:
        text = ngettext("%(num)s section is only proposed again.", "%(num)s sections are only proposed again.", number)
        flash(text, "success")
    return redirect(url_for("proposals.index", term_id=term.id), 303)


@blueprint.route("/<int:proposal_id>/edit", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def edit(term_id: int, proposal_id: int) -> ResponseReturnValue:
    """A form for the name, the unit and the learners of a proposed section."""
    term = term_around(current_scope(), term_id)
    proposal = queries.proposal_of(queries.run_of(current_user.id, term), proposal_id)
    form = editing(proposal, lambda: edit_form(proposal, queries.may_come(current_scope(), term, proposal)))
    form.unit.choices = term_unit_choices(current_scope(), term)
    if form.validate_on_submit() and form.apply(lambda: _edit(proposal, form)):
        return redirect_saved(_back(term, proposal.asked.course_id))
    return render_template(
        "proposals/edit.html", term=term, proposal=proposal, form=form, ways=queries.ways_of(proposal),
        term_path=path_for(current_scope(), term, "ready"),
    )


def _edit(proposal: Proposal, form: EditForm) -> Proposal:
    unit = db.session.get_one(Unit, int(form.unit.data))
    return operations.edit(proposal, form.name.data, unit, form.learners())


@blueprint.post("/<int:proposal_id>/leave-out")
@requires(Role.COORDINATOR)
@transaction
def leave_out(term_id: int, proposal_id: int) -> ResponseReturnValue:
    """Leave a proposed section out, or with ``restore`` take it in again."""
    term, form = term_around(current_scope(), term_id), AcceptForm()
    proposal = queries.proposal_of(queries.run_of(current_user.id, term), proposal_id)
    restore = "restore" in request.values
    form.apply(lambda: operations.leave_out(proposal, not restore))
    if form.form_errors:
        return _course(term, proposal.asked.course_id, form)
    if restore:
        flash(_("The section is proposed again."), "success")
    else:
        undo_url = url_for("proposals.leave_out", term_id=term.id, proposal_id=proposal.id, restore=1)
        flash_with_undo(_("The proposed section is left out."), undo_url)
    return redirect(_back(term, proposal.asked.course_id), 303)
