"""Forms for teachers."""

from typing import Any, ClassVar

from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import IntegerField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from scheduler.calendar.dates_field import DatesField
from scheduler.calendar.week_hours_field import WeekHoursField
from scheduler.domain.availability import hours_of, times_of
from scheduler.models import Teacher, TeacherKind
from scheduler.web.choices import enumeration_choices
from scheduler.web.forms import BaseForm, DegreesField, Filled, TelephoneField, TrimmedField
from scheduler.web.place_fields import PlaceForm, datum_field, pasted_field

WHOLE_NUMBER = InputRequired(_l("Write a whole number."))
EMAIL = Regexp(r"^[^@\s]+@[^@\s]+\.[^@\s]+$", message=_l("Write an address such as name@example.cn."))
DEGREES = InputRequired(_l("Write degrees, such as 29.6555."))


class AvailabilityForm(BaseForm):
    """When a teacher can teach; they may fill this in themselves."""

    STORED_IN: ClassVar = {"hours": "teacher_windows", "absences": "teacher_absences"}

    hours = WeekHoursField(_l("Hours in which they can teach"))
    absences = DatesField(
        _l("Absences"),
        description=_l("Dates, each with a note if you like: 2027-04-12 training. Some hours: 2027-04-12 09:00-12:00."),
        render_kw={"rows": 5},
    )


def availability_data(teacher: Teacher) -> dict[str, Any]:
    """What the form of a teacher's hours shows."""
    return {"hours": hours_of(teacher.windows), "absences": times_of(teacher.absences)}


class TeacherForm(PlaceForm, AvailabilityForm):
    """A teacher or volunteer."""

    name = TrimmedField(
        _l("Name"), [Filled(), Length(max=200)], description=_l("Residents and venues see it.")
    )
    unit = SelectField(_l("Belongs to"), [Filled()])
    kind = SelectField(_l("Serves"), choices=enumeration_choices(TeacherKind))
    phone = TelephoneField(
        _l("Telephone"),
        description=_l("Only coordinators see it, to call them when something changes."),
    )
    email = TrimmedField(
        _l("E-mail"), [Optional(), Length(max=200), EMAIL], description=_l("Only coordinators see it."),
    )
    subjects = SelectMultipleField(
        _l("Subjects"), [Filled()], widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    max_day = IntegerField(_l("Sessions a day at most"), [WHOLE_NUMBER, NumberRange(1, 12)], default=2)
    max_week = IntegerField(_l("Sessions a week at most"), [WHOLE_NUMBER, NumberRange(1, 60)], default=4)
    wanted_week = IntegerField(
        _l("Sessions a week they want"), [WHOLE_NUMBER, NumberRange(0, 60)], default=2,
        description=_l("More than this counts as overwork when plans are compared."),
    )
    fee = IntegerField(_l("Fee for a session, in yuan"), [WHOLE_NUMBER, NumberRange(0, 100_000)], default=0)
    reach_metres = IntegerField(
        _l("How far they travel from home, in metres"), [WHOLE_NUMBER, NumberRange(0, 500_000)], default=6000,
        description=_l("Along streets."),
    )
    latitude = DegreesField(
        _l("Latitude of their home"), [DEGREES, NumberRange(-90, 90)],
        description=_l("In degrees; the middle of their quarter is enough."),
    )
    longitude = DegreesField(_l("Longitude of their home"), [DEGREES, NumberRange(-180, 180)], axis="longitude")
    pasted, datum = pasted_field(), datum_field()

    def validate_wanted_week(self, field: IntegerField) -> None:
        """Nobody wants more than they can."""
        if field.data is not None and self.max_week.data is not None and field.data > self.max_week.data:
            raise ValidationError(_("This is more than the most they can give."))


def teacher_data(teacher: Teacher) -> dict[str, Any]:
    """What the form of an existing teacher shows beside their columns."""
    return {
        **availability_data(teacher),
        "unit": str(teacher.unit_id),
        "subjects": [subject.code for subject in teacher.subjects],
    }

