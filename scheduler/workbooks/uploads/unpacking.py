"""Unpacks Excel workbooks in a process of its own that may use only so much memory and time.

A small file can unpack to gigabytes or claim billions of cells, and the library that reads it then takes its whole
process down. So this file is also a script: it reads a workbook from its standard input and writes the texts of all
cells as JSON, with what the library keeps to itself: merged ranges, errors, and formulas whose result is not in the
file. It needs nothing of the application and therefore starts at once.
"""

import io
import json
import posixpath
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from importlib import import_module
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook

MEGABYTE: Final = 1024 * 1024
MAXIMUM_UNPACKED: Final = 100 * MEGABYTE
MAXIMUM_MEMORY: Final = 1024 * MEGABYTE
"""Address space of the process: twenty thousand rows of a workbook need about a tenth of it."""
MAXIMUM_TEXT: Final = 64 * MEGABYTE
"""Characters of all cells together."""
PROCESSOR_SECONDS, WAITING_SECONDS = 20, 120
MAXIMUM_ROWS: Final = 20_000
MAXIMUM_COLUMNS: Final = 100
LONGEST_CELL: Final = 32_767
"""Letters that Excel lets a cell hold; what is longer is refused, never cut."""
TITLE_ROWS: Final = 10
"""Rows among which the headings are looked for."""
READ_ROWS: Final = MAXIMUM_ROWS + TITLE_ROWS
TOO_LARGE, UNREADABLE = 3, 4
"""Exit statuses."""
BINARY_BEGINNING: Final = bytes.fromhex("d0cf11e0a1b11ae1")
"""How files of Excel 97 to 2003 begin."""
CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
PLACE = re.compile(rb"\br=\"([A-Z]{1,3})(\d{1,7})\"")
KIND = re.compile(rb"\bt=\"(\w+)\"")
RESULT = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]+)</")
Grid = list[list[str]]


@dataclass
class RawSheet:
    """The texts of a sheet. ``merged`` are ranges (first row, first column, last row, last column), from 0.

    ``stuck`` says by "row,column" which error stands in a cell, and "" for a formula without a result. ``tall`` and
    ``wide`` say that there is more than was read.
    """

    rows: Grid
    merged: list[list[int]] = field(default_factory=list)
    stuck: dict[str, str] = field(default_factory=dict)
    tall: bool = False
    wide: bool = False


class TooLargeError(Exception):
    """The workbook needs more memory or time than any sensible one."""


class UnreadableError(Exception):
    """The file is no workbook."""


def unpacked(content: bytes) -> dict[str, RawSheet]:
    """Each sheet by its name, as far as it may be read."""
    command = [sys.executable, "-P", __file__]
    try:
        child = subprocess.run(command, input=content, capture_output=True, timeout=WAITING_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise TooLargeError from error
    if child.returncode == TOO_LARGE or child.returncode < 0:  # below zero: the system or the library ended it
        raise TooLargeError
    if child.returncode:
        raise UnreadableError(child.stderr.decode(errors="replace")[-500:])
    return {name: RawSheet(**sheet) for name, sheet in json.loads(child.stdout).items()}


def text_of(cell: object) -> str:
    """A cell as text, as somebody would type it."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, timedelta):
        return _time_text(timedelta(seconds=round(cell.total_seconds())))
    if isinstance(cell, datetime):
        moment = timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second)
        return f"{cell.date().isoformat()} {_time_text(moment)}" if moment else cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return _time_text(timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second))
    return str(cell).strip()


def _time_text(since_midnight: timedelta) -> str:
    """Hours and minutes, and seconds where there are any."""
    minutes, seconds = divmod(int(since_midnight.total_seconds()), 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")


def _limit() -> None:
    """Let the system end this process before it does harm, where the system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not everywhere

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MAXIMUM_MEMORY, MAXIMUM_MEMORY))


