"""Pages of the sources of demand, and of working the demand out from them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, ngettext
from flask_login import current_user

from scheduler.core.row_ids import row_id
from scheduler.core.transaction import transaction
from scheduler.domain.term_choices import asked_unit, choose_unit, course_choices, term_unit_choices
from scheduler.domain.term_scope import lacks_county, term_around
from scheduler.domain.workflow import path_for
from scheduler.features.planning.demand.entry_answers import next_form, put_back, tell_changed
from scheduler.features.planning.demand.forms import people_form
from scheduler.features.planning.demand.sources import operations, queries
from scheduler.features.planning.demand.sources.forms import (
    RestoreSourceForm,
    SourceForm,
    TakeOverForm,
    WorkOutForm,
    term_choices,
)
from scheduler.features.planning.demand.sources.queries import Effect, SourceFilters
from scheduler.models import ChangeSet, ChangeSetKind, DemandSource, Role, SourceKind, Term
from scheduler.web.access import current_scope, requires
from scheduler.web.editing import hold
from scheduler.web.flash import flash_with_undo
from scheduler.web.pagination import paginate

blueprint = Blueprint("demand_sources", __name__, url_prefix="/desk/terms/<int:term_id>/demand/sources")
MAX_ROWS_SHOWN = 50
"""Entries of each effect that a preview names; the others are counted."""


def _filters(term: Term) -> SourceFilters:
    kind = request.args.get("kind", type=SourceKind)
    course_id, search = request.args.get("course", type=row_id), request.args.get("q", "").strip()[:100]
    return SourceFilters(course_id, asked_unit(term), search, kind)


@blueprint.route("", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def index(term_id: int) -> ResponseReturnValue:
    """What is known of who wants what, source by source; the numbers are edited in place."""
    term = term_around(current_scope(), term_id)
    filters = _filters(term)
    hold(term)
    page = paginate(queries.sources(current_scope(), term, filters))
    form = people_form(term, page.rows)
    if form.validate_on_submit():
        _save(term, page.rows, form.people())
        return redirect(page.url(page.number), 303)
    return render_template(
        "demand/sources/index.html", term=term, page=page, form=form, filters=filters, kinds=SourceKind,
        courses=course_choices(filters.course), units=term_unit_choices(current_scope(), term),
        total=queries.count(current_scope(), term), term_path=path_for(current_scope(), term, "ready"),
    )


def _save(term: Term, sources: list[DemandSource], people: dict[int, int]) -> None:
    """Save the numbers, and remove the source whose button was pressed, if one was."""
    changed = operations.set_people(sources, people)
    removed = request.form.get("remove", type=row_id)
    if removed is None:
        tell_changed(changed)
        return
    source = queries.source_in(current_scope(), term, removed)
    undo = url_for(
        "demand_sources.restore", term_id=term.id, course=source.course_id, community=source.community_id,
        kind=source.kind, people=source.people, percent=source.percent,
    )
    text = _("What this source says of %(community)s is removed.", community=source.community.name)
    operations.remove_source(source)
    flash_with_undo(text, undo)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def create(term_id: int) -> ResponseReturnValue:
    """A form for one entry after the other; course and kind stay chosen."""
    term = term_around(current_scope(), term_id)
    unit = _filters(term).unit
    if lacks_county(term, unit):
        return choose_unit(term, _("Add a source"))
    kind = request.args.get("kind", SourceKind.SURVEY, type=SourceKind)
    form = SourceForm(data={"course": request.args.get("course"), "kind": kind})
    form.offer_choices(current_scope(), term, unit)
    if form.validate_on_submit() and (source := form.apply(lambda: _create(term, form))):
        course_id, unit_id = source.course_id, unit and unit.id
        return next_form(
            source,
            url_for("demand_sources.create", term_id=term.id, course=course_id, kind=source.kind, unit=unit_id),
        )
    return render_template(
        "demand/sources/create.html", term=term, form=form, term_path=path_for(current_scope(), term, "ready")
    )


def _create(term: Term, form: SourceForm) -> DemandSource:
    return operations.create_source(term, *form.chosen(), **form.values("course", "community"))


@blueprint.post("/restore")
@requires(Role.COORDINATOR)
@transaction
def restore(term_id: int) -> ResponseReturnValue:
    """Put a removed source back."""
    term, form = term_around(current_scope(), term_id), RestoreSourceForm(request.args, meta={"csrf": False})
    url = url_for("demand_sources.index", term_id=term.id)
    return put_back(term, form, lambda: _create(term, form), _("The source is back."), url)


@blueprint.route("/take-over", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def take_over(term_id: int) -> ResponseReturnValue:
    """Make learners and lists of an earlier term sources of this one."""
    term, form = term_around(current_scope(), term_id), TakeOverForm()
    terms = queries.earlier_terms(current_scope(), term)
    form.source.choices = term_choices(terms)
    if form.validate_on_submit() and (changes := form.apply(lambda: _take_over(term, form))):
        _tell(changes)
        return redirect(url_for("demand_sources.index", term_id=term.id), 303)
    return render_template(
        "demand/sources/take_over.html", term=term, form=form, terms=terms,
        term_path=path_for(current_scope(), term, "ready"),
    )


def _take_over(term: Term, form: TakeOverForm) -> ChangeSet:
    earlier = term_around(current_scope(), int(form.source.data))
    kinds = [SourceKind(kind) for kind in form.kinds.data]
    return operations.take_over(current_scope(), earlier, term, kinds)


@blueprint.route("/work-out", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def work_out(term_id: int) -> ResponseReturnValue:
    """What the sources come to, entry by entry; then the demand is written from them."""
    term, form = term_around(current_scope(), term_id), WorkOutForm()
    course_id = request.args.get("course", type=row_id)
    worked = queries.worked(current_scope(), term, course_id)
    if form.validate_on_submit() and (changes := form.apply(lambda: _work_out(term, worked, form))):
        _tell(changes)
        return redirect(url_for("demand.index", term_id=term.id, course=course_id), 303)
    effects = {effect: [outcome for outcome in worked if outcome.effect is effect] for effect in Effect}
    return render_template(
        "demand/sources/work_out.html", term=term, form=form, effects=effects, counts=queries.counts(worked),
        course_id=course_id, courses=course_choices(course_id), shown=MAX_ROWS_SHOWN,
        term_path=path_for(current_scope(), term, "ready"),
    )


def _work_out(term: Term, worked: list[queries.Worked], form: WorkOutForm) -> ChangeSet:
    return operations.work_out(term, worked, _ticked(worked, form))


def _ticked(worked: list[queries.Worked], form: WorkOutForm) -> set[int]:
    """Ids of the typed entries that are to be replaced."""
    if form.all_typed.data:
        return {outcome.entry.id for outcome in worked if outcome.entry is not None}
    return set(request.form.getlist("typed", type=row_id))


def _tell(changes: ChangeSet) -> None:
    """Say what changed, with a way back."""
    number = len(changes.entries)
    if not number:
        flash(_("Nothing had to be changed."), "info")
        return
    text = ngettext("%(num)s entry changed.", "%(num)s entries changed.", number)
    flash_with_undo(text, url_for("demand_sources.undo", term_id=changes.term_id, step_id=changes.id))


@blueprint.post("/steps/<int:step_id>/undo")
@requires(Role.COORDINATOR)
@transaction
def undo(term_id: int, step_id: int) -> ResponseReturnValue:
    """Bring back the numbers that were changed at once."""
    term = term_around(current_scope(), term_id)
    changes, form = queries.changes_of(current_user.id, term, step_id), WorkOutForm()
    number = form.apply(lambda: operations.take_back(changes))
    if number is None:
        flash(" ".join(map(str, form.form_errors)), "error")
    else:
        flash(ngettext("%(num)s entry is as before.", "%(num)s entries are as before.", number), "success")
    back = "demand.index" if changes.kind is ChangeSetKind.DEMAND_WORKED_OUT else "demand_sources.index"
    return redirect(url_for(back, term_id=term.id), 303)
