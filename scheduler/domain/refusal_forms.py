"""Forms by which a teacher says that they cannot take a section, stand in or come, themselves or by phone."""

from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.validators import Length, ValidationError

from scheduler.models import AbsenceCause, RefusalCause
from scheduler.web.choices import enumeration_choices
from scheduler.web.forms import BaseForm, Filled


class CannotForm(BaseForm):
    """A reason from a short list, and more about it."""

    cause = RadioField(_l("Reason"), [Filled()], choices=enumeration_choices(RefusalCause))
    note = TextAreaField(
        _l("More about it"),
        [Length(max=400)],
        description=_l("For example which hours would suit. The coordinator reads this."),
        render_kw={"rows": 3, "maxlength": 400},
    )

    def validate_note(self, field: TextAreaField) -> None:
        """Another reason is given in words."""
        if self.cause.data == RefusalCause.OTHER and not (field.data or "").strip():
            raise ValidationError(_("Write the reason in a few words."))

    @property
    def reason(self) -> tuple[RefusalCause, str]:
        """The cause and what was written."""
        return RefusalCause(self.cause.data), (self.note.data or "").strip()


class AbsenceForm(BaseForm):
    """Why they cannot come."""

    cause = RadioField(_l("Reason"), [Filled()], choices=enumeration_choices(AbsenceCause))
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
