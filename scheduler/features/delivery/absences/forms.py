"""Forms by which a teacher reports that they cannot come."""

from datetime import date

from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import DateField
from wtforms.validators import InputRequired, ValidationError

from scheduler.core.clock import today
from scheduler.domain.refusal_forms import AbsenceForm

A_DATE = InputRequired(_l("Choose a date, such as 2027-05-01."))


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
