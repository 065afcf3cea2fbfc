"""A scenario's changes made true: all of them or none, told beforehand, taken back as a whole."""

import json
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from scheduler.core.database import Base, column_values
from scheduler.core.extensions import db
from scheduler.engine.analysis.changes import apply_changes, read_changes
from scheduler.engine.documents.keys import ROOM, SECTION, TEACHER, VENUE, key
from scheduler.engine.documents.snapshot import term_document
from scheduler.models import (
    AuditEntry,
    Budget,
    Plan,
    PlanStatus,
    Room,
    RoomClosure,
    Scenario,
    Section,
    Teacher,
    TeacherAbsence,
)
from tests.client import PageClient
from tests.factories import Town
from tests.scheduler.jobs import carry_out, found_plan, take


def grants(town: Town) -> list[dict[str, object]]:
    """One relaxation of each kind that is written into the registers."""
    room, teacher, section = (
        key(ROOM, town.reading_room.id), key(TEACHER, town.teacher.id), key(SECTION, town.sections[0].id)
    )
    return [
        {"kind": "open room", "room": room, "hours": [[0, 420, 510]]},
        {"kind": "open room on", "room": room, "dates": ["2027-03-02"]},
        {"kind": "extend availability", "teacher": teacher, "hours": [[2, 1260, 1320]]},
        {"kind": "attend on", "teacher": teacher, "dates": ["2027-03-03"]},
        {"kind": "raise week", "teacher": teacher, "sessions": 2},
        {"kind": "raise day", "teacher": teacher, "sessions": 1},
        {"kind": "extend teacher reach", "teacher": teacher, "metres": 1500},
        {"kind": "teach subject", "teacher": teacher, "subject": "dance"},
        {"kind": "raise budget", "unit": town.street.code, "yuan": 1000},
        {"kind": "extend reach", "section": section, "metres": 700},
        {"kind": "allow venue", "section": section, "venue": key(VENUE, town.station.id)},
        {"kind": "allow teacher", "section": section, "teacher": key(TEACHER, town.volunteer.id)},
        {"kind": "begin until", "section": section, "week": 4},
        {"kind": "unpin", "section": section},
    ]


def tried(client: PageClient, town: Town, *things: dict[str, object]) -> Scenario:
    client.post(f"/desk/terms/{town.term.id}/scenarios/try", {"grant": json.dumps(things)})
    db.session.expire_all()
    return db.session.scalars(select(Scenario).order_by(Scenario.id.desc()).limit(1)).one()


def page_of(scenario: Scenario) -> str:
    return f"/desk/terms/{scenario.term_id}/scenarios/{scenario.id}"


def planned(client: PageClient, town: Town, scenario: Scenario) -> Plan:
    client.post(f"{page_of(scenario)}/plan", {"seconds": "30"})
    return carry_out(take(), found_plan(town))


def status_of(plan: Plan) -> str:
    db.session.expire_all()
    return plan.status.value


def registers() -> dict[str, list[str]]:
    """All rows of the registers, but for the ids of windows and the like, which are made anew."""
    db.session.expire_all()
    found: dict[str, list[str]] = {}
    for table in ("rooms", "room_windows", "room_closures", "teachers", "teacher_windows", "teacher_absences",
                  "sections", "budgets", "terms", "section_venues", "section_teachers", "teacher_subjects",
                  "pinned_meetings"):
        columns = [column for column in Base.metadata.tables[table].columns if column.name not in {"id"}]
        found[table] = sorted(map(repr, db.session.execute(select(*columns))))
    return found


def prepare_for_grants(town: Town) -> None:
    """Something to be lifted by each grant."""
    section = town.sections[0]
    section.allowed_venues, section.allowed_teachers = [town.library], [town.teacher]
    section.pinned_week = 1
    town.teacher.absences = [TeacherAbsence(date=town.term.first_day + timedelta(days=2), reason="培训")]
    tuesday, hours = town.term.first_day + timedelta(days=1), {"start_minute": 540, "end_minute": 600}
    town.reading_room.closures = [RoomClosure(date=day, **hours) for day in (tuesday, tuesday + timedelta(days=1))]
    db.session.commit()


def test_every_grant_is_written_and_the_registers_then_say_what_the_scenario_said(
    coordinator: PageClient, town: Town
) -> None:
    prepare_for_grants(town)
    scenario, before = tried(coordinator, town, *grants(town)), registers()
    wanted, _vanished = apply_changes(term_document(town.term), read_changes(scenario.changes))
    shown = coordinator.get(f"{page_of(scenario)}/take-over")
    assert "Sessions a week at most: 6 becomes 8" in shown.text and "Budget of 锦屏街道: ¥50,000" in shown.text
    assert registers() == before, "looking writes nothing"
    shown = coordinator.post(f"{page_of(scenario)}/take-over")
    assert "The changes stand in the registers now." in shown.text
    db.session.expire_all()
    document = term_document(town.term)
    assert document.rooms == wanted.rooms and document.units == wanted.units
    assert [hours.dates for hours in document.room[key(ROOM, town.reading_room.id)].busy] == [(date(2027, 3, 3),)]
    assert document.section[key(SECTION, town.sections[0].id)] == wanted.section[key(SECTION, town.sections[0].id)]
    mine = document.teacher[key(TEACHER, town.teacher.id)], wanted.teacher[key(TEACHER, town.teacher.id)]
    assert set(mine[0].subjects) == set(mine[1].subjects)
    assert mine[0].available == mine[1].available and mine[0].absent == mine[1].absent
    assert (mine[0].max_week, mine[0].max_day, mine[0].max_metres) == (8, 4, 21_500)
    assert db.session.scalar(select(func.count()).where(AuditEntry.table == "teachers", AuditEntry.action == "update"))
    coordinator.post(f"{page_of(scenario)}/take-back")
    assert registers() == before


