"""Each chart's figures as a table."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from flask_babel import gettext as _

from scheduler.core.clock import clock
from scheduler.features.planning.statistics.budgets import Spending
from scheduler.features.planning.statistics.coverage import Coverage
from scheduler.features.planning.statistics.loads import Load, Workload
from scheduler.features.planning.statistics.room_use import HOUR, OpenRoom, RoomUse
from scheduler.features.planning.statistics.tables import ColumnKind, Table, TableColumn, TableRow
from scheduler.models import Level, TeacherKind, Unit, VenueKind
from scheduler.web.labels import label, weekday_name

T = TypeVar("T")
Link = Callable[[int], str] | None
WEEKDAYS = range(7)


def communities(coverages: Iterable[Coverage], link: Link = None, together: str = "") -> Table:
    """Learners and distances, a row's key is that of its mark.

    Community by community, or those of a street or county in one row under a heading that says what is ``together``.
    """
    columns = [
        TableColumn("name", together or _("Community")),
        TableColumn("unit", _("Street or town")),
        TableColumn("communities", _("Communities"), ColumnKind.NUMBER),
        TableColumn("asked", _("Asked for"), ColumnKind.NUMBER),
        TableColumn("planned", _("In sections"), ColumnKind.NUMBER),
        TableColumn("placed", _("Placed"), ColumnKind.NUMBER),
        TableColumn("share", _("Coverage"), ColumnKind.SHARE),
        TableColumn("metres", _("Mean distance"), ColumnKind.METRES, _("m")),
        TableColumn("population", _("Residents"), ColumnKind.NUMBER),
        TableColumn("per_thousand", _("Places per 1,000 residents"), ColumnKind.DECIMAL),
    ]
    rows = [
        TableRow(
            f"place-{coverage.id}",
            (
                coverage.name,
                coverage.unit,
                coverage.communities,
                coverage.asked,
                coverage.planned,
                coverage.placed,
                coverage.share,
                coverage.mean_metres,
                coverage.population or None,
                coverage.per_thousand,
            ),
            coverage.id,
        )
        for coverage in coverages
    ]
    left_out = "unit" if together else "communities"
    return Table("communities", _("Communities in figures"), columns, rows, link=link).without(left_out)


def people_by_county(coverages: Iterable[Coverage], link: Link = None) -> Table:
    """Learners and distances, county by county."""
    table = communities(coverages, link, _("County or district"))
    return replace(table, name="communities-by-county", parts="communities")


def hours(use: RoomUse) -> Table:
    """The use of rooms by weekday and hour."""
    columns = [
        TableColumn("weekday", _("Weekday")),
        TableColumn("hour", _("Hour")),
        TableColumn("open", _("Room hours open"), ColumnKind.DECIMAL, _("h")),
        TableColumn("used", _("Room hours used"), ColumnKind.DECIMAL, _("h")),
        TableColumn("share", _("Used"), ColumnKind.SHARE),
    ]
    rows = [
        TableRow(
            f"hour-{weekday}-{hour}",
            (weekday_name(weekday), clock(hour * HOUR), cell.open / HOUR, cell.used / HOUR, cell.share),
        )
        for (weekday, hour), cell in sorted(use.cells.items())
    ]
    return Table("hours", _("Use of rooms by weekday and hour"), columns, rows)


def rooms(open_rooms: Iterable[OpenRoom], use: RoomUse, link: Link = None) -> Table:
    """The use of rooms, room by room."""
    columns = [
        TableColumn("room", _("Room")),
        TableColumn("venue", _("Venue")),
        TableColumn("kind", _("Kind")),
        TableColumn("sessions", _("Sessions in the term"), ColumnKind.NUMBER),
        TableColumn("open", _("Hours open"), ColumnKind.DECIMAL, _("h")),
        TableColumn("used", _("Hours used"), ColumnKind.DECIMAL, _("h")),
        TableColumn("share", _("Used"), ColumnKind.SHARE),
    ]
    rows, kinds = [], {kind: label(kind) for kind in VenueKind}
    for room in open_rooms:
        minutes = use.rooms[room.id]
        figures = (minutes.sessions, minutes.open / HOUR, minutes.used / HOUR, minutes.share)
        rows.append(TableRow(f"room-{room.id}", (room.name, room.venue, kinds[room.kind], *figures), room.id))
    return Table("rooms", _("Use of rooms, room by room"), columns, rows, link=link)


def rooms_by_county(counties: Iterable[Unit], use: RoomUse, link: Link = None) -> Table:
    """The use of rooms, county by county."""
    columns = [
        TableColumn("county", _("County or district")),
        TableColumn("rooms", _("Rooms"), ColumnKind.NUMBER),
        TableColumn("sessions", _("Sessions in the term"), ColumnKind.NUMBER),
        TableColumn("open", _("Hours open"), ColumnKind.DECIMAL, _("h")),
        TableColumn("used", _("Hours used"), ColumnKind.DECIMAL, _("h")),
        TableColumn("share", _("Used"), ColumnKind.SHARE),
    ]
    rows = []
    for unit, minutes in _with_figures(counties, use.rooms):
        figures = (minutes.rooms, minutes.sessions, minutes.open / HOUR, minutes.used / HOUR, minutes.share)
        rows.append(TableRow(f"unit-{unit.id}", (unit.name, *figures), _opens(unit)))
    return Table("rooms-by-county", _("Use of rooms, county by county"), columns, rows, link=link, parts="rooms")


def _with_figures(counties: Iterable[Unit], figures: Mapping[int, T]) -> list[tuple[Unit, T]]:
    """The counties of which there are figures."""
    return [(unit, figures[unit.id]) for unit in counties if unit.id in figures]


def _opens(unit: Unit) -> int:
    """The id of a county that has a chart of its own; what belongs to the city itself has none."""
    return 0 if unit.level is Level.CITY else unit.id


def load_words() -> dict[str, str]:
    """How a teacher's load stands, by state."""
    return {
        "unused": _("no sessions"),
        "within": _("within what is wanted"),
        "above": _("above what is wanted"),
        "full": _("at the limit"),
    }


