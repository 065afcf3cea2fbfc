"""The field of a form for weekly hours: a text for each weekday."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup, escape
from wtforms import Field

from scheduler.calendar.day_hours import Span, assumed_hours_text
from scheduler.calendar.weekly_hours import Hours, parse_hours
from scheduler.core.clock import clock
from scheduler.web.labels import weekday_name


@dataclass
class HoursRow:
    """One weekday of a WeekHoursField as its inputs show it.

    ``spans``: the (start, end) minutes that stand in ``value``, for the script that draws them; None where it is wrong.
    """

    weekday: int
    name: str
    value: str
    spans: list[Span] | None = None
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


class WeekHoursField(Field):
    """Weekly windows as seven text inputs; static/scripts/desk/week-hours.js turns them into a grid to be painted."""

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
            names = (f"{self.name}-{day}" for day in range(7))
            self.rows = [HoursRow(day, name, formdata.get(name, "")) for day, name in enumerate(names)]
            self._parse()
        else:
            self.rows = self._rows_of(self.data)

    @property
    def assumed(self) -> str:
        """What words such as “morning” are read as."""
        return assumed_hours_text()

    def show(self, windows: Iterable[Hours]) -> None:
        """Show these windows, whatever the field held before."""
        self.data = list(windows)
        self.rows = self._rows_of(self.data)

    def words(self, windows: Iterable[Hours]) -> str:
        """Windows in a line."""
        return _("; ").join(f"{row.short} {row.value}" for row in self._rows_of(windows) if row.value)

    def _parse(self) -> None:
        self.data = []
        for row in self.rows:
            try:
                windows = parse_hours(row.weekday, row.value)
                row.spans = [(window.start, window.end) for window in windows]
                self.data += windows
            except ValueError as error:
                row.errors.append(str(error))
                self.process_errors.append(f"{row.label}: {error}")

    def _rows_of(self, windows: Iterable[Hours]) -> list[HoursRow]:
        rows, windows = [], list(windows)
        for day in range(7):
            spans = sorted((window.start, window.end) for window in windows if window.weekday == day)
            text = ", ".join(f"{clock(start)}-{clock(end)}" for start, end in spans)
            rows.append(HoursRow(day, f"{self.name}-{day}", text, spans))
        return rows

    def widget(self, field: Field, **options: Any) -> Markup:
        """The plain inputs; templates use the macro ``week_hours`` instead."""
        return Markup().join(
            Markup('<input id="{0}" name="{0}" value="{1}" aria-label="{2}">').format(
                row.name, escape(row.value), row.label
            )
            for row in self.rows
        )
