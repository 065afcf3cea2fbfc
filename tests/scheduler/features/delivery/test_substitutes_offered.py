"""Whom the coordinator is offered as a substitute, in which order, and what is said of the others."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.models import Budget, Cover, CoverStatus, Plan, PlanStatus, Substitution, Teacher, TeacherAbsence
from tests.client import PageClient
from tests.factories import Town, build_plan, sign_in_as
from tests.scheduler.teaching import (
    address,
    another_teacher,
    ask,
    covers,
    publish_now,
    publish_plan,
    report,
    row_names,
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


def test_only_teachers_who_really_fit_are_offered_and_it_is_said_why_others_are_not(
    coordinator: PageClient, cover: Cover, plan: Plan, town: Town
) -> None:
    away = another_teacher(town, "请假教师")
    away.absences = [TeacherAbsence(date=tuesday(town))]
    late = another_teacher(town, "下午教师")
    late.windows = late.windows[:1]
    far = another_teacher(town, "远方教师", latitude=29.9)
    dear = another_teacher(town, "高价教师")
    dear.fee = 90_000
    dance = plan.placements[1]
    dance.week, dance.meetings[0].weekday, dance.meetings[0].start_minute = 1, 1, 600
    db.session.commit()
    page = coordinator.get(address(town, cover))
    assert "Nobody fits" in page.text
    for sentence in (
        "1 × absent then 请假教师",
        "1 × not free at this hour 下午教师",
        "1 × living too far from the venue 远方教师",
        "1 × costing more than the budget has left 高价教师",
        "1 × teaching then, or too far away to arrive in time 舞蹈志愿者 1",
    ):  # fmt: skip
        assert sentence in page.text
    for teacher in (away, late, far, dear, town.volunteer):
        assert "does not fit" in ask(coordinator, town, cover, teacher).text
    assert covers()[0].status is CoverStatus.OPEN and db.session.scalar(select(Substitution.id)) is None


def test_the_nearest_whom_the_learners_know_comes_first(coordinator: PageClient, cover: Cover, town: Town) -> None:
    town.volunteer.reach_metres = 500
    near, familiar = another_teacher(town, "近处教师"), another_teacher(town, "熟悉教师", latitude=29.665)
    former = build_plan(town, PlanStatus.SUPERSEDED)
    former.placements[0].teacher = familiar
    town.term.weights = {**town.term.weights, "teacher_distance": 1, "money": 1, "overwork": 50}
    db.session.commit()
    names = row_names(coordinator.get(address(town, cover)))
    assert [name.split()[0] for name in names] == ["熟悉教师", "近处教师"] and "knows the learners" in names[0]
    near.fee, familiar.fee = 0, 200
    db.session.commit()
    assert row_names(coordinator.get(address(town, cover)))[0].startswith("近处教师")


def test_limits_count_the_sessions_in_which_they_stand_in(
    app: Flask, coordinator: PageClient, plan: Plan, town: Town
) -> None:
    other = another_teacher(town, "第二教师")
    other.max_week = other.wanted_week = 1
    later = build_plan(town, PlanStatus.DRAFT)
    later.placements[0].meetings[0].weekday = 2
    later.placements[1].week, later.placements[1].teacher = 1, town.teacher
    publish_now(app, later)
    teacher = sign_in_as(app, "teacher")
    first, last = town.term.first_day, town.term.first_day + timedelta(days=6)
    teacher.post("/desk/absences/dates", {"first": first, "last": last, "cause": "illness", "sure": "1"})
    calligraphy, dance = covers()
    ask(coordinator, town, calligraphy, other)
    other.subjects = [*other.subjects, town.dance.subject]
    db.session.commit()
    page = coordinator.get(address(town, dance))
    assert "1 × already giving as many sessions that week as they may 第二教师" in page.text
    coordinator.post(address(town, calligraphy, "/let-go"), {})
    assert "第二教师" in " ".join(row_names(coordinator.get(address(town, dance))))


def test_one_substitute_for_all_dates_or_for_none(app: Flask, coordinator: PageClient, plan: Plan, town: Town) -> None:
    other = another_teacher(town, "第二教师")
    other.absences = [TeacherAbsence(date=tuesday(town, 3))]
    for week in (2, 3, 4):
        report(app, town, week)
    second, third, fourth = covers()
    page = coordinator.get(address(town, second))
    assert "2 of 3 dates" in page.text and "3 of 3 dates" in page.text
    every = {"teacher": other.id, "cover": [second.id, third.id, fourth.id]}
    assert "does not fit (absent then)" in coordinator.post(address(town, second), every).text
    assert {session.status for session in covers()} == {CoverStatus.OPEN}
    coordinator.post(address(town, second), {"teacher": other.id, "cover": [second.id, fourth.id]})
    assert [session.status for session in covers()] == [CoverStatus.COVERED, CoverStatus.OPEN, CoverStatus.COVERED]


def test_the_budget_of_the_unit_that_pays_counts(coordinator: PageClient, cover: Cover, town: Town) -> None:
    other = another_teacher(town, "第二教师")
    other.fee = 101
    town.volunteer.reach_metres = 100
    (budget,) = db.session.scalars(select(Budget)).all()
    budget.yuan = 1000
    db.session.commit()
    assert "1 × costing more than the budget has left 第二教师" in coordinator.get(address(town, cover)).text
    budget.yuan = 1001
    db.session.commit()
    assert row_names(coordinator.get(address(town, cover)))[0].startswith("第二教师")


def test_a_substitute_who_no_longer_fits_is_pointed_out(coordinator: PageClient, cover: Cover, town: Town) -> None:
    (budget,) = db.session.scalars(select(Budget)).all()
    budget.yuan, town.volunteer.fee = 1050, 150
    db.session.commit()
    ask(coordinator, town, cover, town.volunteer)
    assert "Something has changed" not in coordinator.get(address(town, cover)).text
    db.session.get_one(Teacher, town.volunteer.id).windows = []
    db.session.commit()
    assert "Something has changed since they were asked" in coordinator.get(address(town, cover)).text
