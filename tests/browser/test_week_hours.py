"""The week grid that is painted: it only writes the text inputs beside it, which are what is sent."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.site import assert_accessible, sign_in

MONDAY, TUESDAY, WEDNESDAY, FRIDAY, SATURDAY = 0, 1, 2, 4, 5
NINE, TEN, HALF_PAST_TEN, ELEVEN = 540, 600, 630, 660


def hours(page: Page) -> list[str]:
    """The text of Monday to Sunday."""
    texts = page.locator("input[data-weekday]").evaluate_all("inputs => inputs.map(input => input.value)")
    return [str(text) for text in texts]


def cell(page: Page, weekday: int, minute: int) -> Locator:
    """The half hour of a weekday that begins at a minute of the day."""
    return page.locator(f".hour[data-day='{weekday}'][data-start='{minute}']")


def drag(page: Page, start: Locator, end: Locator) -> None:
    """Paint with the mouse from one cell to another."""
    start.scroll_into_view_if_needed()
    start.hover()
    page.mouse.down()
    end.hover()
    page.mouse.up()


@pytest.fixture
def new_teacher(desktop: Page) -> Page:
    """The form for a new teacher, whose week is closed."""
    sign_in(desktop, "coordinator")
    desktop.goto("/desk/teachers/new")
    expect(desktop.get_by_role("grid")).to_be_visible()
    return desktop


def test_the_mouse_paints_a_rectangle_of_days_and_hours_and_undo_takes_it_back(new_teacher: Page) -> None:
    page = new_teacher
    drag(page, cell(page, MONDAY, NINE), cell(page, WEDNESDAY, HALF_PAST_TEN))
    assert hours(page) == ["09:00-11:00"] * 3 + [""] * 4
    expect(page.locator("#announcer")).to_contain_text("Wednesday 09:00–11:00")
    drag(page, cell(page, TUESDAY, TEN), cell(page, TUESDAY, TEN))
    assert hours(page)[TUESDAY] == "09:00-10:00, 10:30-11:00"
    undo = page.get_by_role("button", name="Undo")
    undo.click()
    assert hours(page)[TUESDAY] == "09:00-11:00"
    undo.click()
    assert hours(page) == [""] * 7
    expect(undo).to_be_disabled()


def test_the_keyboard_opens_extends_and_closes(new_teacher: Page) -> None:
    page = new_teacher
    cell(page, MONDAY, NINE).focus()
    for key in ("ArrowRight", "Space", "Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowRight"):
        page.keyboard.press(key)
    assert hours(page)[TUESDAY:WEDNESDAY + 1] == ["09:00-10:30", "10:00-10:30"]
    expect(cell(page, WEDNESDAY, TEN)).to_be_focused()
    expect(cell(page, WEDNESDAY, TEN)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Delete")
    assert hours(page)[WEDNESDAY] == ""
    page.keyboard.press("Control+z")
    assert hours(page)[WEDNESDAY] == "10:00-10:30"


def test_one_day_is_copied_to_the_working_days_only(new_teacher: Page) -> None:
    page = new_teacher
    drag(page, cell(page, TUESDAY, NINE), cell(page, TUESDAY, TEN))
    page.get_by_role("button", name="Copy Tuesday to all weekdays").click()
    assert hours(page) == ["09:00-10:30"] * 5 + [""] * 2


def test_typed_hours_show_in_the_grid_and_unreadable_ones_stay_until_their_day_is_painted(new_teacher: Page) -> None:
    page = new_teacher
    page.get_by_text("Type the hours instead").click()
    typed = page.locator("input[data-weekday]")
    typed.nth(MONDAY).fill("09:07-11:00")
    typed.nth(FRIDAY).fill("in the morning")
    expect(cell(page, MONDAY, TEN)).to_have_attribute("aria-selected", "true")
    expect(cell(page, MONDAY, NINE)).to_have_class("hour full-hour partly")
    drag(page, cell(page, MONDAY, ELEVEN), cell(page, MONDAY, ELEVEN))
    assert hours(page)[MONDAY] == "09:07-11:30"
    assert hours(page)[FRIDAY] == "in the morning"


def test_a_finger_taps_one_half_hour_and_paints_after_holding_still(phone: Page) -> None:
    sign_in(phone, "coordinator")
    phone.clock.install()
    phone.goto("/desk/teachers/new")
    cell(phone, SATURDAY, NINE).tap()
    assert hours(phone)[SATURDAY] == "09:00-09:30"
    start, end = cell(phone, MONDAY, NINE), cell(phone, MONDAY, TEN)
    start.scroll_into_view_if_needed()
    boxes = start.bounding_box(), end.bounding_box()
    assert boxes[0] and boxes[1]
    touch = phone.context.new_cdp_session(phone)
    points = [{"x": box["x"] + 4, "y": box["y"] + 4} for box in boxes if box]
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points[:1]})
    phone.clock.run_for(300)
    touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points[1:]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert hours(phone)[MONDAY] == "09:00-10:30"
    assert_accessible(phone)


def test_painted_hours_are_what_is_stored(desktop: Page) -> None:
    sign_in(desktop, "teacher")
    desktop.goto("/desk/teachers/me")
    before = hours(desktop)
    drag(desktop, cell(desktop, MONDAY, TEN), cell(desktop, MONDAY, TEN))
    painted = hours(desktop)
    assert painted[MONDAY] != before[MONDAY] and painted[TUESDAY:] == before[TUESDAY:]
    desktop.get_by_role("button", name="Save my hours").click()
    expect(desktop.get_by_role("status")).to_contain_text("Saved.")
    assert hours(desktop) == painted
