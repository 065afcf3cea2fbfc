"""From what would help most over a scenario to a draft that can be published, on the desktop and on the phone."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scheduler.core.extensions import db
from scheduler.features.planning.scenarios import queries
from scheduler.models import Plan, PlanStatus, Teacher, TeacherWindow
from tests.browser.site import Site, assert_accessible, follow, furnished, sign_in
from tests.factories import Town, build_plan, build_town
from tests.scheduler.workers import Worker

SCENARIOS = "/desk/terms/1/scenarios"


def _town_without_time() -> Town:
    """Both teachers have time only for what they hold, so that one section is left out."""
    town = build_town()
    build_plan(town, PlanStatus.DRAFT)
    town.teacher.windows = [TeacherWindow(weekday=1, start_minute=540, end_minute=630)]
    town.volunteer.windows = [TeacherWindow(weekday=3, start_minute=840, end_minute=930)]
    return town


@pytest.fixture
def site(database_url: str, tmp_path: Path) -> Iterator[Site]:
    """The town with a draft in which a section has no teacher."""
    with furnished(database_url, tmp_path, _town_without_time) as (site, _town):
        yield site


@pytest.fixture
def work(site: Site) -> Iterator[Callable[[], None]]:
    """A function that lets a real worker carry out all that is queued."""
    workers: list[Worker] = []

    def work() -> None:
        workers.append(Worker(site.app, "--once"))
        assert workers[-1].process.wait() == 0

    yield work
    for worker in workers:
        worker.leave()


def ask_what_would_help(page: Page, work: Callable[[], None]) -> None:
    """From a plan's page to the list of what would help it."""
    page.goto("/desk/plans/1")
    follow(page.get_by_role("link", name="What would help most"))
    assert_accessible(page)
    page.get_by_label("30 seconds").check()
    page.get_by_role("button", name="Find out what would help").click()
    expect(page.get_by_role("heading", name="Waiting for a worker")).to_be_visible()
    assert_accessible(page)
    work()
    expect(page.locator(".help").first).to_contain_text("Places 1 section (15 learners)")
    assert_accessible(page)


def plan_what_is_offered(page: Page, work: Callable[[], None]) -> None:
    """The best thing of the list as a scenario with a plan."""
    page.locator(".help").first.get_by_role("button", name="Try as a scenario").click()
    expect(page.locator(".changes")).to_contain_text("teaches also on Monday 08:30–10:30.")
    assert_accessible(page)
    page.get_by_label("30 seconds").check()
    page.get_by_role("button", name="Plan the scenario").click()
    expect(page.get_by_role("heading", name="Waiting for a worker")).to_be_visible()
    work()
    expect(page.get_by_role("heading", name="Its plan")).to_be_visible()
    expect(page.locator("main")).to_contain_text("1 more section is placed (15 learners)")
    assert_accessible(page)


def take_over(page: Page) -> None:
    """From the scenario's plan, which cannot be published, to changed registers and a draft."""
    page.goto("/desk/plans/2")
    expect(page.get_by_role("link", name="Publish …")).to_have_count(0)
    page.get_by_role("link", name="Open the scenario").click()
    page.get_by_role("link", name="Take over the changes …").click()
    expect(page.locator(".takings")).to_contain_text("舞蹈志愿者 1")
    assert_accessible(page)
    page.get_by_role("button", name="Write all this into the registers").click()
    expect(page.locator("#messages")).to_contain_text("is a draft that can be published.")


def test_what_would_help_is_tried_compared_taken_over_and_published(
    site: Site, desktop: Page, work: Callable[[], None]
) -> None:
    page = desktop
    sign_in(page, "coordinator")
    ask_what_would_help(page, work)
    plan_what_is_offered(page, work)
    page.get_by_role("link", name="All scenarios side by side").click()
    placed = page.locator("tr", has=page.get_by_role("rowheader", name="Sections placed"))
    expect(placed).to_contain_text("+1 · better")
    assert_accessible(page)
    take_over(page)
    page.get_by_role("link", name="Publish …").click()
    expect(page.locator("main")).to_contain_text("3 of 3 sections")
    page.locator("main form").get_by_role("button", name="Publish").click()
    page.wait_for_url("**/requests")
    with site.app.app_context():
        assert db.session.get_one(Plan, 2).status is PlanStatus.PUBLISHED


def make_on_phone(page: Page) -> None:
    """A scenario in which the library opens earlier on Mondays."""
    page.goto(SCENARIOS)
    expect(page.locator(".empty-state")).to_contain_text("还没有备选方案")
    assert_accessible(page)
    page.locator(".page-actions").get_by_role("link", name="新建备选方案").tap()
    page.locator("#name").fill("图书馆早上七点开门")
    page.get_by_role("button", name="继续").tap()
    page.get_by_role("link", name="教室或场馆延长开放").tap()
    expect(page.locator("[data-week-hours]")).to_be_visible()
    assert_accessible(page)
    page.locator("select#place").select_option(label="奉化区图书馆：全部教室")
    page.locator(".week-hours-text summary").tap()
    page.locator("#hours-0").fill("07:00-08:30")
    page.get_by_role("button", name="加入备选方案").tap()
    expect(page.locator(".changes")).to_contain_text("奉化区图书馆在 星期一 07:00–08:30 也开放。")


def test_a_phone_makes_a_scenario_plans_it_and_sees_it_beside_today(
    site: Site, phone: Page, work: Callable[[], None]
) -> None:
    page = phone
    sign_in(page, "coordinator")
    make_on_phone(page)
    page.get_by_label("30 秒").check()
    page.get_by_role("button", name="排备选方案").tap()
    expect(page.locator("#run-progress")).to_be_visible()
    assert_accessible(page)
    work()
    expect(page.get_by_role("heading", name="排出的方案")).to_be_visible()
    page.goto(SCENARIOS)
    card = page.locator("tr", has=page.get_by_role("rowheader", name="已排定班次"))
    expect(card.locator("td").nth(1)).to_have_attribute("data-label", "图书馆早上七点开门")
    assert_accessible(page)
    page.goto(f"{SCENARIOS}/1")
    page.get_by_role("button", name=re.compile("移除")).first.tap()
    page.locator("#messages").get_by_role("button", name="撤销").tap()
    expect(page.locator(".changes")).to_contain_text("奉化区图书馆")


def test_a_scenario_of_a_large_term_is_fetched_whole(
    site: Site, desktop: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = desktop
    monkeypatch.setattr(queries, "LOOKED_AT_ONCE", 0)
    sign_in(page, "coordinator")
    page.goto(f"{SCENARIOS}/new")
    page.get_by_label("Name").fill("她离开")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("link", name="A teacher leaves").click()
    page.locator("select[name=teacher]").select_option(index=1)
    page.get_by_role("button", name="Add to the scenario").click()
    expect(page.locator(".changes")).to_be_visible()
    address = page.url
    with site.app.app_context():
        db.session.get_one(Teacher, 1).fee += 1
        db.session.commit()
    waiting = page.request.get(address)
    assert 'aria-busy="true"' in waiting.text()
    page.goto(address)
    expect(page.locator(".changes")).to_be_visible()
    expect(page.locator("main")).to_contain_text("not planned yet")
    expect(page.locator("main")).to_have_count(1)
    assert_accessible(page)
    page.get_by_role("link", name="Take over the changes …").click()
    expect(page.locator(".takings")).to_be_visible()
