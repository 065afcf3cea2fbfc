"""A teacher reports that she cannot come, and what that does to plans."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

import solver
from scheduler.core.extensions import db
from scheduler.engine.documents.snapshot import plan_document, term_document
from scheduler.features.registers.accounts import operations as accounts
from scheduler.models import CoverStatus, Plan, PlanStatus, Role, TeacherAbsence
from tests.client import PageClient
from tests.factories import Town, build_plan, sign_in_as
from tests.scheduler.teaching import covers, publish_now, publish_plan, report, session_url, tuesday


@pytest.fixture
def plan(app: Flask, town: Town) -> Plan:
    """A published plan of a term that begins next week."""
    return publish_plan(app, town)


@pytest.fixture
def teacher(app: Flask, plan: Plan) -> PageClient:
    """The calligraphy teacher, signed in."""
    return sign_in_as(app, "teacher")


def absent_dates() -> list[str]:
    return [day.isoformat() for day in db.session.scalars(select(TeacherAbsence.date).order_by(TeacherAbsence.date))]


def test_every_session_of_my_weeks_has_a_way_to_say_no(teacher: PageClient, plan: Plan, town: Town) -> None:
    page = teacher.get("/desk/my-weeks")
    assert len([link for link in page.links if "/absences/sessions/" in link]) == 10
    assert session_url(town, 3) in page.links


def test_one_session_is_reported_and_taken_back(teacher: PageClient, plan: Plan, town: Town) -> None:
    assert "锦屏街道·书法 1 班" in teacher.get(session_url(town)).text
    assert "Please mend this first" in teacher.post(session_url(town), {}).text
    page = teacher.post(session_url(town), {"cause": "illness", "note": "back next week"})
    assert page.heading == "When I cannot come" and "no substitute yet" in page.text
    (cover,) = covers()
    assert (cover.date, cover.start_minute, cover.end_minute, cover.whole_day) == (tuesday(town), 540, 630, False)
    assert "has been reported already" in teacher.post(session_url(town), {"cause": "illness"}).text
    assert "substitute sought" in teacher.get("/desk/my-weeks").text
    page = teacher.post(f"/desk/absences/take-back?cover={cover.id}", {})
    assert "you come after all" in page.text and not covers()
    assert absent_dates() == []


def test_dates_are_shown_with_what_they_touch_before_they_are_reported(
    teacher: PageClient, plan: Plan, town: Town
) -> None:
    first, last = tuesday(town, 2), tuesday(town, 3) + timedelta(days=1)
    sent = {"first": first.isoformat(), "last": last.isoformat(), "cause": "training", "note": ""}
    page = teacher.post("/desk/absences/dates", sent)
    assert "It touches 2 sessions" in page.text and not covers() and absent_dates() == []
    page = teacher.post("/desk/absences/dates", {**sent, "sure": "1"})
    assert "looks for somebody for 2 sessions" in page.text
    assert [cover.date for cover in covers()] == [first, tuesday(town, 3)] and len(absent_dates()) == 9
    assert {cover.cause.value for cover in covers()} == {"training"}
    ids = "&".join(f"cover={cover.id}" for cover in covers())
    teacher.post(f"/desk/absences/take-back?{ids}&day={first}&day={last}", {})
    assert not covers() and absent_dates() == []


@pytest.mark.parametrize(
    ("first", "last", "message"),
    [
        ("", "", "Choose a date"),
        ("2020-01-01", "2020-01-02", "This date is over"),
        ("2198-01-02", "2198-01-01", "lies before the first"),
        ("2190-01-01", "2198-01-01", "At most 200 days"),
        ("9999-12-30", "9999-12-31", "Choose a date"),
        ("soon", "later", "Not a valid date"),
    ],
)
def test_senseless_dates_are_refused(teacher: PageClient, first: str, last: str, message: str) -> None:
    sent = {"first": first, "last": last, "cause": "illness", "sure": "1"}
    assert message in teacher.post("/desk/absences/dates", sent).text
    assert not covers() and absent_dates() == []


def test_what_is_not_theirs_cannot_be_reported(teacher: PageClient, plan: Plan, town: Town) -> None:
    thursday = (tuesday(town, 2) + timedelta(days=2)).isoformat()
    for address in (
        f"{town.sections[2].id}/{thursday}/840", f"{town.sections[0].id}/{thursday}/540",
        f"{town.sections[0].id}/{tuesday(town)}/541", f"{town.sections[0].id}/soon/540",
        f"{town.sections[0].id}/2020-01-01/540",
    ):  # fmt: skip
        teacher.get(f"/desk/absences/sessions/{address}", status=404)
    sign_in_as(teacher.client.application, "library").get("/desk/absences", status=403)


def test_others_cannot_take_back_what_they_reported(app: Flask, plan: Plan, town: Town) -> None:
    cover = report(app, town)
    accounts.grant(town.users["resident"], Role.TEACHER, teacher_id=town.volunteer.id)
    db.session.commit()
    sign_in_as(app, "resident").post(f"/desk/absences/take-back?cover={cover.id}", {}, status=404)
    assert covers() == [cover]


def test_a_late_absence_leaves_the_series_where_it_is(
    app: Flask, coordinator: PageClient, plan: Plan, town: Town
) -> None:
    day = tuesday(town, 4)
    teacher = sign_in_as(app, "teacher")
    teacher.post("/desk/absences/dates", {"first": day, "last": day, "cause": "illness", "sure": "1"})
    document = term_document(town.term, plan)
    assert document.teacher[f"t{town.teacher.id}"].absent == ()
    assert not solver.check(document, plan_document(plan)).violations
    later = build_plan(town, PlanStatus.DRAFT)
    db.session.commit()
    page = coordinator.post(f"/desk/terms/{town.term.id}/publish?plan={later.id}", {})
    assert "is published" in page.text
    assert [cover.date for cover in covers()] == [day]


def test_an_absence_known_before_planning_binds_the_planner(town: Town) -> None:
    town.teacher.absences.append(TeacherAbsence(date=town.term.first_day))
    db.session.commit()
    assert term_document(town.term).teacher[f"t{town.teacher.id}"].absent == (town.term.first_day,)


def test_covers_follow_the_dates_that_the_coordinator_enters(app: Flask, plan: Plan, town: Town) -> None:
    teacher = sign_in_as(app, "teacher")
    day = tuesday(town, 5).isoformat()
    teacher.post("/desk/teachers/me", {**hours(), "absences": day})
    assert [cover.date.isoformat() for cover in covers()] == [day]
    assert covers()[0].whole_day
    teacher.post("/desk/teachers/me", {**hours(), "absences": ""})
    assert not covers()


def test_covers_follow_the_hours_of_a_date(app: Flask, plan: Plan, town: Town) -> None:
    teacher = sign_in_as(app, "teacher")
    day = tuesday(town, 5).isoformat()  # the session is from 9:00 to 10:30
    teacher.post("/desk/teachers/me", {**hours(), "absences": f"{day} 10:30-12:00, 14:00-15:00"})
    assert not covers()
    teacher.post("/desk/teachers/me", {**hours(), "absences": f"{day} 10:00-12:00, 14:00-15:00 体检"})
    assert [(cover.date.isoformat(), cover.note) for cover in covers()] == [(day, "体检")]
    assert term_document(town.term, plan).teacher[f"t{town.teacher.id}"].absent == ()
    teacher.post(f"/desk/absences/take-back?cover={covers()[0].id}", {})
    assert not covers()
    db.session.refresh(town.teacher)
    assert [absence.span for absence in town.teacher.absences] == [(840, 900)], "the other hours of the day stay"


def test_a_new_plan_ends_covers_of_what_it_moves_and_opens_those_it_needs(app: Flask, plan: Plan, town: Town) -> None:
    report(app, town, week=1)
    teacher = sign_in_as(app, "teacher")
    wednesday = tuesday(town, 3) + timedelta(days=1)
    teacher.post("/desk/absences/dates", {"first": wednesday, "last": wednesday, "cause": "family_matter", "sure": "1"})
    assert len(covers()) == 1
    later = build_plan(town, PlanStatus.DRAFT)
    later.placements[0].meetings[0].weekday = 2
    publish_now(app, later)
    assert [(cover.date, cover.status) for cover in covers()] == [(wednesday, CoverStatus.OPEN)]


def hours() -> dict[str, str]:
    return {f"hours-{day}": "08:30-21:00" for day in range(7)}
