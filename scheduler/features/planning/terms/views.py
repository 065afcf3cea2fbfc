"""Pages of terms, their calendar and budgets."""

from collections.abc import Iterator

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, gettext as _, ngettext
from sqlalchemy import select

from scheduler.calendar.holidays import holiday_name
from scheduler.core.clock import today
from scheduler.core.extensions import db
from scheduler.core.row_ids import row_id
from scheduler.core.transaction import transaction
from scheduler.domain.in_use import uses_of
from scheduler.domain.next_step import next_step
from scheduler.domain.plans import newest_draft, published_plan
from scheduler.domain.publishing.unsettled import unsettled_sections
from scheduler.domain.term_scope import may_plan, term_around, term_in
from scheduler.domain.workflow import path_for, progress_of, term_path
from scheduler.features.planning.terms import operations, queries
from scheduler.features.planning.terms.forms import DayForm, EditTermForm, TermForm, budget_form, source_choices
from scheduler.features.planning.terms.term_copy import copy_term
from scheduler.models import Role, Term, Unit, User
from scheduler.web.access import Scope, current_scope, requires, scope_of
from scheduler.web.archiving import archive_or_restore
from scheduler.web.choices import unit_choices
from scheduler.web.editing import editing, hold
from scheduler.web.flash import flash_with_undo, redirect_with
from scheduler.web.matters import Matter, matters
from scheduler.web.pagination import searched

blueprint = Blueprint("terms", __name__, url_prefix="/desk/terms")


@matters
def _next_steps(user: User) -> Iterator[Matter]:
    """What is next in each term that a coordinator plans and that is not over yet."""
    scope = scope_of(user, Role.COORDINATOR) if user.roles & {Role.COORDINATOR, Role.ADMINISTRATOR} else Scope()
    for term in queries.terms(scope):
        if may_plan(scope, term) and operations.last_day(term) >= today():
            step = next_step(term, progress_of(term))
            yield Matter(term.name, step.stage, step.tone, step.sentence, step.action, step.url)


@blueprint.get("")
@requires(Role.COORDINATOR)
def index() -> str:
    """The terms that the user plans or adds to, each with where it stands, searchable."""
    search, archived = searched()
    terms = [
        (term, queries.totals(current_scope(), term), next_step(term, progress_of(term)))
        for term in queries.terms(current_scope(), search, archived)
    ]
    return render_template(
        "terms/index.html", terms=terms, search=search, archived=archived, last_day=operations.last_day
    )


