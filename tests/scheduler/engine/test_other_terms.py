"""What one term has of a room or teacher, another one lacks at just these hours of these dates."""

import json
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from flask import Flask
from flask_babel import force_locale

import solver
from scheduler.core.extensions import db
from scheduler.domain.cost_weights import DEFAULT_WEIGHTS
from scheduler.engine.analysis import substitutes
from scheduler.engine.documents.keys import ROOM, SECTION, TEACHER, VENUE, key
from scheduler.engine.documents.places import SectionPlace
from scheduler.engine.documents.snapshot import plan_document, term_document
from scheduler.engine.words.sentences import violation_sentence
from scheduler.models import (
    CourseWindow,
    Meeting,
    Placement,
    Plan,
    PlanStatus,
    Room,
    RoomClosure,
    Section,
    Teacher,
    TeacherAbsence,
    Term,
)
from tests import rows
from tests.client import PageClient
from tests.factories import Town, build_bookings, build_plan
from tests.scheduler.boards import board_url, put

FIRST_DAY, LECTURE_DAY = date(2028, 2, 28), date(2028, 3, 17)
FRIDAY = 4
EIGHT = 8


@dataclass
class TwoTerms:
    """A term with one lecture, and a draft of another term of the same weeks with a class every Friday at nine."""

    lecture: Placement
    weekly: Section
    draft: Plan
    room: Room
    reading_room: Room
    hall: Room
    teacher: Teacher

    @property
    def document(self) -> solver.Term:
        """The other term as it is planned."""
        return term_document(self.draft.term)

    def violations(self, start: int, room: Room | None = None, teacher: Teacher | None = None) -> list[str]:
        """The codes of what the weekly class breaks on Fridays at a minute, in the order of the check."""
        return [code for code, _parameters in self.broken(start, room, teacher)]

    def broken(self, start: int, room: Room | None = None, teacher: Teacher | None = None) -> list[solver.Violation]:
        """What the weekly class breaks on Fridays at a minute, where the lecture is unless something else is given."""
        placement = solver.Placement(
            1,
            (solver.Meeting(FRIDAY, start),),
            key(ROOM, (room or self.room).id),
            key(TEACHER, (teacher or self.teacher).id),
        )
        plan = solver.Plan({key(SECTION, self.weekly.id): placement})
        return list(solver.check(self.document, plan).violations)


@pytest.fixture
def terms(town: Town) -> TwoTerms:
    """The lecture is on Friday, 17 March 2028 from 14:00 to 15:00 in the training room of the library."""
    training_room = rows.room_row(town.library, "培训教室", 40, [])
    first, other = (
        Term(unit=town.district, name=name, first_day=FIRST_DAY, weeks=EIGHT, weights=dict(DEFAULT_WEIGHTS),
             grid_minutes=10)
        for name in ("甲学期", "乙学期")
    )  # fmt: skip
    db.session.add_all([first, other])
    course = rows.course_row("健康讲座", "Health", town.course.subject, [])
    course.minutes, course.sessions = 60, 1
    course.windows = [CourseWindow(weekday=FRIDAY, start_minute=510, end_minute=1260, cost=0)]
    lecture = rows.section_row(first, course, town.street, "健康讲座", {town.communities[0]: 12})
    weekly = rows.section_row(other, course, town.street, "每周五班", {town.communities[0]: 12})
    weekly.sessions = EIGHT
    published = _plan(first, PlanStatus.PUBLISHED, lecture, training_room, town.teacher, week=3, start=840)
    draft = _plan(other, PlanStatus.DRAFT, weekly, training_room, town.teacher, week=1, start=540)
    db.session.flush()
    build_bookings(published)
    db.session.commit()
    (placement,) = published.placements
    return TwoTerms(placement, weekly, draft, training_room, town.reading_room, town.hall, town.teacher)


def _plan(
    term: Term, status: PlanStatus, section: Section, room: Room, teacher: Teacher, week: int, start: int
) -> Plan:
    plan = Plan(term=term, name="方案", status=status, total=0, bound=0, cost={}, reasons={})
    meetings = [Meeting(weekday=FRIDAY, start_minute=start)]
    plan.placements = [Placement(section=section, week=week, room=room, teacher=teacher, meetings=meetings)]
    db.session.add(plan)
    return plan


