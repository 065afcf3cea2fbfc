"""What a column holds: how its values are written into a cell, read from one, and put into the form that judges them.

A value is plain: a text, or texts by weekday or key. Codes and ids stand for rows, so that values can be compared
whatever the language of the workbook.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from flask_babel import LazyString, gettext as _

from scheduler.calendar.date_text import format_dates, parse_dates
from scheduler.calendar.day_hours import assumed_hours_text
from scheduler.calendar.weekly_text import example, read_hours, read_times, write_days
from scheduler.core.telephones import telephone
from scheduler.core.typed_numbers import Units, degrees, whole_number
from scheduler.web.labels import words
from scheduler.workbooks.words import both, folded

Value = str | list[str] | dict[str, str]
Written = str | int | float
Inputs = dict[str, str | list[str]]
CLOSE_DEGREES = 1e-7
"""About a centimetre: Excel keeps fifteen digits, and forms give more than anybody means."""


class RowNames(Protocol):
    """Words for rows and rows for words, as a cell refers to them."""

    def show(self, kind: str, key: str) -> str:
        """How a cell names the row."""
        ...

    def find(self, kind: str, text: str, keep: frozenset[str] = frozenset()) -> str:
        """The row that a cell names; ValueError with a message when there is none."""
        ...

    def all(self, kind: str) -> list[str]:
        """How cells name the rows that may be chosen."""
        ...


class ValueKind:
    """A line of text, and what all kinds share."""

    empty: Value = ""
    width = 18
    numeric = False
    interpreted = False
    """Whether what is read may differ from the letters of the cell, so that a preview shows it."""

    def write(self, value: Value, names: RowNames) -> Written:
        """What stands in the cell."""
        return str(value)

    def read(self, text: str, names: RowNames, current: Value) -> Value:
        """The value of a cell that is not empty; ``current`` stands there now. ValueError with a message otherwise."""
        return text.strip()

    def inputs(self, name: str, value: Value) -> Inputs:
        """What a browser would send for the field of this name."""
        return {name: value if isinstance(value, list) else str(value)}

    def same(self, value: Value, other: Value) -> bool:
        """Whether two values mean the same."""
        return value == other

    def choices(self, names: RowNames) -> list[str]:
        """The texts of a drop-down, none where anything may be written."""
        return []

    def hint(self) -> str:
        """How the text has to look, nothing where that goes without saying."""
        return ""


@dataclass(frozen=True, eq=False)
class Whole(ValueKind):
    """A whole number; ``units`` may stand behind it, and ``free`` says that 免费 is 0."""

    units: Units = field(default_factory=dict)
    free: bool = False
    width, numeric, interpreted = 10, True, True

    def write(self, value: Value, names: RowNames) -> Written:
        """A number, so that Excel can count with it."""
        return int(str(value)) if value else ""

    def read(self, text: str, names: RowNames, current: Value) -> Value:
        """Digits, with or without commas between thousands and a unit, or Chinese numerals."""
        return str(whole_number(text, self.units, self.free))


@dataclass(frozen=True, eq=False)
class Degrees(ValueKind):
    """Degrees of a place, in latitude or in longitude."""

    axis: str
    width, numeric, interpreted = 13, True, True

    def write(self, value: Value, names: RowNames) -> Written:
        """A number with all its digits."""
        return float(str(value)) if value else ""

    def read(self, text: str, names: RowNames, current: Value) -> Value:
        """A number with a point, or degrees, minutes and seconds; N, E, 北纬 and 东经 may stand with it."""
        return repr(degrees(text, self.axis))

    def same(self, value: Value, other: Value) -> bool:
        """Whether the two lie within a centimetre."""
        return bool(value) and bool(other) and abs(float(str(value)) - float(str(other))) < CLOSE_DEGREES


class Telephone(ValueKind):
    """One or two telephone numbers."""

    interpreted = True

    def read(self, text: str, names: RowNames, current: Value) -> Value:
        """The numbers in one form."""
        return telephone(text)


@dataclass(frozen=True, eq=False)
class ChoiceKind(ValueKind):
    """One of a few coded values."""

    words: dict[str, LazyString]

    @classmethod
    def of(cls, kind: type[StrEnum]) -> "ChoiceKind":
        """The values of an enumeration, in the product's words."""
        return cls({member.value: words(member) for member in kind})

    @cached_property
    def _codes(self) -> dict[str, str]:
        codes = {folded(code): code for code in self.words}
        return codes | {folded(word): code for code, words in self.words.items() for word in both(words)}

    def write(self, value: Value, names: RowNames) -> Written:
        """The word for the code."""
        return str(self.words[str(value)]) if value else ""

    def read(self, text: str, names: RowNames, current: Value) -> Value:
        """The code for a word of either language."""
        code = self._codes.get(folded(text))
        if code is None:
            raise ValueError(
                _("“%(text)s” is none of these: %(words)s.", text=text[:40], words=_(", ").join(self.choices(names)))
            )
        return code

    def choices(self, names: RowNames) -> list[str]:
        """All words."""
        return [str(words) for words in self.words.values()]


class HoursKind(ValueKind):
    """Weekly hours, by weekday as the forms write them."""

    width, interpreted = 44, True

    @cached_property
    def empty(self) -> Value:  # type: ignore[override]
        """Closed all week."""
        return {}

    def write(self, value: Value, names: RowNames) -> Written:
        """Such as 周一至周五 08:30-11:30；周六 09:00-12:00."""
        return write_days(_by_day(value))

    def read(self, text: str, names: RowNames, current: Value) -> Value:
        """Hours by weekday."""
        return {str(day): hours for day, hours in read_hours(text).items()}

    def hint(self) -> str:
        """An example, and what words without hours mean."""
        known = _("周一、三、五, 工作日 and MWF are understood, too; hours without a weekday are those of every day.")
        return " ".join((_("For example: %(example)s.", example=example()), known, assumed_hours_text()))

    def inputs(self, name: str, value: Value) -> Inputs:
        """Seven inputs."""
        by_day = _by_day(value)
        return {f"{name}-{day}": by_day.get(day, "") for day in range(7)}


class Times(HoursKind):
    """A time of day by weekday."""

    width = 24

    def read(self, text: str, names: RowNames, current: Value) -> Value:
        """Times by weekday."""
        return {str(day): time for day, time in read_times(text).items()}

    def hint(self) -> str:
        """An example."""
        return _("For example: %(example)s.", example=write_days({1: "09:00", 3: "09:00"}))


class Dates(ValueKind):
    """Dates and spans of dates with notes, one to a line."""

    width, interpreted = 28, True

    def read(self, text: str, names: RowNames, current: Value) -> Value:
        """Lines in the order of the dates."""
        return format_dates(parse_dates(text))

    def hint(self) -> str:
        """How several are written."""
        return _(
            "Several dates stand in lines of their own or between commas: 2027-05-01, 2027-05-08. "
            "For some hours only: 2027-05-01 09:00-12:00."
        )


def _by_day(value: Value) -> dict[int, str]:
    return {int(day): text for day, text in value.items()} if isinstance(value, dict) else {}
