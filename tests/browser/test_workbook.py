"""The coordinator takes their term to Excel and back in a browser."""

import io
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.site import assert_accessible, follow, sign_in
from tests.workbooks import GUIDES, column, write


def edited(file: Path) -> bytes:
    """The downloaded workbook with more seats in the first room."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(file.read_bytes()))
    sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    sheets = {name: rows for name, rows in sheets.items() if name not in GUIDES}
    rooms = sheets["Rooms"]
    rooms[1][column(rooms[0], "Seats")] = 77
    return write(sheets)


def upload(page: Page, content: bytes) -> None:
    page.get_by_label("Workbook").set_input_files({"name": "term.xlsx", "mimeType": "", "buffer": content})
    page.get_by_role("button", name="Upload and look through").click()


def test_a_term_goes_to_excel_is_edited_taken_over_and_undone(open_page: Callable[..., Page]) -> None:
    page = open_page(DESKTOP, "en")
    sign_in(page, "coordinator")
    page.goto("/desk/terms")
    page.get_by_role("link", name="2027 年春季学期").first.click()
    follow(page.get_by_role("link", name="Excel"))
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the entries").click()
    page.get_by_role("button", name="Upload and look through").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a file.")
    upload(page, edited(Path(download.value.path())))
    expect(page.locator("#results")).to_contain_text("→ 77")
    assert_accessible(page)
    page.locator("select[name=state]").select_option("new")
    expect(page.locator("#results")).to_contain_text("No such row")
    page.get_by_role("button", name="Take over 1 change").click()
    expect(page.locator("body")).to_contain_text("1 entry was taken over.")
    page.get_by_role("button", name="Undo all of it").click()
    expect(page.locator("body")).to_contain_text("1 entry is as before.")


def test_headings_are_chosen_on_a_narrow_phone_without_scripts(open_page: Callable[..., Page]) -> None:
    page = open_page((320, 640), "zh-CN", java_script_enabled=False)
    sign_in(page, "coordinator")
    page.goto("/desk/excel/venues")
    heading = "很长的自定义表头" * 12
    line = ["名称", "类型", heading, "VeryLongHeading" * 9]
    content = write({"台账": [["2027 年场馆台账"], line, ["新馆", "城堡", "x", "y"]]})
    page.locator("#file").set_input_files({"name": "a.xlsx", "mimeType": "", "buffer": content})
    page.locator("main form button.primary").click()
    page.get_by_role("button", name="核对后面的行").click()
    expect(page.locator(".passed-over")).to_contain_text("已略过标题行上方的 1 行")
    page.locator("#column-0").select_option("address")
    page.get_by_role("button", name="按所选列重新读取").click()
    page.get_by_role("button", name="核对后面的行").click()
    expect(page.locator(".passed-over")).to_contain_text("按您的选择读取的列")
    assert page.locator("#column-0").input_value() == "address"
    with page.expect_download() as download:
        page.get_by_role("link", name="下载已标注问题单元格的文件").click()
    assert download.value.suggested_filename == "a（已标注）.xlsx"


def test_a_preview_with_unknown_headings_fits_a_narrow_phone(open_page: Callable[..., Page]) -> None:
    page = open_page((320, 640), "en", has_touch=True, is_mobile=True)
    sign_in(page, "coordinator")
    page.goto("/desk/excel/venues")
    line = ["Name", "Kind", "很长的自定义表头" * 12, "VeryLongHeading" * 9, "Adress"]
    content = write({"A sheet": [["Title"], line, ["新馆", "castle", "x", "y", "z"]], "OtherSheet" * 3: [["a"]]})
    page.locator("#file").set_input_files({"name": "a.xlsx", "mimeType": "", "buffer": content})
    page.locator("main form button.primary").click()
    expect(page.locator("#results")).to_contain_text("“castle” is none of these")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)


def test_a_preview_fits_a_phone(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE, "zh-CN", has_touch=True, is_mobile=True)
    sign_in(page, "coordinator")
    page.goto("/desk/excel/venues")
    row = ["很长的场馆名称" * 20, "城堡", "锦屏街道", "北", "东"]
    content = write({"场馆": [["名称", "类型", "隶属于", "纬度", "经度"], row]})
    page.locator("#file").set_input_files({"name": "长" * 80 + ".xlsx", "mimeType": "", "buffer": content})
    page.locator("main form button.primary").click()
    expect(page.locator("#results")).to_contain_text("“城堡”不在可选范围内")
    expect(page.locator(".import-apply button")).to_be_disabled()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)
