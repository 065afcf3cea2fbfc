"""Each picture's figures as a table."""

from collections.abc import Callable, Iterable

from flask_babel import gettext as _

from scheduler.forms import clock
from scheduler.labels import label, weekday_name
from scheduler.models import TeacherKind, VenueKind
from scheduler.pictures.budgets import Spending
from scheduler.pictures.coverage import Coverage
from scheduler.pictures.loads import Load
from scheduler.pictures.room_use import HOUR, OpenRoom, RoomUse
from scheduler.pictures.tables import Column, Kind, Row, Table

Link = Callable[[int], str] | None
WEEKDAYS = range(7)


def communities(found: Iterable[Coverage], link: Link = None, streets: bool = False) -> Table:
    """Learners and distances, community by community or street by street; a row's key is that of its mark."""
    columns = [
        Column("name", _("Street or town") if streets else _("Community")),
        Column("unit", _("Street or town")),
        Column("communities", _("Communities"), Kind.NUMBER),
        Column("asked", _("Asked for"), Kind.NUMBER),
        Column("planned", _("In sections"), Kind.NUMBER),
        Column("placed", _("Placed"), Kind.NUMBER),
        Column("share", _("Coverage"), Kind.SHARE),
        Column("metres", _("Mean distance"), Kind.METRES, _("m")),
        Column("population", _("Residents"), Kind.NUMBER),
        Column("per_thousand", _("Places per 1,000 residents"), Kind.DECIMAL),
    ]
    rows = [
        Row(
            f"place-{one.id}",
            (
                one.name,
                one.unit,
                one.communities,
                one.asked,
                one.planned,
                one.placed,
                one.share,
                one.mean_metres,
                one.population or None,
                one.per_thousand,
            ),
            one.id,
        )
        for one in found
    ]
    left_out = "unit" if streets else "communities"
    return Table("communities", _("Communities in figures"), columns, rows, link=link).without(left_out)


def hours(use: RoomUse) -> Table:
    """The use of rooms by weekday and hour."""
    columns = [
        Column("weekday", _("Weekday")),
        Column("hour", _("Hour")),
        Column("open", _("Room hours open"), Kind.DECIMAL, _("h")),
        Column("used", _("Room hours used"), Kind.DECIMAL, _("h")),
        Column("share", _("Used"), Kind.SHARE),
    ]
    rows = [
        Row(
            f"hour-{weekday}-{hour}",
            (weekday_name(weekday), clock(hour * HOUR), cell.open / HOUR, cell.used / HOUR, cell.share),
        )
        for (weekday, hour), cell in sorted(use.cells.items())
    ]
    return Table("hours", _("Use of rooms by weekday and hour"), columns, rows)


def rooms(found: Iterable[OpenRoom], use: RoomUse, link: Link = None) -> Table:
    """The use of rooms, room by room."""
    columns = [
        Column("room", _("Room")),
        Column("venue", _("Venue")),
        Column("kind", _("Kind")),
        Column("sessions", _("Sessions in the term"), Kind.NUMBER),
        Column("open", _("Hours open"), Kind.DECIMAL, _("h")),
        Column("used", _("Hours used"), Kind.DECIMAL, _("h")),
        Column("share", _("Used"), Kind.SHARE),
    ]
    rows, kinds = [], {kind: label(kind) for kind in VenueKind}
    for room in found:
        minutes = use.rooms[room.id]
        figures = (minutes.sessions, minutes.open / HOUR, minutes.used / HOUR, minutes.share)
        rows.append(Row(f"room-{room.id}", (room.name, room.venue, kinds[room.kind], *figures), room.id))
    return Table("rooms", _("Use of rooms, room by room"), columns, rows, link=link)


def load_words() -> dict[str, str]:
    """How a teacher's load stands, by state."""
    return {
        "unused": _("no sessions"),
        "within": _("within what is wanted"),
        "above": _("above what is wanted"),
        "full": _("at the limit"),
    }


def teachers(found: Iterable[Load], link: Link = None) -> Table:
    """Teachers with their loads."""
    columns = [
        Column("teacher", _("Teacher")),
        Column("unit", _("Unit")),
        Column("kind", _("Kind")),
        Column("busiest", _("Sessions in the busiest week"), Kind.NUMBER),
        Column("wanted", _("Wanted a week"), Kind.NUMBER),
        Column("most", _("At most a week"), Kind.NUMBER),
        Column("above", _("Weeks above what is wanted"), Kind.NUMBER),
        Column("sessions", _("Sessions in the term"), Kind.NUMBER),
        Column("journeys", _("Journeys between venues"), Kind.NUMBER),
        Column("metres", _("Length of the journeys"), Kind.METRES, _("m")),
        Column("state", _("State")),
    ]
    words, kinds = load_words(), {kind: label(kind) for kind in TeacherKind}
    rows = [
        Row(
            f"teacher-{one.person.id}",
            (
                one.person.name,
                one.person.unit,
                kinds[one.person.kind],
                one.busiest,
                one.person.wanted,
                one.person.most,
                one.weeks_above,
                one.sessions,
                one.journeys,
                one.journey_metres,
                words[one.state],
            ),
            one.person.id,
        )
        for one in found
    ]
    return Table("teachers", _("Teachers' load"), columns, rows, link=link)


def budgets(found: Iterable[Spending]) -> Table:
    """Units with their spending, in the order of the tree."""
    columns = [
        Column("unit", _("Unit")),
        Column("sections", _("Sections paid"), Kind.NUMBER),
        Column("teachers", _("Fees of teachers"), Kind.YUAN, _("yuan")),
        Column("rooms", _("Fees of rooms"), Kind.YUAN, _("yuan")),
        Column("used", _("Spent altogether"), Kind.YUAN, _("yuan")),
        Column("limit", _("Limit"), Kind.YUAN, _("yuan")),
        Column("left", _("Left"), Kind.YUAN, _("yuan")),
        Column("share", _("Used"), Kind.SHARE),
    ]
    rows = [
        Row(
            f"unit-{one.unit_id}",
            (
                one.name,
                one.used.sections,
                one.used.teachers,
                one.used.rooms,
                one.used.total,
                one.limit,
                one.left,
                one.share,
            ),
            depth=one.depth,
        )
        for one in found
    ]
    return Table("budgets", _("Budgets in figures"), columns, rows)
