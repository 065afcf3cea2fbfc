"""Writes tables as sheets of a workbook, row by row, so that a city needs no more memory than a street."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import IO, Any, Final

import xlsxwriter
from flask_babel import gettext as _
from xlsxwriter.utility import xl_col_to_name

GREEN, PALE, RED = "#1d5c46", "#e6efe9", "#9c2b1f"
HEADING_ROW: Final = 1
"""Counted from 0: above the headings each sheet says which plan it shows."""
ROWS_OF_EXCEL: Final = 1_048_576
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
A4, MIDNIGHT, LONGEST_NAME = 9, 1440, 31
SUM_OF_WHAT_IS_SHOWN: Final = 109
"""The kind of SUBTOTAL that leaves out what a filter hides."""
Cell = str | int | float | date | None


class CellKind(StrEnum):
    """What the cells of a column are; minutes since midnight become times of day."""

    TEXT = "text"
    WHOLE = "whole"
    HOURS = "hours"
    YUAN = "yuan"
    DATE = "date"
    TIME = "time"


NUMBER_FORMATS: Final = {
    CellKind.WHOLE: "#,##0", CellKind.HOURS: "#,##0.00", CellKind.YUAN: "#,##0", CellKind.DATE: "yyyy-mm-dd",
    CellKind.TIME: "hh:mm",
}


@dataclass(frozen=True)
class SheetColumn:
    """A column; ``formula`` names others by their keys, and its cells are given with the values that it has."""

    key: str
    title: str
    kind: CellKind = CellKind.TEXT
    width: int = 16
    summed: bool = False
    formula: str = ""


class PlanBook:
    """A workbook whose sheets all say in their first row, and on paper, which plan they show."""

    def __init__(self, file: IO[bytes], banner: str, draft: bool) -> None:
        self.book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False})
        self.book.set_properties({"title": banner, "status": _("draft") if draft else ""})
        self.banner = banner
        look = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
        total = {**look, "bold": True, "bg_color": PALE, "top": 1}
        said = {**look, "bold": True, "font_size": 12, "font_color": RED if draft else GREEN}
        self._banner = self.book.add_format(said)
        self.head = self.book.add_format(
            {**look, "bold": True, "font_color": "white", "bg_color": GREEN, "text_wrap": True}
        )
        self.plain = self.book.add_format(look)
        self.quoted = self.book.add_format({**look, "quote_prefix": True})
        self.midnight = self.book.add_format({**look, "num_format": "[hh]:mm"})
        self.kinds, self.totals = self._of_kinds(look), self._of_kinds(total)

    def _of_kinds(self, look: Mapping[str, object]) -> dict[CellKind, Any]:
        """A look for each kind of cell."""
        return {
            kind: self.book.add_format({**look, "num_format": NUMBER_FORMATS.get(kind, "General")}) for kind in CellKind
        }

    def sheet(self, name: str, columns: Sequence[SheetColumn], fixed: int = 1) -> "PlanSheet":
        """A sheet of this name; its first ``fixed`` columns stay when it is moved sideways."""
        return PlanSheet(self, name[:LONGEST_NAME], columns, fixed)

    def begin(self, name: str, columns: Sequence[SheetColumn], fixed: int) -> Any:
        """A sheet with its headings, as it is seen and printed."""
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(HEADING_ROW + 1, fixed)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, HEADING_ROW)
        sheet.set_margins(0.4, 0.4, 0.7, 0.6)
        said = self.banner.replace("&", "&&")
        sheet.set_header(f"&L{said[:180]}&R{name}")
        sheet.set_footer("&C&P / &N")
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
        sheet.write_string(0, 0, self.banner, self._banner)
        sheet.set_row(HEADING_ROW, 32)
        for place, column in enumerate(columns):
            sheet.write_string(HEADING_ROW, place, column.title, self.head)
        return sheet

    def close(self) -> None:
        """Write the file."""
        self.book.close()


@dataclass
class PlanSheet:
    """Rows under headings; more than Excel takes go on on a sheet of the same name with a number."""

    book: PlanBook
    name: str
    columns: Sequence[SheetColumn]
    fixed: int
    most: int = ROWS_OF_EXCEL - 2
    number: int = 0
    row: int = HEADING_ROW
    sums: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.letters = {column.key: xl_col_to_name(place) for place, column in enumerate(self.columns)}
        self.writers = [self._writer(column) for column in self.columns]
        self._begin()

    def add(self, *cells: Cell) -> None:
        """A row: a value for each column, None where there is none."""
        if self.row >= self.most:
            self.close()
            self._begin()
        self.row += 1
        for place, (write, cell) in enumerate(zip(self.writers, cells, strict=True)):
            if cell is not None and cell != "":
                write(self.row, place, cell)
        for place in self.sums:
            self.sums[place] += cells[place] or 0  # type: ignore[operator]

    def close(self) -> None:
        """Filters, and below them the sums of what they show."""
        last = max(self.row, HEADING_ROW + 1)
        self.sheet.autofilter(HEADING_ROW, 0, last, len(self.columns) - 1)
        if not self.sums:
            return
        totals = self.book.totals
        for place, column in enumerate(self.columns):
            if place in self.sums:
                letter = xl_col_to_name(place)
                cells = f"{letter}{HEADING_ROW + 2}:{letter}{last + 1}"
                value = round(self.sums[place], 4)
                self.sheet.write_formula(
                    last + 1, place, f"=SUBTOTAL({SUM_OF_WHAT_IS_SHOWN},{cells})", totals[column.kind], value
                )
            else:
                self.sheet.write_string(last + 1, place, "" if place else _("Sum"), totals[CellKind.TEXT])

    def _begin(self) -> None:
        self.number += 1
        suffix = f" {self.number}" if self.number > 1 else ""
        self.sheet = self.book.begin(self.name[: LONGEST_NAME - len(suffix)] + suffix, self.columns, self.fixed)
        self.row = HEADING_ROW
        self.sums = {place: 0 for place, column in enumerate(self.columns) if column.summed}

    def _writer(self, column: SheetColumn) -> Callable[[int, int, Any], object]:
        look = self.book.kinds[column.kind]
        if column.formula:
            return lambda row, place, value: self.sheet.write_formula(
                row, place, "=" + column.formula.format_map({k: f"{v}{row + 1}" for k, v in self.letters.items()}),
                look, value,
            )
        if column.kind is CellKind.TEXT:
            return self._write_text
        if column.kind is CellKind.DATE:
            return lambda row, place, day: self.sheet.write_datetime(row, place, day, look)
        if column.kind is CellKind.TIME:
            return self._write_time
        return lambda row, place, number: self.sheet.write_number(row, place, number, look)

    def _write_text(self, row: int, place: int, text: str) -> None:
        """A text, whatever it begins with; what looks like a formula stays a text when somebody edits the cell."""
        look = self.book.quoted if text.startswith(FORMULA_STARTS) else self.book.plain
        self.sheet.write_string(row, place, text, look)

    def _write_time(self, row: int, place: int, minute: int) -> None:
        """The end of the day is 24:00 and not the beginning of the next one."""
        look = self.book.midnight if minute >= MIDNIGHT else self.book.kinds[CellKind.TIME]
        self.sheet.write_number(row, place, minute / MIDNIGHT, look)
