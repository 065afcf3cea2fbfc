"""Reads workbooks and CSV files into rows of texts by column; what cannot be read is a DomainError in words."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from scheduler.core.errors import DomainError
from scheduler.workbooks.register import NUMBER, WorkbookRegister, headers
from scheduler.workbooks.unpacking import (
    LONGEST_CELL,
    MAXIMUM_COLUMNS,
    MAXIMUM_ROWS,
    Grid,
    TooLargeError,
    UnreadableError,
    text_of,
    unpacked,
)
from scheduler.workbooks.words import both, folded

MAXIMUM_BYTES = 10 * 1024 * 1024
ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True)
class SheetLine:
    """A row that was read: the register, the row of the sheet as Excel counts, and texts by field."""

    register: WorkbookRegister
    number: int
    cells: dict[str, str]


def read(content: bytes, filename: str, registers: Sequence[WorkbookRegister]) -> list[SheetLine]:
    """All rows of the file for these registers, register by register."""
    if len(content) > MAXIMUM_BYTES:
        raise DomainError(_("The file is larger than %(number)d MB. Send it in parts.", number=10), "file")
    grids = _csv(content) if filename.lower().endswith(".csv") else _workbook(content)
    lines = [line for register, grid in _assigned(grids, registers) for line in _lines(register, grid)]
    if not lines:
        raise DomainError(_("The file has no rows below its headings. Nothing was changed."), "file")
    if len(lines) > MAXIMUM_ROWS:
        raise DomainError(_("The file has more than %(number)s rows. Send it in parts.", number=MAXIMUM_ROWS), "file")
    return lines


def _workbook(content: bytes) -> dict[str, Grid]:
    """The cells of each sheet by its name."""
    try:
        return unpacked(content)
    except TooLargeError as error:
        raise DomainError(
            _("The file is too large once it is unpacked. Send it in parts, and delete what stands far below or far "
              "beside the table. Nothing was changed."), "file"
        ) from error
    except UnreadableError as error:
        raise DomainError(
            _("This is no Excel workbook that can be read. Save it as .xlsx, or as .csv. Nothing was changed."), "file"
        ) from error


def _csv(content: bytes) -> dict[str, Grid]:
    """The only sheet of a CSV file, whatever separates its columns."""
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        first = text.partition("\n")[0]
        separator = max(",;\t", key=first.count)
        return {"": list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))}
    raise DomainError(_("The letters of this file cannot be read. Save it as “CSV UTF-8”."), "file")


def _assigned(grids: dict[str, Grid], registers: Sequence[WorkbookRegister]) -> Iterator[tuple[WorkbookRegister, Grid]]:
    """Each register with its sheet: the one of its name, or for a single register the first with its headings."""
    by_name = {folded(name): grid for name, grid in grids.items()}
    any_sheet = False
    for register in registers:
        named = (by_name.get(folded(words)) for words in (*both(register.words), register.name))
        grid = next((grid for grid in named if grid is not None), None)
        if grid is None and len(registers) == 1:
            grid = next((grid for grid in grids.values() if _fields(register, grid)), None)
        if grid is not None:
            any_sheet = True
            yield register, grid
    if not any_sheet:
        names = _(", ").join(f"“{register.words}”" for register in registers)
        raise DomainError(
            _("No sheet was recognised. Sheets are called %(names)s; download a template to compare.", names=names),
            "file",
        )


def _fields(register: WorkbookRegister, grid: Grid) -> dict[int, str]:
    """The field of each column whose heading is known; empty unless at least two are."""
    fields_by_heading = headers(register)
    row = [folded(str(cell)) for cell in (grid[0][:MAXIMUM_COLUMNS] if grid else [])]
    fields = {place: fields_by_heading[heading] for place, heading in enumerate(row) if heading in fields_by_heading}
    return fields if len(fields) > 1 else {}


def _lines(register: WorkbookRegister, grid: Grid) -> Iterator[SheetLine]:
    fields = _fields(register, grid)
    if grid and not fields:
        raise DomainError(
            _("The first row of “%(sheet)s” has no known headings. Download a template to compare.",
              sheet=register.words), "file",
        )
    _refuse_strange(register, grid, fields)
    for number, row in enumerate(grid[1:], 2):
        cells = {field: text_of(row[place]) if place < len(row) else "" for place, field in fields.items()}
        _refuse_long(register, number, cells)
        if any(text for field, text in cells.items() if field != NUMBER) or cells.get(NUMBER):
            yield SheetLine(register, number, cells)


def _refuse_long(register: WorkbookRegister, number: int, cells: dict[str, str]) -> None:
    """A cell that is longer than any of Excel's is nothing that somebody wrote into it."""
    if any(len(text) > LONGEST_CELL for text in cells.values()):
        raise DomainError(
            _("Row %(number)d of “%(sheet)s” has a cell with more than %(most)d letters. Nothing was changed.",
              number=number, sheet=register.words, most=LONGEST_CELL), "file",
        )


def _refuse_strange(register: WorkbookRegister, grid: Grid, fields: dict[int, str]) -> None:
    """A heading that is not known, or that stands there twice, would be lost silently."""
    row = [str(cell).strip() for cell in (grid[0] if grid else [])]
    strange = [cell for place, cell in enumerate(row) if cell and place not in fields]
    if strange:
        raise DomainError(
            _("“%(sheet)s” has no column “%(name)s”. Take it out, or call it as in the template.",
              sheet=register.words, name=strange[0][:40]), "file",
        )
    twice = next((row[place] for place, field in fields.items() if list(fields.values()).count(field) > 1), None)
    if twice is not None:
        raise DomainError(_("“%(sheet)s” has the column “%(name)s” twice.", sheet=register.words, name=twice), "file")
