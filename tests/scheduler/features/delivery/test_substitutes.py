"""The coordinator sets substitutes who really fit, or cancels; everybody concerned sees it."""

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.models import (
    BookedSession,
    Booking,
    BookingStatus,
    Cover,
    CoverStatus,
    FeedEvent,
    Plan,
    PlanStatus,
    SubstitutionStatus,
)
from tests.client import PageClient
from tests.factories import Town, build_plan, sign_in_as
from tests.scheduler.teaching import (
    address,
    agree_by_phone,
    ask,
    covers,
    events,
    give_account,
    publish_now,
    publish_plan,
    report,
    substitution,
    tuesday,
)


@pytest.fixture
def plan(app: Flask, town: Town) -> Plan:
    """A published plan of a term that begins next week."""
    return publish_plan(app, town)


@pytest.fixture
def cover(app: Flask, plan: Plan, town: Town) -> Cover:
    """The calligraphy teacher cannot give the first session."""
    return report(app, town)


def test_the_coordinator_sees_what_is_open_and_whom_it_concerns(
    coordinator: PageClient, cover: Cover, town: Town
) -> None:
    page = coordinator.get(f"/desk/terms/{town.term.id}/covers")
    assert "1 session has nobody to give it yet" in page.text and "书法教师 1" in page.text
    assert "1 teacher to find" in page.text
    page = coordinator.get(address(town, cover))
    assert "20 learners are concerned" in page.text and "东门社区 12" in page.text
    assert "Calendars that subscribe have not been told" in page.text
    assert "1 session has nobody to give it yet" in coordinator.get(f"/desk/terms/{town.term.id}").text


def test_a_substitute_is_asked_agrees_by_phone_and_everybody_sees_it(
    app: Flask, coordinator: PageClient, client: PageClient, cover: Cover, town: Town
) -> None:
    assert "Somebody to stand in is being looked for" in client.get(f"/courses/{town.sections[0].id}").text
    page = ask(coordinator, town, cover, town.volunteer)
    assert "舞蹈志愿者 1 is asked for 1 session" in page.text and "call them, then write down their answer" in page.text
    assert "aught by" not in client.get(f"/courses/{town.sections[0].id}").text
    assert agree_by_phone(coordinator, town, cover).text.count("Written down") == 1
    assert "Taught by 舞蹈志愿者 1 in place of 书法教师 1" in client.get(f"/courses/{town.sections[0].id}").text
    told = events(client, town)
    assert (told[0]["sequence"], told[1]["sequence"]) == (1, 0)
    assert "Taught by 舞蹈志愿者 1 this time." in str(told[0]["text"])
    own_weeks = sign_in_as(app, "teacher").get("/desk/my-weeks").text
    assert "taught by 舞蹈志愿者 1" in own_weeks
    week = coordinator.get(f"/desk/terms/{town.term.id}/timetable?view=teacher&of={town.volunteer.id}&week=1").text
    assert "taught by 舞蹈志愿者 1" in week and "Calligraphy" in week
    typical = coordinator.get(f"/desk/terms/{town.term.id}/timetable?view=teacher&of={town.volunteer.id}").text
    assert "Calligraphy" not in typical.partition("Unplaced sections")[0]
    section = coordinator.get(f"/desk/terms/{town.term.id}/timetable/sections/{town.sections[0].id}").text
    assert "taught by 舞蹈志愿者 1" in section


