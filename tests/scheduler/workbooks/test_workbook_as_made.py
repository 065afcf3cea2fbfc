"""Workbooks as people make them: titles above, columns and sheets of their own, merged cells, formulas, old files."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from flask import Flask

from scheduler.core.extensions import db
from scheduler.models import HeadingChoice, Room, RowState
from scheduler.workbooks.uploads.unpacking import LONGEST_CELL, MAXIMUM_COLUMNS
from tests.client import Page, PageClient
from tests.factories import Town, sign_in_as
from tests.workbooks import Sheets, apply, check_all, counts, messages, newest, rows, upload, write

ROOMS, VENUES = "/desk/excel/rooms", "/desk/excel/venues"
HEAD = ["Venue", "Name", "Seats", "Opening hours"]
WITHOUT_RESULT = (
    "The cell holds a formula without its result. Open the file in Excel, save it there, and upload it again."
)
FILES = Path(__file__).parent / "files"


def said(page: Page) -> list[str]:
    """How the file was read, sentence by sentence."""
    (section,) = [part for part in page.elements("section") if part.get("class") == "passed-over"]
    return ["".join(item.itertext()) for item in section.iter("li")]


def drawn(draw: Callable[[Any, Any], None]) -> bytes:
    """A workbook with one sheet that is drawn by a function of sheet and book."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        draw(book.add_worksheet("Rooms"), book)
    return buffer.getvalue()


def choose(client: PageClient, **fields: str) -> Page:
    """Say what the unknown headings are, by their numbers."""
    data = {name.replace("_", "-"): field for name, field in fields.items()}
    return check_all(client, client.post(f"/desk/imports/{newest().id}/columns", data))


@pytest.mark.parametrize("above", [1, 3, 9])
def test_headings_may_stand_below_a_title(coordinator: PageClient, town: Town, above: int) -> None:
    title = [["奉化区 2027 年教室登记表"], *[[""] for _row in range(above - 2)], ["填表人：张老师", "", "3 月"]][:above]
    content = write({"Rooms": [*title, HEAD, ["奉化区图书馆", "新教室", 30, "Mon 09:00-12:00"]]})
    page = upload(coordinator, ROOMS, content)
    assert counts() == {RowState.NEW: 1}, messages()
    assert rows()[0].number == above + 2
    assert "above the headings" in said(page)[0]
    upload(coordinator, ROOMS, write({"Rooms": [*[["Title"]] * 10, HEAD, ["奉化区图书馆", "新教室", 30, ""]]}))
    assert rows()[0].number == above + 2  # the eleventh row is too far down: the file was refused


def test_columns_and_sheets_of_their_own_are_passed_over_and_named(coordinator: PageClient, town: Town) -> None:
    line = ["奉化区图书馆", "新教室", 30, "Mon 09:00-12:00", "green", "see below"]
    sheet: list[list[Any]] = [[*HEAD, "Colour of the door", ""], line]
    others: Sheets = {"Contacts": [["a"]], "How to fill in": [["x"]], "Empty": []}
    page = upload(coordinator, ROOMS, write({"Rooms": sheet, **others}))
    assert counts() == {RowState.NEW: 1}, messages()
    assert said(page) == [
        "Sheets that were passed over: Contacts.",
        "“Rooms”: columns that were passed over: Colour of the door (E), (F).",
    ]
    apply(coordinator)
    assert db.session.scalar(db.select(Room).where(Room.name == "新教室")) is not None


def test_what_is_missing_is_said_with_its_mark(coordinator: PageClient, town: Town) -> None:
    page = upload(coordinator, ROOMS, write({"Rooms": [["Venue", "Name"], ["奉化区图书馆", "新教室"]]}))
    assert said(page) == ["“Rooms”: required columns that are not there: Seats. New rows need them."]
    assert "Seats *:" in page.text and "Columns marked with * have to be filled in." in page.text


def test_headings_that_stand_on_each_printed_page_are_passed_over(coordinator: PageClient, town: Town) -> None:
    page = upload(coordinator, ROOMS, write({"Rooms": [
        HEAD, ["奉化区图书馆", "甲", 30, "Mon 09:00-12:00"], HEAD, ["奉化区图书馆", "乙", 30, "Mon 09:00-12:00"],
    ]}))
    assert counts() == {RowState.NEW: 2}
    assert said(page) == ["“Rooms”: headings that stand there again were passed over (rows 3)."]


@pytest.mark.parametrize(
    ("cells", "meant"),
    [
        (["奉化图书馆", "新教室", 30, ""], "奉化区图书馆"),
        (["奉化区图书馆", "新教室", 30, ""], ""),
    ],
)
def test_a_name_that_is_nearly_right_is_suggested(
    coordinator: PageClient, town: Town, cells: list[Any], meant: str
) -> None:
    upload(coordinator, ROOMS, write({"Rooms": [HEAD, cells]}))
    assert [sentence for *_where, sentence in messages()] == (
        [f"There is no venue “{cells[0]}” here. Did you mean “{meant}”?"] if meant else []
    )


