"""Two coordinators at the same moment, each with a thread and a connection of her own."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.features.delivery.absences.operations import come_after_all
from scheduler.features.delivery.substitutes import operations
from scheduler.models import (
    ENGAGED_STATUSES,
    Cover,
    CoverStatus,
    Meeting,
    Placement,
    Plan,
    PlanStatus,
    Substitution,
    Teacher,
)
from scheduler.web.forms import BaseForm
from tests.factories import Town, build_plan
from tests.scheduler.teaching import another_teacher, covers, publish_now, publish_plan, report

ROUNDS = 4
Change = Callable[[], object]


@pytest.fixture
def plan(app: Flask, town: Town) -> Plan:
    """A published plan of a term that begins next week."""
    return publish_plan(app, town)


def at_once(app: Flask, *changes: Change) -> list[str]:
    """Make the changes together, each in a transaction of its own; "" for what was done, else why it was refused."""
    db.session.rollback()
    barrier, results = Barrier(len(changes)), {}

    def run(place: int, change: Change) -> None:
        with app.test_request_context("/", method="POST", headers={"Accept-Language": "en"}):
            barrier.wait()
            form = BaseForm()
            form.apply(change)
            db.session.commit()
            results[place] = "; ".join(form.form_errors)

    threads = [Thread(target=run, args=(place, change)) for place, change in enumerate(changes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.expire_all()
    return [results[place] for place in range(len(changes))]


def asking(cover_id: int, teacher_id: int, user_id: int) -> Change:
    """Ask a teacher to stand in, from what the page had shown."""

    def ask() -> object:
        cover, teacher = db.session.get_one(Cover, cover_id), db.session.get_one(Teacher, teacher_id)
        return operations.set_substitute([cover], teacher, user_id)

    return ask


def engaged() -> list[Substitution]:
    return list(db.session.scalars(select(Substitution).where(Substitution.status.in_(ENGAGED_STATUSES))))


def let_everybody_go() -> None:
    for cover in covers(CoverStatus.COVERED):
        operations.let_go(cover)
    db.session.commit()


def test_of_two_substitutes_for_a_session_one_is_set(app: Flask, plan: Plan, town: Town) -> None:
    cover, other = report(app, town), another_teacher(town, "第二教师")
    db.session.commit()
    user = town.users["coordinator"].id
    asked = [asking(cover.id, teacher_id, user) for teacher_id in (town.volunteer.id, other.id)]
    for _round in range(ROUNDS):
        outcomes = at_once(app, *asked)
        assert outcomes.count("") == 1
        assert any("arranged by somebody else since" in outcome for outcome in outcomes)
        assert len(engaged()) == 1 and covers()[0].status is CoverStatus.COVERED
        let_everybody_go()


def test_of_two_sessions_that_overlap_a_teacher_is_set_for_one(app: Flask, plan: Plan, town: Town) -> None:
    other, third = another_teacher(town, "第二教师"), another_teacher(town, "第三教师")
    later = build_plan(town, PlanStatus.DRAFT)
    later.placements[1] = Placement(
        section=town.sections[1], week=1, room=town.hall, teacher=third, meetings=[Meeting(weekday=1, start_minute=600)]
    )
    publish_now(app, later)
    cover = report(app, town)
    beside = Cover(section=town.sections[1], date=cover.date, start_minute=600, end_minute=690, teacher=third)
    db.session.add(beside)
    db.session.commit()
    user, ids = town.users["coordinator"].id, (cover.id, beside.id)
    asked = [asking(cover_id, other.id, user) for cover_id in ids]
    for _round in range(ROUNDS):
        outcomes = at_once(app, *asked)
        assert outcomes.count("") == 1
        assert any("does not fit (teaching then, or too far away" in outcome for outcome in outcomes)
        assert len(engaged()) == 1
        let_everybody_go()


def test_a_teacher_who_comes_after_all_and_a_substitute_set_for_them_do_not_both_win(
    app: Flask, plan: Plan, town: Town
) -> None:
    cover = report(app, town)
    cover_id, teacher_id = cover.id, cover.teacher_id
    set_one = asking(cover_id, town.volunteer.id, town.users["coordinator"].id)

    def come() -> object:
        teacher, seen = db.session.get_one(Teacher, teacher_id), db.session.get_one(Cover, cover_id)
        come_after_all(teacher, [seen])
        return seen

    for _round in range(ROUNDS):
        outcomes = at_once(app, set_one, come)
        assert outcomes.count("") == 1
        assert len(engaged()) == (cover.status is CoverStatus.COVERED)
        assert cover.status is (CoverStatus.WITHDRAWN if outcomes[0] else CoverStatus.COVERED)
        let_everybody_go()
        cover.status = CoverStatus.OPEN
        db.session.commit()
