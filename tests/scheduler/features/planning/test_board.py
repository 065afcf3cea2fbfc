"""The board on which a draft is adjusted by hand: what it offers, stores, refuses, takes back."""


import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from scheduler.core.extensions import db
from scheduler.engine.documents.places import SectionPlace
from scheduler.features.planning.board.history import changes_of
from scheduler.models import AuditEntry, Plan, PlanStatus, SharedLearners
from tests.client import PageClient
from tests.factories import Town, build_plan, sign_in_as
from tests.scheduler.boards import (
    NINE,
    TEN,
    TWO,
    assert_costs_are_right,
    board_url,
    calligraphy,
    draft,
    offer_at,
    offers,
    place_of,
    put,
    second,
)

__all__ = ["draft", "second"]
REASON = "The choir asked for this hour."


# ---- looking


def test_the_board_shows_what_is_held_and_what_is_not_placed(coordinator: PageClient, draft: Plan, town: Town) -> None:
    page = coordinator.get(board_url(draft))
    assert "09:00–10:30 Calligraphy for beginners" in page.text
    assert "Unplaced sections 1 岳林街道·书法 1 班" in page.text
    assert f"/desk/plans/{draft.id}/board?rows=room&section={town.sections[1].id}" in page.links


@pytest.mark.parametrize("rows", ["room", "venue", "teacher", "community"])
def test_every_kind_of_rows_says_where_a_section_fits(
    coordinator: PageClient, draft: Plan, town: Town, rows: str
) -> None:
    page = coordinator.get(board_url(draft, rows=rows, section=town.sections[0].id, **{"from": 1}))
    assert "In hand: 锦屏街道·书法 1 班" in page.text
    found = offers(page)
    assert any("fits" in label for label in found) and any("here now" in label for label in found)
    values = {SectionPlace.parse(value) for value in found.values() if value}
    assert {place.room_id for place in values} == {town.reading_room.id}


def test_the_best_places_of_all_are_offered_whatever_rows_are_shown(
    coordinator: PageClient, draft: Plan, town: Town
) -> None:
    section = town.sections[0]
    page = coordinator.get(board_url(draft, q="排练厅", section=section.id))
    assert "Take one of the best places" in page.text
    hall = next(entry for entry in page.elements("tr") if entry.get("data-row") == str(town.hall.id))
    assert "".join(hall.find("th").itertext()) == "排练厅 50 seatstoo far"
    best = {label: value for label, value in offers(page).items() if "阅览室" in label}
    assert 1 <= len(best) <= 4 and all(
        SectionPlace.parse(value).room_id == town.reading_room.id for value in best.values()
    )
    chosen = SectionPlace.parse(next(iter(best.values())))
    put(coordinator, draft, section, chosen, reason=REASON)
    assert place_of(draft, section) == chosen


def test_what_is_in_the_way_is_named(coordinator: PageClient, draft: Plan, town: Town) -> None:
    put(coordinator, draft, town.sections[1], SectionPlace(1, ((0, NINE),), town.hall.id, town.volunteer.id))
    page = coordinator.get(board_url(draft, section=town.sections[2].id))
    busy = [button for button in page.elements("button") if "taken" in (button.get("class") or "").split()]
    assert busy[0].get("aria-label") == "Monday 08:30–10:00, 排练厅: room taken"
    assert "is used twice on Mar 8, 2027" in busy[0].get("data-detail")
    assert "岳林街道·书法 1 班" in busy[0].get("data-detail")
    assert "锦屏街道" not in busy[0].get("data-detail")


def test_a_board_keeps_its_address(coordinator: PageClient, draft: Plan, town: Town) -> None:
    page = coordinator.get(board_url(draft, rows="teacher", unit=town.other_street.id, q="舞蹈"))
    assert "舞蹈志愿者 1" in page.text and "Square dance" in page.text
    assert "书法教师 1" not in page.text
    assert "No row has this name" in coordinator.get(board_url(draft, q="nowhere")).text


def test_adjusting_a_term_leads_to_its_newest_draft(coordinator: PageClient, draft: Plan) -> None:
    assert coordinator.get(f"/desk/terms/{draft.term_id}/board").heading == "Adjust 方案 1"
    draft.status = PlanStatus.DISCARDED
    assert coordinator.get(f"/desk/terms/{draft.term_id}/board").heading == "Timetable"


