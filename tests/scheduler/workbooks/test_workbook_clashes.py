"""Rooms that a workbook pins twice: told as warnings, and left to planning where the coordinator wants that."""

import pytest

from scheduler.core.extensions import db
from scheduler.models import PinnedMeeting, RowState, Section
from tests.client import PageClient
from tests.factories import Town
from tests.workbooks import Sheets, apply, counts, downloaded, line, rows, upload

ROOM = "奉化区图书馆/阅览室"


@pytest.fixture
def sheets(coordinator: PageClient, town: Town) -> Sheets:
    """Three sections in the reading room: two overlap, the third meets later; one of the term is pinned there, too."""
    town.sections[0].pinned_room = town.reading_room
    town.sections[0].pinned_meetings = [PinnedMeeting(weekday=2, start_minute=540)]
    book = downloaded(coordinator, f"/desk/terms/{town.term.id}/excel/sections.xlsx")
    head = book["Sections"][0]
    book["Sections"] += [
        line(head, Name=name, Course="书法入门", Unit="锦屏街道", Learners="东门社区 12", Room=ROOM, Meets_at=when)
        for name, when in {"甲": "Tue 09:00", "乙": "Tue 10:00", "丙": "Tue 14:00", "丁": "Wed 09:30"}.items()
    ]
    return book


def test_a_room_pinned_twice_is_a_warning_and_planning_may_choose_another(
    coordinator: PageClient, town: Town, sheets: Sheets
) -> None:
    page = upload(coordinator, f"/desk/terms/{town.term.id}/excel/sections", sheets)
    assert counts() == {RowState.UNCHANGED: 3, RowState.NEW: 4}
    assert [row.title for row in rows() if row.clashes] == ["乙", "丁"]
    assert "taken twice: Tuesday 10:00–11:30, also by 甲." in page.text
    assert f"also by {town.sections[0].name}" in page.text and "2 with a warning" in page.text
    assert "丙" not in coordinator.get(f"/desk/imports/{rows()[0].import_id}?warned=1").text
    apply(coordinator, release="y")
    pinned = dict(db.session.execute(db.select(Section.name, Section.pinned_room_id)).all())
    assert {name: pinned[name] for name in "甲乙丙丁"} == {
        "甲": town.reading_room.id, "乙": None, "丙": town.reading_room.id, "丁": None
    }
    kept = db.session.scalars(db.select(Section).where(Section.name == "乙")).one()
    assert [(meeting.weekday, meeting.start_minute) for meeting in kept.pinned_meetings] == [(1, 600)]


def test_who_wants_it_may_keep_what_is_pinned_twice(coordinator: PageClient, town: Town, sheets: Sheets) -> None:
    upload(coordinator, f"/desk/terms/{town.term.id}/excel/sections", sheets)
    apply(coordinator)
    kept = db.session.scalars(db.select(Section).where(Section.pinned_room_id == town.reading_room.id)).all()
    assert len(kept) == 5
