"""Activities in a browser: from a series to the proof that a plan meets it, and an event on a resident's phone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scheduler.core.extensions import db
from scheduler.domain.publishing.publication import publish
from tests.activities import build_event, planned
from tests.browser.conftest import A_PLAN_IS_MADE, PHONE
from tests.browser.site import assert_accessible, follow, furnished, sign_in
from tests.factories import Town, build_town


@pytest.mark.usefixtures("worker")
def test_from_a_series_to_the_proof_that_a_plan_meets_it(desktop: Page) -> None:
    sign_in(desktop, "coordinator")
    desktop.goto("/desk/terms")
    desktop.get_by_role("link", name="2027 年春季学期").first.click()
    term = desktop.url.split("?")[0].rstrip("/")
    desktop.get_by_role("link", name="Plan activities").click()
    desktop.get_by_role("link", name="New series").click()
    desktop.locator("#title_zh").fill("家庭教育指导站")
    desktop.locator("#title_en").fill("Family education station")
    desktop.locator("#content").select_option(label="Calligraphy for beginners")
    desktop.locator("#unit").select_option(label="奉化区")
    assert_accessible(desktop)
    desktop.get_by_role("button", name="Go on: which sections?").click()
    expect(desktop.get_by_role("main")).to_contain_text("4 sessions for each community, once every 4 weeks")
    expect(desktop.locator("tbody tr", has_text="to be opened")).to_have_count(4)
    assert_accessible(desktop)
    desktop.get_by_role("button", name="Open 4 sections").click()
    expect(desktop.get_by_role("status")).to_contain_text("4 sections are opened.")
    expect(desktop.locator("tbody tr", has_text="stands already")).to_have_count(4)
    series = desktop.url
    desktop.goto(f"{term}/plan")
    desktop.get_by_label("30 seconds").check()
    desktop.locator("main form button.primary").first.click()
    expect(desktop.locator("table a[href*='/desk/plans/']").first).to_be_visible(timeout=A_PLAN_IS_MADE)
    desktop.goto(series)
    desktop.get_by_role("link", name="Is it met?").click()
    expect(desktop.get_by_role("main")).to_contain_text("Every community has it often enough")
    expect(desktop.locator("tbody tr", has_text="4 weeks")).to_have_count(4)
    assert_accessible(desktop)


def published_event() -> Town:
    """A town whose published plan holds an event."""
    town = build_town()
    build_event(town)
    db.session.commit()
    publish(planned(town))
    return town


def test_a_resident_finds_the_programme_of_an_event_on_their_phone(
    database_url: str, tmp_path: Path, open_at: Callable[..., Page]
) -> None:
    with furnished(database_url, tmp_path, published_event) as (site, _town):
        phone = open_at(site, PHONE, "zh-CN", has_touch=True, is_mobile=True)
        phone.goto("/")
        follow(phone.get_by_role("link", name="学习活动").first)
        assert_accessible(phone)
        phone.get_by_role("link", name="全民终身学习活动周").click()
        expect(phone.get_by_role("heading", level=2)).to_contain_text("2027年3月29日")
        expect(phone.get_by_role("main")).to_contain_text("开幕式")
        assert_accessible(phone)
        phone.get_by_role("link", name="开幕式").click()
        expect(phone.get_by_role("main")).to_contain_text("所属活动：")
        assert_accessible(phone)
