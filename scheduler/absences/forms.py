"""Forms by which a teacher reports that she cannot come."""

from datetime import date

from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import DateField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from scheduler.forms import BaseForm, Filled
from scheduler.labels import options
from scheduler.models import AbsenceCause
from scheduler.week_grid import today

A_DATE = InputRequired(_l("Choose a date, such as 2027-05-01."))


class AbsenceForm(BaseForm):
    """Why she cannot come."""

    cause = RadioField(_l("Reason"), [Filled()], choices=options(AbsenceCause))
    note = TextAreaField(
        _l("More about it"),
        [Length(max=200)],
        description=_l("Only the coordinator reads this. No details of an illness, please."),
        render_kw={"rows": 2, "maxlength": 200},
    )

    @property
    def reason(self) -> tuple[AbsenceCause, str]:
        """The cause and what was written."""
        return AbsenceCause(self.cause.data), (self.note.data or "").strip()


class DatesForm(AbsenceForm):
    """From when to when, both dates included."""

    first = DateField(_l("First day"), [A_DATE])
    last = DateField(_l("Last day"), [A_DATE], description=_l("The same as the first for a single day."))

    def validate_first(self, field: DateField) -> None:
        """What is over cannot be arranged any more."""
        if field.data and field.data < today():
            raise ValidationError(_("This date is over. Choose today or a later date."))

    def validate_last(self, field: DateField) -> None:
        """The span is not empty and of this age."""
        if not field.data or not self.first.data:
            return
        if field.data < self.first.data:
            raise ValidationError(_("The last date lies before the first."))
        if field.data > date(2199, 12, 31):
            raise ValidationError(_("Choose a date, such as 2027-05-01."))
