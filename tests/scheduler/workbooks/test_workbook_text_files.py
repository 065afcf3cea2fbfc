"""Tables that come as text: whatever their letters, their separators and their names."""

import io

import pytest

from scheduler.core.extensions import db
from scheduler.models import Import, RowState
from tests.client import PageClient
from tests.factories import Town
from tests.workbooks import counts, messages, rows, upload

ROOMS = "/desk/excel/rooms"
LINES = [["场馆", "名称", "座位数", "开放时段"], ["奉化区图书馆", "新，教室；甲", "30", "周一 09:00-12:00"]]


def as_text(separator: str) -> str:
    return "".join(separator.join(line) + "\r\n" for line in LINES)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"])
@pytest.mark.parametrize(
    ("separator", "suffix"), [("\t", "txt"), (";", "csv"), (",", "csv"), ("\t", "xls"), ("|", "txt")]
)
def test_tables_as_text_are_read_whatever_their_letters(
    coordinator: PageClient, town: Town, encoding: str, separator: str, suffix: str
) -> None:
    page = upload(coordinator, ROOMS, as_text(separator).encode(encoding), f"rooms.{suffix}")
    assert counts() == {RowState.NEW: 1}, messages()
    assert rows()[0].cells["name"] == "新，教室；甲"
    legacy = not encoding.startswith("utf-8")
    assert ("The letters of the file were read as" in page.text) == legacy


def test_big5_is_told_from_gbk(coordinator: PageClient, town: Town) -> None:
    text = "場館,名稱,座位數,開放時間\r\n奉化區圖書館,新教室,30,週一至週五\r\n岳林街道文化站,舞蹈排練廳,50,週末\r\n"
    page = upload(coordinator, ROOMS, text.encode("big5"), "rooms.csv")
    assert "The letters of the file were read as Big5." in page.text
    assert "場館" in page.text


def test_a_separator_that_excel_names_is_used(coordinator: PageClient, town: Town) -> None:
    upload(coordinator, ROOMS, b"sep=;\r\n" + as_text(";").encode(), "rooms.csv")
    assert counts() == {RowState.NEW: 1}


@pytest.mark.parametrize(
    "content", [b"\x00\x01\x02" * 50, b"<html><body>no table</body></html>", b"", b"%PDF-1.7 \x80"]
)
@pytest.mark.parametrize("filename", ["a.csv", "a.xls"])
def test_what_is_no_table_is_refused(coordinator: PageClient, town: Town, content: bytes, filename: str) -> None:
    page = coordinator.post(ROOMS, {"file": (io.BytesIO(content), filename)})
    assert "error-summary" in page.response.text or "Choose a file." in page.text
    assert db.session.scalars(db.select(Import)).all() == []