def test_a_substitute_with_an_account_gives_the_answer(
    app: Flask, coordinator: PageClient, cover: Cover, town: Town
) -> None:
    give_account(town)
    ask(coordinator, town, cover, town.volunteer)
    substitute_client = sign_in_as(app, "resident")
    page = substitute_client.get("/desk/assignments")
    assert "Can you stand in?" in page.text and "In place of 书法教师 1" in page.text
    number = substitution().id
    substitute_client.post(f"/desk/substitutions/{number}/agree", {})
    assert "in place of 书法教师 1" in substitute_client.get("/desk/my-weeks").text
    assert substitution().status is SubstitutionStatus.AGREED
    substitute_client.post(f"/desk/substitutions/{number}/take-back", {})
    page = substitute_client.post(f"/desk/substitutions/{number}/refuse", {"cause": "too_much"})
    assert "looks for somebody else for" in page.text, page.text
    assert (substitution().status, covers()[0].status) == (SubstitutionStatus.REFUSED, CoverStatus.OPEN)
    assert "It is too much work" in coordinator.get(address(town, cover)).text
    sign_in_as(app, "teacher").post(f"/desk/substitutions/{number}/agree", {}, status=404)
    substitute_client.post(f"/desk/substitutions/{number}/take-back", {})
    assert (substitution().status, covers()[0].status) == (SubstitutionStatus.ASKED, CoverStatus.COVERED)


def test_who_is_absent_can_come_back_until_somebody_is_set(
    app: Flask, coordinator: PageClient, cover: Cover, town: Town
) -> None:
    ask(coordinator, town, cover, town.volunteer)
    teacher = sign_in_as(app, "teacher")
    page = teacher.post(f"/desk/absences/take-back?cover={cover.id}", {})
    assert "the coordinator has already arranged" in page.text and covers()[0].status is CoverStatus.COVERED
    coordinator.post(address(town, cover, "/let-go"), {})
    teacher.post(f"/desk/absences/take-back?cover={cover.id}", {})
    assert not covers() and substitution().status is SubstitutionStatus.WITHDRAWN


def test_the_room_of_a_cancelled_session_is_free_and_held_again(
    app: Flask, coordinator: PageClient, client: PageClient, manager: PageClient, cover: Cover, town: Town
) -> None:
    coordinator.post(address(town, cover, "/cancel"), {"reason": "  "}, status=200)
    assert covers()[0].status is CoverStatus.OPEN
    page = coordinator.post(address(town, cover, "/cancel"), {"reason": "The teacher is ill."})
    assert "residents are told" in page.text
    session = select(BookedSession.holds).join(Booking).where(Booking.section_id == town.sections[0].id)
    assert db.session.scalars(session.order_by(BookedSession.date)).all() == [False] + [True] * 9
    assert "Not held. The teacher is ill." in client.get(f"/courses/{town.sections[0].id}").text
    told = events(client, town)
    assert (told[0]["status"], told[0]["sequence"], told[1]["status"]) == ("CANCELLED", 1, "TENTATIVE")
    assert "not held" in manager.get("/desk/my-weeks").text
    inbox = manager.get("/desk/requests").text
    assert "Not held" in inbox and "The teacher is ill." in inbox
    booking = db.session.scalars(select(Booking).where(Booking.section_id == town.sections[0].id)).one()
    manager.post("/desk/requests/answer", {"confirm": booking.id})
    assert events(client, town)[0]["status"] == "CANCELLED"
    manager.post(f"/desk/requests/reopen?booking={booking.id}", {})
    assert db.session.scalars(session.order_by(BookedSession.date)).all() == [False] + [True] * 9
    coordinator.post(address(town, cover, "/cancel?restore=1"), {})
    assert covers()[0].status is CoverStatus.OPEN and all(db.session.scalars(session))
    assert events(client, town)[0]["status"] == "TENTATIVE"


def test_a_session_cannot_be_held_again_in_a_room_that_was_taken(
    coordinator: PageClient, cover: Cover, plan: Plan, town: Town
) -> None:
    coordinator.post(address(town, cover, "/cancel"), {"reason": "The teacher is ill."})
    other = Booking(plan=plan, section=town.sections[1], room=town.reading_room, status=BookingStatus.CONFIRMED)
    other.sessions = [
        BookedSession(
            room_id=town.reading_room.id, date=tuesday(town), start_minute=500, end_minute=600, free_minute=610
        )
    ]
    db.session.add(other)
    db.session.commit()
    page = coordinator.post(address(town, cover, "/cancel?restore=1"), {})
    assert "The room is already taken" in page.text and covers()[0].status is CoverStatus.CANCELLED