def test_a_street_coordinator_finds_no_board_of_the_district(app: Flask, draft: Plan, town: Town) -> None:
    street = sign_in_as(app, "street")
    street.get(board_url(draft), status=404)
    street.get(f"/desk/plans/{draft.id}/board/ready.json", status=404)
    put(street, draft, town.sections[0], calligraphy(town, 1, TEN), status=404)
    for way in ("undo", "redo", "pin", "copy"):
        street.post(f"/desk/plans/{draft.id}/board/{way}", {"section": 1, "version": 0, "part": "room"}, 404)
    street.get(f"/desk/terms/{draft.term_id}/board")  # the timetable
    assert draft.version == 0


# ---- moving


def test_a_section_is_put_down_where_the_board_says_it_fits(coordinator: PageClient, draft: Plan, town: Town) -> None:
    page = coordinator.get(board_url(draft, section=town.sections[0].id, **{"from": 1}))
    wanted = SectionPlace.parse(offer_at(page, "Wednesday 10:00"))
    assert wanted == calligraphy(town, 2, TEN)
    page = put(coordinator, draft, town.sections[0], wanted)
    assert "Coordinator: 锦屏街道·书法 1 班 → Wed 10:00–11:30" in page.text
    assert place_of(draft, town.sections[0]) == wanted
    assert (draft.version, (changes_of(draft)[0].entry.before or {})["meetings"]) == (1, [[1, NINE]])
    assert_costs_are_right(draft)


def test_an_unplaced_section_gets_a_place_and_can_be_taken_out(
    coordinator: PageClient, draft: Plan, town: Town
) -> None:
    section = town.sections[1]
    page = coordinator.get(board_url(draft, section=section.id))
    put(coordinator, draft, section, SectionPlace.parse(offer_at(page, "Monday 09:00")))
    assert str(section.id) not in draft.reasons
    assert_costs_are_right(draft)
    page = put(coordinator, draft, section, None)
    assert place_of(draft, section) is None
    assert "It was taken off the plan by hand." in page.text
    assert_costs_are_right(draft)


def test_a_hard_rule_is_never_broken(coordinator: PageClient, draft: Plan, town: Town) -> None:
    too_late = calligraphy(town, 1, 1200)
    page = put(coordinator, draft, town.sections[0], too_late, status=422, reason="I want it.")
    assert "It cannot go there" in page.text and "outside the hours that suit the course" in page.text
    strange = SectionPlace(1, ((1, NINE),), 999, town.teacher.id)
    put(coordinator, draft, town.sections[0], strange, status=422)
    assert (place_of(draft, town.sections[0]), draft.version) == (calligraphy(town, 1, NINE), 0)


@pytest.mark.parametrize("place", ["1", "1;9.540;1;1", "x;1.540;1;1", "1;1.540;1"])
def test_a_place_that_cannot_be_read_is_refused(coordinator: PageClient, draft: Plan, town: Town, place: str) -> None:
    sent = {"section": town.sections[0].id, "version": 0, "place": place}
    coordinator.post(f"/desk/plans/{draft.id}/board/move", sent, 400)


def test_a_published_plan_stays_and_a_copy_is_adjusted(coordinator: PageClient, town: Town) -> None:
    plan = build_plan(town)
    db.session.commit()
    page = coordinator.get(board_url(plan, section=town.sections[0].id))
    assert "A published plan stays as it is." in page.text and not offers(page)
    put(coordinator, plan, town.sections[0], calligraphy(town, 2, TEN), status=409)
    page = coordinator.post(f"/desk/plans/{plan.id}/board/copy")
    assert page.heading == "Adjust #2"
    copy = db.session.scalars(select(Plan).where(Plan.status == PlanStatus.DRAFT)).one()
    put(coordinator, copy, town.sections[0], calligraphy(town, 2, TEN))
    assert place_of(copy, town.sections[0]) == calligraphy(town, 2, TEN)
    assert place_of(plan, town.sections[0]) == calligraphy(town, 1, NINE)
    assert changes_of(plan) == []