def test_one_lecture_takes_its_own_hour_of_its_own_date(coordinator: PageClient, terms: TwoTerms) -> None:
    """The document that is downloaded has no closed date and no weekly hour less."""
    downloaded = json.loads(coordinator.download(f"/desk/terms/{terms.draft.term_id}/term.json").data)
    (room,) = (room for room in downloaded["rooms"] if room["id"] == key(ROOM, terms.room.id))
    assert (room["closed"], [span for span in room["open"] if span[0] == FRIDAY]) == ([], [[FRIDAY, 510, 1260]])
    hours = {"dates": ["2028-03-17"], "start": 840, "end": 900, "name": "甲学期"}
    assert room["busy"] == [{**hours, "pause": 10}]
    (teacher,) = (teacher for teacher in downloaded["teachers"] if teacher["id"] == key(TEACHER, terms.teacher.id))
    assert (teacher["absent"], [span for span in teacher["available"] if span[0] == FRIDAY]) == (
        [], [[FRIDAY, 510, 1260]]
    )  # fmt: skip
    (venue,) = (venue for venue in downloaded["venues"] if venue["id"] == key(VENUE, terms.room.venue_id))
    assert teacher["busy"] == [{**hours, "place": {"id": venue["id"], "x": venue["x"], "y": venue["y"]}}]
    assert not any("busy" in room for room in downloaded["rooms"] if room["id"] != key(ROOM, terms.room.id))


def test_a_weekly_class_meets_in_the_same_room_at_all_other_hours(terms: TwoTerms) -> None:
    """From 12:50 to 15:10 the room has to be tidied up; the teacher is there already and has no way."""
    assert terms.violations(540) == terms.violations(770) == terms.violations(910) == []
    assert terms.violations(780) == terms.violations(900) == ["room busy"]
    assert terms.violations(790) == terms.violations(840) == ["room busy", "teacher busy"]
    assert {parameters[2] for _code, parameters in terms.broken(840)} == {"2028-03-17"}
    terms.weekly.sessions = 2
    db.session.flush()
    assert terms.violations(840) == [], "the class is over by then"


def test_the_longer_of_the_turnarounds_of_then_and_of_today_is_kept(terms: TwoTerms, town: Town) -> None:
    """The lecture was booked with ten minutes after it."""
    for today, earliest in ((0, 910), (10, 910), (30, 930)):
        terms.room.turnaround_minutes = today
        db.session.flush()
        assert terms.violations(earliest, teacher=town.volunteer) == []
        assert terms.violations(earliest - 10, teacher=town.volunteer) == ["room busy"]
        assert terms.violations(780 - max(today, 10), teacher=town.volunteer) == []
        assert terms.violations(790 - max(today, 10), teacher=town.volunteer) == ["room busy"]


def test_the_class_is_planned_at_that_hour_where_another_room_and_teacher_are_free(terms: TwoTerms, town: Town) -> None:
    assert terms.violations(840, terms.reading_room, town.volunteer) == []
    assert terms.violations(840, terms.reading_room) == ["teacher busy"]
    assert terms.violations(840, teacher=town.volunteer) == ["room busy"]
    result = solver.solve(terms.document, solver.Settings(seconds=60, workers=1, max_rounds=1))
    assert result.plan is not None and not solver.check(terms.document, result.plan).violations
    assert list(result.plan.placed) == [key(SECTION, terms.weekly.id)]


