"""Pages that show a plan as pictures, and their tables as files."""

from collections.abc import Callable

from flask import Blueprint, Response, abort, render_template
from flask_babel import LazyString, lazy_gettext as _l

from scheduler.access import requires
from scheduler.models import Role, TeacherKind, VenueKind
from scheduler.pictures import map_drawing, queries, tabulation
from scheduler.pictures.asked import Asked, asked
from scheduler.pictures.assumptions import assumptions
from scheduler.pictures.coverage import Coverage, by_unit
from scheduler.pictures.evenness import evenness
from scheduler.pictures.people import coverages, venues_visited
from scheduler.pictures.room_use import shade, step_of
from scheduler.pictures.tables import Table, csv_of
from scheduler.term_path import path_for

blueprint = Blueprint("pictures", __name__, url_prefix="/desk/plans/<int:plan_id>/pictures")
PICTURES: dict[str, LazyString] = {
    "pictures.show_map": _l("Map"),
    "pictures.rooms": _l("Use of rooms"),
    "pictures.teachers": _l("Teachers' load"),
    "pictures.fairness": _l("Fairness"),
    "pictures.budgets": _l("Budgets"),
}


def _page(template: str, wanted: Asked, table: Table, **variables: object) -> str:
    return render_template(
        template,
        plan=wanted.plan,
        term=wanted.plan.term,
        asked=wanted,
        table=table.sorted_by(wanted.sort),
        pictures=PICTURES,
        units=queries.units_within(wanted.scope, wanted.plan.term),
        assumptions=assumptions(queries.assumed(wanted.plan)),
        term_path=path_for(wanted.scope, wanted.plan.term, "adjust"),
        **variables,
    )


@blueprint.get("")
@requires(Role.COORDINATOR)
def show_map(plan_id: int) -> str:
    """Communities by how well they are served, and the venues that serve them."""
    wanted = asked(plan_id)
    found = coverages(wanted.scope, wanted.plan, wanted.unit)
    streets = by_unit(found)
    by_street = len(found) > map_drawing.MOST_MARKS
    shown = streets if by_street else found
    venues = venues_visited(wanted.scope, wanted.plan, wanted.unit)
    return _page(
        "pictures/map.html",
        wanted,
        _communities(wanted, shown, by_street),
        map=map_drawing.drawn(shown, venues, wanted.show, streets if len(streets) > 1 else []),
        by_street=by_street,
        venues=len(venues),
        grades=map_drawing.GRADES[wanted.show],
    )


def _communities(wanted: Asked, found: list[Coverage], by_street: bool) -> Table:
    def link(of: int) -> str:
        return wanted.url("pictures.show_map", unit=of) if by_street else wanted.timetable("community", of)

    return tabulation.communities(found, link, by_street)


@blueprint.get("/rooms")
@requires(Role.COORDINATOR)
def rooms(plan_id: int) -> str:
    """The share of open rooms that are used, by weekday and hour."""
    wanted = asked(plan_id)
    found, use = queries.use_of_rooms(wanted.scope, wanted.plan, wanted.narrowed)
    return _page(
        "pictures/rooms.html",
        wanted,
        tabulation.rooms(found, use, lambda of: wanted.timetable("room", of)),
        use=use,
        shade=shade,
        step=step_of(use),
        venues=queries.venues_within(wanted.scope, wanted.plan.term, wanted.unit),
        kinds=VenueKind,
    )


@blueprint.get("/teachers")
@requires(Role.COORDINATOR)
def teachers(plan_id: int) -> str:
    """How busy teachers are, against what they want and can do."""
    wanted = asked(plan_id)
    found = queries.loads(wanted.scope, wanted.plan, wanted.narrowed)
    return _page(
        "pictures/teachers.html",
        wanted,
        tabulation.teachers(found, lambda of: wanted.timetable("teacher", of)),
        loads=sorted(found, key=lambda one: (-one.busiest, -one.sessions, one.person.name)),
        words=tabulation.load_words(),
        kinds=TeacherKind,
    )


@blueprint.get("/fairness")
@requires(Role.COORDINATOR)
def fairness(plan_id: int) -> str:
    """How evenly ways and places are spread over communities."""
    wanted = asked(plan_id)
    found = coverages(wanted.scope, wanted.plan, wanted.unit)
    table = _communities(wanted, found, by_street=False)
    return _page("pictures/fairness.html", wanted, table, evenness=evenness(found))


@blueprint.get("/budgets")
@requires(Role.COORDINATOR)
def budgets(plan_id: int) -> str:
    """What units spend of their budgets."""
    wanted = asked(plan_id)
    found = queries.spending(wanted.scope, wanted.plan, wanted.unit)
    return _page("pictures/budgets.html", wanted, tabulation.budgets(found), found=found)


def _rooms_table(wanted: Asked) -> Table:
    found, use = queries.use_of_rooms(wanted.scope, wanted.plan, wanted.narrowed)
    return tabulation.rooms(found, use)


def _hours_table(wanted: Asked) -> Table:
    _rooms, use = queries.use_of_rooms(wanted.scope, wanted.plan, wanted.narrowed)
    return tabulation.hours(use)


TABLES: dict[str, Callable[[Asked], Table]] = {
    "communities": lambda wanted: tabulation.communities(coverages(wanted.scope, wanted.plan, wanted.unit)),
    "rooms": _rooms_table,
    "hours": _hours_table,
    "teachers": lambda wanted: tabulation.teachers(queries.loads(wanted.scope, wanted.plan, wanted.narrowed)),
    "budgets": lambda wanted: tabulation.budgets(queries.spending(wanted.scope, wanted.plan, wanted.unit)),
}


@blueprint.get("/<name>.csv")
@requires(Role.COORDINATOR)
def download(plan_id: int, name: str) -> Response:
    """One of the tables as a file, in the order of the page that it was asked for on."""
    wanted = asked(plan_id)
    table = TABLES.get(name) or abort(404)
    return csv_of(table(wanted).sorted_by(wanted.sort))
