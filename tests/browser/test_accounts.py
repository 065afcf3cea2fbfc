"""Accounts in a real browser, on the narrowest phone: one-time links and the second factor; each page fits."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from scheduler.core.database import now
from scheduler.features.registers.accounts.second_factor.one_time_codes import code_of, step_of
from tests.browser.site import Watch, assert_accessible, follow, sign_in
from tests.factories import PASSWORD

NARROW = (320, 640)
OWN = "tea leaves drift over seven bridges"


@pytest.fixture
def narrow(open_page: Callable[..., Page]) -> Callable[[], Page]:
    """Another visitor with a phone of 320 px, in Chinese."""
    return lambda: open_page(NARROW, "zh-CN")


def headed(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert_accessible(page)


def test_a_link_is_made_and_used_on_a_narrow_phone(narrow: Callable[[], Page]) -> None:
    administrator, user = narrow(), narrow()
    sign_in(administrator, "administrator")
    administrator.goto("/desk/users")
    follow(administrator.get_by_role("link", name="library", exact=True))
    headed(administrator, "library")
    follow(administrator.get_by_role("button", name="生成重设密码链接"))
    headed(administrator, "library 的重设密码链接")
    user.goto(urlsplit(administrator.locator("#link").input_value()).path)
    headed(user, "设置您的密码")
    for field in ("#password", "#again"):
        user.locator(field).fill(OWN)
    follow(user.get_by_role("button", name="保存密码"))
    headed(user, "登录")
    sign_in(user, "library", OWN)
    user.goto("/desk/account")
    headed(user, "我的账号")


def test_a_second_factor_is_set_up_and_used_on_a_narrow_phone(narrow: Callable[[], Page]) -> None:
    page, again = narrow(), narrow()
    sign_in(page, "coordinator")
    page.goto("/desk/account/second-factor")
    headed(page, "第二重验证")
    follow(page.get_by_role("button", name="开始设置"))
    headed(page, "第二重验证")
    secret = page.locator("#key").input_value()
    page.locator("#code").fill(code_of(secret, step_of(now())))
    follow(page.get_by_role("button", name="从现在起启用"))
    headed(page, "恢复码")
    follow(page.get_by_role("link", name="我已保存好"))
    headed(page, "我的账号")
    sign_in(again, "coordinator")
    headed(again, "第二重验证")
    again.locator("#code").fill(code_of(secret, step_of(now()) + 1))
    follow(again.get_by_role("main").get_by_role("button", name="登录"))
    headed(again, "今天")


def test_a_form_outlives_its_session(narrow: Callable[[], Page], watch: Watch) -> None:
    watch.allow("401 \\(UNAUTHORIZED\\)")
    page = narrow()
    sign_in(page, "coordinator")
    page.goto("/desk/teachers/new")
    written = {"#name": "王佳宁", "#max_day": "3", "#absences": "2027-05-10\n2027-05-11 培训"}
    for field, text in written.items():
        page.locator(field).fill(text)
    page.context.clear_cookies()
    follow(page.get_by_role("button", name="保存教师"))
    headed(page, "重新登录")
    page.locator("#username").fill("coordinator")
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    headed(page, "新增教师")
    expect(page.get_by_text("表单内容与先前相同")).to_be_visible()
    for field, text in written.items():
        expect(page.locator(field)).to_have_value(text)
