"""What the board sends: a section in hand and where it is put down, a pin, a reason."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, StringField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional, ValidationError

from scheduler.core.row_ids import LARGEST
from scheduler.engine.documents.places import SectionPlace
from scheduler.web.forms import BaseForm, TrimmedField

PARTS = {"hours": _l("hours"), "room": _l("room"), "teacher": _l("teacher")}
ID = NumberRange(1, LARGEST)


class BoardSectionForm(BaseForm):
    """A section, and the version of the plan that the user looked at."""

    section = IntegerField(validators=[InputRequired(), ID])
    version = IntegerField(validators=[InputRequired(), NumberRange(0, LARGEST)])


class MoveForm(BoardSectionForm):
    """Where a section is put down; an empty place is the tray of unplaced sections."""

    place = StringField(validators=[Optional()])
    reason = TrimmedField(
        _l("Why it is done all the same"),
        [Length(max=500)],
        description=_l("It is kept with the change, in the audit trail, under your name."),
    )

    def validate_place(self, entry: StringField) -> None:
        """A place is written as the board writes it."""
        try:
            self.target = SectionPlace.parse(entry.data) if entry.data else None
        except (TypeError, ValueError) as error:
            raise ValidationError(str(_l("This place cannot be read. Load the board again."))) from error

    target: SectionPlace | None = None


class PinForm(BoardSectionForm):
    """What is pinned or let go."""

    part = StringField(validators=[AnyOf(PARTS)])
    pinned = BooleanField()


class BoardForm(BaseForm):
    """Nothing to fill in: undo, redo, a copy."""
