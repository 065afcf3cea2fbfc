"""The frame around every page, in a real browser: signing in, language, large view, keyboard."""

from playwright.sync_api import Page, expect

from tests.browser.site import assert_accessible, sign_in


def test_a_coordinator_signs_in_and_out_on_a_phone_in_chinese(phone: Page) -> None:
    phone.goto("/sign-in")
    expect(phone.get_by_role("heading", level=1)).to_have_text("登录")
    assert_accessible(phone)
    sign_in(phone, "coordinator")
    phone.goto("/desk/network")
    expect(phone.get_by_role("link", name="岳林街道")).to_be_visible()
    assert_accessible(phone)
    phone.locator("details.account summary").click()
    phone.get_by_role("button", name="退出登录").click()
    phone.goto("/desk/network")
    expect(phone.get_by_role("heading", level=1)).to_have_text("登录")


def test_a_wrong_password_is_said_in_the_summary_which_takes_the_focus(desktop: Page) -> None:
    desktop.goto("/sign-in")
    desktop.locator("#username").fill("coordinator")
    desktop.locator("#password").fill("not her password")
    desktop.keyboard.press("Enter")
    summary = desktop.get_by_role("alert")
    expect(summary).to_contain_text("User name or password is wrong.")
    expect(summary).to_be_focused()
    assert_accessible(desktop)


def test_the_large_view_raises_type_and_targets(phone: Page) -> None:
    phone.goto("/sign-in")
    phone.get_by_role("button", name="长辈版").click()
    expect(phone.get_by_role("button", name="标准版")).to_be_visible()
    size = phone.evaluate("parseFloat(getComputedStyle(document.querySelector('main p, main label')).fontSize)")
    assert size >= 20
    box = phone.locator("main form button").first.bounding_box()
    assert box is not None and box["height"] >= 60
    assert_accessible(phone)


def test_the_language_switch_stays_on_the_page(desktop: Page) -> None:
    desktop.goto("/sign-in")
    desktop.get_by_role("button", name="中文").click()
    expect(desktop.get_by_role("heading", level=1)).to_have_text("登录")
    assert desktop.locator("html").get_attribute("lang") == "zh-CN"


def test_the_keyboard_reaches_the_content_first(desktop: Page) -> None:
    desktop.goto("/sign-in")
    desktop.keyboard.press("Tab")
    expect(desktop.get_by_role("link", name="Skip to content")).to_be_focused()
    desktop.keyboard.press("Enter")
    expect(desktop.locator("#main")).to_be_focused()
