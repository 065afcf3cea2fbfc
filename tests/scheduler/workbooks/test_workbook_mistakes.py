"""Forty-two ways to fill a workbook in wrongly: each is told with row, column and reason, and nothing changes."""

from typing import Any

import pytest

from scheduler.core.extensions import db
from scheduler.models import AuditEntry, RowState, Venue
from tests.client import PageClient
from tests.factories import Town
from tests.workbooks import apply, counts, downloaded, line, messages, newest, upload

Mistake = tuple[str, dict[str, Any], str, str]
VENUE = {"Name": "新馆", "Kind": "library", "Belongs to": "锦屏街道", "Latitude": 29.65, "Longitude": 121.4}
ROOM = {"Venue": "奉化区图书馆", "Name": "新教室", "Seats": 30}
TEACHER = {
    "Name": "新教师", "Belongs to": "锦屏街道", "Serves": "volunteer", "Subjects": "书法",
    "Latitude of their home": 29.65, "Longitude of their home": 121.4,
}
COURSE = {
    "Title in Chinese": "新课程", "Title in English": "A new course", "Subject": "Calligraphy",
    "For whom": "everyone", "Best hours": "Mon 09:00-12:00",
}
DEMAND = {"Course": "书法入门", "Community": "东门社区", "People": 20}
SECTION = {"Course": "书法入门", "Unit": "锦屏街道", "Learners": "东门社区 12"}
SOUND: dict[str, dict[str, Any]] = {
    "venues": VENUE, "rooms": ROOM, "teachers": TEACHER, "courses": COURSE, "demand": DEMAND, "sections": SECTION,
}
MISTAKES: list[Mistake] = [
    ("venues", {"No.": 99999}, "id", "There is no entry “99999” of yours"),
    ("venues", {"Name": ""}, "name", "Fill in “Name”."),
    ("venues", {"Name": "长" * 201}, "name", "200"),
    ("venues", {"Kind": "castle"}, "kind", "“castle” is none of these: library"),
    ("venues", {"Belongs to": "锦平街道"}, "unit_id", "Did you mean “锦屏街道”?"),
    ("venues", {"Belongs to": ""}, "unit_id", "Choose “Belongs to”."),
    ("venues", {"Latitude": "north"}, "latitude", "Write degrees"),
    ("venues", {"Latitude": "29.6555,121.4"}, "latitude", "Write 29.6555 as the latitude and 121.4 as the longitude"),
    ("venues", {"Latitude": 129.65}, "latitude", "between -90 and 90"),
    ("venues", {"Longitude": ""}, "longitude", "Write degrees"),
    ("venues", {"Telephone": "call me"}, "phone", "Use digits"),
    ("rooms", {"Venue": "图书馆"}, "venue", "There is no venue “图书馆” here."),
    ("rooms", {"Name": ""}, "name", "Fill in “Name”."),
    ("rooms", {"Seats": "many"}, "capacity", "Write a whole number."),
    ("rooms", {"Seats": "30-40"}, "capacity", "Write a whole number."),
    ("rooms", {"Seats": 0}, "capacity", "between 1 and 5000"),
    ("rooms", {"Seats": 12.5}, "capacity", "Write a whole number."),
    ("rooms", {"What the room has": "Wi-Fi; sauna"}, "features", "There is no room feature “sauna” here."),
    ("rooms", {"Minutes between two uses": 500}, "turnaround_minutes", "between 0 and 240"),
    ("rooms", {"Opening hours": "08:30-11:30; Mon 14:00-15:00"}, "hours", "does not begin with a weekday"),
    ("rooms", {"Opening hours": "Moonday 08:30-11:30"}, "hours", "“Moonday” is no weekday"),
    ("rooms", {"Opening hours": "周一 11:30-08:30"}, "hours", "ends before it starts"),
    ("rooms", {"Opening hours": "Mon 08:00-10:00; Mon 09:00-11:00"}, "hours", "overlap"),
    ("rooms", {"Closed dates": "2027-13-01"}, "closures", "is not a date"),
    ("teachers", {"Subjects": ""}, "subjects", "Choose “Subjects”."),
    ("teachers", {"Subjects": "astrology"}, "subjects", "There is no subject “astrology” here."),
    ("teachers", {"Sessions a week at most": 3, "Sessions a week they want": 5}, "wanted_week", "more than the most"),
    ("teachers", {"Sessions a day at most": 13}, "max_day", "between 1 and 12"),
    ("teachers", {"Absences": "next week"}, "absences", "is not a date"),
    ("courses", {"Smallest class": 30, "Largest class": 20}, "maximum_size", "cannot be smaller than the smallest"),
    ("courses", {"Meetings a week": 4, "Days between two meetings of a week": 3}, "day_gap", "do not fit"),
    ("courses", {"Minutes of a session": 240}, "best_hours", "No hours are long enough"),
    ("courses", {"For whom": "elephants"}, "target_group", "is none of these"),
    ("demand", {"Course": "钢琴"}, "course", "There is no course “钢琴” here."),
    ("demand", {"People": 0}, "people", "from 1 to 100,000"),
    ("demand", {"Community": "金钟"}, "community", "Did you mean “金钟村”?"),
    ("sections", {"Learners": "东门社区"}, "learners", "write a community, a blank and its people"),
    ("sections", {"Learners": "东门社区 5000"}, "learners", "Write a number from 1 to 1000"),
    ("sections", {"May begin up to week": 20}, "latest_week", "The term has 16 weeks"),
    ("sections", {"Meets at": "Sun 07:00"}, "pinned_meetings", "outside the hours of the course"),
    ("sections", {"Teacher": "舞蹈志愿者 9"}, "pinned_teacher", "There is no teacher"),
    ("sections", {"Learners": "东门社区 60", "Room": "奉化区图书馆/阅览室"}, "pinned_room", "Choose a larger room"),
]


