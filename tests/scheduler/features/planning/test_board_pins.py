"""Pins on the board: set, let go, taken back in their turn, never unseen."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.features.planning.board.history import changes_of
from scheduler.features.planning.board.pins import Pins
from scheduler.models import AuditEntry, Placement, Plan
from tests.client import PageClient
from tests.factories import Town, build_plan
from tests.scheduler.boards import NINE, TEN, assert_costs_are_right, calligraphy, draft, offers, place_of, put, second

__all__ = ["draft", "second"]


@pytest.mark.parametrize("part", ["hours", "room", "teacher"])
def test_a_part_is_pinned_where_it_is_and_let_go_again(
    coordinator: PageClient, draft: Plan, town: Town, part: str
) -> None:
    section, url = town.sections[0], f"/desk/plans/{draft.id}/board/pin"
    sent = {"section": section.id, "version": 0, "part": part}
    page = coordinator.post(url, {**sent, "pinned": "y"})
    assert f"Pinned: {part}." in page.text and f"Unpin {part}" in page.text
    db.session.expire_all()
    hours = [(pin.weekday, pin.start_minute) for pin in section.pinned_meetings]
    assert (section.pinned_week, hours) == ((1, [(1, NINE)]) if part == "hours" else (None, []))
    assert (section.pinned_room_id, section.pinned_teacher_id) == (
        town.reading_room.id if part == "room" else None, town.teacher.id if part == "teacher" else None,
    )
    assert db.session.scalars(select(AuditEntry).where(AuditEntry.table == "sections")).all()
    if part == "hours":
        refusal = put(coordinator, draft, section, calligraphy(town, 2, TEN), status=422)
        assert "is pinned to another value" in refusal.text
        assert [value for value in offers(page).values() if value] == [str(calligraphy(town, 1, NINE))]
    assert "is pinned, but the plan leaves it out" in put(coordinator, draft, section, None, status=422).text
    page = coordinator.post(url, {**sent, "version": 1})
    assert f"No longer pinned: {part}." in page.text
    db.session.expire_all()
    assert not section.pinned


def test_pins_are_taken_back_and_set_again_in_their_turn(coordinator: PageClient, draft: Plan, town: Town) -> None:
    section, url = town.sections[0], f"/desk/plans/{draft.id}/board"
    put(coordinator, draft, section, calligraphy(town, 2, TEN))
    for part in ("hours", "room"):
        coordinator.post(f"{url}/pin", {"section": section.id, "version": draft.version, "part": part, "pinned": "y"})
        db.session.expire_all()
    whole = Pins(1, ((2, TEN),), town.reading_room.id, None)
    assert Pins.of(section) == whole
    undone = replace(whole, room_id=None), Pins(None, (), None, None)
    for direction, pins in (("undo", undone[0]), ("undo", undone[1]), ("redo", undone[0]), ("redo", whole)):
        page = coordinator.post(f"{url}/{direction}")
        db.session.expire_all()
        assert Pins.of(section) == pins
        assert place_of(draft, section) == calligraphy(town, 2, TEN)
    assert "锦屏街道·书法 1 班, pinned: hours, room" in page.text
    assert [change.step for change in changes_of(draft)] == ["move", "pin", "pin", "undo", "undo", "redo", "redo"]
    assert_costs_are_right(draft)


def test_pins_that_somebody_else_has_changed_are_not_taken_back(
    coordinator: PageClient, second: PageClient, draft: Plan, town: Town
) -> None:
    section, url = town.sections[0], f"/desk/plans/{draft.id}/board"
    coordinator.post(f"{url}/pin", {"section": section.id, "version": 0, "part": "room", "pinned": "y"})
    second.post(f"{url}/pin", {"section": section.id, "version": 1, "part": "teacher", "pinned": "y"})
    page = coordinator.post(f"{url}/undo", status=409)
    assert "The pins of 锦屏街道·书法 1 班 have been changed by somebody else since." in page.text
    db.session.expire_all()
    assert Pins.of(section) == Pins(None, (), town.reading_room.id, town.teacher.id)


def test_nothing_is_pinned_from_a_published_plan(coordinator: PageClient, town: Town) -> None:
    plan = build_plan(town)
    db.session.commit()
    sent = {"section": town.sections[0].id, "version": 0, "part": "room", "pinned": "y"}
    coordinator.post(f"/desk/plans/{plan.id}/board/pin", sent, 409)
    assert not town.sections[0].pinned


def test_what_somebody_else_has_moved_is_not_pinned_unseen(
    coordinator: PageClient, second: PageClient, draft: Plan, town: Town
) -> None:
    section = town.sections[0]
    put(second, draft, section, calligraphy(town, 2, TEN))
    sent = {"section": section.id, "version": 0, "part": "hours", "pinned": "y"}
    assert "In the meantime" in coordinator.post(f"/desk/plans/{draft.id}/board/pin", sent, 409).text
    assert not section.pinned
    unplaced = {"section": town.sections[1].id, "version": 1, "part": "room", "pinned": "y"}
    coordinator.post(f"/desk/plans/{draft.id}/board/pin", unplaced, 422)
    assert db.session.scalars(select(Placement)).all()
    assert [change.section for change in changes_of(draft)] == [section]
