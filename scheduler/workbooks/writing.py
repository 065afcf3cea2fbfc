"""Writes registers as workbooks: with drop-downs, notes, a sheet that explains every column, and no formulas."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from flask_babel import gettext as _
from xlsxwriter.utility import xl_col_to_name

from scheduler.core.extensions import db
from scheduler.workbooks.directory import Directory
from scheduler.workbooks.kinds import Written
from scheduler.workbooks.register import NUMBER, WorkbookRegister

VALIDATED_ROWS = 5_000
LONGEST_PROMPT, LONGEST_TITLE = 255, 32
GREEN, PALE, GREY = "#1d5c46", "#e6efe9", "#6b6f69"
Line = list[Written]


def workbook(registers: Sequence[WorkbookRegister], names: Directory, filled: bool) -> bytes:
    """The workbook of these registers; without rows when it is not ``filled``."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        writer = _Writer(book, names)
        writer.guide(registers)
        for register in registers:
            writer.sheet(register, _lines(register, names) if filled else [])
        writer.hide_lists()
    return buffer.getvalue()


def _lines(register: WorkbookRegister, names: Directory) -> Iterable[Line]:
    for row in db.session.scalars(register.rows(names)).unique():
        values = register.values_of(row)
        yield [row.id, *(column.kind.write(values[column.field], names) for column in register.columns)]


class _Writer:
    def __init__(self, book: Any, names: Directory) -> None:
        self.book, self.names = book, names
        look = {"font_name": "Microsoft YaHei", "font_size": 11, "valign": "top"}
        self.plain = book.add_format({**look, "text_wrap": True})
        self.head = book.add_format({**look, "bold": True, "font_color": "white", "bg_color": GREEN, "text_wrap": True})
        self.quiet = book.add_format({**look, "font_color": GREY, "bg_color": PALE})
        self.guides = book.add_worksheet(_("How to fill in"))
        self.sheets: dict[str, Any] = {}
        self.lists: Any = None
        self._ranges: dict[tuple[str, ...], str] = {}

    def guide(self, registers: Sequence[WorkbookRegister]) -> None:
        """The first sheet: what each column means."""
        sheet = self.guides
        sheet.hide_gridlines(2)
        sheet.set_column(0, 1, 24, self.plain)
        sheet.set_column(2, 2, 90, self.plain)
        said = [
            _("Change rows, add rows below, save, and upload the file again: first you see what would change."),
            _("Rows that you delete here stay in the register. Columns marked with * have to be filled in."),
        ]
        for number, sentence in enumerate(said):
            sheet.write_string(number, 0, sentence, self.book.add_format({"font_name": "Microsoft YaHei"}))
        place = len(said) + 1
        sheet.write_row(place, 0, [_("Sheet"), _("Column"), _("What to write")], self.head)
        for register in registers:
            for field in (NUMBER, *(column.field for column in register.columns)):
                place += 1
                sheet.write_row(place, 0, [str(register.words), _heading(register, field), self._note(register, field)])

    def sheet(self, register: WorkbookRegister, lines: Iterable[Line]) -> None:
        """One register."""
        sheet = self.book.add_worksheet(str(register.words)[:31])
        sheet.freeze_panes(1, 2)
        sheet.set_row(0, 34)
        for place, field in enumerate((NUMBER, *(column.field for column in register.columns))):
            sheet.write_string(0, place, _heading(register, field), self.head)
            note = self._note(register, field)
            if note:
                sheet.write_comment(0, place, note, {"x_scale": 2, "y_scale": 1.5})
            width = 8 if field == NUMBER else register.column(field).kind.width
            sheet.set_column(place, place, width, self.quiet if field == NUMBER else self.plain)
        last = 0
        for last, line in enumerate(lines, 1):
            _write(sheet, last, line)
        self._validate(sheet, register, max(VALIDATED_ROWS, last))
        sheet.autofilter(0, 0, max(1, last), len(register.columns))
        if not self.sheets:
            sheet.activate()
        self.sheets[register.name] = sheet

    def hide_lists(self) -> None:
        """What the drop-downs offer is nothing to be edited."""
        if self.lists is not None:
            self.lists.hide()

    def _validate(self, sheet: Any, register: WorkbookRegister, rows: int) -> None:
        """Drop-downs and bounds; Excel warns and lets other entries through, since the import says more about them."""
        for place, column in enumerate(register.columns, 1):
            options = column.kind.choices(self.names)
            bounds = register.bounds(column.field)
            rule: dict[str, Any] = {"error_type": "warning"}
            if options:
                rule |= {"validate": "list", "source": self._source(options)}
            elif bounds and column.kind.numeric:
                rule |= {"validate": "decimal", "criteria": "between", "minimum": bounds[0], "maximum": bounds[1]}
            else:
                continue
            if note := self._note(register, column.field):
                rule |= {
                    "input_title": _heading(register, column.field)[:LONGEST_TITLE],
                    "input_message": note[:LONGEST_PROMPT],
                }
            sheet.data_validation(1, place, rows, place, rule)

    def _source(self, options: list[str]) -> str:
        """The range of the hidden sheet that holds these texts."""
        key = tuple(options)
        if key not in self._ranges:
            if self.lists is None:
                self.lists = self.book.add_worksheet(_("Lists"))
            place = len(self._ranges)
            self.lists.write_column(0, place, options)
            letter = xl_col_to_name(place)
            self._ranges[key] = f"='{self.lists.get_name()}'!${letter}$1:${letter}${len(options)}"
        return self._ranges[key]

    def _note(self, register: WorkbookRegister, field: str) -> str:
        """The hint of the form, with the numbers that are allowed and an example where the text has a form."""
        parts = [register.note(field)]
        if field != NUMBER:
            kind, bounds = register.column(field).kind, register.bounds(field)
            if bounds and kind.numeric:
                parts.append(_("From %(least)s to %(most)s.", least=bounds[0], most=bounds[1]))
            parts.append(kind.hint())
        return " ".join(part for part in parts if part)


def _heading(register: WorkbookRegister, field: str) -> str:
    words = str(register.header(field))
    return f"{words} *" if field in register.required() else words


def _write(sheet: Any, row: int, line: Line) -> None:
    """Texts as texts, whatever they begin with; numbers as numbers."""
    for place, value in enumerate(line):
        if isinstance(value, str):
            if value:
                sheet.write_string(row, place, value)
        else:
            sheet.write_number(row, place, value)
