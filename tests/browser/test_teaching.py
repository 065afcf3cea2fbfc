"""A teacher on her phone, the coordinator at her desk and a resident: who teaches, who cannot, who stands in."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from scheduler.core.clock import monday_of, today
from scheduler.core.extensions import db
from scheduler.domain.publishing.publication import publish
from scheduler.models import PlanStatus, Teacher, TeacherKind
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.site import Site, assert_accessible, follow, furnished, sign_in
from tests.factories import build_plan, build_town
from tests.rows import teacher_row


def furnish() -> dict[str, Any]:
    """The calligraphy teacher has two published sections from next week on."""
    town = build_town()
    town.term.first_day = monday_of(today()) + timedelta(weeks=1)
    plan = build_plan(town, PlanStatus.DRAFT)
    plan.placements[1].teacher = town.teacher
    town.teacher.subjects.append(town.dance.subject)
    db.session.flush()
    publish(plan)
    second = town.term.first_day + timedelta(weeks=1, days=1)
    return {"term": town.term.id, "calligraphy": town.sections[0].id, "second": second.isoformat()}


@pytest.fixture
def published(database_url: str, tmp_path: Path) -> Iterator[tuple[Site, dict[str, Any]]]:
    """A running server with the published plan."""
    with furnished(database_url, tmp_path, furnish) as found:
        yield found


def answer_on_the_phone(phone: Page) -> None:
    sign_in(phone, "teacher")
    phone.goto("/desk/assignments")
    assert_accessible(phone)
    expect(phone.locator("article.request")).to_have_count(2)
    agree = phone.locator("article.request", has_text="书法入门").get_by_role("button", name="同意")
    height = agree.bounding_box()
    assert height is not None and height["height"] >= 48
    agree.tap()
    expect(phone.get_by_role("status")).to_contain_text("您已同意承担")
    phone.locator("article.request", has_text="广场舞").get_by_role("link", name="无法承担").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("我无法承担这个班次")
    assert_accessible(phone)
    phone.get_by_role("button", name="发送答复").tap()
    expect(phone.get_by_role("alert")).to_be_visible()
    phone.get_by_label("时间不合适").check()
    phone.get_by_role("button", name="发送答复").tap()
    expect(phone.get_by_role("main")).to_contain_text("时间不合适")


def report_on_the_phone(phone: Page, day: str) -> None:
    phone.goto("/desk/my-weeks")
    assert_accessible(phone)
    phone.get_by_role("link", name="我来不了").first.tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("我来不了")
    assert_accessible(phone)
    phone.get_by_label("生病").check()
    phone.get_by_role("button", name="提交请假").tap()
    expect(phone.get_by_role("main")).to_contain_text("还没有代课教师")
    assert_accessible(phone)
    phone.goto("/desk/absences/dates")
    phone.get_by_label("第一天").fill(day)
    phone.get_by_label("最后一天").fill(day)
    phone.get_by_label("培训或会议").check()
    phone.get_by_role("button", name="看看涉及哪些课").tap()
    expect(phone.get_by_role("heading", name="涉及 1 次课")).to_be_visible()
    assert_accessible(phone)
    phone.get_by_role("button", name="提交请假").tap()
    expect(phone.locator(".answer-list > li")).to_have_count(2)


def set_a_substitute(desktop: Page, term: int) -> None:
    sign_in(desktop, "coordinator")
    desktop.goto(f"/desk/terms/{term}")
    desktop.get_by_role("link", name="Find a teacher").click()
    expect(desktop.locator("tr", has_text="广场舞")).to_contain_text("The hours do not suit me")
    assert_accessible(desktop)
    desktop.get_by_role("link", name="Find a teacher").click()
    expect(desktop.get_by_role("main")).to_contain_text("舞蹈志愿者 1")
    assert_accessible(desktop)
    desktop.goto(f"/desk/terms/{term}/covers")
    assert_accessible(desktop)
    desktop.get_by_role("link", name="Find a substitute").first.click()
    expect(desktop.get_by_role("heading", name="Who really fits")).to_be_visible()
    assert_accessible(desktop)
    for box in desktop.get_by_role("checkbox").all():
        box.check()
    desktop.get_by_role("button", name="Ask them 舞蹈志愿者 1").click()
    expect(desktop.get_by_role("status")).to_contain_text("is asked for 2 sessions")
    desktop.get_by_role("button", name="They agree").click()
    expect(desktop.get_by_role("main")).to_contain_text("stands in")
    assert_accessible(desktop)
    desktop.get_by_role("link", name="Notice for the door").click()
    expect(desktop.get_by_role("main")).to_contain_text("由舞蹈志愿者 1代书法教师 1授课")
    assert_accessible(desktop)


def test_from_i_cannot_come_to_a_substitute_whom_residents_see(
    published: tuple[Site, dict[str, Any]], open_at: Callable[..., Page]
) -> None:
    site, places = published
    phone = open_at(site, PHONE, "zh-CN", has_touch=True, is_mobile=True)
    answer_on_the_phone(phone)
    report_on_the_phone(phone, places["second"])
    set_a_substitute(open_at(site, DESKTOP, "en"), places["term"])
    resident = open_at(site, PHONE, "zh-CN", has_touch=True, is_mobile=True)
    resident.goto(f"/courses/{places['calligraphy']}")
    expect(resident.get_by_role("main")).to_contain_text("由舞蹈志愿者 1代书法教师 1授课")
    expect(resident.get_by_role("main")).to_contain_text("正在安排代课教师")
    assert_accessible(resident)
    phone.goto("/desk/my-weeks")
    expect(phone.get_by_role("main")).to_contain_text("由舞蹈志愿者 1代课")


def test_everything_works_without_a_script(
    published: tuple[Site, dict[str, Any]], open_at: Callable[..., Page]
) -> None:
    phone = open_at(published[0], PHONE, "en", java_script_enabled=False)
    sign_in(phone, "teacher")
    phone.goto("/desk/assignments")
    phone.get_by_role("button", name="I agree").first.click()
    expect(phone.get_by_role("status")).to_contain_text("You take")
    phone.get_by_role("button", name="Undo").click()
    expect(phone.locator("article.request")).to_have_count(2)
    phone.goto("/desk/my-weeks")
    phone.locator(".event-action").first.click()
    phone.get_by_label("Illness").check()
    phone.get_by_role("button", name="Report it").click()
    expect(phone.get_by_role("main")).to_contain_text("no substitute yet")


def test_a_teacher_is_ill_for_two_weeks(open_at: Callable[..., Page], published: tuple[Site, dict[str, Any]]) -> None:
    site, _numbers = published
    with site.app.app_context():
        teacher = db.session.scalars(db.select(Teacher).where(Teacher.name == "书法教师 1")).one()
        first, subjects, unit = monday_of(today()) + timedelta(weeks=1), list(teacher.subjects), teacher.unit
        teacher_row(unit, "书法教师 2", TeacherKind.PART_TIME, subjects, 29.656, 121.405)
        address = f"/desk/teachers/{teacher.id}"
        db.session.commit()
    desk = open_at(site, DESKTOP, "zh-CN")
    sign_in(desk, "coordinator")
    desk.goto(address)
    follow(desk.get_by_role("link", name="请假"))
    assert_accessible(desk)
    desk.locator("#first").fill(first.isoformat())
    desk.locator("#last").fill((first + timedelta(days=13)).isoformat())
    desk.get_by_label("生病").check()
    follow(desk.get_by_role("button", name="看看涉及哪些课"))
    expect(desk.get_by_role("heading", name="涉及 3 次课")).to_be_visible()
    follow(desk.get_by_role("button", name="提交请假"))
    expect(desk.get_by_role("heading", level=1)).to_have_text("一次安排多次代课")
    assert_accessible(desk)
    follow(desk.get_by_role("button", name="询问所选教师"))
    expect(desk.locator("body")).to_contain_text("已就 3 次课询问教师。")
    expect(desk.locator("body")).to_contain_text("没有账号，需打电话")
    phone = open_at(site, (320, 640), "zh-CN", has_touch=True, is_mobile=True)
    sign_in(phone, "coordinator")
    phone.goto(f"{address}/absence")
    assert_accessible(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
