"""Ticking sections, planning only these again, and seeing what is different, as a coordinator does it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scheduler.core.config import ROOT
from scheduler.core.extensions import db
from scheduler.engine.documents.placements import current_placements
from scheduler.models import Plan, PlanStatus
from tests.browser.site import Site, assert_accessible, furnished, sign_in
from tests.factories import Town, build_plan, build_town

A_PLAN_IS_MADE = 120_000
CHOSEN = ("锦屏街道·书法 1 班", "岳林街道·书法 1 班")
KEPT = "s3"


def _town_with_draft() -> Town:
    """The draft places one calligraphy and the dance; the other calligraphy has no place yet."""
    town = build_town()
    build_plan(town, PlanStatus.DRAFT)
    return town


@pytest.fixture
def site(database_url: str, tmp_path: Path) -> Iterator[Site]:
    """The town with a draft of two sections."""
    with furnished(database_url, tmp_path, _town_with_draft) as (site, _town):
        yield site


@pytest.fixture
def worker(site: Site, tmp_path: Path) -> Iterator[None]:
    """A planning worker in a process of its own."""
    environment = {
        **os.environ, "DATABASE_URL": site.database_url, "INSTANCE_FOLDER": str(tmp_path), "SECRET_KEY": "again",
        "SOLVER_WORKERS": "1",
    }
    command = [sys.executable, "-m", "flask", "--app", "scheduler.app", "work"]
    with subprocess.Popen(command, env=environment, cwd=ROOT) as process:  # noqa: S603 - our own command
        yield
        process.terminate()


def tick_and_start(page: Page, ticked: str, button: str) -> None:
    """Tick two sections in the list and start planning them from the page that says what stays."""
    sign_in(page, "coordinator")
    page.goto("/desk/terms/1/sections")
    for name in CHOSEN:
        page.get_by_role("row").filter(has_text=name).get_by_role("checkbox").check()
    expect(page.locator("[data-picked]")).to_have_text(ticked)
    assert_accessible(page)
    page.get_by_role("button", name=button).click()
    expect(page.locator(".stat-number")).to_have_text(["2", "1"])
    assert_accessible(page)
    page.locator("input[name=seconds][value='30']").check()
    page.get_by_role("button", name=button).click()


def assert_only_the_chosen_changed(site: Site) -> None:
    with site.app.app_context():
        base, draft = db.session.query(Plan).order_by(Plan.id)
        before, after = current_placements(base.id), current_placements(draft.id)
    assert after[KEPT] == before[KEPT] and len(after) == 3


@pytest.mark.usefixtures("worker")
def test_two_sections_are_planned_again_and_compared(site: Site, desktop: Page) -> None:
    page = desktop
    tick_and_start(page, "2 ticked", "Plan only these again")
    expect(page.locator("#run-progress")).to_contain_text("Only what was chosen is planned again: 2 sections.")
    expect(page.locator("#run-progress")).to_contain_text("1 other stays as it is in plan 方案 1.")
    assert_accessible(page)
    draft = page.get_by_role("link", name="方案 1 · 2 sections again")
    draft.wait_for(timeout=A_PLAN_IS_MADE)
    assert_only_the_chosen_changed(site)
    assert_accessible(page)
    page.get_by_role("link", name="See what is different").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Compare")
    line = page.get_by_role("row").filter(has_text=CHOSEN[1])
    expect(line).to_contain_text("has a place now")
    expect(page.get_by_role("row").filter(has_text="sections placed")).to_contain_text("+1")
    assert_accessible(page)
    page.locator("#unit").select_option(label="锦屏街道 (1)")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("row").filter(has_text="sections placed")).to_contain_text("unchanged")
    expect(page.get_by_role("row").filter(has_text=CHOSEN[1])).to_have_count(0)


@pytest.mark.usefixtures("worker")
def test_two_sections_are_planned_again_on_a_phone_in_chinese(site: Site, phone: Page) -> None:
    page = phone
    tick_and_start(page, "已勾选 2 个", "只重排这些班次")
    expect(page.locator("#run-progress")).to_contain_text("只重排所选的班次：2 个班次。")
    draft = page.get_by_role("link", name="方案 1 · 重排2 个班次")
    draft.wait_for(timeout=A_PLAN_IS_MADE)
    assert_only_the_chosen_changed(site)
    draft.click()
    page.get_by_role("link", name="比较").click()
    expect(page.get_by_role("row").filter(has_text=CHOSEN[1])).to_contain_text("新排定")
    assert_accessible(page)


def test_without_a_script_the_list_is_a_form(open_page: Callable[..., Page]) -> None:
    page = open_page((1440, 900), "en", java_script_enabled=False)
    sign_in(page, "coordinator")
    page.goto("/desk/terms/1/sections")
    page.get_by_role("row").filter(has_text=CHOSEN[0]).get_by_role("checkbox").check()
    page.get_by_role("button", name="Plan only these again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Plan only this again: {CHOSEN[0]}")