@pytest.fixture
def wrong(coordinator: PageClient, town: Town) -> dict[str, list[list[Any]]]:
    """A workbook of the term with a row for each mistake, and sound rows between."""
    sheets = downloaded(coordinator, f"/desk/terms/{town.term.id}/excel/term.xlsx")
    by_name = {name.lower(): rows for name, rows in sheets.items()}
    for number, (name, mistake, _field, _reason) in enumerate(MISTAKES):
        rows, sound = by_name[name], dict(SOUND[name])
        for words in ("Name", "Title in Chinese"):
            if words in sound:
                sound[words] = f"{sound[words]} {number}"
        rows.append(line(rows[0], **{**sound, **mistake}))
    return sheets


def test_each_mistake_gives_its_message_and_none_changes_anything(
    coordinator: PageClient, town: Town, wrong: dict[str, list[list[Any]]]
) -> None:
    before = len(db.session.scalars(db.select(AuditEntry)).all())
    page = upload(coordinator, f"/desk/terms/{town.term.id}/excel/term", wrong)
    assert counts() == {RowState.UNCHANGED: 11, RowState.WRONG: 42}
    found = messages()
    assert len(found) == len(MISTAKES) == 42
    wanted = sorted(MISTAKES, key=lambda mistake: list(SOUND).index(mistake[0]))
    for (sheet, number, field, sentence), (name, cells, column, reason) in zip(found, wanted, strict=True):
        assert (sheet, field) == (name, column), (cells, field, sentence)
        assert reason in sentence, (cells, sentence)
        assert number > 1
    assert "42 to be mended" in page.text and page.text.index("99999") < page.text.index("Use digits")
    assert "42 rows have to be mended first. Nothing was changed." in apply(coordinator).text
    entries = db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.id)).all()[before:]
    assert {entry.table for entry in entries} <= {"imports"}
    assert len(db.session.scalars(db.select(Venue)).all()) == 2


def test_rows_that_mean_the_same_entry_are_told(coordinator: PageClient, town: Town) -> None:
    sheets = downloaded(coordinator, f"/desk/terms/{town.term.id}/excel/term.xlsx")
    head, first, *others = sheets["Venues"]
    sheets["Venues"] = [head, first, *others, [*first[:3], *first[3:]], line(head, **VENUE), line(head, **VENUE)]
    sheets["Demand"] += [line(sheets["Demand"][0], **DEMAND), line(sheets["Demand"][0], **{**DEMAND, "People": 3})]
    upload(coordinator, f"/desk/terms/{town.term.id}/excel/term", sheets)
    assert [(sheet, number) for sheet, number, _field, _sentence in messages()] == [
        ("venues", 4), ("venues", 6), ("demand", 3)
    ]
    assert [sentence for _sheet, _number, _field, sentence in messages()] == [
        "Row 2 means the same entry: Belongs to “锦屏街道”, Name “奉化区图书馆”.",
        "Row 5 means the same entry: Belongs to “锦屏街道”, Name “新馆”.",
        "Row 2 means the same entry: Course “Calligraphy for beginners”, Community “东门社区”.",
    ]


def test_what_stays_may_not_be_turned_into_something_else(coordinator: PageClient, town: Town) -> None:
    """A room in another venue, a name taken by another entry, a reference to a row that is wrong itself."""
    sheets = downloaded(coordinator, f"/desk/terms/{town.term.id}/excel/term.xlsx")
    head = sheets["Rooms"][0]
    rooms = {row[head.index("Name *")]: row for row in sheets["Rooms"][1:]}
    rooms["阅览室"][head.index("Venue *")] = "岳林街道文化站"
    sheets["Venues"].append(line(sheets["Venues"][0], **{**VENUE, "Latitude": "?"}))
    sheets["Rooms"].append(line(head, **{**ROOM, "Venue": "新馆"}))
    sheets["Sections"][1][sheets["Sections"][0].index("Name")] = "岳林街道·广场舞 1 班"
    upload(coordinator, f"/desk/terms/{town.term.id}/excel/term", sheets)
    said = [(sheet, field, sentence) for sheet, _number, field, sentence in messages()]
    assert [entry[:2] for entry in said] == [
        ("venues", "latitude"), ("rooms", "venue"), ("rooms", "venue"), ("sections", "name")
    ]
    assert sorted("A room stays in its venue" in sentence for sheet, _field, sentence in said if sheet == "rooms") == [
        False,
        True,
    ]
    assert any("stands in row 4 of “Venues”, which has to be mended first" in sentence for *_where, sentence in said)
    assert "already taken" in said[3][2]
    assert newest().status == "checked"
