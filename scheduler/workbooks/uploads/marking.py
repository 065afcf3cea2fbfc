"""The uploaded file as a workbook in which each faulty cell is marked and says why, to be mended and uploaded again."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Any, Final

import xlsxwriter
from flask_babel import gettext as _

from scheduler.models import ImportFile, ImportRow, RowState
from scheduler.workbooks.registers import REGISTERS
from scheduler.workbooks.uploads.notes import sentences
from scheduler.workbooks.uploads.reading import is_own_sheet
from scheduler.workbooks.uploads.sheet_cells import Place, SheetCells, cell_name
from scheduler.workbooks.uploads.unpacking import MAXIMUM_COLUMNS, READ_ROWS, RawSheet

RED, YELLOW, GREEN = "#f6c9c4", "#fbeab5", "#1d5c46"
NO_FILL: Final = ""
FILLS: Final = (NO_FILL, RED, YELLOW)
ERRORS: Final = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
LONGEST_NAME: Final = 31
NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,10})?", re.ASCII)
DAY = re.compile(r"(19|20)\d\d-\d\d-\d\d", re.ASCII)
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
NOT_AVAILABLE: Final = "#N/A"
Marks = dict[str, dict[Place, "CellMark"]]
"""By the name of the sheet what is said of its cells."""


@dataclass
class CellMark:
    """What is said of a cell; ``faulty`` says that it has to be mended, else it is only a warning."""

    said: list[str]
    faulty: bool


def marks_of(file: ImportFile, rows: Sequence[ImportRow]) -> Marks:
    """The cells that are to be marked; what concerns no column that is there is said at the beginning of its row."""
    marks: Marks = {}
    for row in rows:
        table = file.tables[row.sheet]
        places: Mapping[str, int] = table["places"]
        first = min(places.values(), default=0)
        of_sheet = marks.setdefault(table["sheet"], {})
        for field, sentence in row.messages if row.state is RowState.WRONG else []:
            named = sentence if field in places or not field else f"{REGISTERS[row.sheet].header(field)}: {sentence}"
            mark = of_sheet.setdefault((row.number - 1, places.get(field, first)), CellMark([], True))
            mark.said.append(named)
            mark.faulty = True
        if row.warnings:
            of_sheet.setdefault((row.number - 1, first), CellMark([], False)).said.extend(row.warnings)
    return marks


def write_marked(file: ImportFile, sheets: Mapping[str, RawSheet], marks: Marks, target: IO[bytes]) -> None:
    """Write the values of all sheets, with fill and comment in the marked cells, and a sheet of notes before them."""
    names = _sheet_names(file, sheets)
    with xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False}) as book:
        writer = _MarkedBook(book, file)
        writer.notes(names, sheets, marks)
        for name, shown in names.items():
            writer.sheet(name, shown, SheetCells(sheets[name]), marks.get(name, {}))


def _sheet_names(file: ImportFile, sheets: Mapping[str, RawSheet]) -> dict[str, str]:
    """By the name of each sheet that comes along the name it gets; a text file is called after its register."""
    words = {table["sheet"]: str(REGISTERS[register].words) for register, table in file.tables.items()}
    names: dict[str, str] = {}
    for name in sheets:
        if not is_own_sheet(name):
            plain = NOT_IN_NAMES.sub(" ", name or words.get(name, "")).strip("' ")[:LONGEST_NAME]
            taken = {shown.casefold() for shown in names.values()}
            names[name] = plain if plain and plain.casefold() not in taken else f"{plain[:26]} {len(names) + 1}"
    return names


class _MarkedBook:
    def __init__(self, book: Any, file: ImportFile) -> None:
        self.book, self.file = book, file
        look = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
        self.plain = book.add_format(look)
        self.wrapped = book.add_format({**look, "text_wrap": True})
        self.head = book.add_format({**look, "bold": True, "text_wrap": True})
        self.title = book.add_format({**look, "bold": True, "font_size": 12, "font_color": GREEN})
        self.days = {fill: book.add_format({**look, "num_format": "yyyy-mm-dd", **_filled(fill)}) for fill in FILLS}
        self.looks = {fill: book.add_format({**look, **_filled(fill)}) for fill in FILLS}

    def notes(self, names: Mapping[str, str], sheets: Mapping[str, RawSheet], marks: Marks) -> None:
        """The first sheet: what to do, what was passed over, and every mark with its place."""
        sheet = self.book.add_worksheet(_("Notes on the upload"))
        sheet.set_column(0, 0, 24, self.plain)
        sheet.set_column(1, 1, 10, self.plain)
        sheet.set_column(2, 2, 100, self.wrapped)
        sheet.write_string(0, 0, _("Mend the red cells, save, and upload this file again."), self.title)
        said = [
            _("The values of all sheets of your file are here. Its formats, formulas, drop-downs and pictures are not, "
              "and merged cells are single ones."),
            *_left_out(names, sheets), *sentences(self.file.notes),
        ]
        row = 1
        for sentence in said:
            sheet.write_string(row, 0, sentence, self.plain)
            row += 1
        sheet.write_row(row + 1, 0, [_("Sheet"), _("Cell"), _("What is to be mended")], self.head)
        row += 2
        for name, place, mark in _in_order(marks):
            where = cell_name(*place)
            sheet.write_string(row, 0, names[name], self.plain)
            sheet.write_url(row, 1, f"internal:'{names[name].replace(chr(39), chr(39) * 2)}'!{where}", string=where)
            sheet.write_string(row, 2, " ".join(mark.said), self.looks[RED if mark.faulty else YELLOW])
            row += 1

    def sheet(self, name: str, shown: str, cells: SheetCells, marks: Mapping[Place, CellMark]) -> None:
        """One sheet of the file."""
        sheet = self.book.add_worksheet(shown)
        heading = next((table["row"] for table in self.file.tables.values() if table["sheet"] == name), None)
        width = max(map(len, cells.rows), default=0)
        sheet.set_column(0, max(0, width - 1), 18, self.plain)
        if heading is not None:
            sheet.freeze_panes(heading + 1, 0)
            sheet.activate()
        beyond: dict[int, int] = {}
        for row, column in marks:
            beyond[row] = max(beyond.get(row, 0), column + 1)
        for row, texts in enumerate(cells.rows):
            for column in range(max(len(texts), beyond.get(row, 0))):
                self._cell(sheet, cells, (row, column), heading, marks.get((row, column)))

    def _cell(
        self, sheet: Any, cells: SheetCells, place: Place, heading: int | None, mark: CellMark | None
    ) -> None:
        fill = NO_FILL
        if mark is not None:
            fill = RED if mark.faulty else YELLOW
            sheet.write_comment(*place, "\n".join(mark.said), {"x_scale": 2.5, "y_scale": 1 + len(mark.said) / 2})
        text, trouble = cells.text(*place), cells.troubles.get(place)
        if place in cells.copies and (heading is None or place[0] <= heading):
            text = ""  # a title over several columns stands there once
        if trouble is not None and trouble[0] != "long":
            error = trouble[1] if trouble[0] == "error" and trouble[1] in ERRORS else NOT_AVAILABLE
            sheet.write_formula(*place, f"={error}", self.looks[fill], error)
        elif not text:
            if mark is not None:
                sheet.write_blank(*place, None, self.looks[fill])
        elif place[0] == heading:
            sheet.write_string(*place, text, self.head)
        else:
            self._value(sheet, place, text, fill)

    def _value(self, sheet: Any, place: Place, text: str, fill: str) -> None:
        """Numbers and dates as such, where they are read as the same text again."""
        if NUMBER.fullmatch(text) and str(float(text)).removesuffix(".0") == text:
            sheet.write_number(*place, float(text), self.looks[fill])
        elif DAY.fullmatch(text) and (day := _day(text)) is not None:
            sheet.write_datetime(*place, day, self.days[fill])
        else:
            sheet.write_string(*place, text, self.looks[fill])


def _filled(fill: str) -> dict[str, object]:
    return {"bg_color": fill} if fill else {}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _left_out(names: Mapping[str, str], sheets: Mapping[str, RawSheet]) -> Iterator[str]:
    for name, shown in names.items():
        if sheets[name].tall:
            yield _("“%(sheet)s”: only the first %(number)d rows are here.", sheet=shown, number=READ_ROWS)
        if sheets[name].wide:
            yield _("“%(sheet)s”: only the first %(number)d columns are here.", sheet=shown, number=MAXIMUM_COLUMNS)


def _in_order(marks: Marks) -> Iterator[tuple[str, Place, CellMark]]:
    for name, of_sheet in marks.items():
        for place in sorted(of_sheet):
            yield name, place, of_sheet[place]
