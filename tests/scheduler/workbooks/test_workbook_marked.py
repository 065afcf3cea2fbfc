"""A file with faults comes back as a workbook in which each of them is marked; mended, it is taken over."""

import io
import re
import zipfile
from datetime import date
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from scheduler.models import RowState
from tests.client import PageClient
from tests.factories import Town, sign_in_as
from tests.scheduler.workbooks.test_workbook_as_made import FILES, ROOMS, VENUES, drawn
from tests.workbooks import apply, counts, downloaded, messages, newest, upload, write

HEAD = ["Venue", "Name", "Seats", "Opening hours", "Closed dates", "Remark"]
LINES: list[list[Any]] = [
    ["教室登记表", "", "", "", "", ""], HEAD,
    ["奉化区图书馆", "甲", 30, "Mon 09:00-12:00", "2027-03-08", "0574"],
    ["奉化图书馆", "乙", "many", "Mon 09:00-12:00", "", "-"],
    ["奉化区图书馆", "丙", 40, "Monday", "", "10.50"],
]
Marked = tuple[dict[str, list[list[Any]]], dict[str, str], bytes]


def marked(client: PageClient) -> Marked:
    """The sheets of the marked file, the comments by cell, and the file."""
    content = client.download(f"/desk/imports/{newest().id}/marked.xlsx").data
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    comments: dict[str, str] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if re.match(r"xl/comments\d+\.xml", name):
                part = archive.read(name).decode()
                for cell, body in re.findall(r'<comment ref="(\w+)".*?<text>(.*?)</text>', part, re.DOTALL):
                    comments[cell] = "".join(re.findall(r"<t[^>]*>(.*?)</t>", body, re.DOTALL))
    return sheets, comments, content


def test_each_faulty_cell_is_marked_and_says_why(coordinator: PageClient, town: Town) -> None:
    page = upload(coordinator, ROOMS, write({"Rooms": LINES, "Contacts": [["Zhang", 12], ["", "2027-01-02"]]}))
    assert counts() == {RowState.NEW: 1, RowState.WRONG: 2}
    assert f"/desk/imports/{newest().id}/marked.xlsx" in page.links
    sheets, comments, _content = marked(coordinator)
    assert list(sheets) == ["Notes on the upload", "Rooms", "Contacts"]
    assert comments.keys() == {"A4", "C4", "D5"}
    assert comments["A4"] == "There is no venue “奉化图书馆” here. Did you mean “奉化区图书馆”?"
    assert comments["C4"].startswith("Write a whole number.")
    notes = " ".join(str(cell) for row in sheets["Notes on the upload"] for cell in row)
    assert "columns that were passed over: Remark (F)" in notes and "C4" in notes and "Contacts" in notes
    assert "Its formats, formulas, drop-downs and pictures are not" in notes
    texts = [["" if cell == "" else str(cell) for cell in row] for row in sheets["Rooms"]]
    assert texts[0][0] == "教室登记表" and texts[2][5] == "0574" and texts[4][5] == "10.50"
    assert sheets["Rooms"][2][2] == 30 and str(sheets["Rooms"][2][4]) == "2027-03-08"


def test_the_fills_are_red(coordinator: PageClient, town: Town) -> None:
    upload(coordinator, ROOMS, write({"Rooms": LINES}))
    _sheets, _comments, content = marked(coordinator)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "FFF6C9C4" in archive.read("xl/styles.xml").decode()


def test_the_marked_file_says_the_same_again_and_is_taken_over_once_mended(coordinator: PageClient, town: Town) -> None:
    upload(coordinator, ROOMS, write({"Rooms": LINES}))
    before = messages()
    sheets, _comments, content = marked(coordinator)
    upload(coordinator, ROOMS, content, "edited (marked).xlsx")
    assert messages() == before
    rows = [[str(cell) if isinstance(cell, date) else cell for cell in row] for row in sheets["Rooms"]]
    rows[3][0], rows[3][2], rows[4][3] = "奉化区图书馆", 25, "Mon 09:00-12:00"
    upload(coordinator, ROOMS, {"Notes on the upload": sheets["Notes on the upload"], "Rooms": rows})
    assert counts() == {RowState.NEW: 3}, messages()
    assert "3 entries were taken over." in apply(coordinator).text
    coordinator.download(f"/desk/imports/{newest().id}/marked.xlsx", 404)


def test_errors_and_formulas_stay_errors_until_they_are_mended(coordinator: PageClient, town: Town) -> None:
    def draw(sheet: Any, book: Any) -> None:
        sheet.write_row(0, 0, HEAD[:4])
        sheet.write_row(1, 0, ["奉化区图书馆", "甲", 30])
        sheet.write_formula(1, 3, "=#REF!A1", None, "#REF!")

    upload(coordinator, ROOMS, drawn(draw))
    before = messages()
    _sheets, comments, content = marked(coordinator)
    assert comments == {"D2": "The cell holds the error #REF! instead of a value."}
    upload(coordinator, ROOMS, content)
    assert messages() == before


def test_a_whole_term_with_faults_comes_back_whole(app: Flask, town: Town) -> None:
    client = sign_in_as(app, "coordinator", "zh-CN")
    sheets = downloaded(client, f"/desk/terms/{town.term.id}/excel/term.xlsx", guides=True)
    sheets["教师"][1][1] = ""
    sheets["场馆"][2][2] = "城堡"
    upload(client, f"/desk/terms/{town.term.id}/excel/term", sheets)
    before = messages()
    assert len(before) == 2
    back, comments, content = marked(client)
    assert list(back) == ["上传说明", *[name for name in sheets if name not in ("填写说明", "选项")]]
    assert len(comments) == 2
    upload(client, f"/desk/terms/{town.term.id}/excel/term", content)
    assert messages() == before
    name = unquote(client.download(f"/desk/imports/{newest().id}/marked.xlsx").headers["Content-Disposition"])
    assert "edited（已标注）.xlsx" in name


@pytest.mark.parametrize(("content", "filename"), [
    ((FILES / "rooms.xls").read_bytes(), "rooms.xls"),
    ("场馆;名称;座位数\r\n奉化区图书馆;甲;许多\r\n".encode("gb18030"), "rooms.csv"),
])
def test_files_of_other_kinds_come_back_as_a_workbook(
    coordinator: PageClient, town: Town, content: bytes, filename: str
) -> None:
    upload(coordinator, ROOMS, content, filename)
    before = messages()
    _sheets, _comments, again = marked(coordinator)
    upload(coordinator, ROOMS, again)
    assert messages() == before


def test_a_fault_without_a_column_stands_at_the_beginning_of_its_row(coordinator: PageClient, town: Town) -> None:
    upload(coordinator, VENUES, write({"Venues": [["Kind", "Name"], ["library", "新馆"]]}))
    _sheets, comments, _content = marked(coordinator)
    assert comments.keys() == {"A2"} and "Belongs to: Choose “Belongs to”." in comments["A2"]


def test_only_who_uploaded_it_gets_it(app: Flask, town: Town) -> None:
    upload(sign_in_as(app, "coordinator"), ROOMS, write({"Rooms": LINES}))
    sign_in_as(app, "administrator").download(f"/desk/imports/{newest().id}/marked.xlsx", 404)