def test_the_next_class_may_begin_next_door_at_once_and_elsewhere_after_the_way(terms: TwoTerms) -> None:
    """The teacher's class ends at 10:30. From the library to the station it takes more than half an hour."""
    terms.lecture.meetings[0].start_minute, terms.lecture.section.minutes = 540, 90
    terms.weekly.reach_metres = 20_000
    db.session.flush()
    document = terms.document
    library, station = (document.venue[key(VENUE, room.venue_id)] for room in (terms.room, terms.hall))
    arrival = 630 + document.travel_minutes(library, station)
    assert 660 < arrival < 720
    assert terms.violations(630, terms.reading_room) == []
    assert terms.violations(620, terms.reading_room) == ["teacher busy"]
    assert terms.violations(arrival // 10 * 10, terms.hall) == ["teacher busy"]
    assert terms.violations(arrival // 10 * 10 + 10, terms.hall) == []


def test_every_week_of_another_class_is_taken_and_the_weeks_without_it_are_not(terms: TwoTerms) -> None:
    """The other class meets on four Fridays from the first week on; before, four dates closed the hour for good."""
    terms.lecture.week, terms.lecture.section.sessions = 1, 4
    db.session.flush()
    (hours,) = terms.document.teacher[key(TEACHER, terms.teacher.id)].busy
    assert hours.dates == tuple(FIRST_DAY + timedelta(weeks=week, days=FRIDAY) for week in range(4))
    assert terms.violations(840, terms.reading_room) == ["teacher busy"] * 4
    terms.weekly.sessions, terms.weekly.latest_week = 4, 5
    db.session.flush()
    later = solver.Placement(
        5, (solver.Meeting(FRIDAY, 840),), key(ROOM, terms.reading_room.id), key(TEACHER, terms.teacher.id)
    )
    assert not solver.check(terms.document, solver.Plan({key(SECTION, terms.weekly.id): later})).violations


def test_the_refusal_says_in_which_term_the_teacher_and_the_room_are_needed(
    app: Flask, coordinator: PageClient, terms: TwoTerms
) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        room, teacher = map(violation_sentence, terms.broken(840))
    assert room == "每周五班: 奉化区图书馆 培训教室 is taken by 甲学期 on Mar 17, 2028 from 14:00 to 15:00."
    assert teacher == (
        "每周五班: on Mar 17, 2028 书法教师 1 teaches in 甲学期 from 14:00 to 15:00, which leaves no time for it."
    )
    with force_locale("zh_CN"):
        room, teacher = map(violation_sentence, terms.broken(840))
    assert room == "每周五班：奉化区图书馆 培训教室 在 2028年3月17日 14:00–15:00 已由“甲学期”占用。"
    assert teacher == "每周五班：书法教师 1 在 2028年3月17日 14:00–15:00 有“甲学期”的课，这个时段无法授课。"


def test_the_board_names_the_other_term_and_puts_the_class_down_beside_it(
    coordinator: PageClient, terms: TwoTerms
) -> None:
    page = coordinator.get(board_url(terms.draft, section=terms.weekly.id, q="培训教室"))
    (taken,) = (
        button
        for button in page.elements("button")
        if button.get("aria-label") == "Friday 13:10–14:50, 培训教室: room taken"
    )
    detail = taken.get("data-detail")
    assert "is taken by 甲学期 on" in detail and "teaches in 甲学期 from 14:00 to 15:00" in detail
    at_two = SectionPlace(1, ((FRIDAY, 840),), terms.room.id, terms.teacher.id)
    refused = put(coordinator, terms.draft, terms.weekly, at_two, status=422)
    assert "It cannot go there" in refused.text and "teaches in 甲学期" in refused.text
    later = SectionPlace(1, ((FRIDAY, 910),), terms.room.id, terms.teacher.id)
    put(coordinator, terms.draft, terms.weekly, later)
    db.session.expire_all()
    assert plan_document(terms.draft).placed[key(SECTION, terms.weekly.id)] == later.document


@pytest.mark.parametrize(("start", "obstacles"), [(840, ("teacher busy",)), (780, ()), (540, ())])
def test_who_teaches_in_another_term_does_not_take_the_class_over_then(
    terms: TwoTerms, town: Town, start: int, obstacles: tuple[str, ...]
) -> None:
    (placement,) = terms.draft.placements
    terms.draft.status, placement.teacher, placement.room = PlanStatus.PUBLISHED, town.volunteer, terms.reading_room
    placement.meetings[0].start_minute = start
    db.session.commit()
    assert substitutes.for_section(terms.weekly).obstacles_of(terms.teacher.id) == obstacles


def test_terms_of_other_weeks_lack_nothing(town: Town) -> None:
    build_bookings(build_plan(town))
    later = Term(unit=town.district, name="秋季", first_day=date(2027, 9, 6), weeks=16, weights={})
    db.session.add(later)
    db.session.flush()
    document = term_document(later)
    assert not any(room.busy for room in document.rooms) and not any(teacher.busy for teacher in document.teachers)


def test_hours_of_a_date_are_closed_on_that_date_alone(
    app: Flask, coordinator: PageClient, terms: TwoTerms
) -> None:
    """Rooms and teachers need no pause around hours that they simply cannot be had at."""
    noon = {"start_minute": 660, "end_minute": 720}
    before, day, outside = LECTURE_DAY - timedelta(weeks=1), LECTURE_DAY, FIRST_DAY - timedelta(days=3)
    terms.reading_room.closures = [RoomClosure(date=date, **noon) for date in (day, before, outside)]
    terms.teacher.absences = [TeacherAbsence(date=before, **noon), TeacherAbsence(date=day)]
    db.session.commit()
    document = terms.document
    room, teacher = document.room[key(ROOM, terms.reading_room.id)], document.teacher[key(TEACHER, terms.teacher.id)]
    assert room.busy == (solver.BusyRoomHours((before, day), 660, 720),)
    assert (room.closed, teacher.absent) == ((), (day,))
    assert solver.BusyTeacherHours((before,), 660, 720) in teacher.busy
    terms.teacher.absences = terms.teacher.absences[:1]
    db.session.commit()
    assert terms.violations(600, terms.reading_room) == terms.violations(720, terms.reading_room) == []
    assert terms.violations(610, terms.reading_room) == ["room busy", "teacher busy", "room busy"]
    with app.test_request_context(headers={"Accept-Language": "en"}):
        said = [violation_sentence(violation) for violation in terms.broken(660, terms.reading_room)]
    assert said[0] == "每周五班: 奉化区图书馆 阅览室 is closed on Mar 10, 2028 from 11:00 to 12:00."
    assert said[1] == "每周五班: 书法教师 1 is absent on Mar 10, 2028 from 11:00 to 12:00."
    page = coordinator.get(board_url(terms.draft, section=terms.weekly.id, q="阅览室"))
    assert "Friday 10:10–11:50, 阅览室: room closed" in {
        button.get("aria-label") for button in page.elements("button")
    }
