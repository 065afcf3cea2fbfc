"""From an empty installation to a planned term, with workbooks as registers are kept, led by the first page."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scheduler.core.extensions import db
from scheduler.features.registers.accounts import operations as accounts
from scheduler.models import Plan, Role
from tests.browser.conftest import A_PLAN_IS_MADE, DESKTOP, working
from tests.browser.site import Site, assert_accessible, follow, furnished, sign_in
from tests.factories import PASSWORD
from tests.workbooks import Sheets, write

NETWORK: Sheets = {
    "机构": [
        ["奉化区社区教育机构一览表", "", ""],
        ["代码", "名称", "隶属于", "备注"],
        [330200, "宁波市", ""],
        [330213, "奉化区", "宁波市"],
        ["330213001", "锦屏街道", "奉化区", "主城"],
        ["330213002", "岳林街道", "奉化区"],
    ],
    "社区（村）": [
        ["代码", "名称", "街道乡镇", "人口", "纬度", "经度"],
        ["330213001001", "东门社区", "锦屏街道", "\uff14\uff0c\uff12\uff10\uff10人", "29.655", "121.405"],
        ["330213001002", "西溪社区", "锦屏街道", "三千八百", "29.660", "121.400"],
        ["330213002001", "大成村", "岳林街道", 2600, "北纬29.700", "东经121.450"],
    ],
    "说明": [["本表由街道填报"]],
}
PLACES: Sheets = {
    "场馆": [
        ["2027 年场馆台账"],
        ["序号", "名称", "类型", "隶属于", "地址", "纬度", "经度", "电话"],
        ["1", "奉化区图书馆", "图书馆", "锦屏街道", "中山路 1 号", "29.656", "121.404", 57488580000],
        ["2", "岳林街道文化站", "文化站", "岳林街道", "大成路 8 号", "29.701", "121.452", "0574-8858 1111"],
    ],
    "教室": [
        ["场馆", "名称", "座位数", "教室设施", "每次费用（元）", "开放时段", "停用日期"],
        ["奉化区图书馆", "培训教室", "40人", "书画桌", "免费", "周一至五 9点-11:30，下午2:00-4:30", "2027年5月1日-5日"],
        [
            "岳林街道文化站", "排练厅", "\uff15\uff10", "镜面墙", "￥30", "每周二、四上午；周六日9:00-16:00",
            "2027-04-10、04-17"
        ],
    ],
}
TEACHERS: Sheets = {
    "教师": [
        ["姓名", "隶属于", "任教方式", "学科", "电话", "住处纬度", "住处经度", "可授课时段"],
        ["王佳宁", "锦屏街道", "兼职", "书法、舞蹈", "\uff11\uff13800000001", "29.654", "121.406", "工作日 上午、下午"],
        ["陈一鸣", "岳林街道", "志愿者", "舞蹈", 13800000002, "29.700", "121.450", "周二、四、六 8:30-17:00"],
    ]
}


@pytest.fixture
def empty_site(database_url: str, tmp_path: Path) -> Iterator[Site]:
    """A server and a worker whose database knows nobody but the first administrator."""

    def furnish() -> None:
        accounts.grant(accounts.create_user("first", "平台管理员", PASSWORD), Role.ADMINISTRATOR)

    with furnished(database_url, tmp_path, furnish) as (site, _nothing), working(site, tmp_path):
        yield site


def next_step(page: Page) -> str:
    """What the first page says is next."""
    page.goto("/desk/today")
    assert_accessible(page)
    return page.locator("li[aria-current=step] h3").inner_text().split("\n")[0].strip()


def upload(page: Page, content: bytes) -> None:
    """Upload a workbook and wait until all its rows are looked through."""
    page.locator("#file").set_input_files({"name": "台账.xlsx", "mimeType": "", "buffer": content})
    page.locator("main form button.primary").click()
    expect(page.locator("#results")).to_be_visible()
    assert_accessible(page)


def take_over(page: Page, changes: int) -> None:
    """Take an uploaded workbook over."""
    page.get_by_role("button", name=f"导入 {changes} 项改动").click()
    expect(page.locator("body")).to_contain_text(f"已导入 {changes} 条。")


def bring_network(page: Page) -> None:
    upload(page, write(NETWORK))
    take_over(page, 7)


def bring_places(page: Page) -> None:
    upload(page, write(PLACES))
    expect(page.locator("#results")).to_contain_text("是否应为 0574-88580000？")
    take_over(page, 4)


def bring_teachers(page: Page) -> None:
    """A heading is given its meaning, a word that is none is mended in the file."""
    upload(page, write(TEACHERS))
    expect(page.locator("#results")).to_contain_text("是否指“志愿”？")
    page.locator("#column-0").select_option("name")
    page.get_by_role("button", name="按所选列重新读取").click()
    expect(page.locator("#results")).to_contain_text("王佳宁")
    expect(page.locator(".import-apply button")).to_be_disabled()
    page.get_by_role("link", name="上传其他文件").click()
    upload(page, write({"教师": [[str(cell).replace("志愿者", "志愿") for cell in row] for row in TEACHERS["教师"]]}))
    take_over(page, 2)


def choose_courses(page: Page) -> None:
    for course in ("书法楷书一年级", "广场舞"):
        page.get_by_label(course).check()
    page.get_by_role("button", name="加入所选课程").click()
    expect(page.locator("body")).to_contain_text("2 门课程已加入目录。")


def open_term(page: Page) -> None:
    page.locator("#name").fill("2027 年春季学期")
    page.locator("#first_day").fill("2027-03-01")
    page.locator("#unit").select_option(label="　奉化区")
    page.locator("main form button.primary").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2027 年春季学期")


def open_sections(page: Page) -> None:
    for course, unit, community in (("书法楷书一年级", "锦屏街道", "东门社区"), ("广场舞", "岳林街道", "大成村")):
        page.locator("#course").select_option(label=course)
        page.locator("#unit").select_option(label=f"　{unit}")
        page.locator("#learners-0-community").select_option(label=community)
        page.locator("#learners-0-people").fill("20")
        address = page.url
        page.locator("main form button.primary").first.click()
        expect(page.locator("body")).to_contain_text("已开设")
        page.goto(address)


def plan_term(page: Page) -> None:
    page.goto(page.url.replace("/ready", "/plan"))
    page.get_by_label("30 秒").check()
    page.get_by_role("button", name="开始排课").click()
    plan = page.locator("table a[href*='/desk/plans/']").first
    expect(plan).to_be_visible(timeout=A_PLAN_IS_MADE)
    follow(plan)
    assert_accessible(page)


def step(page: Page, way: str) -> None:
    """Follow a way of the step that the first page says is next."""
    follow(page.locator("li[aria-current=step]").get_by_role("link", name=way))


def test_an_empty_installation_becomes_a_planned_term(empty_site: Site, open_at: Callable[..., Page]) -> None:
    page = open_at(empty_site, DESKTOP, "zh-CN")
    sign_in(page, "first")
    for name, way, done in (
        ("办学网络", "从 Excel 导入", bring_network), ("课程", "从常见课程中选择", choose_courses),
        ("场地与教室", "从 Excel 导入", bring_places), ("教师", "从 Excel 导入", bring_teachers),
        ("学期", "新建学期", open_term), ("班次", "开设班次", open_sections), ("排课", "排课", plan_term),
    ):
        assert next_step(page) == name
        step(page, way)
        done(page)
    with empty_site.app.app_context():
        plan = db.session.scalars(db.select(Plan)).one()
        assert len(plan.placements) == 2
    page.goto("/desk/today")
    expect(page.locator(".setup-steps")).to_have_count(0)
    expect(page.locator(".matter")).to_contain_text("2027 年春季学期")