@pytest.mark.parametrize(
    ("column", "text", "meant"),
    [("Kind", "libary", "library"), ("Kind", "culture hal", "culture hall"), ("Belongs to", "锦平街道", "锦屏街道")],
)
def test_a_choice_that_is_nearly_right_is_suggested(
    coordinator: PageClient, town: Town, column: str, text: str, meant: str
) -> None:
    sound = {"Name": "新馆", "Kind": "library", "Belongs to": "锦屏街道", "Latitude": 29.65, "Longitude": 121.4}
    line = {**sound, column: text}
    upload(coordinator, VENUES, write({"Venues": [list(line), list(line.values())]}))
    assert f"Did you mean “{meant}”?" in messages()[0][3]


def test_a_merged_value_stands_for_all_its_cells(coordinator: PageClient, town: Town) -> None:
    def draw(sheet: Any, book: Any) -> None:
        sheet.write_row(0, 0, HEAD)
        for row, name in enumerate(("甲", "乙", "丙"), 1):
            sheet.write_row(row, 1, [name, 30])
        sheet.merge_range(1, 0, 3, 0, "奉化区图书馆")
        sheet.merge_range(1, 3, 3, 3, "Tue to Sun 09:00-20:00")
        sheet.merge_range(5, 0, 5, 3, "")

    page = upload(coordinator, ROOMS, drawn(draw))
    assert counts() == {RowState.NEW: 3}, messages()
    assert said(page) == ["“Rooms”: in merged cells the value stands for each of them (A2:A4, D2:D4)."]
    apply(coordinator)
    for name in "甲乙丙":
        room = db.session.scalars(db.select(Room).where(Room.name == name)).one()
        assert (room.venue.name, len(room.windows)) == ("奉化区图书馆", 6)


def test_merged_cells_take_nothing_from_rooms_that_are_there(coordinator: PageClient, town: Town) -> None:
    hours = "Mon to Sun 07:00-08:00"

    def draw(sheet: Any, book: Any) -> None:
        sheet.write_row(0, 0, ["No.", *HEAD])
        sheet.write_row(1, 0, [town.reading_room.id, "奉化区图书馆", "阅览室", 40])
        sheet.write_row(2, 0, [town.hall.id, "岳林街道文化站", "排练厅", 50])
        sheet.merge_range(1, 4, 2, 4, hours)

    upload(coordinator, ROOMS, drawn(draw))
    assert counts() == {RowState.CHANGED: 2}
    assert all("07:00" in row.changes[0][2] for row in rows())


def test_a_row_that_only_continues_merged_cells_is_no_row(coordinator: PageClient, town: Town) -> None:
    def draw(sheet: Any, book: Any) -> None:
        sheet.write_row(0, 0, [*HEAD, "Note"])
        for place, value in enumerate(["奉化区图书馆", "甲", 30, "Mon 09:00-12:00"]):
            sheet.merge_range(1, place, 2, place, value)
        sheet.write(2, 4, "second line")

    upload(coordinator, ROOMS, drawn(draw))
    assert counts() == {RowState.NEW: 1}


def test_formulas_without_a_result_and_errors_are_refused(coordinator: PageClient, town: Town) -> None:
    def draw(sheet: Any, book: Any) -> None:
        sheet.write_row(0, 0, ["No.", *HEAD])
        sheet.write_row(1, 0, [town.reading_room.id, "奉化区图书馆", "阅览室"])
        sheet.write_formula(1, 3, "=20+20", None, 40)
        sheet.write_formula(1, 4, "=#REF!A1", None, "#REF!")
        sheet.write_row(2, 0, [town.hall.id, "岳林街道文化站", "排练厅", 50])
        sheet.write_formula(2, 4, '=E2', None, "")

    content = without_result(drawn(draw))
    page = upload(coordinator, ROOMS, content)
    assert counts() == {RowState.WRONG: 2}
    assert [(number, field, sentence) for _sheet, number, field, sentence in messages()] == [
        (2, "hours", "The cell holds the error #REF! instead of a value."),
        (3, "hours", WITHOUT_RESULT),
    ]
    assert said(page) == ["“Rooms”: cells that cannot be read are marked in their rows (E2, E3)."]


