"""The cells of an uploaded sheet as they are meant: merged ones filled, without what nobody can see."""

import re
from collections.abc import Collection
from typing import Final

from scheduler.workbooks.uploads.notes import Note
from scheduler.workbooks.uploads.unpacking import LONGEST_CELL, RawSheet

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Soft hyphens, characters of no width, and those that turn the direction of writing."""
BLANKS = re.compile("[\u00a0\u2007\u202f]")
"""Blanks that no line is broken at; they look like any other."""
Place = tuple[int, int]
Trouble = list[str]
MOST_FILLED: Final = 2_000_000


def cell_name(row: int, column: int) -> str:
    """A place as Excel names it: (1, 7) is H2."""
    return f"{column_letters(column)}{row + 1}"


def column_letters(column: int) -> str:
    """A column as Excel names it: 0 is A, 26 is AA."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class SheetCells:
    """The texts of a sheet; ``copies`` are the cells that only repeat what stands in the first of merged ones."""

    def __init__(self, sheet: RawSheet) -> None:
        self.rows, self.tall, self.wide = sheet.rows, sheet.tall, sheet.wide
        self.troubles: dict[Place, Trouble] = {}
        for where, error in sheet.stuck.items():
            row, column = map(int, where.split(","))
            self.troubles[row, column] = ["error", error] if error else ["formula", ""]
        self.cleaned: set[Place] = set()
        self.copies: set[Place] = set()
        self.merged: list[tuple[str, Place, Place]] = []
        self._clean()
        for first_row, first_column, last_row, last_column in sheet.merged:
            self._fill((first_row, first_column), (last_row, last_column))

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""

    def _clean(self) -> None:
        for number, row in enumerate(self.rows):
            for place, text in enumerate(row):
                if not text or (text.isascii() and len(text) <= LONGEST_CELL):
                    continue
                plain = BLANKS.sub(" ", INVISIBLE.sub("", text)).strip()
                if plain != text:
                    self.cleaned.add((number, place))
                if len(plain) > LONGEST_CELL:
                    self.troubles[number, place] = ["long", f"{len(plain):,}"]
                row[place] = plain[:LONGEST_CELL]

    def _fill(self, first: Place, last: Place) -> None:
        """The value stands for all merged cells, as far as the sheet goes."""
        if first[0] >= len(self.rows) or len(self.copies) > MOST_FILLED:
            return
        text, trouble = self.text(*first), self.troubles.get(first)
        if not text and trouble is None:
            return
        width = max(map(len, self.rows))
        for row in range(first[0], min(last[0], len(self.rows) - 1) + 1):
            cells = self.rows[row]
            cells += [""] * (min(last[1] + 1, width) - len(cells))
            for column in range(first[1], min(last[1], width - 1) + 1):
                if (row, column) != first:
                    cells[column] = text
                    self.copies.add((row, column))
                    if trouble is not None:
                        self.troubles[row, column] = trouble
        self.merged.append((f"{cell_name(*first)}:{cell_name(*last)}", first, last))

    def notes(self, sheet: str, heading: int, columns: Collection[int]) -> list[Note]:
        """What is to be said of the cells below the headings in the columns that are read."""

        def read(place: Place) -> bool:
            return place[0] > heading and place[1] in columns

        ranges = [
            name for name, first, last in self.merged
            if last[0] > heading and any(first[1] <= column <= last[1] for column in columns)
        ]
        cleaned = [cell_name(*place) for place in sorted(self.cleaned) if read(place) or place[0] == heading]
        stuck = [cell_name(*place) for place in sorted(self.troubles) if read(place)]
        listed = {
            "merged": ("ranges", ranges), "invisible": ("cells", cleaned), "stuck": ("cells", stuck),
        }
        return [Note(code, {"sheet": sheet, key: names}) for code, (key, names) in listed.items() if names]
