"""Pages that show a plan as pictures, and their tables as files."""

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
from scheduler.features.planning.statistics.selection import PlanSelection, asked
from scheduler.features.planning.statistics.tables import Table, csv_of
from scheduler.models import Role, TeacherKind, VenueKind
from scheduler.web.access import requires

blueprint = Blueprint("pictures", __name__, url_prefix="/desk/plans/<int:plan_id>/pictures")
PICTURES: dict[str, LazyString] = {
    "pictures.show_map": _l("Map"),
    "pictures.rooms": _l("Use of rooms"),
    "pictures.teachers": _l("Teachers' load"),
    "pictures.fairness": _l("Fairness"),
    "pictures.budgets": _l("Budgets"),
}


def _page(template: str, wanted: PlanSelection, table: Table, **variables: object) -> str:
    return render_template(
        template,
        plan=wanted.plan,
        term=wanted.plan.term,
        asked=wanted,
        table=table.sorted_by(wanted.sort),
        pictures=PICTURES,
        units=units_offered(wanted.scope, wanted.plan.term, wanted.unit),
        assumptions=assumptions(queries.assumed(wanted.plan)),
        term_path=path_for(wanted.scope, wanted.plan.term, "adjust"),
        **variables,
    )


@blueprint.get("")
@requires(Role.COORDINATOR)
def show_map(plan_id: int) -> str:
    """Communities by how well they are served, and the venues that serve them; counties where there are several."""
    wanted = asked(plan_id)
    if wanted.counties:
        people = people_by_county(wanted.scope, wanted.plan, wanted.counties)
        table = tabulation.people_by_county(people.counties, wanted.county)
        busiest = people.venues[: map_drawing.BUSIEST_OF_A_CITY]
        return _map(wanted, table, people.counties, busiest, people.counties, people.venues_used)
    found = coverages(wanted.scope, wanted.plan, wanted.unit)
    venues = venues_visited(wanted.scope, wanted.plan, wanted.unit)
    streets = by_unit(found)
    names = streets if len(streets) > 1 else []
    if len(found) > map_drawing.MOST_MARKS:
        table = tabulation.communities(streets, wanted.county, _("Street or town"))
        return _map(wanted, table, streets, venues, names, len(venues))
    return _map(wanted, _communities(wanted, found), found, venues, names, len(venues), by_street=False)


def _map(
    wanted: PlanSelection,
    table: Table,
    places: list[Coverage],
    venues: list[Visited],
    names: list[Coverage],
    venues_used: int,
    by_street: bool = True,
) -> str:
    return _page(
        "pictures/map.html",
        wanted,
        table,
        map=map_drawing.drawn(places, venues, wanted.show, names),
        by_street=by_street,
        venues=venues_used,
        grades=map_drawing.GRADES[wanted.show],
    )


def _communities(wanted: PlanSelection, found: list[Coverage]) -> Table:
    return tabulation.communities(found, lambda of: wanted.timetable("community", of))


@blueprint.get("/rooms")
@requires(Role.COORDINATOR)
def rooms(plan_id: int) -> str:
    """The share of open rooms that are used, by weekday and hour."""
    wanted = asked(plan_id)
    table, use = _rooms(wanted)
    return _page(
        "pictures/rooms.html",
        wanted,
        table,
        use=use,
        shade=shade,
        step=step_of(use),
        venues=[] if wanted.counties else queries.venues_within(wanted.scope, wanted.plan.term, wanted.unit),
        kinds=VenueKind,
    )


def _rooms(wanted: PlanSelection) -> tuple[Table, RoomUse]:
    """Room by room, or county by county."""
    if wanted.counties:
        use = use_by_county(wanted.scope, wanted.plan, wanted.narrowed)
        return tabulation.rooms_by_county(wanted.counties, use, wanted.county), use
    found, use = queries.use_of_rooms(wanted.scope, wanted.plan, wanted.narrowed)
    return tabulation.rooms(found, use, lambda of: wanted.timetable("room", of)), use


@blueprint.get("/teachers")
@requires(Role.COORDINATOR)
def teachers(plan_id: int) -> str:
    """How busy teachers are, against what they want and can do."""
    wanted = asked(plan_id)
    table, total, busiest = _loads(wanted)
    return _page(
        "pictures/teachers.html",
        wanted,
        table,
        loads=busiest,
        total=total,
        words=tabulation.load_words(),
        kinds=TeacherKind,
    )


