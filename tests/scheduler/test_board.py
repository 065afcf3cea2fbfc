"""The board on which a draft is adjusted by hand: what it offers, stores, refuses, takes back."""

from collections.abc import Iterable
from dataclasses import replace
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

import solver
from scheduler.board import operations, queries
from scheduler.extensions import db
from scheduler.models import AuditEntry, Placement, Plan, PlanChange, PlanStatus, Section, SharedLearners
from scheduler.solving.places import Place
from scheduler.solving.snapshot import plan_document, term_document
from tests.client import Page, PageClient
from tests.factories import Town, build_plan, sign_in_as

NINE, TEN, TWO = 540, 600, 840
REASON = "The choir asked for this hour."


@pytest.fixture
def draft(town: Town) -> Plan:
    """A draft: calligraphy on Tuesdays at nine in the reading room, dance on Thursdays at two in the hall."""
    plan = build_plan(town, PlanStatus.DRAFT)
    db.session.commit()
    return plan


@pytest.fixture
def second(app: Flask, draft: Plan) -> PageClient:
    """Another coordinator of the same district: the administrator."""
    return sign_in_as(app, "administrator")


def board_url(plan: Plan, **arguments: object) -> str:
    return f"/desk/plans/{plan.id}/board?" + "&".join(f"{name}={value}" for name, value in arguments.items())


def offers(page: Page) -> dict[str, str]:
    """What a section in hand may be put down on: by the label the value that is sent, "" for what cannot be had."""
    slots = [one for one in page.elements("button") if "slot" in (one.get("class") or "").split()]
    return {one.get("aria-label"): one.get("value") or "" for one in slots}


def offer_at(page: Page, start: str) -> str:
    return next(value for label, value in offers(page).items() if label.startswith(start))


def put(
    client: PageClient, plan: Plan, section: Section, place: Place | None, version: int | None = None,
    status: int = 200, reason: str = "",
) -> Page:
    """Send a move as the board does, seen at a version: that of the moment if none is given."""
    db.session.refresh(plan)
    seen = plan.version if version is None else version
    sent = {"section": section.id, "version": seen, "place": str(place or ""), "reason": reason}
    return client.post(f"/desk/plans/{plan.id}/board/move", sent, status)


def place_of(plan: Plan, section: Section) -> Place | None:
    db.session.expire_all()
    found = queries.placement_of(plan, section.id)
    return Place.of(found) if found else None


def calligraphy(town: Town, weekday: int, start: int, week: int = 1) -> Place:
    return Place(week, ((weekday, start),), town.reading_room.id, town.teacher.id)


def assert_costs_are_right(plan: Plan) -> None:
    """The plan's cost is that of a check of the whole plan, and it breaks no rule."""
    db.session.expire_all()
    report = solver.check(term_document(plan.term), plan_document(plan))
    assert not report.violations
    assert plan.total == report.total
    assert {part: cost for part, cost in plan.cost.items() if cost} == {p: c for p, c in report.cost.items() if c}


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
    values = {Place.parse(value) for value in found.values() if value}
    assert {place.room_id for place in values} == {town.reading_room.id}


def test_what_is_in_the_way_is_named(coordinator: PageClient, draft: Plan, town: Town) -> None:
    put(coordinator, draft, town.sections[1], Place(1, ((0, NINE),), town.hall.id, town.volunteer.id))
    page = coordinator.get(board_url(draft, section=town.sections[2].id))
    busy = [one for one in page.elements("button") if "taken" in (one.get("class") or "").split()]
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
    street.get(f"/desk/plans/{draft.id}/board/ready", status=404)
    put(street, draft, town.sections[0], calligraphy(town, 1, TEN), status=404)
    for way in ("undo", "redo", "pin", "copy"):
        street.post(f"/desk/plans/{draft.id}/board/{way}", {"section": 1, "version": 0, "part": "room"}, 404)
    street.get(f"/desk/terms/{draft.term_id}/board")  # the timetable
    assert draft.version == 0


# ---- moving


def test_a_section_is_put_down_where_the_board_says_it_fits(coordinator: PageClient, draft: Plan, town: Town) -> None:
    page = coordinator.get(board_url(draft, section=town.sections[0].id, **{"from": 1}))
    wanted = Place.parse(offer_at(page, "Wednesday 10:00"))
    assert wanted == calligraphy(town, 2, TEN)
    page = put(coordinator, draft, town.sections[0], wanted)
    assert "Coordinator: 锦屏街道·书法 1 班 → Wed 10:00–11:30" in page.text
    assert place_of(draft, town.sections[0]) == wanted
    assert (draft.version, draft.changes[0].before["meetings"]) == (1, [[1, NINE]])  # type: ignore[index]
    assert_costs_are_right(draft)


