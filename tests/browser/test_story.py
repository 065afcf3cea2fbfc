"""The whole story in a browser: plan and publish, confirm and decline, find the course and subscribe to it."""

from collections.abc import Callable

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from scheduler.core.extensions import db
from scheduler.features.registers.accounts import operations as accounts
from scheduler.models import Role, Section, User, Venue
from tests.browser.conftest import A_PLAN_IS_MADE, PHONE
from tests.browser.site import Site, assert_accessible, sign_in


@pytest.fixture
def library_teaches_calligraphy(site: Site) -> None:
    """The first section may be held in the library only, so that its manager certainly gets a request."""
    with site.app.app_context():
        section = db.session.query(Section).order_by(Section.id).first()
        assert section is not None
        section.allowed_venues = [db.session.query(Venue).filter_by(name="奉化区图书馆").one()]
        db.session.commit()


def let_library_manage_the_new_venue(site: Site) -> None:
    with site.app.app_context():
        venue = db.session.query(Venue).filter_by(name="锦屏街道社区学校").one()
        user = db.session.query(User).filter_by(username="library").one()
        accounts.grant(user, Role.VENUE_MANAGER, venue_id=venue.id)
        db.session.commit()


def save(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).first.click()


def type_hours(page: Page, hours: str) -> None:
    """Enter the same hours from Monday to Friday by keyboard; the grid stands beside the inputs by then."""
    expect(page.get_by_role("grid")).to_be_visible()
    page.get_by_text("Type the hours instead").click()
    for weekday in range(5):
        page.locator(f"#hours-{weekday}").fill(hours)


def add_venue_and_room(page: Page) -> None:
    page.goto("/desk/venues/new")
    page.get_by_label("Name").fill("锦屏街道社区学校")
    page.get_by_label("Kind").select_option("community_school")
    page.locator("#unit_id").select_option(label="　锦屏街道")
    page.locator("#latitude").fill("29.657")
    page.locator("#longitude").fill("121.406")
    page.locator("main form button.primary").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("锦屏街道社区学校")
    page.get_by_role("link", name="Add a room").first.click()
    page.locator("#name").fill("101 教室")
    page.locator("#capacity").fill("40")
    page.locator("main form button.primary").click()
    if "/hours" not in page.url:
        page.get_by_role("link", name="hours").first.click()
    type_hours(page, "08:30-17:30")
    page.locator("main form button.primary").click()
    expect(page.locator("main")).to_contain_text("08:30–17:30")


def add_teacher(page: Page) -> None:
    page.goto("/desk/teachers/new")
    page.locator("#name").fill("书法教师 2")
    page.locator("#unit").select_option(label="　锦屏街道")
    page.get_by_label("Calligraphy", exact=True).check()
    page.locator("#latitude").fill("29.656")
    page.locator("#longitude").fill("121.405")
    type_hours(page, "08:30-11:30, 14:00-17:00")
    save(page, "Save the teacher")
    expect(page.get_by_role("heading", level=1)).to_have_text("书法教师 2")


def add_section(page: Page, term: str) -> None:
    page.goto(f"{term}/sections/new")
    page.locator("#course").select_option(label="Calligraphy for beginners")
    page.locator("#unit").select_option(label="　锦屏街道")
    page.locator("#learners-0-community").select_option(label="西溪社区")
    page.locator("#learners-0-people").fill("14")
    page.locator("#name").fill("锦屏街道·书法 2 班")
    page.get_by_text("Only certain venues or teachers").click()
    page.get_by_label("锦屏街道社区学校").check()
    page.locator("main form button.primary").first.click()
    expect(page.locator("main")).to_contain_text("锦屏街道·书法 2 班")


def plan_and_publish(page: Page, term: str) -> None:
    page.goto(f"{term}/ready")
    assert_accessible(page)
    page.goto(f"{term}/plan")
    page.get_by_label("30 seconds").check()
    page.locator("main form button.primary").first.click()
    plan = page.locator("table a[href*='/desk/plans/']").first
    expect(plan).to_be_visible(timeout=A_PLAN_IS_MADE)
    assert_accessible(page)
    plan.click()
    page.get_by_role("link", name="Publish …").click()
    save(page, "Publish")
    expect(page.get_by_role("status")).to_contain_text("is published")


def answer_requests(page: Page) -> None:
    sign_in(page, "library")
    page.goto("/desk/requests")
    assert_accessible(page)
    expect(page.locator("article.request")).to_have_count(2)
    page.locator("article.request", has_text="锦屏街道·书法 2 班").get_by_role("button", name="Confirm").click()
    expect(page.locator("article.request")).to_have_count(1)
    page.locator("article.request").get_by_role("link", name="Decline or offer").click()
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("The room is closed or being repaired").check()
    page.get_by_role("button", name="Send the answer").click()
    page.wait_for_url("**/desk/requests*")
    expect(page.get_by_role("main")).to_contain_text("All answered")


def find_course(page: Page) -> str:
    """Find the confirmed course near 西溪社区 on the phone; returns the address of its feed."""
    page.goto("/near")
    page.get_by_role("searchbox").fill("西溪")
    page.get_by_role("button", name="西溪社区").click()
    expect(page.get_by_text("锦屏街道 西溪社区附近")).to_be_visible()
    page.get_by_role("searchbox").fill("书法")
    confirmed = page.locator(".session-card", has_text="锦屏街道社区学校").last
    expect(confirmed).to_contain_text("场馆已确认")
    expect(page.locator(".session-card", has_text="奉化区图书馆").last).to_contain_text("正在调整")
    assert_accessible(page)
    confirmed.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("书法入门")
    assert_accessible(page)
    address = page.locator(".feed-address").get_attribute("href")
    assert address is not None
    return address


@pytest.mark.usefixtures("library_teaches_calligraphy", "worker")
def test_from_a_new_venue_to_a_residents_calendar(desktop: Page, open_page: Callable[..., Page], site: Site) -> None:
    sign_in(desktop, "coordinator")
    add_venue_and_room(desktop)
    add_teacher(desktop)
    desktop.goto("/desk/terms")
    desktop.get_by_role("link", name="2027 年春季学期").first.click()
    term = desktop.url.split("?")[0].rstrip("/")
    add_section(desktop, term)

    let_library_manage_the_new_venue(site)
    plan_and_publish(desktop, term)
    answer_requests(open_page())
    phone = open_page(PHONE, "zh-CN", has_touch=True, is_mobile=True)
    feed = phone.request.get(find_course(phone))
    assert feed.headers["content-type"].startswith("text/calendar")
    events = Calendar.from_ical(feed.body()).walk("VEVENT")
    assert len(events) == 10
    assert {str(event["STATUS"]) for event in events} == {"CONFIRMED"}
    assert {str(event["SUMMARY"]) for event in events} == {"书法入门"}
