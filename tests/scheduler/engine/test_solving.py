"""From rows to the document that is planned, and from a plan document back to rows."""

from datetime import date

from flask import Flask
from sqlalchemy import select

import solver
from scheduler.calendar.occurrences import Occurrence, occurrences
from scheduler.core.database import now
from scheduler.core.extensions import db
from scheduler.engine.analysis.hopeless import hopeless_sections
from scheduler.engine.documents.drafts import save_draft
from scheduler.engine.documents.snapshot import plan_document, term_document
from scheduler.engine.words.sentences import COST_PARTS, REASONS, VIOLATIONS, reason_sentence, violation_sentence
from scheduler.maps.geography import Plane, Point, street_metres
from scheduler.models import (
    BookingStatus,
    CalendarDay,
    DayKind,
    PinnedMeeting,
    Plan,
    PlanStatus,
    RoomClosure,
    SharedLearners,
    TeacherAbsence,
    Term,
    Venue,
    VenueKind,
)
from solver import COST, RULES
from tests.factories import Town, build_bookings, build_plan


def test_degrees_become_metres_on_a_plane() -> None:
    plane = Plane(Point(30.0, 120.0))
    assert plane.metres(Point(30.0, 120.0)) == (0, 0)
    assert plane.metres(Point(30.01, 120.01)) == (964, 1105)
    assert plane.street_metres(Point(30.01, 120.01), Point(30.0, 120.0)) == 964 + 1105
    assert abs(street_metres(Point(30.01, 120.01), Point(30.0, 120.0)) - 2069) <= 1


def test_a_series_skips_days_off_and_runs_on(town: Town) -> None:
    plan = build_plan(town)
    placement, section = plan.placements[0], plan.placements[0].section
    plan.status, section.sessions, section.every_weeks = PlanStatus.DRAFT, 3, 2
    town.term.days = [
        CalendarDay(date=date(2027, 3, 16), kind=DayKind.OFF),
        CalendarDay(date=date(2027, 3, 2), kind=DayKind.MAKE_UP),
    ]
    assert occurrences(placement) == [
        Occurrence(1, date(2027, 3, 2), 540, 630),
        Occurrence(5, date(2027, 3, 30), 540, 630),
        Occurrence(7, date(2027, 4, 13), 540, 630),
    ]
    section.sessions = 50
    assert len(occurrences(placement)) == 7, "the term ends first"


def test_the_document_reads_back_as_it_was_written(town: Town) -> None:
    document = term_document(town.term, build_plan(town))
    read_back = solver.read_term(solver.write_term(document))
    assert solver.write_term(read_back) == solver.write_term(document)
    assert set(read_back.previous) == {f"s{town.sections[0].id}", f"s{town.sections[2].id}"}


def test_the_document_holds_what_the_rows_say(town: Town) -> None:
    first, second, _third = town.sections
    first.pinned_room, first.pinned_week = town.reading_room, 2
    first.pinned_meetings = [PinnedMeeting(weekday=3, start_minute=540)]
    first.allowed_teachers = [town.teacher]
    town.reading_room.closures = [RoomClosure(date=date(2027, 4, 5))]
    town.teacher.absences = [TeacherAbsence(date=date(2027, 4, 6))]
    town.term.days = [CalendarDay(date=date(2027, 5, 1), kind=DayKind.OFF)]
    db.session.add(SharedLearners(first_id=first.id, second_id=second.id, people=4))
    db.session.flush()
    document = term_document(town.term)
    section, room = document.section[f"s{first.id}"], document.room[f"r{town.reading_room.id}"]
    assert section.learners == {"330213001001": 12, "330213001002": 8}
    assert section.teachers == (f"t{town.teacher.id}",) and section.venues is None
    assert section.pinned is not None
    assert (section.pinned.room, section.pinned.week, section.pinned.teacher) == (room.id, 2, None)
    assert section.pinned.meetings == ((3, 540),)
    assert (room.capacity, room.turnaround, room.closed) == (40, 10, (date(2027, 4, 5),))
    assert document.teacher[f"t{town.teacher.id}"].absent == (date(2027, 4, 6),)
    assert document.calendar.closed == (date(2027, 5, 1),)
    assert document.unit["330213001"].budget == 50_000 and document.unit["330213"].budget is None
    assert [pair.people for pair in document.shared] == [4]


def test_archived_rows_stay_out_but_pins_to_them_are_not_forgotten(town: Town) -> None:
    town.reading_room.archived_at = town.volunteer.archived_at = now()
    town.sections[1].archived_at = now()
    town.sections[0].pinned_room = town.reading_room
    db.session.flush()
    document = term_document(town.term)
    assert [section.id for section in document.sections] == [f"s{town.sections[i].id}" for i in (0, 2)]
    assert [teacher.id for teacher in document.teachers] == [f"t{town.teacher.id}"]
    assert document.room[f"r{town.reading_room.id}"].open == ()
    assert str(town.sections[0].id) in hopeless_sections(town.term)


