"""Pages that show a plan as maps, bars and histograms, and their tables as files."""

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, Response, abort, render_template
from flask_babel import LazyString, gettext as _, lazy_gettext as _l

from scheduler.domain.workflow import path_for
from scheduler.features.planning.statistics import map_drawing, queries, tabulation
from scheduler.features.planning.statistics.assumptions import assumptions
from scheduler.features.planning.statistics.budgets import Spending
from scheduler.features.planning.statistics.counties import (
    loads_by_county,
    people_by_county,
    units_offered,
    use_by_county,
)
from scheduler.features.planning.statistics.coverage import Coverage, by_unit
from scheduler.features.planning.statistics.evenness import Evenness, evenness
from scheduler.features.planning.statistics.loads import Load, Workload, workload
from scheduler.features.planning.statistics.people import Visited, coverages, venues_visited
from scheduler.features.planning.statistics.room_use import RoomUse, shade, step_of
from scheduler.features.planning.statistics.selection import PlanSelection, requested_selection
from scheduler.features.planning.statistics.tables import Table, csv_of
from scheduler.models import Role, TeacherKind, VenueKind
from scheduler.web.access import requires

blueprint = Blueprint("statistics", __name__, url_prefix="/desk/plans/<int:plan_id>/pictures")
PAGES: dict[str, LazyString] = {
    "statistics.show_map": _l("Map"),
    "statistics.rooms": _l("Use of rooms"),
    "statistics.teachers": _l("Teachers' load"),
    "statistics.fairness": _l("Fairness"),
    "statistics.budgets": _l("Budgets"),
}


def _page(template: str, selection: PlanSelection, table: Table, **variables: object) -> str:
    return render_template(
        template,
        plan=selection.plan,
        term=selection.plan.term,
        selection=selection,
        table=table.sorted_by(selection.sort),
        pages=PAGES,
        units=units_offered(selection.scope, selection.plan.term, selection.unit),
        assumptions=assumptions(queries.assumed(selection.plan)),
        term_path=path_for(selection.scope, selection.plan.term, "adjust"),
        **variables,
    )


@blueprint.get("")
@requires(Role.COORDINATOR)
def show_map(plan_id: int) -> str:
    """Communities by how well they are served, and the venues that serve them; counties where there are several."""
    selection = requested_selection(plan_id)
    if selection.counties:
        people = people_by_county(selection.scope, selection.plan, selection.counties)
        table = tabulation.people_by_county(people.counties, selection.county)
        busiest = people.venues[: map_drawing.BUSIEST_OF_A_CITY]
        return _map(selection, table, people.counties, busiest, people.counties, people.venues_used)
    communities = coverages(selection.scope, selection.plan, selection.unit)
    venues = venues_visited(selection.scope, selection.plan, selection.unit)
    streets = by_unit(communities)
    names = streets if len(streets) > 1 else []
    if len(communities) > map_drawing.MAX_MARKS:
        table = tabulation.communities(streets, selection.county, _("Street or town"))
        return _map(selection, table, streets, venues, names, len(venues))
    return _map(
        selection, _communities(selection, communities), communities, venues, names, len(venues), by_street=False
    )


def _map(
    selection: PlanSelection,
    table: Table,
    places: list[Coverage],
    venues: list[Visited],
    names: list[Coverage],
    venues_used: int,
    by_street: bool = True,
) -> str:
    return _page(
        "statistics/map.html",
        selection,
        table,
        map=map_drawing.drawn(places, venues, selection.show, names),
        by_street=by_street,
        venues=venues_used,
        grades=map_drawing.GRADES[selection.show],
    )


def _communities(selection: PlanSelection, communities: list[Coverage]) -> Table:
    return tabulation.communities(communities, lambda of: selection.timetable("community", of))


@blueprint.get("/rooms")
@requires(Role.COORDINATOR)
def rooms(plan_id: int) -> str:
    """The share of open rooms that are used, by weekday and hour."""
    selection = requested_selection(plan_id)
    table, use = _rooms(selection)
    return _page(
        "statistics/rooms.html",
        selection,
        table,
        use=use,
        shade=shade,
        step=step_of(use),
        venues=[]
        if selection.counties
        else queries.venues_within(selection.scope, selection.plan.term, selection.unit),
        kinds=VenueKind,
    )


def _rooms(selection: PlanSelection) -> tuple[Table, RoomUse]:
    """Room by room, or county by county."""
    if selection.counties:
        use = use_by_county(selection.scope, selection.plan, selection.narrowed)
        return tabulation.rooms_by_county(selection.counties, use, selection.county), use
    open_rooms, use = queries.use_of_rooms(selection.scope, selection.plan, selection.narrowed)
    return tabulation.rooms(open_rooms, use, lambda of: selection.timetable("room", of)), use


