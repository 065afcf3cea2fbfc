"""The board in a browser: by mouse, by keyboard alone, by finger, and by two coordinators at once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from scheduler.core.extensions import db
from scheduler.engine.documents.places import SectionPlace
from scheduler.features.planning.board import queries
from scheduler.models import Plan, PlanStatus, Section
from tests.browser.site import Site, Watch, assert_accessible, furnished, sign_in
from tests.factories import Town, build_plan, build_town

WRITING, DANCE = "锦屏街道·书法 1 班", "岳林街道·广场舞 1 班"


def _town_with_draft() -> Town:
    town = build_town()
    build_plan(town, PlanStatus.DRAFT)
    return town


@pytest.fixture
def site(database_url: str, tmp_path: Path) -> Iterator[Site]:
    """The town with a draft: calligraphy on Tuesdays at nine, dance on Thursdays at two."""
    with furnished(database_url, tmp_path, _town_with_draft) as (site, _town):
        yield site


def meetings(site: Site, name: str) -> tuple[tuple[int, int], ...] | None:
    """The weekly meetings of a section in the database."""
    with site.app.app_context():
        section = db.session.query(Section).filter_by(name=name).one()
        found = queries.placement_of(db.session.query(Plan).one(), section.id)
        return SectionPlace.of(found).meetings if found else None


def open_board(page: Page, username: str = "coordinator", rows: str = "room") -> Page:
    sign_in(page, username)
    page.goto(f"/desk/plans/1/board?rows={rows}")
    expect(page.locator(".board-table[role=grid]")).to_be_visible()
    return page


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, selector: str) -> None:
    """Press the tabulator until an element that matches has the focus."""
    for _press in range(60):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        press(page, "Tab")
    raise AssertionError(f"the tabulator never reaches {selector}")


def slot(page: Page, label: str) -> str:
    return f"button.slot[aria-label^='{label}']"


def drag(page: Page, chip: str, target: str) -> None:
    """Drag the chip of a section to an hour, which appears only once the section is in hand."""
    page.locator(f".board-table .chip:has-text('{chip}'), .board-tray .chip:has-text('{chip}')").first.hover()
    page.mouse.down()
    box = page.viewport_size or {"width": 0, "height": 0}
    page.mouse.move(box["width"] / 2, box["height"] / 2, steps=4)
    expect(page.locator("[data-in-hand]")).to_be_visible()
    page.locator(target).scroll_into_view_if_needed()
    page.locator(target).hover()
    page.mouse.up()
    expect(page.locator("[data-in-hand]")).to_have_count(0)


def middle(target: Locator) -> tuple[float, float]:
    """The middle of what an element covers of the screen."""
    box = target.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_mouse_drags_a_section_to_an_hour_and_takes_it_back(site: Site, desktop: Page) -> None:
    page = open_board(desktop)
    assert_accessible(page)
    drag(page, WRITING, slot(page, "Wednesday 10:00, 阅览室"))
    expect(page.locator("#messages")).to_contain_text("Wed 10:00–11:30")
    assert meetings(site, WRITING) == ((2, 600),)
    drag(page, "岳林街道·书法 1 班", slot(page, "Monday 09:00, 排练厅"))
    assert meetings(site, "岳林街道·书法 1 班") == ((0, 540),)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".board-tray")).to_contain_text("岳林街道·书法 1 班")
    press(page, "Control+z")
    expect(page.locator("td:nth-child(3) .chip")).to_contain_text(WRITING)
    press(page, "Control+y")
    expect(page.locator("td:nth-child(4) .chip")).to_contain_text(WRITING)
    assert meetings(site, WRITING) == ((2, 600),)


def test_what_is_dropped_beside_the_hours_goes_back(site: Site, desktop: Page) -> None:
    page = open_board(desktop)
    page.locator(f".chip:has-text('{WRITING}')").hover()
    page.mouse.down()
    page.mouse.move(700, 400, steps=3)
    expect(page.locator("[data-in-hand]")).to_be_visible()
    page.mouse.move(5, 5)
    page.mouse.up()
    expect(page.locator("[data-in-hand]")).to_have_count(0)
    assert meetings(site, WRITING) == ((1, 540),)


def test_the_keyboard_alone_moves_and_puts_back(site: Site, desktop: Page) -> None:
    page = open_board(desktop)
    tab_to(page, ".board-table .chip")
    expect(page.locator(":focus")).to_contain_text(WRITING)
    press(page, "Enter")
    expect(page.locator("button.slot.here")).to_be_focused()
    expect(page.locator("#announcer")).to_contain_text(f"{WRITING} is in hand.")
    assert_accessible(page)
    press(page, "ArrowRight", "ArrowDown")
    expect(page.locator(":focus")).to_have_attribute("aria-label", "Wednesday 09:30, 阅览室: fits, ±0")
    expect(page.locator("[data-detail-line]")).to_contain_text("Wed 09:30–11:00 from week 1")
    press(page, "Escape")
    expect(page.locator(f".chip:has-text('{WRITING}')")).to_be_focused()
    press(page, "Enter")
    expect(page.locator("button.slot.here")).to_be_focused()
    press(page, "ArrowRight", "ArrowDown", "Enter")
    expect(page.locator("td:nth-child(4) .chip")).to_be_focused()
    expect(page.locator("#announcer")).to_contain_text("Wed 09:30–11:00")
    assert meetings(site, WRITING) == ((2, 570),)


def test_the_keyboard_alone_pins_and_takes_back(site: Site, desktop: Page) -> None:
    page = open_board(desktop)
    tab_to(page, ".board-table .chip")
    press(page, "Enter")
    expect(page.locator("button.slot.here")).to_be_focused()
    press(page, "ArrowRight", "ArrowDown", "Enter")
    expect(page.locator("td:nth-child(4) .chip")).to_be_focused()
    press(page, "Enter")
    expect(page.locator("button.slot.here")).to_be_focused()
    tab_to(page, ".board-frame")
    press(page, *["Shift+Tab"] * 10)
    expect(page.locator(":focus")).to_have_text("Pin hours")
    press(page, "Enter")
    expect(page.locator(":focus")).to_have_text("Unpin hours")
    press(page, "Escape", "Control+z")
    expect(page.locator("#messages")).to_contain_text(f"{WRITING}, nothing pinned")
    assert meetings(site, WRITING) == ((2, 570),)
    press(page, "Control+z")
    expect(page.locator("td:nth-child(3) .chip")).to_contain_text(WRITING)
    assert meetings(site, WRITING) == ((1, 540),)


def test_two_coordinators_at_once_overwrite_nothing(
    site: Site, desktop: Page, open_page: Callable[..., Page], watch: Watch
) -> None:
    watch.allow("409")
    mine, theirs = open_board(desktop), open_board(open_page(), "administrator")
    drag(theirs, WRITING, slot(theirs, "Wednesday 10:00, 阅览室"))
    mine.locator(f".chip:has-text('{DANCE}')").click()
    mine.locator(slot(mine, "Friday 14:00, 排练厅")).click()
    expect(mine.locator("#messages")).to_contain_text("Fri 14:00–15:30")
    assert (meetings(site, WRITING), meetings(site, DANCE)) == (((2, 600),), ((4, 840),))
    theirs.locator(f".chip:has-text('{WRITING}')").click()  # their board has not seen mine; now both want the same
    expect(theirs.locator("[data-in-hand]")).to_be_visible()
    drag(mine, WRITING, slot(mine, "Thursday 09:00, 阅览室"))
    theirs.locator(slot(theirs, "Monday 09:00, 阅览室")).click()
    expect(theirs.locator("[data-refused='409']")).to_contain_text("Nothing of yours was saved.")
    expect(theirs.locator("[data-refused='409']")).to_contain_text("Coordinator: 锦屏街道·书法 1 班 → Thu 09:00")
    expect(theirs.locator("td:nth-child(5) .chip").first).to_contain_text(WRITING)
    assert_accessible(theirs)
    assert meetings(site, WRITING) == ((3, 540),)


def test_a_phone_picks_up_and_puts_down_with_the_finger(site: Site, phone: Page) -> None:
    page = open_board(phone, rows="teacher")
    assert_accessible(page)
    page.locator(f".chip:has-text('{WRITING}')").tap()
    expect(page.locator("[data-in-hand]")).to_be_visible()
    assert_accessible(page)
    page.locator("button.slot[value^='1;4.600;']").first.tap()
    expect(page.locator("[data-in-hand]")).to_have_count(0)
    assert meetings(site, WRITING) == ((4, 600),)


def test_a_finger_that_holds_still_drags_and_one_that_moves_at_once_scrolls(site: Site, phone: Page) -> None:
    page = open_board(phone, rows="teacher")
    touch = page.context.new_cdp_session(page)

    def finger(kind: str, *points: tuple[float, float]) -> None:
        touched = [{"x": x, "y": y} for x, y in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})

    chip = page.locator(f".board-table .chip:has-text('{WRITING}')")
    chip.scroll_into_view_if_needed()
    finger("touchStart", middle(chip))
    finger("touchMove", (180, 300))
    finger("touchEnd")
    expect(page.locator("[data-in-hand]")).to_have_count(0)
    chip.scroll_into_view_if_needed()
    finger("touchStart", middle(chip))
    expect(page.locator("[data-in-hand]")).to_be_visible()
    hour = page.locator("button.slot[value^='1;4.600;']").first
    hour.scroll_into_view_if_needed()
    finger("touchMove", middle(hour))
    expect(page.locator("button.slot.over")).to_have_attribute("value", hour.get_attribute("value") or "")
    finger("touchEnd")
    expect(page.locator("[data-in-hand]")).to_have_count(0)
    assert meetings(site, WRITING) == ((4, 600),)


def test_without_script_the_board_works_all_the_same(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, "coordinator")
    page.goto("/desk/plans/1/board")
    page.locator(f".chip:has-text('{WRITING}')").click()
    page.locator(slot(page, "Wednesday 10:00, 阅览室")).click()
    expect(page.locator("#messages")).to_contain_text("Wed 10:00–11:30")
    assert meetings(site, WRITING) == ((2, 600),)