def test_a_substitute_who_falls_ill_is_replaced(
    app: Flask, coordinator: PageClient, client: PageClient, cover: Cover, town: Town
) -> None:
    give_account(town)
    ask(coordinator, town, cover, town.volunteer)
    agree_by_phone(coordinator, town, cover)
    day = tuesday(town)
    substitute_client = sign_in_as(app, "resident")
    page = substitute_client.post("/desk/absences/dates", {"first": day, "last": day, "cause": "illness"})
    assert "It touches 1 session" in page.text and "where you were to stand in" in page.text
    substitute_client.post("/desk/absences/dates", {"first": day, "last": day, "cause": "illness", "sure": "1"})
    assert covers()[0].status is CoverStatus.OPEN and substitution().status is SubstitutionStatus.WITHDRAWN
    assert events(client, town)[0]["sequence"] == 2


def test_a_new_plan_that_needs_the_substitute_opens_the_session_again(
    app: Flask, coordinator: PageClient, cover: Cover, town: Town
) -> None:
    ask(coordinator, town, cover, town.volunteer)
    later = build_plan(town, PlanStatus.DRAFT)
    later.placements[1].week, later.placements[1].meetings[0].weekday = 1, 1
    later.placements[1].meetings[0].start_minute = 600
    publish_now(app, later)
    assert covers()[0].status is CoverStatus.OPEN and substitution().status is SubstitutionStatus.WITHDRAWN


def test_the_notice_for_the_door_speaks_both_languages(coordinator: PageClient, cover: Cover, town: Town) -> None:
    page = coordinator.get(address(town, cover, "/notice"))
    slips = [slip for slip in page.elements("section") if slip.get("lang")]
    assert [slip.get("lang") for slip in slips] == ["zh-CN", "en"]
    chinese, english = ("".join(slip.itertext()) for slip in slips)
    assert "书法入门" in chinese and "Calligraphy for beginners" in english and "Change of teacher" in english
    assert "西溪社区" in page.text


def test_others_see_nothing_of_it(app: Flask, cover: Cover, town: Town) -> None:
    street = sign_in_as(app, "street")
    for path in ("", f"/{cover.id}", f"/{cover.id}/notice", f"/{cover.id}/cancel"):
        street.get(f"/desk/terms/{town.term.id}/covers{path}", status=404)
    street.post(address(town, cover, "/let-go"), {}, status=404)


def test_calendars_are_told_nothing_of_what_does_not_change(client: PageClient, cover: Cover, town: Town) -> None:
    assert {event["sequence"] for event in events(client, town)} == {0}
    assert db.session.scalars(select(FeedEvent.substitute_id)).all() == [None] * 20


def test_a_teacher_who_calls_is_written_down_by_the_coordinator(
    coordinator: PageClient, plan: Plan, town: Town
) -> None:
    page = coordinator.get(f"/desk/terms/{town.term.id}/timetable/sections/{town.sections[0].id}")
    form = f"/desk/terms/{town.term.id}/covers/sessions/{town.sections[0].id}/{tuesday(town, 2)}/540"
    assert form in page.links
    assert "书法教师 1 cannot come" in coordinator.get(form).heading
    coordinator.post(form, {}, status=200)
    page = coordinator.post(form, {"cause": "illness"})
    assert "Now find somebody who stands in" in page.text and covers()[0].date == tuesday(town, 2)
    assert "reported already" in coordinator.post(form, {"cause": "illness"}).text
    coordinator.post(address(town, covers()[0], "/take-back"), {})
    assert not covers()
    for wrong in (form.replace("/540", "/541"), form.replace(str(tuesday(town, 2)), "soon")):
        coordinator.get(wrong, status=404)
