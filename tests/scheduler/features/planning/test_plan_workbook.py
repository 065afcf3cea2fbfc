"""A plan leaves as a workbook, which an independent library reads back: it is the plan, and what is due for it."""

import io
import zipfile
from datetime import date, time, timedelta
from random import Random
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from scheduler.calendar.occurrences import occurrences
from scheduler.core.extensions import db
from scheduler.demonstration import operations as demonstration
from scheduler.demonstration.accounts import PASSWORD
from scheduler.engine.documents.keys import SECTION, key
from scheduler.engine.documents.snapshot import plan_document
from scheduler.features.planning.statistics.plan_workbook.writing_jobs import AT_ONCE, key_of, of
from scheduler.models import (
    CalendarDay,
    CoverStatus,
    DayKind,
    Meeting,
    Placement,
    Plan,
    PlanStatus,
    Room,
    Section,
    Teacher,
)
from tests.client import PageClient
from tests.factories import Town, build_bookings, build_plan, sign_in_as
from tests.rows import section_row
from tests.scheduler.teaching import (
    address,
    agree_by_phone,
    another_teacher,
    ask,
    covers,
    publish_plan,
    report,
    tuesday,
)

SIGNS = ("“引号”", "𠮷野", "_x000D_", "a\nb", "é", "'=1'")
Lines = list[dict[str, Any]]


def read(client: PageClient, plan: Plan) -> dict[str, Lines]:
    """The sheets of a plan's workbook: rows by their headings, without the row of sums."""
    content = client.download(f"/desk/plans/{plan.id}/plan.xlsx").data
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: _lines(book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names}


def _lines(rows: list[list[Any]]) -> Lines:
    return [dict(zip(map(str, rows[1]), row, strict=True)) for row in rows[2:] if row[0] not in ("Sum", "合计")]


def sums(client: PageClient, plan: Plan, sheet: str) -> dict[str, Any]:
    """The row of sums of a sheet."""
    content = client.download(f"/desk/plans/{plan.id}/plan.xlsx").data
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(sheet).to_python()
    return dict(zip(map(str, rows[1]), rows[-1], strict=True))


