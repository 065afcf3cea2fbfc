"""Pages of timetables: a plan by room, venue, teacher, community or course, and one's own weeks."""

from dataclasses import dataclass, replace

from flask import Blueprint, render_template, url_for
from werkzeug.exceptions import NotFound

from scheduler.access import current_scope, requires
from scheduler.models import Plan, Role
from scheduler.pagination import paginate
from scheduler.solving.sentences import reason_sentence
from scheduler.term_path import term_path
from scheduler.term_plans import plan_among, plans_shown
from scheduler.term_scope import plans as plans_the_term, term_around
from scheduler.timetable import queries
from scheduler.timetable.dates import dates_of
from scheduler.timetable.mine import upcoming, weeks_of
from scheduler.timetable.selection import VIEWS, Selection, requested
from scheduler.timetable.weeks import sheets_of, week_of, weeks_text

blueprint = Blueprint("timetable", __name__, url_prefix="/desk")
blueprint.context_processor(lambda: {"reason_sentence": reason_sentence, "weeks_text": weeks_text, "views": VIEWS})


@dataclass(frozen=True)
class Shown:
    """A selection with its plan and the other plans that could be shown."""

    selection: Selection
    plan: Plan
    plans: list[Plan]


@blueprint.get("/terms/<int:term_id>/timetable")
@requires(Role.COORDINATOR)
def show(term_id: int) -> str:
    """A plan as a week or as a list."""
    shown = _shown(term_id)
    if shown is None:
        term = term_around(current_scope(), term_id)
        return render_template("timetable/none.html", term=term, **_path(requested(term)))
    return _list(shown) if shown.selection.as_list else _grid(shown)


def _grid(shown: Shown) -> str:
    scope, plan, selection = current_scope(), shown.plan, shown.selection
    owners = queries.owners(scope, plan, selection.view)
    if selection.of is None and owners:
        selection = replace(selection, of=max(owners, key=lambda owner: owner.sections).id)
    held = queries.held(scope, plan, selection) if owners else []
    return render_template(
        "timetable/show.html",
        shown=shown,
        term=selection.term,
        plan=plan,
        selection=selection,
        owners=owners,
        place=next((place for place, owner in enumerate(owners) if owner.id == selection.of), None),
        grid=week_of(selection, held, queries.answers(plan)),
        unplaced=queries.unplaced(scope, plan),
        **_path(selection),
    )


def _list(shown: Shown) -> str:
    scope, plan, selection = current_scope(), shown.plan, shown.selection
    page = paginate(queries.in_order_of_week(queries.placements(scope, plan, selection)))
    owners = queries.owners(scope, plan, selection.view) if selection.of is not None else []
    return render_template(
        "timetable/list.html",
        shown=shown,
        term=selection.term,
        plan=plan,
        selection=selection,
        page=page,
        owner=next((owner for owner in owners if owner.id == selection.of), None),
        answers=queries.answers(plan),
        unplaced=queries.unplaced(scope, plan),
        **_path(selection),
    )


@blueprint.get("/terms/<int:term_id>/timetable/sheets")
@requires(Role.COORDINATOR)
def sheets(term_id: int) -> str:
    """Every room, venue or teacher on a page of its own, to be printed."""
    shown = _shown(term_id) or _missing()
    scope, selection = current_scope(), replace(shown.selection, of=None, search="")
    owners = queries.owners(scope, shown.plan, selection.view)
    held = queries.held(scope, shown.plan, selection)
    return render_template(
        "timetable/sheets.html",
        plan=shown.plan,
        term=selection.term,
        selection=selection,
        sheets=sheets_of(selection, owners, held, queries.answers(shown.plan)),
    )


@blueprint.get("/terms/<int:term_id>/timetable/sections/<int:section_id>")
@requires(Role.COORDINATOR)
def section(term_id: int, section_id: int) -> str:
    """All dates of a placed section, with its room and teacher."""
    shown = _shown(term_id) or _missing()
    placement = queries.placement_in(current_scope(), shown.plan, section_id)
    return render_template(
        "timetable/section.html",
        placement=placement,
        plan=shown.plan,
        term=shown.selection.term,
        selection=shown.selection,
        dates=dates_of(placement),
        answer=queries.answers(shown.plan).get(section_id),
        **_path(shown.selection),
    )


@blueprint.get("/my-weeks")
@requires(Role.TEACHER, Role.VENUE_MANAGER)
def mine() -> str:
    """The next session of a teacher or of a manager's rooms, then the weeks to come."""
    sessions = upcoming(current_scope())
    return render_template("timetable/mine.html", following=sessions[0] if sessions else None, weeks=weeks_of(sessions))


def _shown(term_id: int) -> Shown | None:
    """What the address selects; None where the term has no plan yet."""
    term = term_around(current_scope(), term_id)
    selection, plans = requested(term), plans_shown(current_scope(), term)
    plan = plan_among(plans, selection.plan_id)
    return None if plan is None else Shown(replace(selection, plan_id=plan.id), plan, list(plans))


def _missing() -> Shown:
    raise NotFound


def _path(selection: Selection) -> dict[str, object]:
    """The term's path for those who plan the term; others see only the timetable."""
    planned_here = plans_the_term(current_scope(), selection.term)
    home = url_for("terms.show", term_id=selection.term.id)
    return {
        "term_path": term_path(selection.term, "adjust") if planned_here else None,
        "plans_term": planned_here,
        "home": home,
    }
