"""The form of a venue's refusal."""

from collections.abc import Iterable

from flask_babel import gettext as _, lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from scheduler.models import Room
from scheduler.web.choices import enumeration_choices
from scheduler.web.forms import BaseForm, Filled
from scheduler.web.labels import WordedEnum


class Cause(WordedEnum):
    """Why a venue declines."""

    OWN_USE = "own_use", _l("We use the room ourselves at these hours")
    REPAIR = "repair", _l("The room is closed or being repaired")
    STAFF = "staff", _l("Nobody can open the house at these hours")
    UNSUITED = "unsuited", _l("The room does not suit this course")
    OTHER = "other", _l("Another reason")


class Answer(WordedEnum):
    """How a venue can refuse."""

    DECLINE = "decline", _l("Decline: this course cannot be here")
    COUNTER = "counter", _l("Offer another room or other hours")


class NeededToDecline(Filled):
    """Validator: declining has a reason, an offer needs none."""

    def __call__(self, form: FlaskForm, field: Field) -> None:
        """Stop at a missing reason; what an offer says here does not matter."""
        if form.counters:
            Optional()(form, field)
        else:
            super().__call__(form, field)


class RefusalForm(BaseForm):
    """Why one or several requests are declined, or what is offered instead."""

    answer = RadioField(_l("Answer"), choices=enumeration_choices(Answer), default=Answer.DECLINE)
    cause = RadioField(_l("Reason"), [NeededToDecline()], choices=enumeration_choices(Cause))
    room = SelectField(_l("Another room of the venue"), coerce=lambda text: int(text) if text else None)
    note = TextAreaField(
        _l("More about it"),
        [Length(max=400)],
        description=_l("For example which hours or which other room would suit. The coordinator reads this."),
        render_kw={"rows": 3, "maxlength": 400},
    )

    def offer(self, rooms: Iterable[Room]) -> None:
        """Let one of these rooms be offered; without any, words have to do."""
        choices = [SelectChoice(str(room.id), f"{room.name} ({room.capacity})") for room in rooms]
        self.room.choices = [SelectChoice("", _("none in particular")), *choices]
        if not choices:
            del self.room

    @property
    def counters(self) -> bool:
        """Whether something else is offered."""
        return self.answer.data == Answer.COUNTER

    def validate_note(self, field: TextAreaField) -> None:
        """Another reason, or an offer without a room, is given in words."""
        if (field.data or "").strip():
            return
        if self.counters and not self.offered_room_id:
            raise ValidationError(_("Write which hours would suit, or choose a room above."))
        if not self.counters and self.cause.data == Cause.OTHER:
            raise ValidationError(_("Write the reason in a few words."))

    @property
    def offered_room_id(self) -> int | None:
        """The room that is offered instead, if any."""
        return self.room.data if self.counters and "room" in self else None

    @property
    def reason(self) -> str:
        """The reason or the offer as the coordinator reads it."""
        note = (self.note.data or "").strip()
        if self.counters or self.cause.data == Cause.OTHER:
            return note
        text = str(Cause(self.cause.data).words)
        return _("%(reason)s: %(note)s", reason=text, note=note) if note else text
