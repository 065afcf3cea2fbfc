"""The statistics of a plan in a browser: by keyboard, by finger, sorted, and checked by axe at both sizes."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scheduler.core.extensions import db
from scheduler.models import Plan
from tests import rows
from tests.browser.site import Site, assert_accessible, furnished, sign_in
from tests.factories import build_bookings, build_plan, build_town

CHARTS = ("", "/rooms", "/teachers", "/fairness", "/budgets")


def furnish() -> Plan:
    """The town with a published plan, and so many communities that they crowd on its map."""
    town = build_town()
    plan = build_plan(town)
    build_bookings(plan)
    for number in range(60):
        rows.community_row(
            town.street, f"c{number}", f"新村 {number}", 29.64 + number / 2000, 121.39 + number % 7 / 500
        )
    db.session.flush()
    return plan


@pytest.fixture
def site(database_url: str, tmp_path: Path) -> Iterator[Site]:
    """A running server with that town."""
    with furnished(database_url, tmp_path, furnish) as (site, _plan):
        yield site


def test_the_map_is_one_stop_of_the_keyboard_and_leads_to_its_table(desktop: Page) -> None:
    sign_in(desktop, "coordinator")
    desktop.goto("/desk/plans/1/pictures")
    east = desktop.get_by_role("link", name=re.compile("^东门社区: 12 of 12 placed"))
    expect(desktop.locator("a.mark[tabindex='0']")).to_have_count(1)
    east.focus()
    desktop.keyboard.press("ArrowLeft")
    west = desktop.locator("a.mark:focus")
    expect(west).not_to_have_attribute("aria-label", re.compile("东门社区"))
    left, right = west.bounding_box(), east.bounding_box()
    assert left is not None and right is not None and left["x"] < right["x"]
    east.focus()
    desktop.keyboard.press("Enter")
    row = desktop.locator("tr:target")
    expect(row).to_be_in_viewport()
    expect(row).to_contain_text("东门社区")
    row.get_by_role("link").click()
    expect(desktop.get_by_role("heading", level=2).first).to_contain_text("锦屏街道 · 东门社区")


def test_a_mark_is_tapped_on_a_phone(phone: Page) -> None:
    sign_in(phone, "coordinator")
    phone.goto("/desk/plans/1/pictures?show=distance")
    phone.get_by_role("link", name=re.compile("^金钟村")).tap()
    expect(phone.locator("tr:target")).to_contain_text("金钟村")


def test_a_table_is_sorted_and_its_address_can_be_sent(desktop: Page) -> None:
    sign_in(desktop, "coordinator")
    desktop.goto("/desk/plans/1/pictures/teachers")
    desktop.get_by_role("link", name="Sessions in the term").click()
    expect(desktop).to_have_url(re.compile(r"sort=-sessions#figures$"))
    expect(desktop.get_by_role("columnheader", name="Sessions in the term")).to_have_attribute(
        "aria-sort", "descending"
    )


@pytest.mark.parametrize("chart", CHARTS)
def test_statistics_are_accessible_to_everybody(desktop: Page, phone: Page, chart: str) -> None:
    for page in (desktop, phone):
        sign_in(page, "coordinator")
        page.goto(f"/desk/plans/1/pictures{chart}?sort=-nothing")
        assert_accessible(page)
        if page.locator("#figures").count():
            page.locator("#figures > summary").click()
        assert_accessible(page)


def test_residents_open_the_poster_of_their_community(phone: Page) -> None:
    phone.goto("/near?street=330213001")
    phone.get_by_role("button", name="东门社区").click()
    phone.goto("/near")
    link = phone.get_by_role("link", name=re.compile("东门社区附近课程海报"))
    answer = phone.request.get(link.get_attribute("href") or "")
    assert answer.ok and answer.headers["content-type"] == "application/pdf"
