"""The table behind a chart: sorted as its address says, shown on the page and given out as CSV."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from flask import Response

from scheduler.web.i18n import distance, yuan

Value = str | int | float | None
BYTE_ORDER_MARK = "\ufeff"
"""Without it spreadsheet programs take the Chinese letters of a CSV file for something else."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class ColumnKind(StrEnum):
    """What a column's values are: metres and yuan are whole numbers, a share lies between 0 and 1."""

    TEXT = "text"
    NUMBER = "number"
    DECIMAL = "decimal"
    SHARE = "share"
    METRES = "metres"
    YUAN = "yuan"


WRITTEN: dict[ColumnKind, Callable[[Any], str]] = {
    ColumnKind.TEXT: str,
    # Chinese and English write figures alike; Babel, which knows all languages, takes many times as long for each.
    ColumnKind.NUMBER: "{:,}".format,
    ColumnKind.DECIMAL: "{:,.1f}".format,
    ColumnKind.SHARE: "{:.1%}".format,
    ColumnKind.METRES: distance,
    ColumnKind.YUAN: yuan,
}


@dataclass(frozen=True)
class TableColumn:
    """A column: ``key`` stands in the address when the table is sorted by it, ``unit`` in the heading of the CSV."""

    key: str
    title: str
    kind: ColumnKind = ColumnKind.TEXT
    unit: str = ""

    def text(self, value: Value) -> str:
        """A value as the page shows it; "–" where there is none."""
        return "–" if value is None else WRITTEN[self.kind](value)


@dataclass(frozen=True)
class TableRow:
    """Values in the order of the columns; ``key`` is the row's address on the page, ``of`` the id that it is about.

    ``of`` 0 has no page of its own.
    """

    key: str
    values: tuple[Value, ...]
    of: int = 0
    depth: int = 0


@dataclass(frozen=True)
class Table:
    """Rows under columns; ``sort`` is the key of the column that orders them, "-" before it turns it round.

    ``parts`` is the name of the table with each single row of which these are sums.
    """

    name: str
    caption: str
    columns: Sequence[TableColumn]
    rows: Sequence[TableRow]
    sort: str = ""
    link: Callable[[int], str] | None = None
    parts: str = ""

    def sorted_by(self, order: str) -> "Table":
        """The table in another order, or as it is where no column is called so; rows without a value come last."""
        key = order.removeprefix("-")
        place = next((place for place, column in enumerate(self.columns) if column.key == key), None)
        if place is None:
            return self
        filled = [row for row in self.rows if row.values[place] is not None]
        missing = [row for row in self.rows if row.values[place] is None]
        filled.sort(key=lambda row: row.values[place], reverse=order.startswith("-"))  # type: ignore[arg-type,return-value]
        return replace(self, rows=[*filled, *missing], sort=order)

    def without(self, *keys: str) -> "Table":
        """The table without some of its columns."""
        places = [place for place, column in enumerate(self.columns) if column.key not in keys]
        rows = [replace(row, values=tuple(row.values[place] for place in places)) for row in self.rows]
        return replace(self, columns=[self.columns[place] for place in places], rows=rows)

    def next_sort(self, column: TableColumn) -> str:
        """What a click on a heading asks for: figures begin with the greatest, words with the first."""
        first, second = (column.key, f"-{column.key}")
        if column.kind is not ColumnKind.TEXT:
            first, second = second, first
        return second if self.sort == first else first

    def direction(self, column: TableColumn) -> str:
        """How the rows go along a column, as aria-sort says it; "" where another column orders them."""
        return {column.key: "ascending", f"-{column.key}": "descending"}.get(self.sort, "")


def csv_of(table: Table) -> Response:
    """The table as a file that spreadsheet programs open: plain numbers, units in the headings."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([f"{column.title} ({column.unit})" if column.unit else column.title for column in table.columns])
    for row in table.rows:
        writer.writerow([_plain(value) for value in row.values])
    response = Response(BYTE_ORDER_MARK + out.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{table.name}.csv"'
    return response


def _plain(value: Value) -> Value:
    """A value as a file keeps it; an apostrophe leads what a spreadsheet program would take for a formula."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return round(value, 4) if isinstance(value, float) else value
