"""What a workbook's cells are read as: shown where it is not what stands in them, and never shortened."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from scheduler.models import RowState
from scheduler.workbooks.uploads.unpacking import text_of
from tests.client import PageClient
from tests.factories import Town
from tests.workbooks import counts, line, messages, rows, template, upload

ROOMS = "/desk/excel/rooms"
ROOM = {"Venue": "奉化区图书馆", "Name": "新教室", "Seats": 30}


def preview(client: PageClient, **cells: Any) -> str:
    """The text of the preview of one new room."""
    head = template(client, ROOMS)
    return upload(client, ROOMS, {"Rooms": [head, line(head, **{**ROOM, **cells})]}).text


def test_the_preview_of_a_new_entry_shows_how_its_cells_are_read(coordinator: PageClient, town: Town) -> None:
    text = preview(coordinator, **{"Opening hours": "每周二、四上午"})
    assert "“每周二、四上午” is read as Tue 08:30-11:30; Thu 08:30-11:30" in text
    assert "“30” is read as" not in text, "a number is what it is"
    assert counts() == {RowState.NEW: 1}
    text = preview(coordinator, **{"Closed dates": "2027-05-08，05-15 停电\n2027-05-22 9:00-12:00"})
    assert "is read as 2027-05-08 停电; 2027-05-15 停电; 2027-05-22 09:00-12:00" in text
    literal = preview(coordinator, **{"Opening hours": "Tue 08:30-11:30; Thu 08:30-11:30"})
    assert "is read as" not in literal and "Tue 08:30-11:30; Thu 08:30-11:30" in literal


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (time(9, 0), "09:00"), (time(9, 0, 30), "09:00:30"), (timedelta(hours=26, minutes=5), "26:05"),
        (datetime(2027, 5, 1), "2027-05-01"), (datetime(2027, 5, 1, 9, 30), "2027-05-01 09:30"),  # noqa: DTZ001
        (46508.0, "46508"), (12.5, "12.5"), (True, "yes"), ("x" * 20_000, "x" * 20_000),
    ],
)
def test_cells_become_texts_that_say_all_that_they_hold(cell: object, text: str) -> None:
    assert text_of(cell) == text


VENUE = {"Name": "新馆", "Kind": "library", "Belongs to": "锦屏街道", "Latitude": 29.65, "Longitude": 121.4}


def test_a_landline_without_its_zero_is_taken_with_a_warning(coordinator: PageClient, town: Town) -> None:
    url = "/desk/excel/venues"
    head = template(coordinator, url)
    phones = {"甲馆": 57488881234, "乙馆": 13812345678, "丙馆": "0574-88881234转801", "丁馆": "—"}
    cells = [line(head, **{**VENUE, "Name": name, "Telephone": phone}) for name, phone in phones.items()]
    page = upload(coordinator, url, {"Venues": [head, *cells]})
    assert counts() == {RowState.NEW: 4}
    warned = {row.title: row.warnings for row in rows() if row.warnings}
    said = "Telephone 57488881234: is 0574-88881234 meant? Excel takes the zero from numbers; write it as text."
    assert warned == {"甲馆": [said]}
    assert said in page.text and "“—” is read as nothing" in page.text


def test_unclear_hours_are_refused_with_their_part(coordinator: PageClient, town: Town) -> None:
    preview(coordinator, **{"Opening hours": "09:00-21:00 (阅览), 09:00-17:00 (借阅)"})
    assert "“阅览” is not" in messages()[0][3]
    assert rows()[0].state is RowState.WRONG
