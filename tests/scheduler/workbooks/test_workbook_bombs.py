"""Small files that unpack to gigabytes or claim billions of cells: refused in words, within bounded memory."""

import io
import resource
import struct
import zipfile
from collections.abc import Callable

import pytest
from flask import Flask

from scheduler.core.extensions import db
from scheduler.models import Import
from scheduler.workbooks.uploads.unpacking import MAXIMUM_MEMORY, MAXIMUM_UNPACKED, MEGABYTE
from tests.client import PageClient
from tests.workbooks import rows, upload, write

SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
TOO_LARGE = "The file is too large once it is unpacked."


def workbook(sheet: bytes, strings: bytes | None = None) -> bytes:
    """A workbook whose only sheet, and shared texts, are written by hand."""
    buffer = io.BytesIO()
    sound = zipfile.ZipFile(io.BytesIO(write({"Venues": [["Name", "Kind"]]})))
    with sound, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for entry in sound.infolist():
            replaced = {SHEET: sheet, "xl/sharedStrings.xml": strings}.get(entry.filename)
            made.writestr(entry.filename, replaced or sound.read(entry))
    return buffer.getvalue()


def swollen() -> bytes:
    """Three times as much as may be unpacked, all of it blanks."""
    return workbook(HEAD + b" " * (3 * MAXIMUM_UNPACKED) + b"<sheetData/></worksheet>")


def lying() -> bytes:
    """The same, but the directory of the file says that it were small."""
    content, size = swollen(), len(HEAD) + 3 * MAXIMUM_UNPACKED + len(b"<sheetData/></worksheet>")
    return content.replace(struct.pack("<I", size), struct.pack("<I", 1000))


def claiming() -> bytes:
    """Two cells, in the first and in the very last place that a sheet has."""
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return workbook(HEAD + b'<dimension ref="A1:XFD1048576"/><sheetData>' + cells + b"</sheetData></worksheet>")


def repeating() -> bytes:
    """One long text, shared by fifty thousand cells."""
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (row, row) for row in range(1, 50_001))
    text = b"<si><t>" + b"x" * 32_000 + b"</t></si>"
    strings = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + text + b"</sst>"
    return workbook(HEAD + b"<sheetData>" + cells + b"</sheetData></worksheet>", strings)


@pytest.mark.parametrize(
    ("make", "message"),
    [(swollen, TOO_LARGE), (lying, "This is no Excel workbook"), (claiming, TOO_LARGE), (repeating, TOO_LARGE)],
)
def test_a_bomb_is_refused_with_a_message_and_within_bounded_memory(
    coordinator: PageClient, app: Flask, make: Callable[[], bytes], message: str
) -> None:
    content = make()
    assert len(content) < 10 * MEGABYTE
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    page = coordinator.post("/desk/excel/venues", {"file": (io.BytesIO(content), "bomb.xlsx")})
    assert message in page.text
    assert db.session.scalar(db.select(db.func.count()).select_from(Import)) == 0
    assert 1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) < 100 * MEGABYTE
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss  # a child begins as large as this process
    assert 1024 * (largest - before) < MAXIMUM_MEMORY


def test_a_sound_workbook_written_by_hand_is_read(coordinator: PageClient) -> None:
    """Else the others could be refused for another reason."""
    head = b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    row = b'<row r="2"><c r="A2"><v>5</v></c></row>'
    content = workbook(HEAD + b"<sheetData>" + head + row + b"</sheetData></worksheet>")
    upload(coordinator, "/desk/excel/venues", content)
    assert [row.cells for row in rows()] == [{"name": "5", "kind": ""}]
