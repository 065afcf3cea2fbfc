"""Finds errors, and formulas without a result, in files of Excel 97 to 2003: the library gives such cells as empty.

The file is a small file system (MS-CFB) that holds a stream of records (MS-XLS). It needs nothing of the application,
as it is loaded by the process that unpacks workbooks.
"""

import struct
from collections.abc import Iterator
from typing import Final

LAST_SECTOR: Final = 0xFFFFFFFA
"""Numbers from here on are marks and no sectors."""
HEADER_BYTES, IN_HEADER, ENTRY_BYTES, SMALL_SECTOR = 512, 109, 128, 64
ROOT, STREAMS = 5, ("Workbook", "Book")
BEGIN, END, SHEET, FORMULA, STRING, ERROR = 0x0809, 0x000A, 0x0085, 0x0006, 0x0207, 0x0205
BETWEEN: Final = (0x04BC, 0x0221, 0x0236)
"""Records that may stand between a formula and its text: shared formulas, arrays and tables."""
ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}
Cell = tuple[int, int]


def stuck_in_sheets(content: bytes) -> list[dict[Cell, str]]:
    """For each sheet in order the cells with an error, and with "" those whose formula has no result.

    ValueError where the file is damaged.
    """
    try:
        stream = _FileSystem(content).workbook()
        starts = [struct.unpack_from("<I", body)[0] for kind, body in _records(stream, 0) if kind == SHEET]
        return [dict(_stuck(stream, start)) for start in starts]
    except (struct.error, IndexError) as error:
        raise ValueError(str(error)) from error


class _FileSystem:
    def __init__(self, content: bytes) -> None:
        self.content, self.sector = content, 1 << struct.unpack_from("<H", content, 30)[0]
        tables = list(struct.unpack_from(f"<{IN_HEADER}I", content, 76))
        following, number = struct.unpack_from("<2I", content, 68)
        for _sector in range(min(number, len(content) // self.sector)):
            *more, following = self._numbers(self._read(following))
            tables += more
        self.next = [entry for table in tables if table < LAST_SECTOR for entry in self._numbers(self._read(table))]

    def workbook(self) -> bytes:
        """The stream of records."""
        directory = self._chain(struct.unpack_from("<I", self.content, 48)[0])
        entries = [directory[place:place + ENTRY_BYTES] for place in range(0, len(directory), ENTRY_BYTES)]
        streams = {self._name(entry): struct.unpack_from("<2I", entry, 116) for entry in entries}
        found = next((streams[name] for name in STREAMS if name in streams), None)
        if found is None:
            raise ValueError("no workbook")
        start, size = found
        if size >= struct.unpack_from("<I", self.content, 56)[0]:
            return self._chain(start)[:size]
        root = next(struct.unpack_from("<I", entry, 116)[0] for entry in entries if entry[66] == ROOT)
        small, links = self._chain(root), self._numbers(self._chain(struct.unpack_from("<I", self.content, 60)[0]))
        parts = [small[SMALL_SECTOR * place:SMALL_SECTOR * (place + 1)] for place in _followed(start, links)]
        return b"".join(parts)[:size]

    def _chain(self, start: int) -> bytes:
        return b"".join(self._read(place) for place in _followed(start, self.next))

    def _read(self, number: int) -> bytes:
        begin = max(HEADER_BYTES, self.sector) + number * self.sector
        return self.content[begin:begin + self.sector]

    @staticmethod
    def _numbers(content: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(content) // 4}I", content[:len(content) // 4 * 4]))

    @staticmethod
    def _name(entry: bytes) -> str:
        length = struct.unpack_from("<H", entry, 64)[0]
        return entry[:max(0, length - 2)].decode("utf-16-le", errors="replace")


def _followed(start: int, links: list[int]) -> Iterator[int]:
    """The numbers of a chain; one that leads back into itself is damaged."""
    for _step in range(len(links) + 1):
        if start >= LAST_SECTOR:
            return
        yield start
        start = links[start]
    raise ValueError("a chain without end")


def _records(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """The records from a place on, to the end that belongs to the first of them; charts within have their own ends."""
    depth = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<2H", stream, place)
        yield kind, stream[place + 4:place + 4 + length]
        depth += (kind == BEGIN) - (kind == END)
        if kind == END and depth <= 0:
            return
        place += 4 + length


def _stuck(stream: bytes, start: int) -> Iterator[tuple[Cell, str]]:
    """Cells of a sheet; the text of a formula stands in a record behind it."""
    waiting: Cell | None = None
    for kind, body in _records(stream, start):
        if waiting is not None and kind not in BETWEEN:
            if kind != STRING:
                yield waiting, ""
            waiting = None
        if kind == ERROR and body[7]:
            yield struct.unpack_from("<2H", body), ERRORS.get(body[6], "#N/A")
        elif kind == FORMULA and body[12:14] == b"\xff\xff":
            if body[6] == 2:
                yield struct.unpack_from("<2H", body), ERRORS.get(body[8], "#N/A")
            elif body[6] == 0:
                waiting = struct.unpack_from("<2H", body)