def teachers(loads: Iterable[Load], link: Link = None) -> Table:
    """Teachers with their loads."""
    columns = [
        TableColumn("teacher", _("Teacher")),
        TableColumn("unit", _("Unit")),
        TableColumn("kind", _("Kind")),
        TableColumn("busiest", _("Sessions in the busiest week"), ColumnKind.NUMBER),
        TableColumn("wanted", _("Wanted a week"), ColumnKind.NUMBER),
        TableColumn("most", _("At most a week"), ColumnKind.NUMBER),
        TableColumn("above", _("Weeks above what is wanted"), ColumnKind.NUMBER),
        TableColumn("sessions", _("Sessions in the term"), ColumnKind.NUMBER),
        TableColumn("journeys", _("Journeys between venues"), ColumnKind.NUMBER),
        TableColumn("metres", _("Length of the journeys"), ColumnKind.METRES, _("m")),
        TableColumn("state", _("State")),
    ]
    words, kinds = load_words(), {kind: label(kind) for kind in TeacherKind}
    rows = [
        TableRow(
            f"teacher-{load.person.id}",
            (
                load.person.name,
                load.person.unit,
                kinds[load.person.kind],
                load.busiest,
                load.person.wanted_week,
                load.person.most,
                load.weeks_above,
                load.sessions,
                load.journeys,
                load.journey_metres,
                words[load.state],
            ),
            load.person.id,
        )
        for load in loads
    ]
    return Table("teachers", _("Teachers' load"), columns, rows, link=link)


def teachers_by_county(counties: Iterable[Unit], workloads: Mapping[int, Workload], link: Link = None) -> Table:
    """Teachers with their loads, county by county."""
    words = load_words()
    columns = [
        TableColumn("county", _("County or district")),
        TableColumn("teachers", _("Teachers"), ColumnKind.NUMBER),
        *(TableColumn(state, text, ColumnKind.NUMBER) for state, text in words.items()),
        TableColumn("sessions", _("Sessions in the term"), ColumnKind.NUMBER),
        TableColumn("journeys", _("Journeys between venues"), ColumnKind.NUMBER),
        TableColumn("metres", _("Length of the journeys"), ColumnKind.METRES, _("m")),
    ]
    rows = []
    for unit, workload in _with_figures(counties, workloads):
        states = (workload.states[state] for state in words)
        figures = (workload.teachers, *states, workload.sessions, workload.journeys, workload.journey_metres)
        rows.append(TableRow(f"unit-{unit.id}", (unit.name, *figures), _opens(unit)))
    return Table(
        "teachers-by-county", _("Teachers' load, county by county"), columns, rows, link=link, parts="teachers"
    )


def budgets(spendings: Iterable[Spending], link: Link = None, root_id: int = 0) -> Table:
    """Units with their spending, in the order of the tree; the root is shown already and needs no link."""
    columns = [
        TableColumn("unit", _("Unit")),
        TableColumn("sections", _("Sections paid"), ColumnKind.NUMBER),
        TableColumn("teachers", _("Fees of teachers"), ColumnKind.YUAN, _("yuan")),
        TableColumn("rooms", _("Fees of rooms"), ColumnKind.YUAN, _("yuan")),
        TableColumn("used", _("Spent altogether"), ColumnKind.YUAN, _("yuan")),
        TableColumn("limit", _("Limit"), ColumnKind.YUAN, _("yuan")),
        TableColumn("left", _("Left"), ColumnKind.YUAN, _("yuan")),
        TableColumn("share", _("Used"), ColumnKind.SHARE),
    ]
    rows = [
        TableRow(
            f"unit-{spending.unit_id}",
            (
                spending.name,
                spending.used.sections,
                spending.used.teachers,
                spending.used.rooms,
                spending.used.total,
                spending.limit,
                spending.left,
                spending.share,
            ),
            0 if spending.unit_id == root_id else spending.unit_id,
            spending.depth,
        )
        for spending in spendings
    ]
    return Table("budgets", _("Budgets in figures"), columns, rows, link=link)