def test_what_a_scenario_changes_by_its_own_forms_is_written_and_taken_back(
    coordinator: PageClient, town: Town
) -> None:
    scenario, before = tried(coordinator, town, grants(town)[0]), registers()
    for kind, data in (
        ("open", {"place": key(VENUE, town.library.id), "hours-6": "07:00-08:30"}),
        ("close", {"place": key(ROOM, town.hall.id)}),
        ("budgets", {"unit": "", "direction": "-1", "percent": "10", "yuan": "0"}),
        ("leave", {"teacher": str(town.volunteer.id)}),
        ("weight", {"part": "distance", "percent": "100"}),
    ):
        coordinator.post(f"{page_of(scenario)}/changes/{kind}", data)
    coordinator.post(f"{page_of(scenario)}/take-over")
    db.session.expire_all()
    assert db.session.scalars(select(Budget.yuan)).one() == 45_000
    assert db.session.get_one(Teacher, town.volunteer.id).archived and town.term.weights["distance"] == 2
    hall = db.session.get_one(Room, town.hall.id)
    assert len(hall.closures) == 7 * town.term.weeks
    assert min(window.start_minute for window in town.reading_room.windows if window.weekday == 6) == 420
    refused = coordinator.post(f"{page_of(scenario)}/plan", {"seconds": "30"})
    assert "are taken over" in refused.text
    coordinator.post(f"{page_of(scenario)}/take-back")
    assert registers() == before


def test_the_plan_becomes_a_draft_that_can_be_published_and_a_scenario_again_when_taken_back(
    coordinator: PageClient, town: Town
) -> None:
    scenario = tried(coordinator, town, grants(town)[0])
    plan = planned(coordinator, town, scenario)
    shown = coordinator.post(f"{page_of(scenario)}/take-over")
    assert f"Plan {plan.name} is a draft that can be published." in shown.text
    assert status_of(plan) == "draft"
    coordinator.post(f"{page_of(scenario)}/take-back")
    assert status_of(plan) == "scenario"
    coordinator.post(f"{page_of(scenario)}/take-over")
    coordinator.post(f"/desk/terms/{town.term.id}/publish?plan={plan.id}")
    assert status_of(plan) == "published"
    assert "published since" in coordinator.post(f"{page_of(scenario)}/take-back").text
    assert scenario.taken_over


def test_nothing_is_written_when_the_plan_would_still_break_a_rule(coordinator: PageClient, town: Town) -> None:
    scenario = tried(coordinator, town, grants(town)[0])
    plan = planned(coordinator, town, scenario)
    town.reading_room.capacity = 5
    db.session.commit()
    before = registers()
    refused = coordinator.post(f"{page_of(scenario)}/take-over")
    assert "would still break a rule, so nothing was written" in refused.text and "too few seats" in refused.text
    assert registers() == before and plan.status is PlanStatus.SCENARIO and not scenario.taken_over


def test_what_concerns_more_than_the_plan_links_to_the_form_that_grants_it(
    coordinator: PageClient, town: Town
) -> None:
    section = key(SECTION, town.sections[2].id)
    scenario = tried(
        coordinator, town,
        {"kind": "drop needs", "section": section, "needs": ["mirror"]},
        {"kind": "fewer learners", "section": section, "people": 3},
    )
    shown = coordinator.get(f"{page_of(scenario)}/take-over")
    assert f"/desk/courses/{town.dance.id}/edit" in shown.links
    assert f"/desk/terms/{town.term.id}/sections/{town.sections[2].id}/edit" in shown.links


def test_what_others_changed_meanwhile_is_not_overwritten_by_taking_back(coordinator: PageClient, town: Town) -> None:
    scenario = tried(coordinator, town, grants(town)[4])
    coordinator.post(f"{page_of(scenario)}/take-over")
    db.session.expire_all()
    town.teacher.max_week = 9
    db.session.commit()
    assert "somebody has changed 书法教师 1" in coordinator.post(f"{page_of(scenario)}/take-back").text
    db.session.expire_all()
    assert town.teacher.max_week == 9 and scenario.taken_over


def test_entries_of_other_units_are_not_written(app: Flask, coordinator: PageClient, town: Town) -> None:
    town.library.unit = town.city
    db.session.commit()
    scenario, before = tried(coordinator, town, grants(town)[0], grants(town)[4]), registers()
    assert "ask the coordinator of its unit" in coordinator.post(f"{page_of(scenario)}/take-over").text
    assert registers() == before


@pytest.mark.parametrize("sessions", [60, 99])
def test_what_the_database_forbids_is_refused_as_a_whole(coordinator: PageClient, town: Town, sessions: int) -> None:
    more: dict[str, object] = {**grants(town)[4], "sessions": sessions}
    scenario, before = tried(coordinator, town, grants(town)[0], more), registers()
    assert "refused this entry" in coordinator.post(f"{page_of(scenario)}/take-over").text
    assert registers() == before and not scenario.taken_over


def test_a_section_keeps_what_no_change_is_about(coordinator: PageClient, town: Town) -> None:
    kept = column_values(town.sections[1])
    scenario = tried(coordinator, town, *grants(town)[9:])
    coordinator.post(f"{page_of(scenario)}/take-over")
    db.session.expire_all()
    assert column_values(db.session.get_one(Section, town.sections[1].id)) == kept
