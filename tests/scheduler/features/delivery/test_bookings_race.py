"""Two managers at the same moment, each with a thread and a connection of her own."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.core.clock import monday_of, today
from scheduler.core.extensions import db
from scheduler.features.delivery.bookings import operations
from scheduler.models import BookedSession, Booking, BookingStatus
from scheduler.web.forms import BaseForm
from tests.factories import Town, build_bookings, build_plan

ROUNDS = 5
Answer = Callable[[list[Booking]], operations.BookingsOutcome]


@pytest.fixture
def asked(town: Town) -> Booking:
    """The library's request of a published plan."""
    town.term.first_day = monday_of(today()) + timedelta(weeks=1)
    booking = build_bookings(build_plan(town))[0]
    db.session.commit()
    return booking


def at_once(app: Flask, *answers: tuple[int, Answer]) -> list[int | str]:
    """Start the answers together; for each the number of changed bookings, or why it was refused."""
    db.session.rollback()
    barrier = Barrier(len(answers))
    results: dict[int, int | str] = {}

    def run(place: int, booking_id: int, answer: Answer) -> None:
        with app.test_request_context("/", method="POST", headers={"Accept-Language": "en"}):
            seen = db.session.get_one(Booking, booking_id)  # as the page had shown it to both
            db.session.expunge_all()
            db.session.rollback()
            barrier.wait()
            form = BaseForm()
            outcome = form.apply(lambda: answer([seen]))
            db.session.commit()
            results[place] = "; ".join(form.form_errors) if outcome is None else len(outcome.changed)

    threads = [Thread(target=run, args=(place, *answer)) for place, answer in enumerate(answers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.expire_all()
    return [results[place] for place in range(len(answers))]


def test_of_two_answers_to_a_request_one_counts(app: Flask, asked: Booking, town: Town) -> None:
    manager_id, booking_id = town.users["library"].id, asked.id
    for _round in range(ROUNDS):
        confirmed, declined = at_once(
            app,
            (booking_id, lambda bookings: operations.confirm(bookings, manager_id)),
            (booking_id, lambda bookings: operations.decline(bookings, "Exams", manager_id)),
        )
        assert sorted([confirmed, declined], key=str) == [0, 1]
        assert asked.status is (BookingStatus.CONFIRMED if confirmed else BookingStatus.DECLINED)
        assert {session.holds for session in asked.sessions} == {asked.status is BookingStatus.CONFIRMED}
        operations.reopen([asked])
        db.session.commit()


def test_of_two_uses_of_a_room_at_the_same_minutes_one_is_held(app: Flask, asked: Booking, town: Town) -> None:
    manager_id = town.users["library"].id
    operations.decline([asked], "Exams", manager_id)
    other = Booking(plan=asked.plan, section=town.sections[1], room=asked.room)
    other.sessions = [
        BookedSession(
            room_id=session.room_id,
            date=session.date,
            start_minute=session.start_minute + 95,
            end_minute=session.end_minute + 95,
            free_minute=session.free_minute + 95,
        )
        for session in asked.sessions
    ]
    db.session.add(other)
    db.session.flush()
    operations.decline([other], "Exams", manager_id)
    db.session.commit()
    ids = asked.id, other.id
    for _round in range(ROUNDS):
        outcomes = at_once(app, *((booking_id, operations.reopen) for booking_id in ids))
        assert sorted(outcomes, key=str) == [1, "The room is already taken at one of these times."]
        winner = asked if outcomes[0] == 1 else other
        holders = select(BookedSession.booking_id).where(BookedSession.holds, BookedSession.booking_id.in_(ids))
        assert set(db.session.scalars(holders)) == {winner.id}
        assert {asked.status, other.status} == {BookingStatus.REQUESTED, BookingStatus.DECLINED}
        operations.decline([winner], "Exams", manager_id)
        db.session.commit()
