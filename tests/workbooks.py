"""Real workbooks for tests: written, downloaded and uploaded through the pages."""

import io
import re
from collections import Counter
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from scheduler.core.extensions import db
from scheduler.models import Import, ImportRow, RowState
from scheduler.workbooks import import_jobs
from tests.client import Page, PageClient

Sheets = dict[str, list[list[Any]]]
GUIDES = {"How to fill in", "填写说明", "Lists", "选项"}


def write(sheets: Sheets) -> bytes:
    """A workbook with these rows, the headings first."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return buffer.getvalue()


def downloaded(client: PageClient, url: str, guides: bool = False) -> Sheets:
    """The sheets of a workbook that a page hands out, without those that explain unless they are wanted."""
    response = client.download(url)
    book = CalamineWorkbook.from_filelike(io.BytesIO(response.data))
    sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    return {name: rows for name, rows in sheets.items() if guides or name not in GUIDES}


def upload(client: PageClient, url: str, sheets: Sheets | bytes, filename: str = "edited.xlsx") -> Page:
    """Upload a workbook and let it be checked to its end; the preview."""
    content = sheets if isinstance(sheets, bytes) else write(sheets)
    page = client.post(url, {"file": (io.BytesIO(content), filename)})
    return check_all(client, page)


def check_all(client: PageClient, page: Page) -> Page:
    """Press “Check the next rows” until there are none."""
    while match := re.search(r'action="(/desk/imports/\d+/check)"', page.response.text):
        page = client.post(match[1])
    return page


def newest() -> Import:
    """The workbook uploaded last."""
    found = db.session.scalars(db.select(Import).order_by(Import.id.desc()).limit(1)).one()
    db.session.refresh(found)
    return found


def rows() -> list[ImportRow]:
    """Its rows."""
    statement = db.select(ImportRow).where(ImportRow.import_id == newest().id).order_by(ImportRow.position)
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def counts() -> dict[RowState, int]:
    """Its rows by state."""
    return dict(Counter(row.state for row in rows()))


def messages() -> list[tuple[str, int, str, str]]:
    """(sheet, row, column, sentence) of everything that is to be mended."""
    return [(row.sheet, row.number, field, sentence) for row in rows() for field, sentence in row.messages]


def apply(client: PageClient, **data: str) -> Page:
    """Take the newest workbook over, wait for a large one, and look through it again where that is needed."""
    number = newest().id  # asked for now: later the question would wait for the database, and hold it
    page = client.post(f"/desk/imports/{number}/apply", data)
    if (undertaking := import_jobs.of(number)) is not None:
        undertaking.over.wait()
        page = client.get(f"/desk/imports/{number}")
    return check_all(client, page)


def undo(client: PageClient) -> Page:
    """Take the newest workbook back."""
    return client.post(f"/desk/imports/{newest().id}/undo")


def column(head: list[Any], words: str) -> int:
    """The place of a column, with or without its mark for “required”."""
    return [str(cell).removesuffix(" *") for cell in head].index(words)


def line(head: list[Any], **cells: Any) -> list[Any]:
    """A row of a sheet: cells by the words of their columns, with underscores for blanks."""
    row = ["" for _cell in head]
    for words, cell in cells.items():
        row[column(head, words.replace("_", " "))] = cell
    return row


def template(client: PageClient, url: str) -> list[Any]:
    """The headings of an empty workbook of one register."""
    (sheet,) = downloaded(client, f"{url}.xlsx?template=1").values()
    assert len(sheet) == 1
    return sheet[0]
