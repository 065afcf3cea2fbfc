"""Reads workbooks and text files into rows of texts by column; what cannot be read is a DomainError in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Any

from flask_babel import gettext as _, lazy_gettext as _l

from scheduler.core.errors import DomainError
from scheduler.workbooks.register import WorkbookRegister
from scheduler.workbooks.uploads.headings import (
    Choices,
    SheetHeadings,
    UnknownHeading,
    headings_of,
    known,
    unknown_table,
)
from scheduler.workbooks.uploads.notes import Note
from scheduler.workbooks.uploads.sheet_cells import SheetCells, Trouble
from scheduler.workbooks.uploads.text_files import read_text
from scheduler.workbooks.uploads.unpacking import (
    BINARY_BEGINNING,
    MAXIMUM_ROWS,
    TITLE_ROWS,
    RawSheet,
    TooLargeError,
    UnreadableError,
    unpacked,
)
from scheduler.workbooks.words import both, folded

MAXIMUM_BYTES = 10 * 1024 * 1024
ZIP_BEGINNING = b"PK"
EXCEL_NAMES = (".xlsx", ".xlsm", ".xls")
OWN_SHEETS = (_l("How to fill in"), _l("Lists"), _l("Notes on the upload"))
"""Sheets that workbooks of the product have beside their registers."""
NO_CHOICES: Choices = MappingProxyType({})


@dataclass(frozen=True)
class SheetLine:
    """A row that was read: the register, the row of the sheet as Excel counts, and texts by field.

    ``troubles`` say by field why a cell cannot be read.
    """

    register: WorkbookRegister
    number: int
    cells: dict[str, str]
    troubles: dict[str, Trouble] = field(default_factory=dict)


@dataclass
class ReadWorkbook:
    """All that was read of a file; ``tables`` are by register the name of its sheet and the place of each field."""

    lines: list[SheetLine] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    unknown: list[UnknownHeading] = field(default_factory=list)
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Table:
    """A register with its sheet and its headings."""

    register: WorkbookRegister
    sheet: str
    cells: SheetCells
    headings: SheetHeadings


def read(
    content: bytes, filename: str, registers: Sequence[WorkbookRegister], choices: Choices = NO_CHOICES
) -> ReadWorkbook:
    """All rows of the file for these registers, register by register, and what is passed over."""
    if len(content) > MAXIMUM_BYTES:
        raise DomainError(_("The file is larger than %(number)d MB. Send it in parts.", number=10), "file")
    sheets, notes = raw_sheets(content, filename, registers, choices)
    cells = {name: SheetCells(sheet) for name, sheet in sheets.items()}
    tables = list(_assigned(cells, registers, choices))
    book = ReadWorkbook(notes=notes)
    _tell_passed_sheets(book, cells, tables)
    for table in tables:
        _read_table(book, table)
    if not book.lines and not any(entry.asked for entry in book.unknown):
        raise DomainError(_("The file has no rows below its headings. Nothing was changed."), "file")
    if len(book.lines) > MAXIMUM_ROWS or any(table.cells.tall for table in tables):
        raise DomainError(_("The file has more than %(number)s rows. Send it in parts.", number=MAXIMUM_ROWS), "file")
    return book


def raw_sheets(
    content: bytes, filename: str, registers: Sequence[WorkbookRegister], choices: Choices = NO_CHOICES
) -> tuple[dict[str, RawSheet], list[Note]]:
    """The cells of each sheet by its name; what the file is its first bytes say, whatever it is called.

    What is called a workbook and is none may be a table as text, as many programs write it; anything else is refused.
    """
    if content.startswith((ZIP_BEGINNING, BINARY_BEGINNING)):
        return _workbook(content), []
    count = partial(known, registers, choices)
    sheet, notes = read_text(content, count)
    if filename.lower().endswith(EXCEL_NAMES) and not any(count(row) > 1 for row in sheet.rows[:TITLE_ROWS]):
        raise _unreadable()
    return {"": sheet}, notes


def _unreadable() -> DomainError:
    return DomainError(
        _("This is no Excel workbook that can be read. Save it as .xlsx, or as .csv. Nothing was changed."), "file"
    )


def _workbook(content: bytes) -> dict[str, RawSheet]:
    try:
        return unpacked(content)
    except TooLargeError as error:
        raise DomainError(
            _("The file is too large once it is unpacked. Send it in parts, and delete what stands far below or far "
              "beside the table. Nothing was changed."), "file"
        ) from error
    except UnreadableError as error:
        raise _unreadable() from error


def _assigned(
    sheets: Mapping[str, SheetCells], registers: Sequence[WorkbookRegister], choices: Choices
) -> Iterator[_Table]:
    """Each register with its sheet: the one of its name, or for a single register the first with its headings."""
    by_name = {folded(name): name for name in sheets}
    any_sheet = False
    for register in registers:
        named = (by_name.get(folded(words)) for words in (*both(register.words), register.name))
        name = next((name for name in named if name is not None), None)
        headings = None if name is None else headings_of(register, sheets[name], choices)
        if headings is None and len(registers) == 1:
            name, headings = _found(register, sheets, choices) or (name, None)
        if name is None:
            continue
        any_sheet = True
        if headings is not None:
            yield _Table(register, name, sheets[name], headings)
        elif any(map(any, sheets[name].rows)):
            raise DomainError(
                _("The first rows of “%(sheet)s” have no known headings. Download a template to compare.",
                  sheet=register.words), "file",
            )
    if not any_sheet:
        names = _(", ").join(f"“{register.words}”" for register in registers)
        raise DomainError(
            _("No sheet was recognised. Sheets are called %(names)s; download a template to compare.", names=names),
            "file",
        )


def _found(
    register: WorkbookRegister, sheets: Mapping[str, SheetCells], choices: Choices
) -> tuple[str, SheetHeadings] | None:
    """The first sheet with the register's headings, else the first with any, to be chosen for."""
    for search in (headings_of, unknown_table):
        for name, cells in sheets.items():
            if (headings := search(register, cells, choices)) is not None:
                return name, headings
    return None