@blueprint.get("/teachers")
@requires(Role.COORDINATOR)
def teachers(plan_id: int) -> str:
    """How busy teachers are, against what they want and can do."""
    selection = requested_selection(plan_id)
    table, total, busiest = _loads(selection)
    return _page(
        "statistics/teachers.html",
        selection,
        table,
        loads=busiest,
        total=total,
        words=tabulation.load_words(),
        kinds=TeacherKind,
    )


def _loads(selection: PlanSelection) -> tuple[Table, Workload, list[Load]]:
    """Teacher by teacher, or county by county; all together, and the busiest ones."""
    if selection.counties:
        counted = loads_by_county(selection.scope, selection.plan, selection.narrowed)
        table = tabulation.teachers_by_county(selection.counties, counted.counties, selection.county)
        return table, counted.total, counted.busiest
    loads = queries.loads(selection.scope, selection.plan, selection.narrowed)
    table = tabulation.teachers(loads, lambda of: selection.timetable("teacher", of))
    return table, workload(loads), queries.busiest(loads)


@blueprint.get("/fairness")
@requires(Role.COORDINATOR)
def fairness(plan_id: int) -> str:
    """How evenly ways and places are spread over communities."""
    selection = requested_selection(plan_id)
    if selection.counties:
        people = people_by_county(selection.scope, selection.plan, selection.counties)
        table = tabulation.people_by_county(people.counties, selection.county)
        return _fairness(
            selection, table, people.evenness, lambda place: f"{selection.county(place.unit_id)}#place-{place.id}"
        )
    communities = coverages(selection.scope, selection.plan, selection.unit)
    return _fairness(
        selection, _communities(selection, communities), evenness(communities), lambda place: f"#place-{place.id}"
    )


def _fairness(selection: PlanSelection, table: Table, spread: Evenness, place_url: Callable[[Coverage], str]) -> str:
    return _page("statistics/fairness.html", selection, table, evenness=spread, place_url=place_url)


@blueprint.get("/budgets")
@requires(Role.COORDINATOR)
def budgets(plan_id: int) -> str:
    """What units spend of their budgets; of several counties each opens its streets."""
    selection = requested_selection(plan_id)
    table, spendings = _budgets(selection)
    return _page("statistics/budgets.html", selection, table, spendings=spendings)


def _budgets(selection: PlanSelection) -> tuple[Table, list[Spending]]:
    spendings = queries.spending(selection.scope, selection.plan, selection.unit)
    if not selection.counties:
        return tabulation.budgets(spendings), spendings
    ids = {unit.id for unit in selection.counties}
    shown = [spending for spending in spendings if spending.unit_id in ids]
    table = tabulation.budgets(shown, selection.county, selection.plan.term.unit_id)
    return replace(table, name="budgets-by-county", parts="budgets"), shown


def _hours_table(selection: PlanSelection) -> Table:
    _table, use = _rooms(selection)
    return tabulation.hours(use)


def _rooms_table(selection: PlanSelection) -> Table:
    return tabulation.rooms(*queries.use_of_rooms(selection.scope, selection.plan, selection.narrowed))


TABLES: dict[str, Callable[[PlanSelection], Table]] = {
    "communities": lambda selection: tabulation.communities(coverages(selection.scope, selection.plan, selection.unit)),
    "rooms": _rooms_table,
    "hours": _hours_table,
    "teachers": lambda selection: tabulation.teachers(
        queries.loads(selection.scope, selection.plan, selection.narrowed)
    ),
    "budgets": lambda selection: tabulation.budgets(queries.spending(selection.scope, selection.plan, selection.unit)),
}
BY_COUNTY: dict[str, Callable[[PlanSelection], Table]] = {
    "communities-by-county": lambda selection: tabulation.people_by_county(
        people_by_county(selection.scope, selection.plan, selection.counties).counties
    ),
    "rooms-by-county": lambda selection: _rooms(selection)[0],
    "teachers-by-county": lambda selection: _loads(selection)[0],
    "budgets-by-county": lambda selection: _budgets(selection)[0],
}


@blueprint.get("/<name>.csv")
@requires(Role.COORDINATOR)
def download(plan_id: int, name: str) -> Response:
    """One of the tables as a file, in the order of the page that it was asked for on."""
    selection = requested_selection(plan_id)
    table = (TABLES | (BY_COUNTY if selection.counties else {})).get(name) or abort(404)
    return csv_of(table(selection).sorted_by(selection.sort))
