"""What all forms share: the base form, the weekly hours field and other fields of the domain."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self, TypeVar
from unicodedata import normalize

from flask_babel import gettext as _, lazy_gettext as _l
from flask_wtf import FlaskForm
from markupsafe import Markup, escape
from sqlalchemy.exc import IntegrityError
from wtforms import Field, SelectFieldBase, StringField, TextAreaField
from wtforms.validators import StopValidation

from scheduler.core.clock import clock
from scheduler.core.database import Base, column_values
from scheduler.core.errors import DomainError, domain_error
from scheduler.core.extensions import db
from scheduler.web.date_ranges import format_dates, parse_dates
from scheduler.web.labels import weekday_name

T = TypeVar("T")
SPAN = re.compile(r"^(\d{1,2})[:.](\d{2})\s*[-–—~至到]\s*(\d{1,2})[:.](\d{2})$", re.ASCII)


class BaseForm(FlaskForm):
    """Parent of every form; ``form.apply`` runs an operation and shows its domain errors at the fields."""

    @classmethod
    def showing(cls, row: Base, **instead: Any) -> Self:
        """The form of an existing row: its columns by name, but for what is given instead.

        Choices of other rows show keys, so relationships of the row are never taken for a field's data.
        """
        return cls(data={**column_values(row), **instead})

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
        return {name: entry.data for name, entry in self._fields.items() if name not in {"csrf_token", *skip}}


@dataclass(frozen=True)
class Hours:
    """A weekly window: ``weekday`` 0 (Monday) to 6, minutes since midnight."""

    weekday: int
    start: int
    end: int


@dataclass
class HoursRow:
    """One weekday of a WeekHoursField as its inputs show it."""

    weekday: int
    name: str
    value: str
    errors: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The input's id, the same as its name."""
        return self.name

    @property
    def label(self) -> str:
        """The weekday in the reader's language."""
        return weekday_name(self.weekday)

    @property
    def short(self) -> str:
        """The weekday's short name, for the head of a narrow column."""
        return weekday_name(self.weekday, "abbreviated")


def parse_hours(weekday: int, text: str) -> list[Hours]:
    """Windows of one weekday from text like ``09:00-12:00, 14:00-17:30``; ValueError with a message otherwise."""
    windows = []
    for part in filter(None, map(str.strip, re.split(r"[,;、]", normalize("NFKC", text)))):
        match = SPAN.match(part)
        if match is None:
            raise ValueError(_("Write hours like 09:00-12:00, separated by commas; “%(text)s” is not.", text=part[:40]))
        start_hour, start_minute, end_hour, end_minute = map(int, match.groups())
        start, end = 60 * start_hour + start_minute, 60 * end_hour + end_minute
        if start_minute > 59 or end_minute > 59 or end > 24 * 60:
            raise ValueError(_("“%(text)s” is not a time of day.", text=part))
        if start >= end:
            raise ValueError(_("“%(text)s” ends before it starts.", text=part))
        windows.append(Hours(weekday, start, end))
    return _joined(sorted(windows, key=lambda window: window.start))


def _joined(windows: list[Hours]) -> list[Hours]:
    """Windows that touch become one, so that a session may run over the seam; ValueError where they overlap."""
    joined: list[Hours] = []
    for window in windows:
        if joined and window.start < joined[-1].end:
            raise ValueError(_("The hours of this day overlap."))
        if joined and window.start == joined[-1].end:
            joined[-1] = Hours(window.weekday, joined[-1].start, window.end)
        else:
            joined.append(window)
    return joined


class WeekHoursField(Field):
    """Weekly windows as seven text inputs; static/js/week-hours.js turns them into a grid to be painted."""

    def __init__(self, label: str | None = None, validators: Sequence[Any] | None = None, **options: Any) -> None:
        super().__init__(label, validators, **options)
        self.rows: list[HoursRow] = []

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the seven inputs of a submitted form, or show windows given as data."""
        self.process_errors: list[str] = []
        self.data: list[Hours] = list(
            (self.default or []) if data in (None, {}) or not isinstance(data, Iterable) else data
        )
        self.object_data = self.data
        if formdata is not None and any(f"{self.name}-{day}" in formdata for day in range(7)):
            self.rows = [
                HoursRow(day, f"{self.name}-{day}", formdata.get(f"{self.name}-{day}", "")[:300]) for day in range(7)
            ]
            self._parse()
        else:
            self.rows = [HoursRow(day, f"{self.name}-{day}", self._text(day)) for day in range(7)]

    def show(self, windows: Iterable[Hours]) -> None:
        """Show these windows, whatever the field held before."""
        self.data = list(windows)
        self.rows = [HoursRow(day, f"{self.name}-{day}", self._text(day)) for day in range(7)]

    def _parse(self) -> None:
        self.data = []
        for row in self.rows:
            try:
                self.data += parse_hours(row.weekday, row.value)
            except ValueError as error:
                row.errors.append(str(error))
                self.process_errors.append(f"{row.label}: {error}")

    def _text(self, weekday: int) -> str:
        windows = sorted((window for window in self.data if window.weekday == weekday), key=lambda window: window.start)
        return ", ".join(f"{clock(window.start)}-{clock(window.end)}" for window in windows)

    def widget(self, field: Field, **options: Any) -> Markup:
        """The plain inputs; templates use the macro ``week_hours`` instead."""
        return Markup().join(
            Markup('<input id="{0}" name="{0}" value="{1}" aria-label="{2}">').format(
                row.name, escape(row.value), row.label
            )
            for row in self.rows
        )


class TrimmedField(StringField):
    """One line of text without blanks at its ends."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Trim what came."""
        super().process_formdata(valuelist)
        self.data: str = str(self.data or "").strip()


class DatesField(TextAreaField):
    """Dates or spans of dates, one to a line, each with an optional note; data are (date, note) pairs."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read every line; the first wrong line is named with its number."""
        self.raw = str(valuelist[0]) if valuelist else ""
        self.data = parse_dates(self.raw)

    def _value(self) -> str:
        return self.raw if hasattr(self, "raw") else format_dates(self.data or [])


class Filled:
    """Validator: something other than blanks must be there (and says so in words)."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, form: FlaskForm, field: Field) -> None:
        """Stop at an empty value."""
        if field.data in (None, "", []) or (isinstance(field.data, str) and not field.data.strip()):
            field.errors = list(field.process_errors)
            message = _("Choose “%(label)s”.") if isinstance(field, SelectFieldBase) else _("Fill in “%(label)s”.")
            raise StopValidation(None if field.errors else message % {"label": field.label.text})


LATITUDE, LONGITUDE = _l("Latitude"), _l("Longitude")
