"""Pages of timetables: a plan by room, venue, teacher, community or course, and one's own weeks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from flask import Blueprint, Response, render_template, url_for
from flask_babel import format_date, gettext as _
from werkzeug.exceptions import NotFound

from scheduler.core.clock import today
from scheduler.domain.cover_notices import short_notice
from scheduler.domain.covers import Covers, covers_of_term
from scheduler.domain.plans import plan_among, plans_shown
from scheduler.domain.term_scope import may_plan as plans_the_term, term_around
from scheduler.domain.workflow import term_path
from scheduler.engine.words.sentences import reason_sentence
from scheduler.features.planning.timetable import printed, queries
from scheduler.features.planning.timetable.dates import dates_of
from scheduler.features.planning.timetable.my_weeks import following, upcoming, weeks_of
from scheduler.features.planning.timetable.selection import TimetableSelection, View, requested
from scheduler.features.planning.timetable.weeks import sheets_of, week_of, weeks_text
from scheduler.models import BookingStatus, Placement, Plan, PlanStatus, Role, User
from scheduler.web.access import current_scope, requires, scope_of
from scheduler.web.matters import Matter, matters
from scheduler.web.pagination import paginate
from scheduler.web.pdf import pdf_response

blueprint = Blueprint("timetable", __name__, url_prefix="/desk")
WORDS = {"reason_sentence": reason_sentence, "weeks_text": weeks_text, "short_notice": short_notice, "views": View}
blueprint.context_processor(lambda: WORDS)


@dataclass(frozen=True)
class Shown:
    """A selection with its plan and the other plans that could be shown."""

    selection: TimetableSelection
    plan: Plan
    plans: list[Plan]


@matters
def _next_session(user: User) -> Iterator[Matter]:
    """The next session that a teacher gives, or that is held in a manager's rooms."""
    roles = user.roles & {Role.TEACHER, Role.VENUE_MANAGER}
    session = following(upcoming(scope_of(user, *roles))) if roles else None
    if session is not None:
        entry, day = session.entry, session.occurrence.date
        stage = _("today") if day == today() else format_date(day, "medium")
        sentence = " · ".join([format_date(day, "full"), entry.hours, *entry.lines])
        yield Matter(entry.title, stage, "neutral", sentence, _("My weeks"), url_for("timetable.mine"))


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
    scope, plan = current_scope(), shown.plan
    selection, units = _of_unit(shown)
    owners = queries.owners(scope, plan, selection.view, selection.unit_id)
    if selection.of is None and owners:
        selection = replace(selection, of=max(owners, key=lambda owner: owner.sections).id)
    place = next((place for place, owner in enumerate(owners) if owner.id == selection.of), None)
    crowded = place is not None and owners[place].sections > queries.MAX_IN_A_WEEK
    placements = queries.placements_selected(scope, plan, selection) if owners and not crowded else []
    return render_template(
        "timetable/show.html",
        shown=shown,
        term=selection.term,
        plan=plan,
        selection=selection,
        units=units,
        owners=owners,
        place=place,
        crowded=crowded,
        grid=week_of(selection, plan, placements, _answers(plan, placements), _covers(plan)),
        **_unplaced(plan),
        **_path(selection),
    )


def _covers(plan: Plan) -> Covers:
    """Who stands in, where the plan is the published one."""
    return covers_of_term(plan.term) if plan.status is PlanStatus.PUBLISHED else {}


def _of_unit(shown: Shown) -> tuple[TimetableSelection, list[queries.OwnersUnit]]:
    """The selection with the unit to begin with, and the units to choose from; none where all owners can be offered."""
    selection = shown.selection
    units = queries.units(current_scope(), shown.plan, selection.view)
    if sum(unit.owners for unit in units) <= queries.MAX_OWNERS:
        return replace(selection, unit_id=None), []
    unit_ids = {unit.id for unit in units}
    owner_unit = None if selection.of is None else queries.unit_of(selection.view, selection.of)
    if selection.unit_id in unit_ids and selection.unit_id != owner_unit:
        return replace(selection, of=None), units  # another unit was chosen than that of the owner shown before
    if owner_unit not in unit_ids:
        owner_unit = max(units, key=lambda unit: unit.owners).id
    return replace(selection, unit_id=owner_unit), units


