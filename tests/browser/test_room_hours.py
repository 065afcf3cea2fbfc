"""A venue manager sets the hours of her room in a browser, with the keyboard alone or with the mouse."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.models import Room, RoomWindow
from tests.browser.site import Site, assert_accessible, follow, sign_in

MORNING = "09:00-12:00"
EVERY_DAY = [(day, 510, 1260) for day in range(7)]
SEVEN, EIGHT, HALF_PAST_EIGHT = 420, 480, 510


def stored(site: Site) -> list[tuple[int, int, int]]:
    """(weekday, start, end) of the reading room in the database."""
    with site.app.app_context():
        rows = db.session.scalars(select(RoomWindow).join(Room).where(Room.name == "阅览室"))
        return sorted((row.weekday, row.start_minute, row.end_minute) for row in rows)


@pytest.fixture
def room_hours(site: Site, desktop: Page) -> Page:
    """The form for the hours of the reading room, opened by the library's manager through the pages."""
    sign_in(desktop, "library")
    desktop.goto("/desk/venues")
    desktop.get_by_role("link", name="奉化区图书馆").click()
    follow(desktop.get_by_role("link", name="阅览室"))
    assert_accessible(desktop)
    desktop.get_by_role("link", name="Change hours").click()
    expect(desktop.get_by_role("grid")).to_be_visible()
    assert stored(site) == EVERY_DAY
    return desktop


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, description: str) -> None:
    """Press the tabulator until the element with this role and name has the focus."""
    wanted = page.locator(description)
    for _press in range(60):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        press(page, "Tab")
    raise AssertionError(f"the tabulator never reaches {description}")


def test_the_keyboard_alone_changes_hours_and_saves_them(site: Site, room_hours: Page) -> None:
    page = room_hours
    tab_to(page, ".hour[tabindex='0']")
    press(page, "Delete")  # Monday's hours around 9:00 close altogether
    press(page, *["ArrowUp"] * 4, "Space", "Shift+ArrowDown", "Shift+ArrowDown")  # 7:00 to 8:30
    expect(page.locator("#announcer")).to_contain_text("Monday 07:00–08:30")
    tab_to(page, "textarea")
    page.keyboard.type("2099-10-01~2099-10-03 holiday")
    tab_to(page, "main form button.primary")
    press(page, "Enter")
    expect(page.get_by_text("The hours are saved.")).to_be_visible()
    assert stored(site) == [(0, SEVEN, HALF_PAST_EIGHT), *EVERY_DAY[1:]]
    expect(page.get_by_text("October 1, 2099 to October 3, 2099")).to_be_visible()
    expect(page.get_by_role("row", name="Monday 07:00–08:30")).to_be_visible()


def test_the_mouse_paints_hours_and_saves_them(site: Site, room_hours: Page) -> None:
    page = room_hours
    start = page.locator(f".hour[data-day='5'][data-start='{SEVEN}']")
    end = page.locator(f".hour[data-day='6'][data-start='{EIGHT}']")
    start.hover()
    page.mouse.down()
    end.hover()
    page.mouse.up()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The hours are saved.")).to_be_visible()
    assert stored(site) == [*EVERY_DAY[:5], (5, SEVEN, 1260), (6, SEVEN, 1260)]


def test_hours_that_cannot_be_read_are_shown_open_with_the_reason_beside_them(site: Site, room_hours: Page) -> None:
    page = room_hours
    page.get_by_text("Type the hours instead").click()
    page.locator("#hours-3").fill("by appointment")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Thursday").click()
    expect(page.locator("#hours-3")).to_be_focused()
    expect(page.locator("#hours-3")).to_have_value("by appointment")
    assert_accessible(page)
    assert stored(site) == EVERY_DAY


def test_a_phone_shows_the_week_without_scrolling_sideways(site: Site, phone: Page) -> None:
    sign_in(phone, "library")
    for path in ("/desk/venues", "/desk/venues/1", "/desk/venues/rooms/1", "/desk/venues/rooms/1/hours"):
        phone.goto(path)
        assert_accessible(phone)