def without_result(content: bytes) -> bytes:
    """The workbook with the empty results of formulas taken out, as scripts write them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(buffer, "w") as after:
        for entry in before.infolist():
            part = before.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                part = part.replace(b' t="str"><f>E2</f><v></v>', b"><f>E2</f><v></v>")
                assert b"><f>E2</f><v></v>" in part and b' t="str"><f>E2' not in part
            after.writestr(entry, part)
    return buffer.getvalue()


def test_a_text_that_is_too_long_is_refused_and_not_shortened(coordinator: PageClient, town: Town) -> None:
    lines = [HEAD, ["奉化区图书馆", "长" * (LONGEST_CELL + 1), "30", ""]]
    upload(coordinator, ROOMS, "\n".join(map(",".join, lines)).encode(), "rooms.csv")
    assert messages()[0][3] == "The cell holds 32,768 characters; more than 32,767 cannot be read."


def test_what_stands_beyond_the_last_column_is_told(coordinator: PageClient, town: Town) -> None:
    line = ["奉化区图书馆", "新教室", 30, "Mon 09:00-12:00", *[""] * MAXIMUM_COLUMNS, "far out"]
    page = upload(coordinator, ROOMS, write({"Rooms": [HEAD, line]}))
    assert said(page) == ["“Rooms”: what stands beyond column 100 was passed over."]


def test_invisible_characters_are_taken_out_and_told(coordinator: PageClient, town: Town) -> None:
    line = ["奉化区\u200b图书馆\ufeff", "新\u00a0教室", 30, "Mon 09:00-12:00\u00a0"]
    page = upload(coordinator, ROOMS, write({"Rooms": [["\ufeffVenue", *HEAD[1:]], line]}))
    assert counts() == {RowState.NEW: 1}, messages()
    assert rows()[0].cells["name"] == "新 教室"
    assert said(page) == ["“Rooms”: invisible characters were taken out of A1, A2, B2."]


def test_an_old_binary_file_is_read_and_its_headings_asked_for(app: Flask, town: Town) -> None:
    client = sign_in_as(app, "coordinator", "en")
    content = (FILES / "rooms.xls").read_bytes()
    page = upload(client, ROOMS, content, "rooms.xls")
    assert counts() == {RowState.NEW: 2}
    assert "columns that were passed over: 开放时间 (D)" in page.text
    page = choose(client, column_0="hours", column_1="")
    assert counts() == {RowState.NEW: 2}, messages()
    assert rows()[1].cells["hours"] == "周二至周日 09:00-20:00"
    assert "columns read as you have chosen: 开放时间 → Opening hours" in page.text
    page = upload(client, ROOMS, content, "rooms.xls")
    assert rows()[1].cells["hours"] == "周二至周日 09:00-20:00"
    apply(client)
    assert len(db.session.scalars(db.select(Room).where(Room.name == "多功能厅")).one().windows) == 6


def test_unknown_headings_are_guessed_chosen_and_remembered_for_one_user(app: Flask, town: Town) -> None:
    coordinator, other = sign_in_as(app, "coordinator"), sign_in_as(app, "administrator")
    content = write({"Rooms": [["Venue", "Name", "Seets"], ["奉化区图书馆", "新教室", 30]]})
    page = upload(coordinator, ROOMS, content)
    assert counts() == {RowState.WRONG: 1}
    assert "Did you mean “Seats”?" in page.text
    (chosen,) = [option.get("value") for option in page.elements("option") if option.get("selected") is not None]
    assert chosen == "capacity"
    choose(coordinator, column_0="capacity")
    assert counts() == {RowState.NEW: 1}
    upload(other, ROOMS, content)
    assert counts() == {RowState.WRONG: 1}
    upload(coordinator, ROOMS, content)
    assert counts() == {RowState.NEW: 1}
    choose(coordinator, column_0="")
    assert counts() == {RowState.WRONG: 1}
    assert [choice.field for choice in db.session.scalars(db.select(HeadingChoice))] == [""]


def test_a_file_without_any_known_heading_is_asked_for_all_of_them(coordinator: PageClient, town: Town) -> None:
    page = upload(coordinator, ROOMS, write({"Liste": [["Ort", "Raum", "Plätze"], ["奉化区图书馆", "新教室", 30]]}))
    assert counts() == {}
    assert "Headings that are not known" in page.text
    choose(coordinator, column_0="venue", column_1="name", column_2="capacity")
    assert counts() == {RowState.NEW: 1}, messages()


def test_a_column_cannot_be_chosen_twice_nor_one_that_is_there(coordinator: PageClient, town: Town) -> None:
    upload(coordinator, ROOMS, write({"Rooms": [[*HEAD, "A", "B"], ["奉化区图书馆", "新", 30, "", "x", "y"]]}))
    assert "The same column is chosen twice." in choose(coordinator, column_0="fee", column_1="fee").text
    assert "Choose one of the columns that are offered." in choose(coordinator, column_0="name").text
    assert db.session.scalars(db.select(HeadingChoice)).all() == []
    apply(coordinator)
    assert "cannot be read again" in choose(coordinator, column_0="fee").text


def test_others_cannot_choose_for_a_file(app: Flask, town: Town) -> None:
    coordinator, street = sign_in_as(app, "coordinator"), sign_in_as(app, "street")
    upload(coordinator, ROOMS, write({"Rooms": [[*HEAD, "A"], ["奉化区图书馆", "新教室", 30, "", "x"]]}))
    street.post(f"/desk/imports/{newest().id}/columns", {"column-0": "fee"}, 404)
