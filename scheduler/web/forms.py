"""What all forms share: the base form and fields of the domain."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Self, TypeVar

from flask import flash, request
from flask_babel import gettext as _, lazy_gettext as _l
from sqlalchemy.exc import IntegrityError
from wtforms import Field, FloatField, SelectFieldBase, StringField
from wtforms.validators import StopValidation

from scheduler.core.database import Base, column_values
from scheduler.core.errors import DomainError, domain_error
from scheduler.core.extensions import db
from scheduler.core.telephones import telephone
from scheduler.core.typed_numbers import degrees
from scheduler.web.editing import SHOWN, EditedForm

T = TypeVar("T")
RESUMED = "resumed"
"""The input by which a form comes back that was kept while its user signed in again."""


class BaseForm(EditedForm):
    """Parent of every form; ``form.apply`` runs an operation and shows its domain errors at the fields."""

    @classmethod
    def showing(cls, row: Base, **instead: Any) -> Self:
        """The form of an existing row: its columns by name, but for what is given instead.

        Choices of other rows show keys, so relationships of the row are never taken for a field's data.
        """
        return cls(data={**column_values(row), **instead})

    def validate_on_submit(self, extra_validators: Any = None) -> Any:
        """Whether the form was sent and is sound; one that was kept while its user signed in again is shown first."""
        if RESUMED in request.form:
            flash(_("You are signed in again. Your form is as it was; nothing of it is saved yet."), "info")
            return False
        return super().validate_on_submit(extra_validators)

    def validate(self, extra_validators: Any = None) -> Any:
        """Whether all is sound: every field, and where a row is edited at what others have made of it meanwhile."""
        if not super().validate(extra_validators):
            return False
        return self.edited_row is None or (self.keep_both() and super().validate(extra_validators))

    def apply(self, operation: Callable[[], T]) -> T | None:
        """The operation's result, or None after a domain error, which then stands at the field it names."""
        try:
            with db.session.begin_nested():
                return operation()
        except DomainError as error:
            self.refuse(error)
        except IntegrityError as error:
            self.refuse(domain_error(error))
        return None

    def refuse(self, error: DomainError) -> None:
        """Show a domain error at its field, or on top of the form."""
        target = self._fields.get(error.field)
        if target is None:
            self.form_errors.append(str(error))
        else:
            target.errors = [*target.errors, str(error)]

    def values(self, *skip: str) -> dict[str, Any]:
        """The data of all fields but the token, by name, for an operation's keyword arguments."""
        return {name: entry.data for name, entry in self._fields.items() if name not in {"csrf_token", SHOWN, *skip}}


class TrimmedField(StringField):
    """One line of text without blanks at its ends."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Trim what came."""
        super().process_formdata(valuelist)
        self.data: str = str(self.data or "").strip()


class DegreesField(FloatField):
    """Degrees of a latitude or longitude, as maps, telephones and people write them."""

    def __init__(
        self, label: Any = None, validators: Sequence[Any] | None = None, *, axis: str = "latitude", **options: Any
    ) -> None:
        super().__init__(label, validators, **options)
        self.axis = axis

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what came; what is no such number says what to do."""
        self.data: float | None = None
        if valuelist and str(valuelist[0]).strip():
            self.data = degrees(str(valuelist[0]), self.axis)

    def pre_validate(self, form: BaseForm) -> None:
        """Of what could not be read nothing else has to be said."""
        if self.process_errors:
            raise StopValidation


class TelephoneField(TrimmedField):
    """One or two telephone numbers, kept in one form."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what came."""
        super().process_formdata(valuelist)
        self.data = telephone(self.data) if self.data else ""

    def pre_validate(self, form: BaseForm) -> None:
        """Of what could not be read nothing else has to be said."""
        if self.process_errors:
            raise StopValidation


class Filled:
    """Validator: something other than blanks must be there (and says so in words)."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Stop at an empty value."""
        if field.data in (None, "", []) or (isinstance(field.data, str) and not field.data.strip()):
            field.errors = list(field.process_errors)
            message = _("Choose “%(label)s”.") if isinstance(field, SelectFieldBase) else _("Fill in “%(label)s”.")
            raise StopValidation(None if field.errors else message % {"label": field.label.text})


OPTIONAL_ENGLISH = _l("May stay empty: English pages then show the Chinese one.")
LATITUDE, LONGITUDE = _l("Latitude"), _l("Longitude")
