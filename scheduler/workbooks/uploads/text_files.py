"""Reads tables that come as text: whatever encodes their letters and separates their columns."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Final

from flask_babel import gettext as _

from scheduler.core.errors import DomainError
from scheduler.workbooks.uploads.notes import Note
from scheduler.workbooks.uploads.unpacking import MAXIMUM_COLUMNS, READ_ROWS, TITLE_ROWS, Grid, RawSheet

SEPARATORS: Final = ",;\t|"
BIG5_SHARE: Final = 0.2
"""GBK writes frequent characters with a second byte above 0xA0; in Big5 a third of them lies below."""
PAIRS = re.compile(rb"[\x81-\xfe]([\x40-\x7e\x80-\xfe])")
SEPARATOR_LINE = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)


def read_text(content: bytes, known: Callable[[Sequence[str]], int]) -> tuple[RawSheet, list[Note]]:
    """The only sheet of a text file, and how its letters were read where that is not UTF-8.

    ``known`` says how many cells of a row are headings, by which the separator is recognised.
    """
    text, encoding = decoded(content)
    notes = [] if encoding == "utf-8-sig" else [Note("encoding", {"name": NAMES[encoding]})]
    if named := SEPARATOR_LINE.match(text):
        text, separator = text[named.end():], named[1]
    else:
        separator = max(SEPARATORS, key=lambda sign: _score(text, sign, known))
    return _sheet(text, separator), notes


NAMES: Final = {"utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "gb18030": "GB18030", "big5": "Big5"}


def decoded(content: bytes) -> tuple[str, str]:
    """The text and its encoding; DomainError where its letters cannot be read."""
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.removeprefix("\ufeff"), encoding
    raise DomainError(_("The letters of this file cannot be read. Save it as “CSV UTF-8”."), "file")


def _encodings(content: bytes) -> list[str]:
    """What the letters may be encoded by, the most likely first."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    even, odd = content[:2000:2].count(0), content[1:2000:2].count(0)
    if even or odd:
        return ["utf-16-le", "utf-16-be"] if odd > even else ["utf-16-be", "utf-16-le"]
    low = [pair < b"\xa1" for pair in PAIRS.findall(content[:200_000])]
    chinese = ["big5", "gb18030"] if low and sum(low) > BIG5_SHARE * len(low) else ["gb18030", "big5"]
    return ["utf-8-sig", *chinese]


def _score(text: str, separator: str, known: Callable[[Sequence[str]], int]) -> tuple[int, int]:
    """How many headings a separator shows among the first rows, and how often it stands in the first one."""
    rows = islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), TITLE_ROWS)
    try:
        headings = max((known(row) for row in rows), default=0)
    except csv.Error:
        headings = 0
    return headings, text.partition("\n")[0].count(separator)


def _sheet(text: str, separator: str) -> RawSheet:
    try:
        rows: Grid = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), READ_ROWS + 1))
    except csv.Error as error:
        raise DomainError(_("This is no table that can be read: %(reason)s.", reason=str(error)), "file") from error
    wide = any(cell.strip() for row in rows for cell in row[MAXIMUM_COLUMNS:])
    grid = [[cell.strip() for cell in row[:MAXIMUM_COLUMNS]] for row in rows[:READ_ROWS]]
    return RawSheet(grid, tall=len(rows) > READ_ROWS, wide=wide)
