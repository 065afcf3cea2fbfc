"""Registers go to Excel and come back: downloads, uploads, what is shown before, and what changes after."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from scheduler.core.database import now
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.models import (
    AuditEntry,
    Demand,
    Import,
    ImportStatus,
    PinnedMeeting,
    PlaceSource,
    PlanStatus,
    Room,
    RoomClosure,
    RowState,
    Section,
    Teacher,
    TeacherAbsence,
    Venue,
)
from scheduler.workbooks.registers import REGISTERS
from scheduler.workbooks.uploads.reading import MAXIMUM_BYTES, read
from scheduler.workbooks.uploads.unpacking import MAXIMUM_ROWS
from tests.client import PageClient
from tests.factories import Town, build_plan, sign_in_as
from tests.workbooks import (
    apply,
    column,
    counts,
    downloaded,
    line,
    messages,
    newest,
    rows,
    template,
    undo,
    upload,
    write,
)

VENUES, ROOMS, COURSES = "/desk/excel/venues", "/desk/excel/rooms", "/desk/excel/courses"


def whole_term(town: Town) -> str:
    return f"/desk/terms/{town.term.id}/excel/term"


def furnish(town: Town) -> None:
    """What the small town lacks: closures, pins, narrowed sections, demand, names that mean several."""
    section = town.sections[0]
    days = [town.term.first_day, town.term.first_day + timedelta(days=1)]
    town.reading_room.closures = [RoomClosure(date=day, reason="盘点") for day in days]
    hours = {"start_minute": 540, "end_minute": 720}
    town.hall.closures = [RoomClosure(date=days[0], **hours), RoomClosure(date=days[1], reason="2027-05-02，14:00 起")]
    town.teacher.absences = [TeacherAbsence(date=days[0], reason="体检", **hours)]
    section.pinned_room, section.pinned_teacher, section.pinned_week = town.reading_room, town.teacher, 1
    section.pinned_meetings = [PinnedMeeting(weekday=1, start_minute=540)]
    section.allowed_venues, section.allowed_teachers = [town.library, town.station], [town.teacher]
    town.communities[3].name = town.communities[0].name
    town.library.step_free, town.station.name = True, "文化站、书房；分馆"
    db.session.add(Demand(term=town.term, course=town.course, community=town.communities[3], people=31))
    db.session.commit()


@pytest.mark.parametrize(("language", "nothing"), [("en", "nothing to take over"), ("zh-CN", "没有需要导入")])
def test_a_term_that_comes_back_as_it_went_changes_nothing(app: Flask, town: Town, language: str, nothing: str) -> None:
    furnish(town)
    coordinator = sign_in_as(app, "coordinator", language)
    sheets = downloaded(coordinator, f"{whole_term(town)}.xlsx")
    assert [len(rows) - 1 for rows in sheets.values()] == [2, 2, 2, 2, 0, 1, 3]
    page = upload(coordinator, whole_term(town), sheets)
    assert counts() == {RowState.UNCHANGED: 12}
    assert nothing in page.text
    assert re.search(r"<button[^>]* disabled", page.response.text)


def test_a_workbook_in_one_language_is_understood_in_the_other(app: Flask, town: Town) -> None:
    furnish(town)
    sheets = downloaded(sign_in_as(app, "coordinator", "zh-CN"), f"{whole_term(town)}.xlsx")
    upload(sign_in_as(app, "coordinator", "en"), whole_term(town), sheets)
    assert counts() == {RowState.UNCHANGED: 12}


def test_what_was_edited_is_shown_taken_over_and_undone(coordinator: PageClient, town: Town) -> None:
    town.reading_room.assumed = True
    sheets = downloaded(coordinator, f"{ROOMS}.xlsx")
    (name,) = sheets
    head, hall, reading = sheets[name][0], *sorted(sheets[name][1:], key=lambda row: "阅览室" in row)
    reading[column(head, "Seats")] = 44
    reading[column(head, "Opening hours")] = "Mon to Fri 09:00-12:00; Sat 10:00-16:00"
    added = line(head, Venue="奉化区图书馆", Name="多功能厅", Seats=80, What_the_room_has="Wi-Fi; 镜面墙")
    page = upload(coordinator, ROOMS, {name: [head, hall, reading, added]})
    assert counts() == {RowState.UNCHANGED: 1, RowState.CHANGED: 1, RowState.NEW: 1}
    assert "Seats: 40 → 44" in page.text and "多功能厅" in page.text
    assert db.session.scalar(db.select(Room).where(Room.name == "多功能厅")) is None

    page = apply(coordinator)
    assert "2 entries were taken over." in page.text
    db.session.expire_all()
    made = db.session.scalars(db.select(Room).where(Room.name == "多功能厅")).one()
    assert (made.capacity, made.turnaround_minutes) == (80, 15)
    assert {feature.code for feature in made.features} == {"wifi", "mirror"}
    assert town.reading_room.capacity == 44 and len(town.reading_room.windows) == 6
    trail = db.session.scalars(db.select(AuditEntry).where(AuditEntry.table == "rooms")).all()
    assert {entry.user_id for entry in trail if entry.changes} >= {town.users["coordinator"].id}

    assert "2 entries are as before." in undo(coordinator).text
    db.session.expire_all()
    assert (town.reading_room.capacity, town.reading_room.assumed) == (40, True)
    assert db.session.scalar(db.select(Room).where(Room.name == "多功能厅")) is None
    assert newest().status is ImportStatus.UNDONE
    sheets = downloaded(coordinator, f"{ROOMS}.xlsx")
    upload(coordinator, ROOMS, sheets)
    assert counts() == {RowState.UNCHANGED: 2}


def test_sheets_may_refer_to_what_other_sheets_announce(coordinator: PageClient, town: Town) -> None:
    """A section in a new room of a new venue, held by a new teacher, of a new course.

    Another venue is renamed, while its rooms still say its old name.
    """
    sheets = downloaded(coordinator, f"{whole_term(town)}.xlsx")
    fresh: dict[str, dict[str, Any]] = {
        "Venues": {
            "Name": "新文化馆", "Kind": "culture hall", "Belongs_to": "锦屏街道", "Latitude": 29.65, "Longitude": 121.4,
        },
        "Rooms": {"Venue": "新文化馆", "Name": "101", "Seats": 60, "Opening hours": "daily 08:00-20:00"},
        "Teachers": {
            "Name": "书法教师 9", "Belongs to": "锦屏街道", "Serves": "volunteer", "Subjects": "书法",
            "Latitude of their home": 29.65, "Longitude of their home": 121.4,
            "Hours in which they can teach": "周二 08:00-12:00",
        },
        "Courses": {
            "Title in Chinese": "行书", "Title in English": "Running script", "Subject": "calligraphy",
            "For whom": "the elderly", "Best hours": "Mon to Fri 08:30-11:30", "Sessions in all": 10,
        },
        "Sections": {
            "Name": "行书 1 班", "Course": "行书", "Unit": "锦屏街道", "Learners": "东门社区 12; 西溪社区 6",
            "Meets at": "Tue 09:00", "Room": "新文化馆/101", "Teacher": "书法教师 9",
        },
    }
    for sheet, cells in fresh.items():
        sheets[sheet].append(line(sheets[sheet][0], **cells))
    sheets["Venues"][1][1] = "奉化区总图书馆"
    sheets = dict(reversed(sheets.items()))
    upload(coordinator, whole_term(town), sheets)
    assert counts() == {RowState.UNCHANGED: 10, RowState.CHANGED: 1, RowState.NEW: 5}, messages()
    apply(coordinator)
    db.session.expire_all()
    section = db.session.scalars(db.select(Section).where(Section.name == "行书 1 班")).one()
    assert section.pinned_room is not None and section.pinned_room.venue.name == "新文化馆"
    assert section.pinned_teacher is not None and section.size == 18
    assert "6 entries are as before." in undo(coordinator).text
    assert db.session.scalars(db.select(Venue).where(Venue.name == "新文化馆")).all() == []


def test_a_row_without_number_means_its_namesake(coordinator: PageClient, town: Town) -> None:
    town.library.place_source, town.library.assumed = PlaceSource.ASSUMED, True
    content = write({"anything": [["名称", "隶属于", "电话"], ["奉化区图书馆", "锦屏街道", "0574-1"]]})
    page = upload(coordinator, VENUES, content)
    assert counts() == {RowState.CHANGED: 1}, page.text
    apply(coordinator)
    db.session.expire_all()
    assert (town.library.phone, town.library.latitude, town.library.assumed) == ("0574-1", 29.656, True)
    assert town.library.place_source is PlaceSource.ASSUMED


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_file_is_read_whatever_its_letters_and_separator(
    coordinator: PageClient, town: Town, encoding: str, separator: str
) -> None:
    lines = ["编号", "课程", "社区", "人数"], ["", "书法入门", "东门社区", "25"], ["", "广场舞", "西溪社区", "1,200"]
    text = "\r\n".join(separator.join(f'"{cell}"' for cell in line) for line in lines)
    upload(coordinator, f"/desk/terms/{town.term.id}/excel/demand", text.encode(encoding), "需求.csv")
    assert counts() == {RowState.NEW: 2}
    apply(coordinator)
    assert sorted(db.session.scalars(db.select(Demand.people))) == [25, 1200]


def test_what_somebody_else_changes_meanwhile_is_not_overwritten(coordinator: PageClient, town: Town) -> None:
    sheets = downloaded(coordinator, f"{ROOMS}.xlsx")
    (name,) = sheets
    for row in sheets[name][1:]:
        row[column(sheets[name][0], "Seats")] = 33
    upload(coordinator, ROOMS, sheets)
    town.hall.capacity = 51
    page = apply(coordinator)
    assert "changed by somebody else meanwhile" in page.text and newest().status is ImportStatus.CHECKED
    db.session.expire_all()
    assert (town.hall.capacity, town.reading_room.capacity) == (51, 40)
    assert "Seats: 51 → 33" in page.text
    apply(coordinator)
    town.hall.fee = 7
    page = undo(coordinator)
    assert "cannot be undone as a whole" in page.text and "排练厅" in page.text
    db.session.expire_all()
    assert (town.hall.capacity, town.reading_room.capacity) == (33, 33)


def test_what_a_plan_uses_by_now_cannot_be_undone(coordinator: PageClient, town: Town) -> None:
    head = template(coordinator, f"/desk/terms/{town.term.id}/excel/sections")
    row = line(head, Course="书法入门", Unit="锦屏街道", Learners="东门社区 9")
    upload(coordinator, f"/desk/terms/{town.term.id}/excel/sections", {"Sections": [head, row]})
    apply(coordinator)
    made = db.session.scalars(db.select(Section).order_by(Section.id.desc())).first()
    assert made is not None and made.name == "锦屏街道·书法入门 1 班"
    town.sections[0] = made
    build_plan(town, PlanStatus.DRAFT)
    assert "is used elsewhere by now" in undo(coordinator).text
    assert db.session.get(Section, made.id) is not None


def test_a_street_coordinator_reaches_only_their_street(app: Flask, town: Town) -> None:
    street = sign_in_as(app, "street")
    sheets = downloaded(street, f"{whole_term(town)}.xlsx")
    assert [len(rows) - 1 for rows in sheets.values()] == [1, 1, 1, 2, 0, 0, 1]
    head = sheets["Venues"][0]
    foreign = [town.station.id, "我的文化站", *["" for _cell in head[2:]]]
    mine = ["", "冒充", "library", "岳林街道", "", 29.6, 121.4, *["" for _cell in head[7:]]]
    upload(street, VENUES, {"Venues": [head, foreign, mine]})
    assert [row.state for row in rows()] == [RowState.WRONG, RowState.WRONG]
    assert "no entry" in rows()[0].messages[0][1] and "no unit “岳林街道”" in rows()[1].messages[0][1]
    other = sign_in_as(app, "coordinator")
    other.get(f"/desk/imports/{newest().id}", status=404)
    street.get("/desk/excel/demand", status=404)
    street.get("/desk/excel/nothing", status=404)


@pytest.mark.parametrize(
    ("content", "filename", "said"),
    [
        (b"no workbook", "a.xlsx", "no Excel workbook that can be read"),
        (write({"Venues": []}), "a.xlsx", "no rows below its headings"),
        (write({"Venues": [["Name", "Kind", "名称"], ["x", "library", "y"]]}), "a.xlsx", "“Name” twice (A, C)"),
        (write({"Elsewhere": [["a", ""], ["", "d"]]}), "a.xlsx", "No sheet was recognised"),
        (b"\xff\xfe\xff", "a.csv", "letters of this file cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    coordinator: PageClient, town: Town, content: bytes, filename: str, said: str
) -> None:
    assert said in upload(coordinator, VENUES, content, filename).text
    assert db.session.scalars(db.select(Import)).all() == []


def test_a_file_that_is_too_large_is_not_even_unpacked(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(DomainError, match="10 MB"):
        read(b"x" * (MAXIMUM_BYTES + 1), "a.xlsx", [REGISTERS["venues"]])
    lines = [["Name", "Kind"], *[[str(number), "library"] for number in range(MAXIMUM_ROWS + 1)]]
    content = "\n".join(",".join(line) for line in lines).encode()
    with app.test_request_context(), pytest.raises(DomainError, match="20000"):
        read(content, "a.csv", [REGISTERS["venues"]])


def test_a_workbook_can_be_forgotten_and_old_ones_go_by_themselves(coordinator: PageClient, town: Town) -> None:
    sheets = downloaded(coordinator, f"{COURSES}.xlsx")
    upload(coordinator, COURSES, sheets)
    newest().expires_at = now() - timedelta(days=1)
    upload(coordinator, COURSES, sheets)
    assert len(db.session.scalars(db.select(Import)).all()) == 1
    page = coordinator.post(f"/desk/imports/{newest().id}/discard")
    assert "nothing was changed" in page.text
    assert db.session.scalars(db.select(Import)).all() == []


def test_a_template_explains_every_column_and_says_what_may_be_chosen(coordinator: PageClient, town: Town) -> None:
    sheets = downloaded(coordinator, "/desk/excel/teachers.xlsx?template=1", guides=True)
    assert len(sheets["Teachers"]) == 1
    explained = {row[1] for row in sheets["How to fill in"]}
    assert set(sheets["Teachers"][0]) <= explained
    assert {"锦屏街道", "volunteer"} <= {cell for row in sheets["Lists"] for cell in row}
    assert db.session.scalars(db.select(Teacher)).all()


def test_a_preview_filters_and_finds(coordinator: PageClient, town: Town) -> None:
    sheets = downloaded(coordinator, f"{whole_term(town)}.xlsx")
    sheets["Rooms"][1][column(sheets["Rooms"][0], "Seats")] = 0
    upload(coordinator, whole_term(town), sheets)
    address = f"/desk/imports/{newest().id}"
    assert "11 entries" in coordinator.get(address).text
    assert "1 entry" in coordinator.get(f"{address}?state=wrong").text
    assert "No such row" in coordinator.get(f"{address}?state=new").text
    assert "奉化区图书馆" in coordinator.get(f"{address}?q=图书馆").text