def is_own_sheet(name: str) -> bool:
    """Whether a sheet explains a workbook or serves its drop-downs."""
    return folded(name) in {folded(words) for sheet in OWN_SHEETS for words in both(sheet)}


def _tell_passed_sheets(book: ReadWorkbook, sheets: Mapping[str, SheetCells], tables: Sequence[_Table]) -> None:
    read_sheets = {table.sheet for table in tables}
    passed = [
        name for name, cells in sheets.items()
        if name not in read_sheets and not is_own_sheet(name) and any(map(any, cells.rows))
    ]
    if passed:
        book.notes.append(Note("sheets", {"names": passed}))


def _read_table(book: ReadWorkbook, table: _Table) -> None:
    register, cells, headings = table.register, table.cells, table.headings
    sheet = str(register.words)
    places = {field: place for place, field in headings.fields.items()}
    book.tables[register.name] = {"sheet": table.sheet, "row": headings.row, "places": places}
    book.unknown += headings.unknown
    book.notes += headings.notes(register, cells)
    again = [row for row in range(headings.row + 1, len(cells.rows)) if _is_heading(table, row)]
    if again:
        book.notes.append(Note("headings_again", {"sheet": sheet, "rows": [str(row + 1) for row in again]}))
    book.notes += cells.notes(sheet, headings.row, headings.fields.keys())
    passed = set(again)
    for row in range(headings.row + 1, len(cells.rows)):
        if row not in passed and (line := _line(table, row)) is not None:
            book.lines.append(line)


def _is_heading(table: _Table, row: int) -> bool:
    """Whether the headings stand there once more, as on each page of a table that was printed."""
    own = [folded(table.cells.text(table.headings.row, place)) for place in table.headings.fields]
    return [folded(table.cells.text(row, place)) for place in table.headings.fields] == own and bool(own)


def _line(table: _Table, row: int) -> SheetLine | None:
    """A row of the table; None where nothing stands in it, or only what is merged with the row above."""
    cells, fields = table.cells, table.headings.fields
    texts = {field: cells.text(row, place) for place, field in fields.items()}
    troubles = {
        field: cells.troubles[row, place] for place, field in fields.items() if (row, place) in cells.troubles
    }
    filled = [place for place, field in fields.items() if texts[field] or field in troubles]
    if not filled or all((row, place) in cells.copies for place in filled):
        return None
    return SheetLine(table.register, row + 1, texts, troubles)
