"""Help in place and the guides in a browser: by finger and keyboard, on narrow phones, on paper, without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import assert_accessible, follow, sign_in

TINY = (320, 640)
SIZES = [(390, 844), TINY]


@pytest.mark.parametrize("size", SIZES, ids=["390", "320"])
@pytest.mark.parametrize(("language", "line"), [("zh-CN", "这一页怎么用"), ("en", "How this page works")])
def test_a_line_beside_the_heading_opens_a_short_text(
    open_page: Callable[..., Page], size: tuple[int, int], language: str, line: str
) -> None:
    phone = open_page(size, language, has_touch=True, is_mobile=True)
    sign_in(phone, "coordinator")
    phone.goto("/desk/venues")
    text = phone.locator(".page-help-text")
    expect(text).to_be_hidden()
    box = phone.locator(".page-help summary").bounding_box()
    assert box is not None and box["height"] >= 44 and box["width"] < size[0] * 0.75
    phone.get_by_text(line).tap()
    expect(text).to_be_visible()
    assert_accessible(phone)
    phone.get_by_text(line).tap()
    expect(text).to_be_hidden()


def test_the_keyboard_opens_the_text_and_goes_on_to_all_help(desktop: Page) -> None:
    desktop.goto("/")
    desktop.locator(".page-help summary").focus()
    desktop.keyboard.press("Enter")
    link = desktop.get_by_role("link", name="Search all guides and help")
    expect(link).to_be_visible()
    desktop.keyboard.press("Tab")
    expect(link).to_be_focused()
    with desktop.expect_navigation():
        desktop.keyboard.press("Enter")
    expect(desktop.get_by_role("heading", level=1)).to_have_text("Help")


def test_paper_shows_no_help(desktop: Page) -> None:
    desktop.goto("/")
    desktop.locator(".page-help summary").click()
    desktop.emulate_media(media="print")
    expect(desktop.locator(".page-help")).to_be_hidden()


def test_without_scripts_help_opens_and_is_searched(open_page: Callable[..., Page]) -> None:
    phone = open_page(TINY, "zh-CN", java_script_enabled=False)
    phone.goto("/near")
    phone.get_by_text("这一页怎么用").click()
    follow(phone.get_by_role("link", name="搜索全部指南和帮助"))
    phone.get_by_role("searchbox").fill("海报")
    with phone.expect_navigation():
        phone.get_by_role("button", name="搜索").click()
    expect(phone.get_by_role("link", name="贴在墙上的海报").first).to_be_visible()


@pytest.mark.parametrize("size", SIZES, ids=["390", "320"])
def test_a_coordinator_searches_and_reads_on_in_their_guide(
    open_page: Callable[..., Page], size: tuple[int, int]
) -> None:
    phone = open_page(size, "zh-CN", has_touch=True, is_mobile=True)
    sign_in(phone, "coordinator")
    phone.locator("details.account summary").click()
    follow(phone.get_by_role("link", name="帮助", exact=True))
    assert_accessible(phone)
    phone.get_by_role("searchbox").fill("代课")
    answers = phone.locator(".help-answers")
    expect(answers.get_by_role("link", name="请假与代课", exact=True)).to_be_visible()
    assert_accessible(phone)
    follow(answers.get_by_role("link", name="教师生病了，找人代课"))
    expect(phone.get_by_role("heading", level=1)).to_have_text("教务统筹指南")
    expect(phone.get_by_role("heading", name="教师生病了，找人代课")).to_be_in_viewport()
    assert_accessible(phone)


@pytest.mark.parametrize("guide", ["resident", "teacher", "venue_manager", "coordinator", "administrator"])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_guide_fits_a_narrow_phone(open_page: Callable[..., Page], guide: str, language: str) -> None:
    phone = open_page(TINY, language, has_touch=True, is_mobile=True)
    sign_in(phone, "administrator")
    phone.goto(f"/help/{guide}")
    expect(phone.get_by_role("heading", level=2).first).to_be_visible()
    assert_accessible(phone)
