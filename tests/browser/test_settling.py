"""A coordinator changes a published term, settles it, withdraws the plan and publishes it again."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scheduler.core.clock import monday_of, today
from scheduler.core.extensions import db
from scheduler.domain.publishing.publication import publish
from scheduler.models import PlanStatus
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.site import Watch, assert_accessible, follow, furnished, sign_in
from tests.factories import build_plan, build_town


def published_town() -> str:
    """A town whose term begins next week, with a published plan; the date of the second session on Tuesdays."""
    town = build_town()
    town.term.first_day = monday_of(today()) + timedelta(weeks=1)
    plan = build_plan(town, PlanStatus.DRAFT)
    db.session.flush()
    publish(plan)
    return (town.term.first_day + timedelta(days=8)).isoformat()


@pytest.mark.parametrize("size", [DESKTOP, (320, 640)])
def test_nothing_published_changes_before_a_coordinator_says_so(
    database_url: str, tmp_path: Path, open_at: Callable[..., Page], size: tuple[int, int]
) -> None:
    with furnished(database_url, tmp_path, published_town) as (site, tuesday):
        page, resident = open_at(site, size, "zh-CN"), open_at(site, PHONE, "zh-CN")
        sign_in(page, "coordinator")
        page.goto("/desk/courses/1/edit")
        page.locator("#minutes").fill("60")
        page.get_by_role("button", name="保存课程").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("哪些班次跟着改？")
        expect(page.locator("#messages")).to_contain_text("班次都还没有改动")
        assert_accessible(page)
        expect(page.get_by_role("checkbox")).not_to_be_checked()
        page.get_by_role("button", name="让所选班次跟着改").click()
        expect(page.locator("#messages")).to_contain_text("所有班次保持不变")
        resident.goto("/courses/1")
        expect(resident.locator("#when ~ .answer-large").first).to_contain_text("09:00–10:30")

        page.goto("/desk/terms/1/calendar")
        page.locator("#date").fill(tuesday)
        page.locator("form:has(#date) button.primary").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("发布后的变动")
        assert_accessible(page)
        page.get_by_role("radio", name="这些日期不上课").check()
        page.get_by_role("button", name="全部处理").click()
        expect(page.locator("#messages")).to_contain_text("已处理 1 个班次")


def test_a_published_plan_is_withdrawn_and_published_again(
    database_url: str, tmp_path: Path, open_at: Callable[..., Page], watch: Watch
) -> None:
    watch.allow("404")
    with furnished(database_url, tmp_path, published_town) as (site, _town):
        page, resident = open_at(site, PHONE, "zh-CN"), open_at(site, PHONE, "zh-CN")
        sign_in(page, "coordinator")
        page.goto("/desk/plans/1")
        follow(page.get_by_role("link", name="撤回"))
        assert_accessible(page)
        page.get_by_role("button", name="撤回").click()
        expect(page.locator("#messages")).to_contain_text("已恢复为草案")
        assert resident.goto("/courses/1").status == 404  # type: ignore[union-attr]
        page.goto("/desk/terms/1/publish")
        page.get_by_role("button", name="发布").click()
        expect(page.locator("#messages")).to_contain_text("已发布")
        resident.goto("/courses/1")
        expect(resident.locator("#when ~ .answer-large").first).to_contain_text("09:00–10:30")
