"""Booking requests through the pages of venue managers and coordinators."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.core.clock import monday_of, today
from scheduler.core.extensions import db
from scheduler.features.delivery.bookings.queries import waiting_count
from scheduler.models import AuditEntry, BookedSession, Booking, BookingStatus, Plan, PlanStatus, Role
from scheduler.web.access import scope_of
from tests.client import Page, PageClient
from tests.factories import Town, build_bookings, build_plan, sign_in_as
from tests.rows import room_row


@pytest.fixture
def asked(town: Town) -> list[Booking]:
    """The requests of a published plan: calligraphy in the library, dance in the culture station."""
    town.term.first_day = monday_of(today()) + timedelta(weeks=1)
    bookings = build_bookings(build_plan(town))
    db.session.commit()
    return bookings


def another(town: Town, asked: list[Booking], minutes: int = 0, section: int = 1) -> Booking:
    """A request for the library's reading room, so many minutes after the calligraphy's hours begin."""
    booking = Booking(plan=asked[0].plan, section=town.sections[section], room=town.reading_room)
    booking.sessions = [
        BookedSession(
            room_id=session.room_id,
            date=session.date,
            start_minute=session.start_minute + minutes,
            end_minute=session.end_minute + minutes,
            free_minute=session.free_minute + minutes,
        )
        for session in asked[0].sessions
    ]
    db.session.add(booking)
    db.session.commit()
    return booking


def undo_address(page: Page) -> str:
    return next(form.get("action") for form in page.elements("form") if "reopen" in (form.get("action") or ""))


def now_in_database(booking: Booking) -> tuple[BookingStatus, set[bool]]:
    db.session.expire_all()
    return booking.status, {session.holds for session in booking.sessions}


def test_the_inbox_shows_only_what_waits_in_my_venues(manager: PageClient, asked: list[Booking], town: Town) -> None:
    page = manager.get("/desk/requests")
    assert "1 request waits for your answer." in page.text
    assert "Calligraphy for beginners" in page.text and "锦屏街道·书法 1 班" in page.text and "书法教师 1" in page.text
    assert "Tuesday 09:00–10:30" in page.text and "10 sessions" in page.text and "10 min" in page.text
    assert "广场舞" not in page.text
    assert waiting_count(scope_of(town.users["library"], Role.VENUE_MANAGER)) == 1
    assert waiting_count(scope_of(town.users["administrator"], Role.VENUE_MANAGER)) == 2


def test_confirming_keeps_the_room_and_is_recorded(manager: PageClient, asked: list[Booking], town: Town) -> None:
    page = manager.post("/desk/requests/answer", {"confirm": asked[0].id})
    assert "1 request confirmed." in page.text and "All answered" in page.text
    assert now_in_database(asked[0]) == (BookingStatus.CONFIRMED, {True})
    assert asked[0].decided_by_id == town.users["library"].id and asked[0].decided_at is not None
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.table == "bookings").order_by(AuditEntry.id.desc())
    ).first()
    assert entry is not None and entry.user_id == town.users["library"].id
    assert entry.changes["status"] == ["requested", "confirmed"]


def test_declining_needs_a_reason_and_frees_the_room(manager: PageClient, asked: list[Booking]) -> None:
    address = f"/desk/requests/decline?booking={asked[0].id}"
    assert "Decline 1 request" in manager.get(address).text
    assert "Choose “Reason”." in manager.post(address).text
    assert "Write the reason in a few words." in manager.post(address, {"cause": "other", "note": "  "}).text
    manager.post(address, {"cause": "no such cause"})
    manager.post(address, {"cause": "repair", "note": "x" * 401})
    assert now_in_database(asked[0]) == (BookingStatus.REQUESTED, {True})
    page = manager.post(address, {"cause": "repair", "note": "until May"})
    assert "1 request declined." in page.text
    assert now_in_database(asked[0]) == (BookingStatus.DECLINED, {False})
    assert asked[0].reason == "The room is closed or being repaired: until May"


def test_an_answer_can_be_taken_back(manager: PageClient, asked: list[Booking]) -> None:
    page = manager.post(f"/desk/requests/decline?booking={asked[0].id}", {"cause": "staff"})
    page = manager.post(undo_address(page))
    assert "1 request waits again." in page.text
    assert now_in_database(asked[0]) == (BookingStatus.REQUESTED, {True})
    assert (asked[0].reason, asked[0].decided_at, asked[0].decided_by_id) == ("", None, None)


def test_a_venue_offers_another_room_and_the_coordinator_takes_it(
    manager: PageClient, coordinator: PageClient, asked: list[Booking], town: Town
) -> None:
    other = room_row(town.library, "报告厅", 80, [])
    db.session.commit()
    address = f"/desk/requests/decline?booking={asked[0].id}"
    assert "Write which hours would suit" in manager.post(address, {"answer": "counter"}).text
    manager.post(address, {"answer": "counter", "room": town.hall.id, "note": "a room of another venue"})
    assert now_in_database(asked[0]) == (BookingStatus.REQUESTED, {True})
    assert "The coordinator has your offer." in manager.post(address, {"answer": "counter", "room": other.id}).text
    assert now_in_database(asked[0]) == (BookingStatus.COUNTERED, {False})
    requests = f"/desk/terms/{town.term.id}/requests"
    assert "Offered: 报告厅, 80 seats" in coordinator.get(requests).text
    page = coordinator.post(f"{requests}/{asked[0].id}/accept")
    assert "pinned for the next plan" in page.text
    db.session.expire_all()
    assert asked[0].section.pinned_room_id == other.id
    undo = next(form.get("action") for form in page.elements("form") if "restore" in (form.get("action") or ""))
    coordinator.post(undo)
    db.session.expire_all()
    assert asked[0].section.pinned_room_id is None


def test_an_offer_in_words_can_be_taken_back(
    manager: PageClient, coordinator: PageClient, asked: list[Booking], town: Town
) -> None:
    answer = {"answer": "counter", "note": "Thursdays from 14:00 would suit"}
    page = manager.post(f"/desk/requests/decline?booking={asked[0].id}", answer)
    requests = f"/desk/terms/{town.term.id}/requests"
    assert "Thursdays from 14:00 would suit" in coordinator.get(requests).text
    assert "no offer of another room" in coordinator.post(f"{requests}/{asked[0].id}/accept").text
    manager.post(undo_address(page))
    assert now_in_database(asked[0]) == (BookingStatus.REQUESTED, {True})


def test_several_requests_are_answered_at_once(manager: PageClient, asked: list[Booking], town: Town) -> None:
    second = another(town, asked, minutes=200)
    ticked = [
        element
        for element in manager.get("/desk/requests?select=all").elements("input")
        if element.get("checked") is not None
    ]
    assert [int(element.get("value")) for element in ticked] == [second.id, asked[0].id]
    page = manager.post("/desk/requests/answer", {"decline": "", "booking": [asked[0].id, second.id]})
    assert page.heading == "Decline 2 requests, or offer something else"
    page = manager.post(
        f"/desk/requests/decline?booking={asked[0].id}&booking={second.id}", {"cause": "other", "note": "Exams"}
    )
    assert "2 requests declined." in page.text
    assert [now_in_database(booking)[0] for booking in (asked[0], second)] == [BookingStatus.DECLINED] * 2
    manager.post(undo_address(page))
    page = manager.post("/desk/requests/answer", {"confirm": "", "booking": [asked[0].id, second.id]})
    assert "2 requests confirmed." in page.text


def test_nothing_ticked_changes_nothing(manager: PageClient, asked: list[Booking]) -> None:
    assert "Tick the requests that you want to answer." in manager.post("/desk/requests/answer", {"confirm": ""}).text
    assert "Tick the requests that you want to answer." in manager.get("/desk/requests/decline").text
    manager.post("/desk/requests/reopen", status=404)
    assert now_in_database(asked[0])[0] is BookingStatus.REQUESTED


def test_a_second_answer_is_told_and_changes_nothing(manager: PageClient, asked: list[Booking]) -> None:
    manager.post("/desk/requests/answer", {"confirm": asked[0].id})
    page = manager.post(f"/desk/requests/decline?booking={asked[0].id}", {"cause": "staff"})
    assert "had already been answered by Library: confirmed" in page.text
    assert "declined." not in page.text
    assert now_in_database(asked[0]) == (BookingStatus.CONFIRMED, {True})


def test_answers_to_a_superseded_plan_come_too_late(manager: PageClient, asked: list[Booking], town: Town) -> None:
    manager.post("/desk/requests/answer", {"confirm": asked[0].id})
    asked[0].plan.status = PlanStatus.SUPERSEDED
    db.session.commit()
    page = manager.post(f"/desk/requests/reopen?booking={asked[0].id}")
    assert "The plan has changed since" in page.text
    assert now_in_database(asked[0])[0] is BookingStatus.CONFIRMED
    assert "no longer possible" in manager.get("/desk/requests/answered").text


@pytest.mark.parametrize("address", ["answer", "decline", "reopen"])
def test_requests_of_other_venues_do_not_exist(manager: PageClient, asked: list[Booking], address: str) -> None:
    foreign: dict[str, Any] = {"booking": [asked[0].id, asked[1].id], "cause": "staff", "confirm": ""}
    manager.post(f"/desk/requests/{address}", foreign, status=404)
    manager.post(f"/desk/requests/{address}", {**foreign, "booking": 99999}, status=404)
    assert [now_in_database(booking)[0] for booking in asked] == [BookingStatus.REQUESTED] * 2


def test_only_managers_answer(app: Flask, coordinator: PageClient, asked: list[Booking]) -> None:
    coordinator.get("/desk/requests", status=403)
    coordinator.post("/desk/requests/answer", {"confirm": asked[0].id}, status=403)
    sign_in_as(app, "teacher").get("/desk/requests/answered", status=403)


def test_a_room_given_free_and_taken_since_is_not_held_twice(
    manager: PageClient, asked: list[Booking], town: Town
) -> None:
    manager.post(f"/desk/requests/decline?booking={asked[0].id}", {"cause": "own_use"})
    taker = another(town, asked, minutes=95)  # ends 10 minutes after, but begins within the turnaround
    page = manager.post(f"/desk/requests/reopen?booking={asked[0].id}")
    assert "The answer stays as it is. The room is already taken at one of these times." in page.text
    assert now_in_database(asked[0]) == (BookingStatus.DECLINED, {False})
    assert now_in_database(taker) == (BookingStatus.REQUESTED, {True})


def test_back_to_back_with_turnaround_is_no_conflict(manager: PageClient, asked: list[Booking], town: Town) -> None:
    manager.post(f"/desk/requests/decline?booking={asked[0].id}", {"cause": "own_use"})
    another(town, asked, minutes=100)  # 90 minutes and 10 of turnaround
    assert "1 request waits again." in manager.post(f"/desk/requests/reopen?booking={asked[0].id}").text
    assert now_in_database(asked[0]) == (BookingStatus.REQUESTED, {True})


def test_my_rooms_week_shows_what_is_held(manager: PageClient, asked: list[Booking], town: Town) -> None:
    first = asked[0].sessions[0].date
    events = [
        element
        for element in manager.get("/desk/requests").elements("div")
        if "week-event" in (element.get("class") or "")
    ]
    assert ["".join(element.itertext()).split()[0] for element in events] == ["09:00–10:30"]
    assert (
        "Nothing is held in your rooms this week"
        in manager.get(f"/desk/requests?week={first + timedelta(weeks=10)}").text
    )
    assert "09:00–10:30" in manager.get(f"/desk/requests?week={first}&room={town.reading_room.id}").text
    manager.get("/desk/requests?week=tomorrow&room=x&page=-1&select=x")
    manager.get("/desk/requests?select=%00", status=400)
    manager.get("/desk/requests?week=0001-01-01")
    manager.get("/desk/requests?week=9999-12-31")


def test_the_history_finds_answers(manager: PageClient, asked: list[Booking]) -> None:
    assert "No answered request" in manager.get("/desk/requests/answered").text
    manager.post(f"/desk/requests/decline?booking={asked[0].id}", {"cause": "other", "note": "Exams in May"})
    assert "Exams in May" in manager.get("/desk/requests/answered?q=calligraphy").text
    assert "Exams in May" not in manager.get("/desk/requests/answered?q=dance").text


def test_the_coordinator_sees_who_has_answered(
    coordinator: PageClient, manager: PageClient, asked: list[Booking], town: Town
) -> None:
    address = f"/desk/terms/{town.term.id}/requests"
    assert "Plan again" not in coordinator.get(address).text
    manager.post(f"/desk/requests/decline?booking={asked[0].id}", {"cause": "other", "note": "Exams in May"})
    page = coordinator.get(address)
    assert "1 request was declined." in page.text and "Exams in May" in page.text and "广场舞" in page.text
    assert "广场舞" not in coordinator.get(f"{address}?status=declined").text
    assert "Exams" not in coordinator.get(f"{address}?q=广场").text
    assert "No request fits" in coordinator.get(f"{address}?status=expired").text
    coordinator.get(f"{address}?status=nonsense&page=99")


def test_before_publishing_the_coordinator_is_led_to_it(coordinator: PageClient, town: Town) -> None:
    assert "No venue has been asked yet" in coordinator.get(f"/desk/terms/{town.term.id}/requests").text


def test_another_units_requests_do_not_exist(app: Flask, asked: list[Booking], town: Town) -> None:
    sign_in_as(app, "street").get(f"/desk/terms/{town.term.id}/requests", status=404)
    plan = db.session.scalars(select(Plan)).one()
    assert plan.status is PlanStatus.PUBLISHED


def test_the_menu_counts_what_waits_for_the_manager(manager: PageClient, town: Town) -> None:
    build_bookings(build_plan(town))
    db.session.commit()
    counts = [element for element in manager.get("/desk/venues").elements("span") if element.get("class") == "count"]
    assert {"".join(element.itertext()).split()[0] for element in counts} == {"1"}