def clock_time(minute: int) -> time:
    return time(minute // 60, minute % 60)


def assert_equal_to(sheets: dict[str, Lines], plan: Plan) -> None:
    """The sheets say what the plan's document and its calendar say."""
    document = plan_document(plan)
    placed = {placement.section.name: placement for placement in plan.placements}
    sections = {line["Section"]: line for line in sheets["Sections"]}
    assert len(document.placed) == len(placed) and len(sections) == len(placed) + len(document.unplaced)
    assert {name for name, line in sections.items() if line["Room"]} == placed.keys()
    dated: dict[str, Lines] = {}
    for line in sheets["Dated sessions"]:
        dated.setdefault(line["Section"], []).append(line)
    for name, placement in placed.items():
        line, dates = sections[name], occurrences(placement)
        assert document.placed[key(SECTION, placement.section_id)].week == line["First week"]
        assert (line["Venue"], line["Room"]) == (placement.room.venue.name, placement.room.name)
        assert (line["Teacher"], line["Seats"]) == (placement.teacher.name, placement.room.capacity)
        assert (line["Sessions"], line["Learners"]) == (placement.sessions, placement.section.size)
        assert line["Fees as planned (yuan)"] == placement.sessions * (placement.teacher.fee + placement.room.fee)
        assert (line["First date"], line["Last date"]) == (dates[0].date, dates[-1].date)
        assert [(line["Date"], line["Start"], line["End"], line["Session"]) for line in dated[name]] == [
            (day.date, clock_time(day.start), clock_time(day.end), number) for number, day in enumerate(dates, 1)
        ]
        assert {(line["Venue"], line["Room"]) for line in dated[name]} == {(line["Venue"], line["Room"])}
    sessions = sheets["Dated sessions"]
    for sheet, fees in (("By teacher", "Fees (yuan)"), ("By venue", "Room fees (yuan)")):
        assert sum(line["Sessions"] for line in sheets[sheet]) == len(sessions)
        column = "Teacher's fee (yuan)" if sheet == "By teacher" else "Room's fee (yuan)"
        assert sum(line[fees] for line in sheets[sheet]) == sum(line[column] for line in sessions)
    assert sum(line["Sections"] for line in sheets["By unit"]) == len(placed)


def test_a_draft_leaves_as_a_workbook_that_says_so(coordinator: PageClient, town: Town) -> None:
    town.reading_room.fee, town.teacher.fee, town.volunteer.fee = 30, 200, 50
    town.term.days.append(CalendarDay(date=date(2027, 3, 9), kind=DayKind.OFF, name="植树节"))
    plan = build_plan(town, PlanStatus.DRAFT)
    response = coordinator.download(f"/desk/plans/{plan.id}/plan.xlsx")
    assert "draft 2027" in unquote(response.headers["Content-Disposition"])
    first = CalamineWorkbook.from_filelike(io.BytesIO(response.data)).get_sheet_by_index(1).to_python()[0][0]
    assert str(first).startswith("DRAFT, not published · 方案 1 · 2027 年春季学期")
    sheets = read(coordinator, plan)
    assert list(sheets) == ["Sections", "Dated sessions", "By teacher", "By venue", "By unit"]
    assert_equal_to(sheets, plan)
    assert date(2027, 3, 9) not in {line["Date"] for line in sheets["Dated sessions"]}
    (unplaced,) = [line for line in sheets["Sections"] if line["State"] == "not placed"]
    assert (unplaced["Section"], unplaced["Room"], unplaced["Learners"]) == ("岳林街道·书法 1 班", "", 15)


def test_sums_are_right_by_month_and_in_all(coordinator: PageClient, town: Town) -> None:
    town.reading_room.fee, town.teacher.fee, town.volunteer.fee = 30, 200, 50
    plan = build_plan(town, PlanStatus.DRAFT)
    sheets = read(coordinator, plan)
    # Tuesdays from 2 March to 4 May 2027: five in March, four in April, one in May; 90 minutes for 200 yuan each
    (teacher,) = [line for line in sheets["By teacher"] if line["Teacher"] == "书法教师 1"]
    assert (teacher["Sessions"], teacher["Hours"], teacher["Fees (yuan)"]) == (10, 15.0, 2000)
    assert [teacher[f"2027-0{month} Fees (yuan)"] for month in (3, 4, 5)] == [1000, 800, 200]
    assert [teacher[f"2027-0{month} Hours"] for month in (3, 4, 5)] == [7.5, 6.0, 1.5]
    (library,) = [line for line in sheets["By venue"] if line["Venue"] == "奉化区图书馆"]
    assert (library["Sessions"], library["Room fees (yuan)"]) == (10, 300)
    (street,) = [line for line in sheets["By unit"] if line["Unit"].strip("\u3000") == "锦屏街道"]
    assert (street["Budget (yuan)"], street["Budget left (yuan)"], street["Learners"]) == (50_000, 47_700, 20)
    assert sums(coordinator, plan, "By teacher")["Fees (yuan)"] == 2500
    assert sums(coordinator, plan, "Dated sessions")["Room's fee (yuan)"] == 300


def test_a_published_plan_says_what_is_not_held_and_who_stands_in(app: Flask, town: Town) -> None:
    town.teacher.fee, town.volunteer.fee = 200, 0
    plan = publish_plan(app, town)
    coordinator = sign_in_as(app, "coordinator")
    substitute = another_teacher(town, "书法教师 2")
    substitute.fee = 150
    for week in (1, 2, 3):
        report(app, town, week)
    first, second, _third = covers()
    ask(coordinator, town, first, substitute)
    agree_by_phone(coordinator, town, first)
    coordinator.post(address(town, second, "/cancel"), {"reason": "台风"})
    assert [cover.status for cover in covers()] == [CoverStatus.COVERED, CoverStatus.CANCELLED, CoverStatus.OPEN]
    sheets = read(coordinator, plan)
    lines = {line["Date"]: line for line in sheets["Dated sessions"] if line["Section"] == town.sections[0].name}
    said = [
        (lines[tuesday(town, week)]["Teacher"], lines[tuesday(town, week)]["Teacher's fee (yuan)"],
         lines[tuesday(town, week)]["Differs from the plan"])
        for week in (1, 2, 3, 4)
    ]
    assert said == [
        ("书法教师 2", 150, "taught by 书法教师 2"), ("书法教师 1", 0, "not held: 台风"), ("", 0, "substitute sought"),
        ("书法教师 1", 200, ""),
    ]
    due = {line["Teacher"]: (line["Sessions"], line["Fees (yuan)"]) for line in sheets["By teacher"]}
    assert due == {
        "书法教师 1": (7, 1400), "书法教师 2": (1, 150), "舞蹈志愿者 1": (10, 0), "Substitute still sought": (1, 0),
    }
    assert lines[tuesday(town, 1)]["Answer of the venue"] == "requested"


def test_a_published_plan_keeps_the_calendar_of_its_publication(app: Flask, town: Town) -> None:
    plan = publish_plan(app, town)
    town.term.days.append(CalendarDay(date=tuesday(town, 3), kind=DayKind.OFF, name="停课"))
    coordinator = sign_in_as(app, "coordinator")
    dates = [line["Date"] for line in read(coordinator, plan)["Dated sessions"]]
    assert tuesday(town, 3) in dates
    assert_equal_to(read(coordinator, plan), plan)
    name = unquote(coordinator.download(f"/desk/plans/{plan.id}/plan.xlsx").headers["Content-Disposition"])
    assert "published" in name and "draft" not in name


@pytest.mark.parametrize("start", ["=1+1", "+SUM(A1)", "-2", "@SUM(A1)", "=HYPERLINK(\"http://x\")"])
def test_no_text_becomes_a_formula(coordinator: PageClient, town: Town, start: str) -> None:
    town.sections[0].name = town.reading_room.name = town.teacher.name = start
    plan = build_plan(town, PlanStatus.DRAFT)
    content = coordinator.download(f"/desk/plans/{plan.id}/plan.xlsx").data
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet2.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
    assert sheet.count("<f>") == sheet.count("<f>SUBTOTAL(109,")
    assert 'quotePrefix="1"' in styles
    lines = read(coordinator, plan)["Dated sessions"]
    assert (lines[0]["Section"], lines[0]["Room"], lines[0]["Teacher"]) == (start, start, start)


def test_the_workbook_is_printable_and_filtered(coordinator: PageClient, town: Town) -> None:
    plan = build_plan(town, PlanStatus.DRAFT)
    content = coordinator.download(f"/desk/plans/{plan.id}/plan.xlsx").data
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for number in range(1, 6):
            sheet = archive.read(f"xl/worksheets/sheet{number}.xml").decode()
            assert 'state="frozen"' in sheet and "<autoFilter" in sheet
            assert 'paperSize="9"' in sheet and 'orientation="landscape"' in sheet and "DRAFT, not published" in sheet
        assert "_xlnm.Print_Titles" in archive.read("xl/workbook.xml").decode()


def test_in_chinese_and_from_every_page(app: Flask, town: Town) -> None:
    plan = build_plan(town, PlanStatus.DRAFT)
    client = sign_in_as(app, "coordinator", "zh-CN")
    target = f"/desk/plans/{plan.id}/plan.xlsx"
    for page in (f"/desk/plans/{plan.id}", f"/desk/terms/{town.term.id}", f"/desk/terms/{town.term.id}/timetable",
                 f"/desk/terms/{town.term.id}/timetable?as=list"):
        assert target in client.get(page).links
    assert list(read(client, plan)) == ["班次", "上课日期", "按教师", "按场馆", "按单位"]
    name = client.download(target).headers["Content-Disposition"]
    assert name.isascii() and "草稿 2027 年春季学期 方案 1" in unquote(name)


def test_only_who_plans_the_term_gets_it(app: Flask, town: Town) -> None:
    plan = build_plan(town)
    build_bookings(plan)
    street = sign_in_as(app, "street")
    street.download(f"/desk/plans/{plan.id}/plan.xlsx", 404)
    assert f"/desk/plans/{plan.id}/plan.xlsx" not in street.get(f"/desk/terms/{town.term.id}/timetable").links
    sign_in_as(app, "library").download(f"/desk/plans/{plan.id}/plan.xlsx", 403)


@pytest.mark.parametrize("seed", range(5))
def test_a_random_plan_is_read_back(coordinator: PageClient, town: Town, seed: int) -> None:
    """Rooms, teachers, fees, rhythms and days off as they come, such as nobody would plan them."""
    chance = Random(seed)
    days = chance.sample(range(7 * town.term.weeks), 8)
    town.term.days = [
        CalendarDay(date=town.term.first_day + timedelta(days=day), kind=DayKind.OFF, name="停课") for day in days
    ]
    for room in (town.reading_room, town.hall):
        room.fee = chance.randrange(100)
    for teacher in (town.teacher, town.volunteer):
        teacher.fee = chance.randrange(400)
    for number, section in enumerate(town.sections):
        section.name = f"{chance.choice('=-+@班')}{number} <&> {chance.choice(SIGNS)}"
        section.sessions, section.minutes = chance.randint(1, 12), chance.choice([45, 60, 90, 120])
        section.every_weeks = chance.choice([1, 1, 2])
    plan = build_plan(town, PlanStatus.DRAFT)
    for placement in plan.placements:
        placement.room = chance.choice([town.reading_room, town.hall])
        placement.teacher = chance.choice([town.teacher, town.volunteer])
        placement.week = chance.randint(1, 4)
        placement.meetings = [
            Meeting(weekday=weekday, start_minute=chance.randrange(480, 1200, 5))
            for weekday in chance.sample(range(7), chance.randint(1, 3))
        ]
    db.session.commit()
    assert_equal_to(read(coordinator, plan), plan)


@pytest.mark.one_database
def test_a_large_plan_is_written_beside_the_requests(app: Flask, coordinator: PageClient, town: Town) -> None:
    plan = build_plan(town, PlanStatus.DRAFT)
    db.session.commit()
    street = town.street
    for number in range(AT_ONCE):
        section = section_row(town.term, town.course, street, f"班 {number}", {town.communities[0]: 12})
        meetings = [Meeting(weekday=2, start_minute=600)]
        placement = Placement(section=section, week=1, room=town.hall, teacher=town.teacher, meetings=meetings)
        plan.placements.append(placement)
    page = coordinator.get(f"/desk/plans/{plan.id}/plan.xlsx")
    assert page.heading == "Plan as Excel"
    address = f"/desk/plans/{plan.id}/plan.xlsx"
    job = of(key_of(plan.id, town.users["coordinator"].id, "en"))
    assert job is not None and job.total == AT_ONCE + 2
    job.over.wait()
    page = coordinator.get(f"{address}/progress")
    assert address in page.links and "The workbook is ready." in page.text
    sheets = read(coordinator, plan)
    assert len(sheets["Sections"]) == AT_ONCE + 3 and len(sheets["Dated sessions"]) == 10 * (AT_ONCE + 2)
    assert coordinator.get(f"{address}/progress").heading == "Plan 方案 1"


@pytest.mark.one_database
def test_the_term_of_the_demonstration_is_read_back(app: Flask) -> None:
    term = demonstration.load()
    db.session.commit()
    chance = Random(1)
    rooms, teachers = [list(db.session.scalars(select(kind).order_by(kind.id))) for kind in (Room, Teacher)]
    plan = Plan(term=term, name="方案 1", status=PlanStatus.DRAFT, total=0, cost={}, reasons={})
    for section in db.session.scalars(select(Section).where(Section.term == term).order_by(Section.id)).all()[10:]:
        weekdays = chance.sample(range(7), section.per_week)
        plan.placements.append(Placement(
            section=section, week=1, room=chance.choice(rooms), teacher=chance.choice(teachers),
            meetings=[Meeting(weekday=weekday, start_minute=chance.randrange(480, 1140, 30)) for weekday in weekdays],
        ))
    db.session.add(plan)
    db.session.commit()
    client = PageClient(app.test_client(), "en")
    client.client.post("/sign-in", data={"username": "coordinator", "password": PASSWORD})
    sheets = read(client, plan)
    assert len(sheets["Dated sessions"]) > 3000
    assert_equal_to(sheets, plan)
    assert len([line for line in sheets["Sections"] if line["State"] == "not placed"]) == 10
