"""Whoever is offered really fits: judged by the planner for whole sections, and by counting for single dates."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings, strategies as st

import solver
from scheduler.core.clock import monday_of, today
from scheduler.core.extensions import db
from scheduler.engine.analysis.boards import Board
from scheduler.engine.analysis.substitutes import for_section, for_session
from scheduler.engine.documents.keys import SECTION, TEACHER, key
from scheduler.engine.documents.places import SectionPlace
from scheduler.engine.documents.snapshot import plan_document, term_document
from scheduler.maps.geography import Plane, middle
from scheduler.models import (
    Budget,
    Cover,
    CoverStatus,
    Meeting,
    Placement,
    Plan,
    PlanStatus,
    Substitution,
    Teacher,
    TeacherAbsence,
    TeacherWindow,
    Term,
    Venue,
)
from tests import rows
from tests.factories import Town, build_town
from tests.scheduler.teaching import another_teacher

TEACHERS = 5
Use = tuple[Teacher, date, int, int, Venue]


@pytest.fixture(scope="module")
def seen() -> Iterator[dict[str, int]]:
    """How often somebody fitted and did not; both must have happened, or the tests prove nothing."""
    counts = {"fit": 0, "not": 0}
    yield counts
    assert counts["fit"] > 20 and counts["not"] > 20


@contextmanager
def chance_town(app: Flask, seed: int) -> Iterator[tuple[Town, Plan, Random]]:
    """A town whose teachers have all sorts of hours, homes, limits and sessions; forgotten afterwards."""
    random = Random(seed)
    with app.test_request_context(method="POST", headers={"Accept-Language": "en"}):
        town = build_town()
        town.term.first_day = monday_of(today()) + timedelta(weeks=1)
        crowd = [town.teacher, town.volunteer, *_crowd(town, random)]
        plan = _plan(town, random, crowd)
        db.session.flush()
        try:
            yield town, plan, random
        finally:
            db.session.rollback()


def _crowd(town: Town, random: Random) -> list[Teacher]:
    crowd = []
    for number in range(TEACHERS):
        place = random.uniform(29.65, 29.71), random.uniform(121.39, 121.46)
        teacher = another_teacher(town, f"教师 {number}", *place)
        teacher.reach_metres = random.choice([2000, 6000, 20_000])
        teacher.max_week = random.choice([1, 2, 6])
        teacher.wanted_week = min(teacher.max_week, 4)
        teacher.max_day = random.choice([1, 2, 3])
        teacher.fee = random.choice([0, 100, 101, 4000])
        if random.random() < 0.3:
            teacher.windows = [TeacherWindow(weekday=1, start_minute=random.choice([540, 600]), end_minute=800)]
        if random.random() < 0.2:
            start, end = random.choice([(None, None), (480, 540), (600, 660), (540, 1440)])
            day = town.term.first_day + timedelta(days=1)
            teacher.absences = [TeacherAbsence(date=day, start_minute=start, end_minute=end)]
        crowd.append(teacher)
    return crowd


def _plan(town: Town, random: Random, crowd: list[Teacher]) -> Plan:
    """Calligraphy on Tuesdays at nine, and other sections of other teachers around it."""
    plan = Plan(term=town.term, name="方案", status=PlanStatus.PUBLISHED, total=0, cost={})
    first = Placement(section=town.sections[0], week=1, room=town.reading_room, teacher=town.teacher)
    first.meetings = [Meeting(weekday=1, start_minute=540)]
    plan.placements = [first]
    for number, teacher in enumerate(random.sample(crowd[1:], 3)):
        section = rows.section_row(town.term, town.course, town.other_street, f"班 {number}", {town.communities[2]: 9})
        placement = Placement(section=section, week=1, room=town.hall, teacher=teacher)
        weekday, start = random.choice([1, 1, 3]), random.choice([510, 600, 640, 840])
        placement.meetings = [Meeting(weekday=weekday, start_minute=start)]
        plan.placements.append(placement)
    db.session.add(plan)
    return plan


SLOW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@pytest.mark.one_database
@SLOW
@given(seed=st.integers(0, 10**6))
def test_whoever_is_offered_for_a_whole_section_breaks_no_rule_in_its_plan(
    app: Flask, seen: dict[str, int], seed: int
) -> None:
    with chance_town(app, seed) as (town, plan, random):
        _limit_the_district(town, plan, random.choice([0, 500, 5000, 50_000]))
        document, before = term_document(town.term), plan_document(plan)
        name = key(SECTION, town.sections[0].id)
        already, board = set(solver.check(document, before).violations), Board(plan)
        for fit in for_section(town.sections[0]).fits:
            placed = {**before.placed, name: _with(before.placed[name], fit.teacher)}
            broken = set(solver.check(document, solver.Plan(placed)).violations) - already
            assert fit.fits == (not broken), (seed, fit.codes, broken)
            if fit.fits:
                verdict = board.verdict(town.sections[0].id, SectionPlace.from_document(placed[name]))
                assert fit.cost == sum(verdict.cost.values()), seed
            seen["fit" if fit.fits else "not"] += 1


def _limit_the_district(town: Town, plan: Plan, left: int) -> None:
    """A budget that leaves so much beside what the whole plan costs."""
    fees = (
        (placement.teacher.fee + placement.room.fee) * placement.section.sessions
        for placement in plan.placements
    )
    town.term.budgets.append(Budget(unit=town.district, yuan=sum(fees) + left))
    db.session.flush()


def _with(placement: solver.Placement, teacher: Teacher) -> solver.Placement:
    return solver.Placement(placement.week, placement.meetings, placement.room, key(TEACHER, teacher.id))


@pytest.mark.one_database
@SLOW
@given(seed=st.integers(0, 10**6))
def test_whoever_is_offered_for_a_date_is_found_free_by_counting(app: Flask, seen: dict[str, int], seed: int) -> None:
    with chance_town(app, seed) as (town, plan, random):
        cover = _cover(town, town.sections[0].id, town.teacher, 540)
        standing = _stand_in(town, plan, random, cover)
        db.session.flush()
        uses = list(_uses(plan, cover, standing))
        judged = for_session(cover)
        assert len({fit.teacher.id for fit in judged.fits} | {teacher.id for teacher in judged.too_far}) == TEACHERS + 1
        for teacher in db.session.query(Teacher):
            obstacles = judged.obstacles_of(teacher.id)
            if teacher.id == town.teacher.id:
                assert obstacles is None
                continue
            expected = _free(teacher, cover, town, uses)
            assert (obstacles == ()) == expected, (seed, teacher.name, obstacles)
            seen["fit" if expected else "not"] += 1


def _cover(town: Town, section_id: int, teacher: Teacher, start: int) -> Cover:
    day = town.term.first_day + timedelta(days=1)
    cover = Cover(section_id=section_id, date=day, start_minute=start, end_minute=start + 90, teacher=teacher)
    db.session.add(cover)
    return cover


def _stand_in(town: Town, plan: Plan, random: Random, cover: Cover) -> tuple[Cover, Teacher] | None:
    """Somebody already stands in for another session of that day, if there is one."""
    others = [placement for placement in plan.placements[1:] if placement.meetings[0].weekday == 1]
    if not others:
        return None
    teachers = [teacher for teacher in db.session.query(Teacher) if teacher is not town.teacher]
    other, substitute = others[0], random.choice(teachers)
    if substitute is other.teacher:
        return None
    beside = _cover(town, other.section_id or other.section.id, other.teacher, other.meetings[0].start_minute)
    beside.status = CoverStatus.COVERED
    db.session.flush()
    beside.substitutions.append(
        Substitution(
            section_id=beside.section_id, date=beside.date, start_minute=beside.start_minute,
            end_minute=beside.end_minute, teacher=substitute,
        )
    )  # fmt: skip
    return beside, substitute


def _uses(plan: Plan, cover: Cover, standing: tuple[Cover, Teacher] | None) -> Iterator[Use]:
    """What everybody gives in the first week."""
    monday = plan.term.first_day
    for placement in plan.placements[1:]:
        (meeting,) = placement.meetings
        day, start = monday + timedelta(days=meeting.weekday), meeting.start_minute
        if standing is not None and placement.section_id == standing[0].section_id:
            yield standing[1], day, start, start + 90, placement.room.venue
        else:
            yield placement.teacher, day, start, start + 90, placement.room.venue


def _free(teacher: Teacher, cover: Cover, town: Town, uses: list[Use]) -> bool:
    """The rules counted out by hand."""
    venue, plane = town.library, Plane(middle(town.communities))
    own = [use for use in uses if use[0] is teacher]
    covers = db.session.query(Cover).filter(Cover.date == cover.date)
    reported = teacher.id in {reported_cover.teacher_id for reported_cover in covers}
    return (
        plane.street_metres(teacher, venue) <= teacher.reach_metres
        and any(w.weekday == 1 and w.start_minute <= 540 and w.end_minute >= 630 for w in teacher.windows)
        and not any(absence.touches(cover.date, 540, 630) for absence in teacher.absences)
        and not reported
        and sum(use[1] == cover.date for use in own) < teacher.max_day
        and len(own) < teacher.max_week
        and all(_in_time(use, cover, venue, plane) for use in own)
        and _affordable(teacher, town)
    )


def _in_time(use: Use, cover: Cover, venue: Venue, plane: Plane) -> bool:
    _teacher, day, start, end, place = use
    metres = plane.street_metres(place, venue)
    way = 0 if place is venue else -(-metres // 250) + 5
    return day != cover.date or end + way <= cover.start_minute or cover.end_minute + way <= start


def _affordable(teacher: Teacher, town: Town) -> bool:
    """The street pays ten sessions of calligraphy at 100 yuan out of 50,000."""
    return teacher.fee <= 50_000 - 1000 + 100


def test_a_session_of_another_term_is_in_the_way(app: Flask) -> None:
    with chance_town(app, 1) as (town, plan, _random):
        cover = _cover(town, town.sections[0].id, town.teacher, 540)
        other = next(fit.teacher for fit in for_session(cover).fits if fit.fits)
        term = another_term(town)
        section = rows.section_row(term, town.course, town.street, "外学期班", {town.communities[0]: 5})
        elsewhere = Plan(term=term, name="外学期", status=PlanStatus.PUBLISHED, total=0, cost={})
        placement = Placement(section=section, week=1, room=town.hall, teacher=other)
        placement.meetings = [Meeting(weekday=1, start_minute=630)]
        elsewhere.placements = [placement]
        db.session.add(elsewhere)
        db.session.flush()
        assert plan is not elsewhere
        unfit = next(fit for fit in for_session(cover).fits if fit.teacher is other)
        assert unfit.codes[0] in {"teacher overlap or travel", "teacher day load", "teacher week load"}


def another_term(town: Town) -> Term:
    """Another term of the same weeks."""
    term = Term(unit=town.district, name="另一学期", first_day=town.term.first_day, weeks=16, weights={})
    db.session.add(term)
    return term
