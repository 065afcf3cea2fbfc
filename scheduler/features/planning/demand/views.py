"""Pages of demand."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.core.row_ids import row_id
from scheduler.core.transaction import transaction
from scheduler.domain.demand import combined
from scheduler.domain.term_choices import asked_unit, choose_unit, course_choices, term_unit_choices
from scheduler.domain.term_scope import lacks_county, term_around
from scheduler.domain.workflow import path_for
from scheduler.features.planning.demand import operations, queries
from scheduler.features.planning.demand.entry_answers import next_form, put_back, tell_changed
from scheduler.features.planning.demand.forms import DemandForm, RestoreDemandForm, people_form
from scheduler.features.planning.demand.queries import DemandFilters
from scheduler.models import Demand, Role, Term
from scheduler.web.access import current_scope, requires
from scheduler.web.editing import hold
from scheduler.web.flash import flash_with_undo
from scheduler.web.pagination import paginate

blueprint = Blueprint("demand", __name__, url_prefix="/desk/terms/<int:term_id>/demand")


def _filters(term: Term) -> DemandFilters:
    return DemandFilters(request.args.get("course", type=row_id), asked_unit(term), request.args.get("q", "")[:100])


@blueprint.route("", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def index(term_id: int) -> ResponseReturnValue:
    """Who wants what: a list whose numbers are edited in place and saved at once."""
    term = term_around(current_scope(), term_id)
    filters = _filters(term)
    hold(term)
    number, people = queries.in_all(current_scope(), term)
    listed = queries.listed(Demand, current_scope(), term, filters)
    page = paginate(listed, total=None if filters.narrow else number)
    form = people_form(term, page.rows)
    if form.validate_on_submit():
        _save(term, page.rows, form.people())
        return redirect(page.url(page.number), 303)
    return render_template(
        "demand/index.html",
        term=term,
        page=page,
        form=form,
        filters=filters,
        courses=course_choices(filters.course),
        units=term_unit_choices(current_scope(), term),
        sources=queries.sources_of(term, page.rows),
        combined=combined,
        people=people,
        term_path=path_for(current_scope(), term, "ready"),
    )


def _save(term: Term, entries: list[Demand], people: dict[int, int]) -> None:
    """Save the numbers, and remove the entry whose button was pressed, if one was."""
    changed = operations.set_people(entries, people)
    removed = request.form.get("remove", type=row_id)
    if removed is None:
        tell_changed(changed)
        return
    entry = queries.entry_in(current_scope(), term, removed)
    undo = url_for(
        "demand.restore",
        term_id=term.id,
        course=entry.course_id,
        community=entry.community_id,
        people=entry.people,
        assumed=1 if entry.assumed else None,
        worked_out=1 if entry.worked_out else None,
    )
    text = _("The demand of %(community)s is removed.", community=entry.community.name)
    operations.remove_demand(entry)
    flash_with_undo(text, undo)


@blueprint.get("/courses")
@requires(Role.COORDINATOR)
def totals(term_id: int) -> str:
    """Each course with the people who want it and those for whom sections stand."""
    term = term_around(current_scope(), term_id)
    return render_template(
        "demand/totals.html",
        term=term,
        totals=queries.totals(current_scope(), term),
        term_path=path_for(current_scope(), term, "ready"),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def create(term_id: int) -> ResponseReturnValue:
    """A form for one entry after the other; the course stays chosen."""
    term = term_around(current_scope(), term_id)
    unit = _filters(term).unit
    if lacks_county(term, unit):
        return choose_unit(term, _("Add demand"))
    form = DemandForm(data={"course": request.args.get("course")})
    form.offer_choices(current_scope(), term, unit)
    if form.validate_on_submit() and (entry := form.apply(lambda: _create(term, form))):
        unit_id = unit and unit.id
        return next_form(entry, url_for("demand.create", term_id=term.id, course=entry.course_id, unit=unit_id))
    return render_template(
        "demand/create.html", term=term, form=form, term_path=path_for(current_scope(), term, "ready")
    )


def _create(term: Term, form: DemandForm) -> Demand:
    return operations.create_demand(term, *form.chosen(), **form.values("course", "community"))


@blueprint.post("/restore")
@requires(Role.COORDINATOR)
@transaction
def restore(term_id: int) -> ResponseReturnValue:
    """Put a removed entry back."""
    term, form = term_around(current_scope(), term_id), RestoreDemandForm(request.args, meta={"csrf": False})
    url = url_for("demand.index", term_id=term.id)
    return put_back(term, form, lambda: _create(term, form), _("The demand is back."), url)