# ---- a reason for what hurts people


def test_a_move_that_hurts_people_needs_a_reason_that_is_kept(
    coordinator: PageClient, draft: Plan, town: Town
) -> None:
    first, other = town.sections[0], town.sections[2]
    db.session.add(SharedLearners(first_id=first.id, second_id=other.id, people=8))
    db.session.commit()
    wanted = calligraphy(town, 3, TWO)
    page = put(coordinator, draft, first, wanted, status=422)
    assert "This move needs a reason." in page.text
    assert "8 people more want two sections that are held at the same time." in page.text
    assert place_of(draft, first) == calligraphy(town, 1, NINE)
    put(coordinator, draft, first, wanted, reason=REASON)
    assert place_of(draft, first) == wanted
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.table == "change_sets")).one()
    assert entry.changes["reason"] == [None, REASON] and entry.user_id == town.users["coordinator"].id
    assert entry.changes["cost"][1]["clash"] > 0  # type: ignore[index]
    assert_costs_are_right(draft)


def test_changes_are_only_ever_added_to(coordinator: PageClient, draft: Plan, town: Town) -> None:
    put(coordinator, draft, town.sections[0], calligraphy(town, 2, TEN))
    with pytest.raises(DBAPIError):
        db.session.execute(text("UPDATE change_sets SET facts = '{}'"))
    db.session.rollback()


# ---- taking back


def test_undo_and_redo_go_through_ones_own_changes(coordinator: PageClient, draft: Plan, town: Town) -> None:
    section, here = town.sections[0], calligraphy(town, 1, NINE)
    wednesday, thursday = calligraphy(town, 2, TEN), calligraphy(town, 3, NINE)
    put(coordinator, draft, section, wednesday)
    put(coordinator, draft, section, thursday)
    steps = ("undo", wednesday), ("undo", here), ("redo", wednesday), ("redo", thursday), ("undo", wednesday)
    for way, place in steps:
        coordinator.post(f"/desk/plans/{draft.id}/board/{way}")
        assert place_of(draft, section) == place
        assert_costs_are_right(draft)
    put(coordinator, draft, section, here)  # after a new move there is nothing to make again
    assert "There is no change of yours to make again." in coordinator.post(
        f"/desk/plans/{draft.id}/board/redo", status=422
    ).text
    steps_taken = [change.step for change in changes_of(draft)]
    assert steps_taken == ["move", "move", "undo", "undo", "redo", "redo", "undo", "move"]


def test_nobody_takes_back_what_somebody_else_has_changed(
    coordinator: PageClient, second: PageClient, draft: Plan, town: Town
) -> None:
    section = town.sections[0]
    put(coordinator, draft, section, calligraphy(town, 2, TEN))
    assert "no change of yours" in second.post(f"/desk/plans/{draft.id}/board/undo", status=422).text
    put(second, draft, section, calligraphy(town, 3, NINE))
    page = coordinator.post(f"/desk/plans/{draft.id}/board/undo", status=409)
    assert "锦屏街道·书法 1 班 has been moved by somebody else since." in page.text
    assert place_of(draft, section) == calligraphy(town, 3, NINE)


# ---- what a board knows of the term


def test_a_change_of_the_term_counts_at_once(coordinator: PageClient, draft: Plan, town: Town) -> None:
    url = board_url(draft, section=town.sections[0].id, **{"from": 1})
    assert any(label.startswith("Wednesday") for label in offers(coordinator.get(url)))
    town.reading_room.windows = [window for window in town.reading_room.windows if window.weekday != 2]
    db.session.commit()
    assert not any(label.startswith("Wednesday") for label in offers(coordinator.get(url)))


def test_the_script_is_answered_with_the_board_alone(coordinator: PageClient, draft: Plan, town: Town) -> None:
    headers = {"X-Board": "1", "Accept-Language": "en"}
    answer = coordinator.client.get(board_url(draft, section=town.sections[0].id), headers=headers)
    assert answer.status_code == 200 and answer.text.lstrip().startswith("<div id=\"board\"")
    assert coordinator.client.get(f"/desk/plans/{draft.id}/board/ready.json").json == {"ready": True}
