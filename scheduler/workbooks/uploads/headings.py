"""Finds the row of headings in a sheet, and for each column the field that it is read for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from scheduler.core.errors import DomainError
from scheduler.workbooks.register import NUMBER, WorkbookRegister, headers
from scheduler.workbooks.uploads.notes import Note
from scheduler.workbooks.uploads.sheet_cells import SheetCells, column_letters
from scheduler.workbooks.uploads.unpacking import MAXIMUM_COLUMNS, TITLE_ROWS
from scheduler.workbooks.words import folded

LEAST_KNOWN = 2
"""Headings by which a row is recognised."""
LONGEST_HEADING = 200
Choices = Mapping[tuple[str, str], str]
"""The field, or "" for none, that a user has chosen for a heading of a register."""


@dataclass(frozen=True)
class UnknownHeading:
    """A heading that no column of the register has; ``field`` is what the user has chosen for it, "" for nothing.

    ``asked`` says that nobody has chosen yet.
    """

    register: str
    place: int
    text: str
    field: str = ""
    asked: bool = True

    @property
    def plain(self) -> dict[str, Any]:
        """As it is kept."""
        return vars(self).copy()


@dataclass(frozen=True)
class SheetHeadings:
    """Where the headings of a sheet stand, the field of each column that is read, and the headings that are unknown."""

    row: int
    fields: dict[int, str]
    unknown: list[UnknownHeading]

    def notes(self, register: WorkbookRegister, cells: SheetCells) -> Iterator[Note]:
        """What is passed over around the table."""
        sheet = str(register.words)
        titles = sum(any(cells.rows[row]) for row in range(self.row))
        if titles:
            yield Note("titles", {"sheet": sheet, "rows": titles})
        chosen = [entry for entry in self.unknown if entry.field]
        if chosen:
            names = [f"{entry.text} → {register.header(entry.field)}" for entry in chosen]
            yield Note("chosen", {"sheet": sheet, "names": names})
        passed = {entry.place: entry.text for entry in self.unknown if not entry.field} | self._nameless(cells)
        if passed:
            names = [f"{text} ({column_letters(place)})".strip() for place, text in sorted(passed.items())]
            yield Note("columns", {"sheet": sheet, "names": names})
        if cells.wide:
            yield Note("wide", {"sheet": sheet, "number": MAXIMUM_COLUMNS})
        missing = [str(register.header(field)) for field in sorted(register.required() - set(self.fields.values()))]
        if missing:
            yield Note("missing", {"sheet": sheet, "names": missing})

    def _nameless(self, cells: SheetCells) -> dict[int, str]:
        """Columns without a heading in which something stands."""
        named = set(self.fields) | {entry.place for entry in self.unknown}
        return {
            place: "" for row in cells.rows[self.row + 1:]
            for place, text in enumerate(row) if text and place not in named
        }


def known(registers: Sequence[WorkbookRegister], choices: Choices, row: Sequence[str]) -> int:
    """How many cells of a row are headings of one of these registers, of the one that knows most of them."""
    return max(len(_fields(register, choices, row)) for register in registers)


def headings_of(register: WorkbookRegister, cells: SheetCells, choices: Choices) -> SheetHeadings | None:
    """The headings of a sheet, in the row of the first ten that has most of them; None where none has two.

    DomainError where a column stands there twice.
    """
    rows = cells.rows[:TITLE_ROWS]
    counts = [len(_fields(register, choices, row)) for row in rows]
    if max(counts, default=0) < LEAST_KNOWN:
        return None
    return _headings(register, rows, counts.index(max(counts)), choices)


def unknown_table(register: WorkbookRegister, cells: SheetCells, choices: Choices) -> SheetHeadings | None:
    """The first row with two texts or more, of a sheet in which no heading is known; None without rows below."""
    rows = cells.rows[:TITLE_ROWS]
    row = next((row for row, texts in enumerate(rows) if sum(map(bool, texts)) >= LEAST_KNOWN), None)
    if row is None or not any(map(any, cells.rows[row + 1:])):
        return None
    return _headings(register, rows, row, choices)


def _headings(
    register: WorkbookRegister, rows: Sequence[Sequence[str]], row: int, choices: Choices
) -> SheetHeadings:
    texts = rows[row]
    fields = _fields(register, choices, texts)
    _refuse_twice(register, texts, fields)
    own = headers(register)
    unknown = []
    for place, text in enumerate(texts):
        if text and folded(text) not in own:
            choice = choices.get((register.name, folded(text)[:LONGEST_HEADING]))
            name = text[:LONGEST_HEADING]
            unknown.append(UnknownHeading(register.name, place, name, fields.get(place, ""), choice is None))
    return SheetHeadings(row, fields, unknown)


def _fields(register: WorkbookRegister, choices: Choices, row: Sequence[str]) -> dict[int, str]:
    """The field of each column whose heading is known; what is called so comes before what was chosen."""
    texts = [folded(text) for text in row[:MAXIMUM_COLUMNS]]
    own = headers(register)
    fields = {place: own[text] for place, text in enumerate(texts) if text in own}
    for place, text in enumerate(texts):
        field = choices.get((register.name, text[:LONGEST_HEADING]))
        if field and text not in own and field not in fields.values():
            fields[place] = field
    return fields


def _refuse_twice(register: WorkbookRegister, texts: Sequence[str], fields: Mapping[int, str]) -> None:
    """Of two columns for the same nobody knows which is meant."""
    places: dict[str, list[int]] = {}
    for place, field in fields.items():
        places.setdefault(field, []).append(place)
    for twice in places.values():
        if len(twice) > 1:
            raise DomainError(
                _("“%(sheet)s” has the column “%(name)s” twice (%(columns)s).", sheet=register.words,
                  name=texts[twice[0]], columns=_(", ").join(map(column_letters, twice))), "file",
            )


def offered(register: WorkbookRegister) -> list[tuple[str, str]]:
    """The columns that may be chosen for an unknown heading, with a mark for those that have to be filled in."""
    required = register.required()
    fields = [NUMBER, *(column.field for column in register.columns)]
    return [(field, f"{register.header(field)}{' *' if field in required else ''}") for field in fields]
