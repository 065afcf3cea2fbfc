"""The rows of a workbook in blocks that are written at once."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from scheduler.models import ImportRow


def blocks(rows: Sequence[ImportRow], most: int) -> Iterator[list[ImportRow]]:
    """At most so many rows of the same sheet at a time, in order."""
    for _sheet, of_sheet in groupby(rows, key=lambda row: row.sheet):
        same = list(of_sheet)
        yield from (same[start:start + most] for start in range(0, len(same), most))