def test_only_venues_of_the_subtree_and_of_the_units_above_are_offered(town: Town) -> None:
    palace = Venue(unit=town.city, kind=VenueKind.YOUTH_PALACE, name="宁波青少年宫", latitude=29.8, longitude=121.5)
    street_term = Term(unit=town.street, name="街道学期", first_day=date(2027, 3, 1), weeks=10, weights={})
    db.session.add_all([palace, street_term])
    db.session.flush()
    assert {venue.id for venue in term_document(street_term).venues} == {f"v{town.library.id}", f"v{palace.id}"}
    assert f"v{palace.id}" in {venue.id for venue in term_document(town.term).venues}


def test_a_declined_request_takes_its_hours_from_the_room(town: Town) -> None:
    plan = build_plan(town)
    request = build_bookings(plan)[0]
    hours = (1, 510, 1260)
    assert hours in term_document(town.term).room[f"r{town.reading_room.id}"].open
    request.status, request.reason = BookingStatus.DECLINED, "repairs"
    for session in request.sessions:
        session.holds = False
    db.session.flush()
    left = term_document(town.term).room[f"r{town.reading_room.id}"].open
    assert hours not in left and {(1, 510, 540), (1, 630, 1260)} <= set(left)


def test_a_plan_document_becomes_a_draft_and_back(town: Town) -> None:
    document, plan = term_document(town.term), plan_document(build_plan(town))
    draft = save_draft(town.term, document, plan, bound=5)
    db.session.expire_all()
    assert (draft.status, draft.name, draft.bound) == (PlanStatus.DRAFT, "#2", 5)
    assert plan_document(draft).placed == plan.placed
    assert draft.cost == solver.check(document, plan).cost and draft.total == sum(draft.cost.values())
    assert set(draft.reasons) == {str(town.sections[1].id)}
    assert draft.reasons[str(town.sections[1].id)]["code"] == "could be placed"


def test_rows_that_vanished_meanwhile_are_left_out(town: Town) -> None:
    document, plan = term_document(town.term), plan_document(build_plan(town, PlanStatus.DRAFT))
    db.session.delete(db.session.scalars(select(Plan)).one())
    db.session.delete(town.sections[2])
    db.session.flush()
    draft = save_draft(town.term, document, plan)
    assert [placement.section_id for placement in draft.placements] == [town.sections[0].id]


def test_every_rule_and_every_part_of_the_cost_has_its_words() -> None:
    assert {rule.code for rule in RULES} | {"unknown section", "unknown room or teacher"} == set(VIOLATIONS)
    assert {part.name for part in COST} == set(COST_PARTS)


def test_broken_rules_are_said_with_names(app: Flask, town: Town) -> None:
    section, room, teacher = f"s{town.sections[0].id}", f"r{town.reading_room.id}", f"t{town.teacher.id}"
    with app.test_request_context(headers={"Accept-Language": "en"}):
        said = violation_sentence(solver.Violation("room open", (section, room, "2", "540")))
        assert said == "锦屏街道·书法 1 班: 奉化区图书馆 阅览室 is not open on Wednesday at 09:00."
        assert "¥300" in violation_sentence(solver.Violation("budget", ("330213001", "300", "200")))
        assert "书法教师 1" in violation_sentence(solver.Violation("teacher day load", (teacher, "2027-03-02")))
        assert "r999" in violation_sentence(solver.Violation("capacity", (section, "r999")))
        assert violation_sentence(solver.Violation("new rule", ())) == "A rule is broken: new rule."


def test_reasons_are_said_in_words_and_unknown_ones_in_general(app: Flask, town: Town) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert "seats all" in reason_sentence({"code": "no room", "parameters": ["capacity", "7"]})
        assert "¥90" in reason_sentence({"code": "budget", "parameters": ["330213001", "90", "10"]})
        general = reason_sentence({"code": "something new", "parameters": ["1"]})
        assert general == reason_sentence({}) == "No hours, room and teacher were left for it."
        for code, sentence in REASONS.items():
            head, _colon, rule = code.partition(": ")
            parameters = [*([rule] if rule else []), *("1" for _kind in sentence.kinds)]
            assert reason_sentence({"code": head, "parameters": parameters}) != general


def test_reasons_of_the_planner_are_known_here(app: Flask, town: Town) -> None:
    """Each section is made hopeless in another way; no sentence may be the general one."""
    town.sections[0].learners[0].people = 900
    town.dance.reach_metres = town.sections[2].reach_metres = 100
    town.teacher.subjects, town.volunteer.subjects = [], [town.dance.subject]
    db.session.flush()
    with app.test_request_context(headers={"Accept-Language": "en"}):
        said = {number: reason_sentence(reason) for number, reason in hopeless_sections(town.term).items()}
    ids = [str(section.id) for section in town.sections]
    assert "seats all" in said[ids[0]] and "teaches its subject" in said[ids[1]] and "too far" in said[ids[2]]