def _loads(wanted: PlanSelection) -> tuple[Table, Workload, list[Load]]:
    """Teacher by teacher, or county by county; all together, and the busiest ones."""
    if wanted.counties:
        counted = loads_by_county(wanted.scope, wanted.plan, wanted.narrowed)
        table = tabulation.teachers_by_county(wanted.counties, counted.counties, wanted.county)
        return table, counted.total, counted.busiest
    found = queries.loads(wanted.scope, wanted.plan, wanted.narrowed)
    table = tabulation.teachers(found, lambda of: wanted.timetable("teacher", of))
    return table, workload(found), queries.busiest(found)


@blueprint.get("/fairness")
@requires(Role.COORDINATOR)
def fairness(plan_id: int) -> str:
    """How evenly ways and places are spread over communities."""
    wanted = asked(plan_id)
    if wanted.counties:
        people = people_by_county(wanted.scope, wanted.plan, wanted.counties)
        table = tabulation.people_by_county(people.counties, wanted.county)
        return _fairness(wanted, table, people.evenness, lambda one: f"{wanted.county(one.unit_id)}#place-{one.id}")
    found = coverages(wanted.scope, wanted.plan, wanted.unit)
    return _fairness(wanted, _communities(wanted, found), evenness(found), lambda one: f"#place-{one.id}")


def _fairness(wanted: PlanSelection, table: Table, found: Evenness, place_url: Callable[[Coverage], str]) -> str:
    return _page("pictures/fairness.html", wanted, table, evenness=found, place_url=place_url)


@blueprint.get("/budgets")
@requires(Role.COORDINATOR)
def budgets(plan_id: int) -> str:
    """What units spend of their budgets; of several counties each opens its streets."""
    wanted = asked(plan_id)
    table, found = _budgets(wanted)
    return _page("pictures/budgets.html", wanted, table, found=found)


def _budgets(wanted: PlanSelection) -> tuple[Table, list[Spending]]:
    found = queries.spending(wanted.scope, wanted.plan, wanted.unit)
    if not wanted.counties:
        return tabulation.budgets(found), found
    ids = {unit.id for unit in wanted.counties}
    shown = [one for one in found if one.unit_id in ids]
    table = tabulation.budgets(shown, wanted.county, wanted.plan.term.unit_id)
    return replace(table, name="budgets-by-county", parts="budgets"), shown


def _hours_table(wanted: PlanSelection) -> Table:
    _table, use = _rooms(wanted)
    return tabulation.hours(use)


def _rooms_table(wanted: PlanSelection) -> Table:
    return tabulation.rooms(*queries.use_of_rooms(wanted.scope, wanted.plan, wanted.narrowed))


TABLES: dict[str, Callable[[PlanSelection], Table]] = {
    "communities": lambda wanted: tabulation.communities(coverages(wanted.scope, wanted.plan, wanted.unit)),
    "rooms": _rooms_table,
    "hours": _hours_table,
    "teachers": lambda wanted: tabulation.teachers(queries.loads(wanted.scope, wanted.plan, wanted.narrowed)),
    "budgets": lambda wanted: tabulation.budgets(queries.spending(wanted.scope, wanted.plan, wanted.unit)),
}
BY_COUNTY: dict[str, Callable[[PlanSelection], Table]] = {
    "communities-by-county": lambda wanted: tabulation.people_by_county(
        people_by_county(wanted.scope, wanted.plan, wanted.counties).counties
    ),
    "rooms-by-county": lambda wanted: _rooms(wanted)[0],
    "teachers-by-county": lambda wanted: _loads(wanted)[0],
    "budgets-by-county": lambda wanted: _budgets(wanted)[0],
}


@blueprint.get("/<name>.csv")
@requires(Role.COORDINATOR)
def download(plan_id: int, name: str) -> Response:
    """One of the tables as a file, in the order of the page that it was asked for on."""
    wanted = asked(plan_id)
    table = (TABLES | (BY_COUNTY if wanted.counties else {})).get(name) or abort(404)
    return csv_of(table(wanted).sorted_by(wanted.sort))