def test_an_unplaced_section_gets_a_place_and_can_be_taken_out(
    coordinator: PageClient, draft: Plan, town: Town
) -> None:
    section = town.sections[1]
    page = coordinator.get(board_url(draft, section=section.id))
    put(coordinator, draft, section, Place.parse(offer_at(page, "Monday 09:00")))
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
    strange = Place(1, ((1, NINE),), 999, town.teacher.id)
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
    assert plan.changes == []


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
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.table == "plan_changes")).one()
    assert entry.changes["reason"] == [None, REASON] and entry.user_id == town.users["coordinator"].id
    assert entry.changes["cost"][1]["clash"] > 0  # type: ignore[index]
    assert_costs_are_right(draft)


def test_changes_are_only_ever_added_to(coordinator: PageClient, draft: Plan, town: Town) -> None:
    put(coordinator, draft, town.sections[0], calligraphy(town, 2, TEN))
    with pytest.raises(DBAPIError):
        db.session.execute(text("UPDATE plan_changes SET reason = 'another'"))
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
    assert [change.kind for change in draft.changes] == ["move", "move", "undo", "undo", "redo", "redo", "undo", "move"]


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


# ---- several at once


def test_the_second_of_two_who_move_the_same_section_is_told(
    coordinator: PageClient, second: PageClient, draft: Plan, town: Town
) -> None:
    section = town.sections[0]
    put(second, draft, section, calligraphy(town, 2, TEN), version=0)
    page = put(coordinator, draft, section, calligraphy(town, 3, NINE), version=0, status=409)
    assert "In the meantime: Administrator: 锦屏街道·书法 1 班 → Wed 10:00–11:30" in page.text
    assert "Nothing of yours was saved." in page.text
    assert place_of(draft, section) == calligraphy(town, 2, TEN)


def test_the_second_of_two_who_want_the_same_hour_is_told(
    coordinator: PageClient, second: PageClient, draft: Plan, town: Town
) -> None:
    hour = Place(1, ((0, NINE),), town.hall.id, town.volunteer.id)
    put(second, draft, town.sections[1], hour, version=0)
    page = put(coordinator, draft, town.sections[2], hour, version=0, status=409)
    assert "It no longer fits there" in page.text and "岳林街道·书法 1 班" in page.text
    assert place_of(draft, town.sections[2]) == Place(2, ((3, TWO),), town.hall.id, town.volunteer.id)


def test_moves_that_have_nothing_to_do_with_each_other_both_count(
    coordinator: PageClient, second: PageClient, draft: Plan, town: Town
) -> None:
    put(second, draft, town.sections[2], Place(2, ((0, TWO),), town.hall.id, town.volunteer.id), version=0)
    put(coordinator, draft, town.sections[0], calligraphy(town, 3, NINE), version=0)
    assert [change.version for change in draft.changes] == [1, 2]
    assert_costs_are_right(draft)


def at_once(app: Flask, plan: Plan, moves: Iterable[operations.Move]) -> list[str]:
    """Make moves at the same moment, each with a thread and a connection of its own; "" or why it was refused."""
    plan_id, wanted = plan.id, list(moves)
    db.session.rollback()
    barrier, results = Barrier(len(wanted)), dict.fromkeys(range(len(wanted)), "")

    def run(place: int) -> None:
        with app.test_request_context("/", method="POST", headers={"Accept-Language": "en"}):
            barrier.wait()
            try:
                operations.move(db.session.get_one(Plan, plan_id), wanted[place])
                db.session.commit()
            except operations.RefusedError as refused:
                db.session.rollback()
                results[place] = str(refused)

    threads = [Thread(target=run, args=(place,)) for place in results]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.expire_all()
    return list(results.values())


def test_the_database_judges_who_was_first(app: Flask, draft: Plan, town: Town) -> None:
    user_id, hour = town.users["coordinator"].id, Place(1, ((0, NINE),), town.hall.id, town.volunteer.id)
    dance, writing = town.sections[2].id, town.sections[1].id
    for weekday in (1, 2, 4):
        seen = draft.version
        same = [operations.Move(section_id, hour, user_id, seen) for section_id in (dance, writing)]
        assert sorted(map(bool, at_once(app, draft, same))) == [False, True]
        there = [one for one in draft.placements if one.room_id == town.hall.id and Place.of(one) == hour]
        assert len(there) == 1 and draft.version == seen + 1
        apart = [
            operations.Move(there[0].section_id, replace(hour, meetings=((weekday, TWO),)), user_id, seen + 1),
            operations.Move(town.sections[0].id, calligraphy(town, weekday, TEN), user_id, seen + 1),
        ]
        assert at_once(app, draft, apart) == ["", ""]
        assert draft.version == seen + 3 == len(draft.changes)
        if any(one.section_id == writing for one in draft.placements):
            assert at_once(app, draft, [operations.Move(writing, None, user_id, draft.version)]) == [""]


# ---- pins


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
    page = coordinator.post(url, sent)
    assert f"No longer pinned: {part}." in page.text
    db.session.expire_all()
    assert not section.pinned


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
    assert db.session.scalars(select(PlanChange)).one().section_id == section.id


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
    assert coordinator.client.get(f"/desk/plans/{draft.id}/board/ready").status_code == 204