def _answers(plan: Plan, placements: Iterable[Placement]) -> dict[int, BookingStatus]:
    return queries.answers(plan, [placement.section_id for placement in placements])


def _unplaced(plan: Plan) -> dict[str, object]:
    unplaced, number = queries.unplaced(current_scope(), plan)
    return {"unplaced": unplaced, "unplaced_number": number}


def _list(shown: Shown) -> str:
    scope, plan, selection = current_scope(), shown.plan, shown.selection
    listed = queries.in_order_of_week(queries.placements(scope, plan, selection), plan)
    page = paginate(listed, total=queries.number_of(scope, plan, selection))
    owners = queries.owners(scope, plan, selection.view, of=selection.of) if selection.of is not None else []
    return render_template(
        "timetable/list.html",
        shown=shown,
        term=selection.term,
        plan=plan,
        selection=selection,
        page=page,
        owner=owners[0] if owners else None,
        answers=_answers(plan, page.rows),
        **_unplaced(plan),
        **_path(selection),
    )


@blueprint.get("/terms/<int:term_id>/timetable/sheets")
@requires(Role.COORDINATOR)
def sheets(term_id: int) -> str:
    """Every room, venue or teacher on a page of its own, to be printed; of many those of one unit."""
    shown = _shown(term_id) or _missing()
    scope, plan = current_scope(), shown.plan
    selection, units = _of_unit(replace(shown, selection=replace(shown.selection, of=None, search="")))
    owners = queries.owners(scope, plan, selection.view, selection.unit_id)
    placements = queries.placements_of(scope, plan, selection.view, [owner.id for owner in owners])
    return render_template(
        "timetable/sheets.html",
        plan=plan,
        term=selection.term,
        selection=selection,
        units=units,
        sheets=sheets_of(selection, plan, owners, placements, _answers(plan, placements)),
    )


@blueprint.get("/terms/<int:term_id>/timetable/sheets.pdf")
@requires(Role.COORDINATOR)
def pdf(term_id: int) -> Response:
    """A page on A4 for one room, teacher, community …, or one for each of a venue or unit."""
    shown = _shown(term_id) or _missing()
    scope, plan = current_scope(), shown.plan
    selection, _units = _of_unit(shown)
    owners = printed.chosen(selection, queries.owners(scope, plan, selection.view, selection.unit_id))
    if not owners:
        raise NotFound
    placements = queries.placements_of(scope, plan, selection.view, [owner.id for owner in owners])
    weeks = sheets_of(selection, plan, owners, placements, _answers(plan, placements))
    return pdf_response("timetable.typ", printed.sheets(plan, selection, weeks), f"timetable-{term_id}")


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
        covers=_covers(shown.plan).get(section_id, {}),
        today=today(),
        answer=queries.answers(shown.plan, [section_id]).get(section_id),
        **_path(shown.selection),
    )


@blueprint.get("/my-weeks")
@requires(Role.TEACHER, Role.VENUE_MANAGER)
def mine() -> str:
    """The next session of a teacher or of a manager's rooms, then the weeks to come."""
    sessions = upcoming(current_scope())
    return render_template("timetable/mine.html", following=following(sessions), weeks=weeks_of(sessions))


def _shown(term_id: int) -> Shown | None:
    """What the address selects; None where the term has no plan yet."""
    term = term_around(current_scope(), term_id)
    selection, plans = requested(term), plans_shown(current_scope(), term)
    plan = plan_among(plans, selection.plan_id)
    return None if plan is None else Shown(replace(selection, plan_id=plan.id), plan, list(plans))


def _missing() -> Shown:
    raise NotFound


def _path(selection: TimetableSelection) -> dict[str, object]:
    """The term's path for those who plan the term; others see only the timetable."""
    plans_term = plans_the_term(current_scope(), selection.term)
    home = url_for("terms.show", term_id=selection.term.id)
    return {
        "term_path": term_path(selection.term, "adjust") if plans_term else None,
        "plans_term": plans_term,
        "home": home,
    }