def _sheets(content: bytes) -> dict[str, RawSheet]:
    binary = content.startswith(BINARY_BEGINNING)
    stuck = {} if binary else _stuck(content)
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
        if binary:
            stuck = dict(zip(workbook.sheet_names, _stuck_of_binary(content), strict=False))
        return {name: _sheet(workbook, name, stuck.get(name, {})) for name in workbook.sheet_names}


def _sheet(workbook: CalamineWorkbook, name: str, stuck: dict[str, str]) -> RawSheet:
    sheet = workbook.get_sheet_by_name(name)
    rows = sheet.to_python(skip_empty_area=False, nrows=READ_ROWS)
    grid = [[text_of(cell) for cell in row[:MAXIMUM_COLUMNS]] for row in rows]
    if sum(len(text) for row in grid for text in row) > MAXIMUM_TEXT:
        raise TooLargeError
    wide = any(text_of(cell) for row in rows for cell in row[MAXIMUM_COLUMNS:])
    merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
    return RawSheet(grid, merged, stuck, sheet.total_height > READ_ROWS, wide)


def _stuck_of_binary(content: bytes) -> list[dict[str, str]]:
    """The same for each sheet of a file of Excel 97 to 2003."""
    sys.path.append(str(Path(__file__).parent))  # this process knows nothing else of the application
    errors = import_module("binary_errors")
    return [
        {f"{row},{column}": error for (row, column), error in sheet.items() if row < READ_ROWS}
        for sheet in errors.stuck_in_sheets(content)
    ]


def _stuck(content: bytes) -> dict[str, dict[str, str]]:
    """By sheet the cells that the library would give as empty, though something stands in them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAXIMUM_UNPACKED:
            raise TooLargeError
        parts = _parts(archive)
        return {name: dict(_stuck_cells(archive.read(part))) for name, part in parts if part in archive.namelist()}


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The sheets of an .xlsx file with the parts of the file that hold them; none of files of other kinds."""
    book, relations = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    if not {book, relations} <= set(archive.namelist()):
        return
    targets = {entry.get("Id"): entry.get("Target", "") for entry in _elements(archive.read(relations))}
    for entry in _elements(archive.read(book)):
        if entry.tag.endswith("}sheet"):
            relation = next((value for key, value in entry.items() if key.endswith("}id")), None)
            part = posixpath.normpath(posixpath.join("/xl", targets.get(relation, "")))
            yield entry.get("name", ""), part.lstrip("/")


def _elements(part: bytes) -> Iterator[ElementTree.Element]:
    """All elements of a small part; what an entity could swell to is bounded by the limits of this process."""
    return ElementTree.fromstring(part).iter()  # noqa: S314


def _stuck_cells(sheet: bytes) -> Iterator[tuple[str, str]]:
    if b't="e"' not in sheet and re.search(rb"<(?:\w+:)?f\b", sheet) is None:
        return
    for attributes, body in CELL.findall(sheet):
        place, kind, result = PLACE.search(attributes), KIND.search(attributes), RESULT.search(body)
        if place is None:
            continue
        row, column = int(place[2]) - 1, _column(place[1])
        if row >= READ_ROWS or column >= MAXIMUM_COLUMNS:
            continue
        where = f"{row},{column}"
        if kind is not None and kind[1] == b"e":
            yield where, result[1].decode(errors="replace") if result else "#"
        elif result is None and (kind is None or kind[1] != b"str") and re.search(rb"<(?:\w+:)?f\b", body):
            yield where, ""


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number - 1


def main() -> int:
    """Unpack what stands on standard input; the exit status."""
    _limit()
    try:
        sheets = {name: asdict(sheet) for name, sheet in _sheets(sys.stdin.buffer.read()).items()}
        written = json.dumps(sheets, ensure_ascii=False).encode()
    except (TooLargeError, MemoryError):
        return TOO_LARGE
    except (zipfile.BadZipFile, CalamineError, ElementTree.ParseError, ValueError) as error:
        sys.stderr.write(str(error))
        return UNREADABLE
    sys.stdout.buffer.write(written)
    return 0


if __name__ == "__main__":
    sys.exit(main())
