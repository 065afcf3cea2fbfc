"""The parts of a row's state: a column, the rows below it, links through a table between.

Each part is read as a value that JSON gives back as it was put in. What has to be asked of the database is loaded
before anything is written, so that no half-written row reaches it.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from flask_babel import gettext as _
from sqlalchemy import inspect

from scheduler.core.clock import clock
from scheduler.core.database import Base, now
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db

Row = Any
"""A row of a register's table."""
Parse = Callable[[Any], Any]


class Part(Protocol):
    """One part of the state of a row."""

    @property
    def relationship(self) -> str | None:
        """The attribute with the rows that are read with it, None for a column of the row itself."""

    def read(self, row: Row) -> Any:
        """The part as JSON can hold it."""

    def load(self, value: Any) -> Any:
        """What ``write`` needs of the database for a value."""

    def write(self, row: Row, loaded: Any) -> None:
        """Let the row stand like this, with the next flush."""


@dataclass(frozen=True)
class Column:
    """A column; ``parse`` makes its value of what JSON holds. ``follows`` is the relationship that it decides."""

    attribute: str
    parse: Parse | None = None
    follows: str = ""
    relationship: str | None = None

    def read(self, row: Row) -> Any:
        """The value; dates as texts, lists and dictionaries as copies."""
        value = getattr(row, self.attribute)
        if value is None or isinstance(value, bool | int | float):
            return value
        return value.copy() if isinstance(value, dict | list) else str(value)

    def load(self, value: Any) -> Any:
        """The value as the column holds it."""
        return value if value is None or self.parse is None else self.parse(value)

    def write(self, row: Row, loaded: Any) -> None:
        """Set the column; what it refers to is asked for anew."""
        setattr(row, self.attribute, loaded)
        if self.follows and inspect(row).persistent:
            db.session.expire(row, [self.follows])


def reference(name: str, column: str = "") -> Column:
    """The key of another row, in the column ``<name>_id`` unless it is called otherwise."""
    return Column(column or f"{name}_id", follows=name)


@dataclass(frozen=True)
class Archived:
    """Whether the row has left the lists."""

    relationship: str | None = None

    def read(self, row: Row) -> bool:
        """Whether it has."""
        return bool(row.archived)

    def load(self, value: Any) -> Any:
        """The moment at which it leaves, None where it is in the lists."""
        return now() if value else None

    def write(self, row: Row, loaded: Any) -> None:
        """Take it out of the lists or bring it back."""
        row.archived_at = loaded


@dataclass(frozen=True)
class Rows:
    """The rows below as sorted lists of ``columns``; the first ``key`` of these tell them apart, None: all do.

    A row that stays keeps its key, and is no news in the trail.
    """

    relationship: str
    columns: tuple[str, ...]
    key: int | None = None

    def read(self, row: Row) -> list[list[Any]]:
        """Their values."""
        return sorted([getattr(below, name) for name in self.columns] for below in getattr(row, self.relationship))

    def load(self, value: Any) -> Any:
        """Nothing is needed."""
        return value

    def write(self, row: Row, loaded: Any) -> None:
        """Let there be just these."""
        rows_by_key: defaultdict[tuple[Any, ...], list[Any]] = defaultdict(list)
        for below in getattr(row, self.relationship):
            rows_by_key[tuple(getattr(below, name) for name in self.columns[:self.key])].append(below)
        kind, rows = _kind_below(row, self.relationship), []
        for values in loaded:
            same = rows_by_key[tuple(values[:self.key])]
            rows.append(_set(same.pop() if same else kind(), dict(zip(self.columns, values, strict=True))))
        setattr(row, self.relationship, rows)


@dataclass(frozen=True)
class Keyed:
    """The rows below as a dictionary from the text of ``key`` to ``value``; ``parse`` makes the key of its text."""

    relationship: str
    key: str
    value: str
    parse: Parse = int

    def read(self, row: Row) -> dict[str, Any]:
        """Their values in the order of their keys."""
        below = sorted(getattr(row, self.relationship), key=lambda row_below: getattr(row_below, self.key))
        return {str(getattr(row_below, self.key)): getattr(row_below, self.value) for row_below in below}

    def load(self, value: Any) -> Any:
        """The values by keys as the column holds them."""
        return {self.parse(key): amount for key, amount in value.items()}

    def write(self, row: Row, loaded: Any) -> None:
        """Let there be just these; a row that stays keeps its key."""
        rows_by_key = {getattr(below, self.key): below for below in getattr(row, self.relationship)}
        kind = _kind_below(row, self.relationship)
        setattr(row, self.relationship, [
            _set(rows_by_key.get(key) or kind(), {self.key: key, self.value: value}) for key, value in loaded.items()
        ])


@dataclass(frozen=True)
class UnavailableTimes:
    """The dates below on which something cannot be had, as a dictionary from date, with hours if any, to reason."""

    relationship: str

    def read(self, row: Row) -> dict[str, str]:
        """2027-05-01, or 2027-05-01 09:00-12:00, in order."""
        below = sorted(getattr(row, self.relationship), key=lambda time: (time.date, time.span))
        return {_time_key(time): time.reason for time in below}

    def load(self, value: Any) -> Any:
        """The values of the columns."""
        return [{**_time_of(key), "reason": reason} for key, reason in value.items()]

    def write(self, row: Row, loaded: Any) -> None:
        """Let there be just these; a row that begins at the same minute keeps its key."""
        stored = {(below.date, below.start_minute): below for below in getattr(row, self.relationship)}
        kind = _kind_below(row, self.relationship)
        setattr(row, self.relationship, [
            _set(stored.get((values["date"], values["start_minute"])) or kind(), values) for values in loaded
        ])


def _time_key(time: Row) -> str:
    return str(time.date) if time.whole_day else f"{time.date} {clock(time.start_minute)}-{clock(time.end_minute)}"


def _time_of(key: str) -> dict[str, Any]:
    day, _blank, hours = key.partition(" ")
    minutes = [60 * int(text[:2]) + int(text[3:]) for text in hours.split("-") if text]
    start, end = minutes or (None, None)
    return {"date": date.fromisoformat(day), "start_minute": start, "end_minute": end}


@dataclass(frozen=True)
class Links:
    """Rows of another table that it is linked to, as their sorted primary keys; ``key`` is that column."""

    relationship: str
    target: type[Base]
    key: str = "id"

    def read(self, row: Row) -> list[Any]:
        """Their keys."""
        return sorted(getattr(linked, self.key) for linked in getattr(row, self.relationship))

    def load(self, value: Any) -> Any:
        """The rows of these keys; DomainError where any is gone."""
        linked = [db.session.get(self.target, key) for key in value]
        if None in linked:
            raise DomainError(_("Something that belongs to it is no longer there."))
        return linked

    def write(self, row: Row, loaded: Any) -> None:
        """Link it to just these."""
        setattr(row, self.relationship, loaded)


def _kind_below(row: Row, relationship: str) -> type[Any]:
    kind: type[Any] = inspect(type(row)).relationships[relationship].mapper.class_
    return kind


def _set(row: Row, values: dict[str, Any]) -> Row:
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
    return row