@blueprint.get("/<int:term_id>")
@requires(Role.COORDINATOR)
def show(term_id: int) -> str:
    """A term's home: what is next, and the way to everything it holds."""
    term = term_around(current_scope(), term_id)
    plans_term = may_plan(current_scope(), term)
    return render_template(
        "terms/show.html",
        term=term,
        plans_term=plans_term,
        totals=queries.totals(current_scope(), term),
        next=next_step(term, progress_of(term)),
        last_day=operations.last_day(term),
        plan=(published_plan(term) or newest_draft(term)) if plans_term else None,
        term_path=path_for(current_scope(), term),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def create() -> ResponseReturnValue:
    """A form for a new term; its days off come from the libraries."""
    form = TermForm(data={"source": request.args.get("source", ""), "unit": request.args.get("unit", "")})
    form.unit.choices = unit_choices(current_scope())
    form.source.choices = source_choices(queries.planned_terms(current_scope()))
    if form.validate_on_submit() and (term := form.apply(lambda: _create(form))):
        return redirect_with(
            _("%(name)s is open. %(days)s", name=term.name, days=_loaded(len(term.days))),
            url_for("terms.show", term_id=term.id),
        )
    return render_template("terms/create.html", form=form)


@blueprint.route("/<int:term_id>/edit", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def edit(term_id: int) -> ResponseReturnValue:
    """A form for a term's dates, travel and weights."""
    term = term_in(current_scope(), term_id)
    form = editing(term, lambda: EditTermForm.of(term))
    if form.validate_on_submit() and form.apply(lambda: operations.edit_term(term, **form.facts())):
        return _saved(term, _("Saved."), url_for("terms.show", term_id=term.id))
    return render_template("terms/edit.html", form=form, term=term, term_path=term_path(term, "ready"))


@blueprint.post("/<int:term_id>/archive")
@requires(Role.COORDINATOR)
@transaction
def archive(term_id: int) -> ResponseReturnValue:
    """Archive a term, or with ``restore`` bring it back."""
    term = term_in(current_scope(), term_id)
    return archive_or_restore(term, term.name, url_for("terms.index"), uses=uses_of(term))


@blueprint.route("/<int:term_id>/calendar", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def calendar(term_id: int) -> ResponseReturnValue:
    """The term's weeks with days off and make-up days, and a form for one more."""
    term, form = term_in(current_scope(), term_id), DayForm()
    if form.validate_on_submit() and (days := form.apply(lambda: operations.add_days(term, **form.values()))):
        text = ngettext("The date is in the calendar.", "%(num)s dates are in the calendar.", len(days))
        return _saved(term, text, url_for("terms.calendar", term_id=term.id))
    return render_template(
        "terms/calendar.html",
        term=term,
        form=form,
        holiday_name=holiday_name,
        weeks=queries.weeks(term),
        days=queries.days(term),
        sources=queries.sources(term),
        term_path=term_path(term, "ready"),
    )


@blueprint.post("/<int:term_id>/calendar/reload")
@requires(Role.COORDINATOR)
@transaction
def reload_calendar(term_id: int) -> ResponseReturnValue:
    """Replace the calendar by what the libraries know."""
    term = term_in(current_scope(), term_id)
    return _saved(term, _loaded(operations.reload_days(term)), url_for("terms.calendar", term_id=term.id))


@blueprint.post("/<int:term_id>/calendar/<int:day_id>/remove")
@requires(Role.COORDINATOR)
@transaction
def remove_day(term_id: int, day_id: int) -> ResponseReturnValue:
    """Make a date ordinary again; the message offers to put it back."""
    term = term_in(current_scope(), term_id)
    day = queries.day_in(term, day_id)
    undo = url_for("terms.restore_day", term_id=term.id, date=day.date.isoformat(), kind=day.kind, name=day.name)
    text = _("%(date)s is an ordinary day again.", date=format_date(day.date, "long"))
    operations.remove_day(day)
    flash_with_undo(text, undo)
    return redirect(url_for("terms.calendar", term_id=term.id), 303)


@blueprint.post("/<int:term_id>/calendar/restore")
@requires(Role.COORDINATOR)
@transaction
def restore_day(term_id: int) -> ResponseReturnValue:
    """Put a removed date back."""
    term, form = term_in(current_scope(), term_id), DayForm(request.args, meta={"csrf": False})
    if form.validate() and form.apply(lambda: operations.add_days(term, **form.values())):
        flash(_("The date is in the calendar."), "success")
    return redirect(url_for("terms.calendar", term_id=term.id), 303)


@blueprint.route("/<int:term_id>/budgets", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def budgets(term_id: int) -> ResponseReturnValue:
    """What a unit and those below it may spend, saved at once; a city shows its counties, each opens its streets."""
    term = term_in(current_scope(), term_id)
    root = queries.unit_of(term, request.args.get("unit", type=row_id))
    hold(term)
    rows = queries.budget_rows(term, root)
    form = budget_form([row.unit for row in rows], {row.unit.id: row.yuan for row in rows if row.yuan is not None})
    form.remember(term, {f"unit_{budget.unit_id}": budget for budget in term.budgets})
    if form.validate_on_submit():
        operations.set_budgets(term, form.amounts())
        return redirect_with(
            _("Budgets saved."), url_for("terms.budgets", term_id=term.id, unit=request.args.get("unit", type=row_id))
        )
    return render_template(
        "terms/budgets.html", term=term, form=form, rows=rows, root=root, term_path=term_path(term, "ready")
    )


def _saved(term: Term, text: str, page: str) -> ResponseReturnValue:
    """Lead to a page, or where published sessions are concerned to the one on which they are settled."""
    plan = published_plan(term)
    number = 0 if plan is None else len(unsettled_sections(plan))
    if not number:
        return redirect_with(text, page)
    concerned = ngettext(
        "%(num)s published section is concerned: say how it goes on.",
        "%(num)s published sections are concerned: say how they go on.",
        number,
    )
    return redirect_with(f"{text} {concerned}", url_for("settling.show", term_id=term.id))


def _create(form: TermForm) -> Term:
    unit = db.one_or_404(select(Unit).where(Unit.id == int(form.unit.data), current_scope().units()))
    term = operations.create_term(unit, **form.facts())
    if form.source.data:
        copy_term(term_in(current_scope(), int(form.source.data)), term, form.parts.data)
    return term


def _loaded(days: int) -> str:
    return ngettext(
        "%(num)s day was loaded from the holiday library; see where from in the calendar.",
        "%(num)s days were loaded from the holiday library; see where from in the calendar.",
        days,
    )
