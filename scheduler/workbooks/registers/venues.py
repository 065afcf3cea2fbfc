"""Venues and their rooms as sheets."""

from typing import Any

from flask_babel import gettext as _, lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload
from wtforms import SelectField

from scheduler.audit.states import registers
from scheduler.calendar.date_text import format_dates
from scheduler.core.clock import clock
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.core.telephones import with_lost_zero
from scheduler.core.typed_numbers import MINUTES, PEOPLE, YUAN
from scheduler.domain.availability import times_of
from scheduler.features.registers.venues import operations
from scheduler.features.registers.venues.forms import STEP_FREE, STEP_FREE_WORDS, HoursForm, RoomForm, VenueForm
from scheduler.models import Confirmation, Room, Teacher, Unit, Venue, VenueKind
from scheduler.web.forms import Filled
from scheduler.workbooks.directory import Directory
from scheduler.workbooks.kinds import ChoiceKind, Dates, Degrees, HoursKind, Telephone, Value, ValueKind, Whole
from scheduler.workbooks.references import Reference, References
from scheduler.workbooks.register import RegisterColumn, WorkbookRegister, text


class RoomRowForm(RoomForm, HoursForm):
    """A room with its venue and hours, all in one row."""

    venue = SelectField(_l("Venue"), [Filled()])


def hours_of(windows: Any) -> Value:
    """Weekly windows by weekday, as the forms write them."""
    texts: dict[str, list[str]] = {}
    for window in sorted(windows, key=lambda window: (window.weekday, window.start_minute)):
        span = f"{clock(window.start_minute)}-{clock(window.end_minute)}"
        texts.setdefault(str(window.weekday), []).append(span)
    return {day: ", ".join(spans) for day, spans in texts.items()}


def dates_of(entries: Any) -> Value:
    """Dated rows with hours and reasons as lines."""
    return format_dates(times_of(entries))


def _venues(names: Directory) -> Select[Venue]:
    return (
        select(Venue).join(Venue.unit).where(names.own, Venue.archived_at.is_(None))
        .order_by(Unit.path, Venue.name, Venue.id).options(joinedload(Venue.unit))
    )


def _rooms(names: Directory) -> Select[Room]:
    return (
        select(Room).join(Room.venue).join(Venue.unit)
        .where(names.own, Room.archived_at.is_(None), Venue.archived_at.is_(None))
        .order_by(Unit.path, Venue.name, Room.name, Room.id)
        .options(
            joinedload(Room.venue).joinedload(Venue.unit), selectinload(Room.features), selectinload(Room.windows),
            selectinload(Room.closures),
        )
    )


def _save_venue(_names: Directory, venue: Venue | None, form: VenueForm) -> Venue:
    unit = db.session.get_one(Unit, form.unit_id.data)
    if venue is None:
        return operations.create_venue(unit, **form.values("unit_id"))
    operations.edit_venue(venue, unit, checked=False, **form.values("unit_id"))
    return venue


def _save_room(names: Directory, room: Room | None, form: RoomRowForm) -> Room:
    venue = db.session.get_one(Venue, int(form.venue.data))
    if not names.scope.covers(venue.unit):
        raise DomainError(_("This venue is looked after elsewhere. Choose one of yours."), "venue")
    facts = form.values("venue", "hours", "closures")
    if room is None:
        room = operations.create_room(venue, **facts)
    elif room.venue_id != venue.id:
        raise DomainError(_("A room stays in its venue. Leave the number empty to enter a new room."), "venue")
    else:
        operations.edit_room(room, checked=False, **facts)
    operations.set_hours(room, form.hours.data, form.closures.data)
    return room


def _step_free(venue: Venue) -> Value:
    return next(key for key, value in STEP_FREE.items() if value is venue.step_free)


def lost_zero(row: Venue | Teacher) -> list[str]:
    """What is said of a number whose zero Excel has taken away."""
    mended = with_lost_zero(row.phone)
    if not mended:
        return []
    message = _("Telephone %(phone)s: is %(mended)s meant? Excel takes the zero from numbers; write it as text.")
    return [message % {"phone": row.phone, "mended": mended}]


VENUES = WorkbookRegister(
    name="venues",
    words=_l("Venues"),
    codec=registers.VENUES,
    entity="venue",
    form=VenueForm,
    columns=(
        text("name"),
        text("kind", ChoiceKind.of(VenueKind)),
        text("unit_id", Reference("unit")),
        text("address"),
        text("latitude", Degrees("latitude")),
        text("longitude", Degrees("longitude")),
        RegisterColumn("step_free", ChoiceKind(STEP_FREE_WORDS), _step_free),
        text("contact"),
        text("phone", Telephone()),
        text("confirmation", ChoiceKind.of(Confirmation)),
    ),
    rows=_venues,
    natural=("unit_id", "name"),
    title=lambda venue: str(venue.name),
    save=_save_venue,
    warnings=lost_zero,
    announces=lambda cells: [cells.get("name", ""), f"{cells.get('unit_id')}/{cells.get('name')}"],
)
ROOMS = WorkbookRegister(
    name="rooms",
    words=_l("Rooms"),
    codec=registers.ROOMS,
    entity="room",
    form=RoomRowForm,
    columns=(
        RegisterColumn("venue", Reference("venue"), lambda room: str(room.venue_id)),
        RegisterColumn("name", ValueKind(), lambda room: str(room.name)),
        text("capacity", Whole(PEOPLE)),
        RegisterColumn("features", References("feature"), lambda room: sorted(
            (feature.code for feature in room.features), key=lambda code: (len(code), code)
        )),
        text("turnaround_minutes", Whole(MINUTES)),
        text("fee", Whole(YUAN, free=True)),
        RegisterColumn("hours", HoursKind(), lambda room: hours_of(room.windows)),
        RegisterColumn("closures", Dates(), lambda room: dates_of(room.closures)),
    ),
    rows=_rooms,
    natural=("venue", "name"),
    title=lambda room: f"{room.venue.name} · {room.name}",
    save=_save_room,
    announces=lambda cells: [cells.get("name", ""), f"{cells.get('venue')}/{cells.get('name')}"],
)
