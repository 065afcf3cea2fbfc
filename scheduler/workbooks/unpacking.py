"""Unpacks Excel workbooks in a process of its own that may use only so much memory and time.

A small file can unpack to gigabytes or claim billions of cells, and the library that reads it then takes its whole
process down. So this file is also a script: it reads a workbook from its standard input and writes the texts of all
cells as JSON. It needs nothing of the application and therefore starts at once.
"""

import io
import json
import subprocess
import sys
import zipfile
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Final

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
TOO_LARGE, UNREADABLE = 3, 4
"""Exit statuses."""
Grid = list[list[str]]


class TooLargeError(Exception):
    """The workbook needs more memory or time than any sensible one."""


class UnreadableError(Exception):
    """The file is no workbook."""


def unpacked(content: bytes) -> dict[str, Grid]:
    """The texts of the cells of each sheet by its name, up to a row and a column more than may be sent."""
    command = [sys.executable, "-P", __file__]
    try:
        child = subprocess.run(command, input=content, capture_output=True, timeout=WAITING_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise TooLargeError from error
    if child.returncode == TOO_LARGE or child.returncode < 0:  # below zero: the system or the library ended it
        raise TooLargeError
    if child.returncode:
        raise UnreadableError(child.stderr.decode(errors="replace")[-500:])
    grids: dict[str, Grid] = json.loads(child.stdout)
    return grids


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


def _grids(content: bytes) -> dict[str, Grid]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAXIMUM_UNPACKED:
            raise TooLargeError
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
        return {name: _grid(workbook, name) for name in workbook.sheet_names}


def _grid(workbook: CalamineWorkbook, name: str) -> Grid:
    rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=MAXIMUM_ROWS + 2)
    grid = [[text_of(cell) for cell in row[: MAXIMUM_COLUMNS + 1]] for row in rows]
    if sum(len(text) for row in grid for text in row) > MAXIMUM_TEXT:
        raise TooLargeError
    return grid


def main() -> int:
    """Unpack what stands on standard input; the exit status."""
    _limit()
    try:
        grids = json.dumps(_grids(sys.stdin.buffer.read()), ensure_ascii=False).encode()
    except (TooLargeError, MemoryError):
        return TOO_LARGE
    except (zipfile.BadZipFile, CalamineError, ValueError) as error:
        sys.stderr.write(str(error))
        return UNREADABLE
    sys.stdout.buffer.write(grids)
    return 0


if __name__ == "__main__":
    sys.exit(main())
