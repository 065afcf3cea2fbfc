"""Forms for venues, rooms, their hours and what rooms can have."""

from typing import ClassVar, Self

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from scheduler.calendar.dates_field import DatesField
from scheduler.calendar.week_hours_field import WeekHoursField
from scheduler.domain.availability import hours_of, times_of
from scheduler.models import Confirmation, Room, VenueKind
from scheduler.web.choices import enumeration_choices, word_choices
from scheduler.web.forms import OPTIONAL_ENGLISH, BaseForm, DegreesField, Filled, TelephoneField, TrimmedField
from scheduler.web.place_fields import PlaceForm, datum_field, pasted_field

WHOLE_NUMBER = _l("Write a whole number.")
STEP_FREE = {"yes": True, "no": False, "unknown": None}
STEP_FREE_WORDS = {"yes": _l("yes"), "no": _l("no"), "unknown": _l("not known")}


def _step_free(value: object) -> bool | None:
    """A value of the model as it is, or one from the form as the model holds it."""
    return value if isinstance(value, bool) else STEP_FREE.get(str(value))


class VenueForm(PlaceForm):
    """A venue's facts and its place on the map."""

    name = TrimmedField(_l("Name"), [Filled(), Length(max=200)])
    kind = SelectField(_l("Kind"), [Filled()], coerce=VenueKind, choices=enumeration_choices(VenueKind))
    unit_id = SelectField(
        _l("Belongs to"), [Filled()], coerce=int,
        description=_l("The street, town or county whose coordinator looks after this entry."),
    )
    address = TrimmedField(
        _l("Address"), [Length(max=300)], description=_l("As residents find it: street, number, building, floor.")
    )
    latitude = DegreesField(
        _l("Latitude"), [InputRequired(_l("Write degrees, such as 29.6555.")), NumberRange(-90, 90)],
        description=_l("In degrees as GPS gives them, north positive."),
    )
    longitude = DegreesField(
        _l("Longitude"), [InputRequired(_l("Write degrees, such as 121.4069.")), NumberRange(-180, 180)],
        axis="longitude", description=_l("In degrees, east positive."),
    )
    pasted, datum = pasted_field(), datum_field()
    step_free = RadioField(
        _l("Step-free from the street to the rooms"), coerce=_step_free, default="unknown",
        choices=word_choices(STEP_FREE_WORDS),
    )
    contact = TrimmedField(
        _l("Whom to ask for"), [Length(max=200)],
        description=_l("A role or desk, such as “front desk”; never a private person."),
    )
    phone = TelephoneField(
        _l("Telephone"), description=_l("With its area code and the zero before it, such as 0574-8858 0000.")
    )
    confirmation = RadioField(
        _l("Who answers booking requests"), coerce=Confirmation, default=Confirmation.MANAGER,
        choices=enumeration_choices(Confirmation),
    )


class EditVenueForm(VenueForm):
    """An entry that was made up can be declared checked."""

    checked = BooleanField(
        _l("I have checked these facts"),
        description=_l("Takes away the mark “assumed” from the facts and from the place on the map."),
    )


class RoomForm(BaseForm):
    """A room's facts; its hours have a form of their own."""

    name = TrimmedField(_l("Name"), [Filled(), Length(max=200)], description=_l("As it stands on the door."))
    capacity = IntegerField(
        _l("Seats"), [InputRequired(WHOLE_NUMBER), NumberRange(1, 5000)],
        description=_l("How many people can learn here at once."),
    )
    features = SelectMultipleField(
        _l("What the room has"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
        description=_l("Courses that need one of these are planned only in rooms that have it."),
    )
    turnaround_minutes = IntegerField(
        _l("Minutes between two uses"), [InputRequired(WHOLE_NUMBER), NumberRange(0, 240)], default=15,
        description=_l("To leave, tidy up and come in."),
    )
    fee = IntegerField(
        _l("Fee in yuan a session"), [InputRequired(WHOLE_NUMBER), NumberRange(0, 100_000)], default=0,
        description=_l("What the venue charges; 0 when the room is free of charge."),
    )


class EditRoomForm(RoomForm):
    """A room that was made up can be declared checked."""

    checked = BooleanField(_l("I have checked these facts"), description=_l("Takes away the mark “assumed”."))


class HoursForm(BaseForm):
    """When a room may be used for education."""

    STORED_IN: ClassVar = {"hours": "room_windows", "closures": "room_closures"}

    hours = WeekHoursField(
        _l("Opening hours"),
        description=_l("When the room may be used for education, every week. Plans never go beyond these hours."),
    )
    closures = DatesField(
        _l("Closed dates"),
        description=_l(
            "One date to a line, with a note if you like: 2027-05-01 Labour Day. "
            "For several days in a row: 2027-07-01~2027-07-31 repairs. Or several with commas: 2027-05-08, 2027-05-15. "
            "For some hours only: 2027-05-08 09:00-12:00."
        ),
        render_kw={"rows": 6},
    )


    @classmethod
    def of(cls, room: Room, model: Room | None) -> Self:
        """The form of a room, with the hours of another one offered to one that has none."""
        return cls(data={"hours": hours_of((model or room).windows), "closures": times_of(room.closures)})


class FeatureForm(BaseForm):
    """Something that rooms can have."""

    name_zh = TrimmedField(_l("Name in Chinese"), [Filled(), Length(max=200)])
    name_en = TrimmedField(_l("Name in English"), [Length(max=200)], description=OPTIONAL_ENGLISH)
