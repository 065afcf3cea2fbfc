"""Forms of a venue's answers."""

from enum import StrEnum

from flask_babel import LazyString, gettext as _, lazy_gettext as _l
from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import Length, ValidationError

from scheduler.forms import BaseForm, Filled


class Cause(StrEnum):
    """Why a venue declines."""

    OWN_USE = "own_use"
    REPAIR = "repair"
    STAFF = "staff"
    UNSUITED = "unsuited"
    OTHER = "other"


CAUSES: dict[Cause, LazyString] = {
    Cause.OWN_USE: _l("We use the room ourselves at these hours"),
    Cause.REPAIR: _l("The room is closed or being repaired"),
    Cause.STAFF: _l("Nobody can open the house at these hours"),
    Cause.UNSUITED: _l("The room does not suit this course"),
    Cause.OTHER: _l("Another reason"),
}


class DeclineForm(BaseForm):
    """The reason for declining one or several requests."""

    cause = RadioField(
        _l("Reason"), [Filled()], choices=[SelectChoice(cause.value, text) for cause, text in CAUSES.items()]
    )
    note = TextAreaField(
        _l("More about it"),
        [Length(max=400)],
        description=_l("For example which hours or which other room would suit. The coordinator reads this."),
        render_kw={"rows": 3, "maxlength": 400},
    )

    def validate_note(self, field: TextAreaField) -> None:
        """Another reason is given in words."""
        if self.cause.data == Cause.OTHER and not (field.data or "").strip():
            raise ValidationError(_("Write the reason in a few words."))

    @property
    def reason(self) -> str:
        """The reason as the coordinator reads it."""
        note = (self.note.data or "").strip()
        if self.cause.data == Cause.OTHER:
            return note
        text = str(CAUSES[Cause(self.cause.data)])
        return _("%(reason)s: %(note)s", reason=text, note=note) if note else text
