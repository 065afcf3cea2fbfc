"""From demand to sections in a browser: sources, proposals with a map, opening and undoing; residents' wishes."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from scheduler.core.extensions import db
from scheduler.models import Community, Course, DemandSource, SourceKind, Term
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.site import Site, assert_accessible, follow, sign_in


def survey(site: Site, people: int) -> None:
    """Everywhere so many people said that they want to write, of whom half are expected."""
    with site.app.app_context():
        term, course = db.session.scalars(db.select(Term)).one(), db.session.get_one(Course, 1)
        for community in db.session.scalars(db.select(Community)):
            db.session.add(DemandSource(
                term=term, course=course, community=community, kind=SourceKind.SURVEY, people=people, percent=50
            ))
        db.session.commit()


def test_demand_is_worked_out_and_sections_are_proposed_opened_and_undone(
    site: Site, open_page: Callable[..., Page]
) -> None:
    survey(site, 90)
    page = open_page(DESKTOP, "en")
    sign_in(page, "coordinator")
    page.goto("/desk/terms/1/demand/sources")
    assert_accessible(page)
    follow(page.get_by_role("link", name="Work out the demand"))
    assert_accessible(page)
    page.get_by_role("button", name="Write these numbers into the demand").click()
    expect(page.locator("#messages")).to_contain_text("4 entries changed.")
    page.get_by_role("link", name="Proposed sections").click()
    page.get_by_role("button", name="Propose sections").click()
    expect(page.locator("#proposal-progress")).to_have_count(0)
    page.locator("main table a").first.click()
    expect(page.get_by_role("img", name="Gathering places of the proposed sections")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Open the ticked sections").click()
    expect(page.locator("#messages")).to_contain_text("sections are open.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#messages")).to_contain_text("only proposed again.")


def test_the_map_and_the_table_fit_a_phone(site: Site, open_page: Callable[..., Page]) -> None:
    survey(site, 90)
    page = open_page(PHONE, "zh-CN", has_touch=True, is_mobile=True)
    sign_in(page, "coordinator")
    page.goto("/desk/terms/1/demand/sources/work-out")
    page.get_by_role("button", name="将这些人数写入需求").click()
    page.goto("/desk/terms/1/proposals")
    page.get_by_role("button", name="测算建议班次").click()
    expect(page.locator("#proposal-progress")).to_have_count(0)
    page.locator("main table a").first.click()
    expect(page.locator(".proposal-map svg")).to_be_visible()
    assert_accessible(page)
    follow(page.get_by_role("link", name="编辑第 1 号班次"))
    assert_accessible(page)


def test_without_scripts_proposing_goes_on_by_its_button(site: Site, open_page: Callable[..., Page]) -> None:
    survey(site, 90)
    page = open_page(DESKTOP, "en", java_script_enabled=False)
    sign_in(page, "coordinator")
    page.goto("/desk/terms/1/demand/sources/work-out")
    page.get_by_role("button", name="Write these numbers into the demand").click()
    page.goto("/desk/terms/1/proposals")
    page.get_by_role("button", name="Propose sections").click()
    while page.get_by_role("button", name="Go on with the next courses").count():
        page.get_by_role("button", name="Go on with the next courses").click()
    expect(page.locator("main table a").first).to_be_visible()


def test_a_resident_says_what_they_would_like_on_their_phone(phone: Page) -> None:
    phone.goto("/wishes")
    assert_accessible(phone)
    phone.get_by_role("button", name="我想学这门课").first.click()
    phone.get_by_role("link", name="锦屏街道").click()
    phone.get_by_role("button", name="东门社区").click()
    phone.wait_for_url("**/wishes")
    phone.get_by_role("button", name="我想学这门课").first.click()
    expect(phone.locator("#messages")).to_contain_text("已计入东门社区的意向登记")
    assert_accessible(phone)
    phone.get_by_role("button", name="撤销").click()
    expect(phone.locator("#messages")).to_contain_text("已取消登记")
