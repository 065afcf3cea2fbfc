"""What could be taken back before all changes were kept in one place can be taken back from there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from flask_migrate import downgrade, upgrade
from sqlalchemy import MetaData, insert, select, update

from scheduler.audit.states.registers import MARKS, PINS
from scheduler.core.database import Base, column_values
from scheduler.core.extensions import db
from scheduler.features.planning.activities import opening, states
from scheduler.features.planning.activities.proposals import propose
from scheduler.features.planning.board.history import BoardChange, changes_of
from scheduler.features.planning.scenarios.registers import REGISTERS
from scheduler.models import (
    ActivitySeries,
    ChangeEntry,
    Course,
    Demand,
    DemandSource,
    PinnedMeeting,
    Plan,
    Proposal,
    ProposalState,
    RoomClosure,
    Section,
    SignIn,
    SourceKind,
    Teacher,
    TeacherAbsence,
)
from scheduler.workbooks.registers import sheets
from tests.activities import address, series_form
from tests.client import PageClient
from tests.factories import Town
from tests.scheduler.boards import NINE, TEN, calligraphy, draft, place_of, put, second

__all__ = ["draft", "second"]

BEFORE = "0015"
"""The revision before all changes were kept in one place."""
AT = datetime(2027, 1, 5, 9, tzinfo=UTC).replace(tzinfo=None)


@contextmanager
def tables_of_before() -> Iterator[dict[str, Any]]:
    """The tables as they were, to be filled; afterwards the database is of today, and who was signed in still is."""
    signed_in = [column_values(row) for row in db.session.scalars(select(SignIn))]
    db.session.commit()
    downgrade(revision=BEFORE)
    metadata = MetaData()
    metadata.reflect(db.engine)
    yield dict(metadata.tables)
    upgrade()
    db.session.execute(insert(SignIn), signed_in)
    db.session.commit()


def mark(table: Any, **values: Any) -> None:
    with db.engine.begin() as connection:
        connection.execute(update(table).values(**values))


def fill(table: Any, **values: Any) -> None:
    with db.engine.begin() as connection:
        connection.execute(insert(table).values(**values))


def written_by_series(section: Section) -> dict[str, Any]:
    """The state of a section as series wrote it down."""
    state = states.state_of(section)
    return {**state, "weeks": [state.pop("earliest_week"), state.pop("latest_week")]}


def test_the_last_step_of_a_series_is_taken_back(coordinator: PageClient, town: Town) -> None:
    coordinator.post(address(town, "/series/new"), series_form(town))
    series = db.session.scalars(select(ActivitySeries)).one()
    opening.carry_out(series, propose(series).fingerprint)
    first, *others = [entry.section for entry in series.entries]
    course = db.session.get_one(Course, series.course_id)
    before: dict[str, Any] = {str(section.id): None for section in others}
    before[str(first.id)] = {**written_by_series(first), "priority": 2}
    after = {str(entry.section_id): written_by_series(entry.section) for entry in series.entries}
    courses = {**states.course_state(course), "sessions": 2}, states.course_state(course)
    changed = others[0].id
    with tables_of_before() as tables:
        update: dict[str, Any] = {"series_id": 1, "at": AT, "undone": False}
        update["before"] = {"course": courses[0], "sections": before}
        update["after"] = {"course": courses[1], "sections": after}
        fill(tables["series_updates"], **update)
        fill(tables["series_updates"], **{**update, "undone": True})
    db.session.get_one(Section, changed).priority = 1
    db.session.commit()
    page = coordinator.post(address(town, "/series/1/updates/1/back"))
    assert "1 section was changed by hand in the meantime and stays" in page.text
    sections = [entry.section for entry in db.session.get_one(ActivitySeries, 1).entries]
    stands = [(section.id == changed, section.archived, section.priority) for section in sections]
    assert sorted(stands) == [(False, False, 2), (False, True, 4), (False, True, 4), (True, False, 1)]
    assert db.session.scalars(select(Course.sessions).where(Course.for_activity)).one() == 2


def written_by_scenario(section: Section) -> dict[str, Any]:
    """The state of a section as scenarios wrote it down."""
    state = REGISTERS["section"].read(section)
    pins = {part.removeprefix("pinned_"): state.pop(part) for part in PINS}
    return {**state, "pin": pins}


def test_what_a_scenario_has_written_is_taken_back(coordinator: PageClient, town: Town) -> None:
    section, teacher = town.sections[0], town.volunteer
    section.allowed_venues, section.pinned_week = [town.library], 1
    pinned = written_by_scenario(section)
    section.pinned_week, section.latest_week, teacher.archived_at = None, 4, datetime.now(UTC)
    db.session.commit()
    gone = REGISTERS["teacher"].read(teacher)
    gone["gone"] = gone.pop("archived")
    replaced = [
        {"register": "section", "id": section.id, "before": pinned, "after": written_by_scenario(section)},
        {"register": "teacher", "id": teacher.id, "before": {**gone, "gone": False}, "after": gone},
    ]
    about = {"term_id": town.term.id, "name": "设想", "changes": {"version": 1, "changes": []}, "created_at": AT}
    with tables_of_before() as tables:
        fill(tables["scenarios"], **about, taken_over_at=AT, replaced=replaced)
    page = coordinator.post(f"/desk/terms/{town.term.id}/scenarios/1/take-back")
    assert "The registers are as before." in page.text
    assert written_by_scenario(db.session.get_one(Section, section.id)) == pinned
    assert not db.session.get_one(Teacher, teacher.id).archived


def test_demand_that_was_worked_out_is_taken_back(coordinator: PageClient, town: Town) -> None:
    east, west, village, _other = town.communities
    about = {"term": town.term, "course": town.course}
    entries = [Demand(**about, community=east, people=15, worked_out=True),
               Demand(**about, community=west, people=10, worked_out=True)]
    source = DemandSource(**about, community=village, kind=SourceKind.PAST, people=8)
    db.session.add_all([*entries, source])
    db.session.commit()
    step: dict[str, Any] = {"term_id": town.term.id, "user_id": town.users["coordinator"].id, "at": AT, "undone": False}
    worked_out = [
        {"course": town.course.id, "community": community.id, "kind": None, "before": before, "after": after}
        for community, before, after in (
            (east, None, {"people": 15, "worked_out": True, "assumed": False}),
            (west, {"people": 7, "worked_out": False, "assumed": True},
             {"people": 10, "worked_out": True, "assumed": False}),
        )
    ]
    past = {"course": town.course.id, "kind": "past", "before": {"people": 3}}
    taken_over = [
        {**past, "community": community.id, "after": {"people": people}}
        for community, people in ((village, 8), (east, 9))
    ]
    with tables_of_before() as tables:
        fill(tables["demand_steps"], **step, kind="worked_out", changes=worked_out)
        fill(tables["demand_steps"], **step, kind="taken_over", changes=taken_over[:1])
        fill(tables["demand_steps"], **step, kind="taken_over", changes=taken_over)
    steps = f"/desk/terms/{town.term.id}/demand/sources/steps"
    assert "2 entries are as before." in coordinator.post(f"{steps}/1/undo").text
    assert [(entry.community_id, entry.people, entry.worked_out, entry.assumed)
            for entry in db.session.scalars(select(Demand))] == [(west.id, 7, False, True)]
    assert "somebody has changed numbers of 东门社区, so this" in coordinator.post(f"{steps}/3/undo").text
    assert "1 entry is as before." in coordinator.post(f"{steps}/2/undo").text
    assert db.session.scalars(select(DemandSource.people)).all() == [3]


def test_sections_that_were_opened_together_are_closed_again(coordinator: PageClient, town: Town) -> None:
    """Those who learn already and 30 others want to write: one section for these."""
    for community, people in zip(town.communities, (12 + 30, 8, 15), strict=False):
        db.session.add(Demand(term=town.term, course=town.course, community=community, people=people))
    db.session.commit()
    proposals = f"/desk/terms/{town.term.id}/proposals"
    coordinator.post(f"{proposals}/start", {})
    coordinator.post(f"{proposals}/accept", {"course": town.course.id})
    sections = len(town.sections)
    assert len(db.session.scalars(select(Section)).all()) == sections + 1
    with tables_of_before() as tables:
        mark(tables["proposals"], batch=2)
        mark(tables["sections"], reach_metres=8000)
    page = coordinator.get(proposals)
    assert "1 section was opened together" in page.text
    (address_of_undo,) = [form.get("action") for form in page.elements("form") if "/undo" in (form.get("action") or "")]
    assert "1 section is only proposed again." in coordinator.post(str(address_of_undo)).text
    assert len(db.session.scalars(select(Section)).all()) == sections
    assert db.session.scalars(select(Proposal.state)).all() == [ProposalState.OPEN]


def sets_and_entries() -> list[tuple[Any, ...]]:
    """All that is stored of changes."""
    sets, entries = (Base.metadata.tables[name] for name in ("change_sets", "change_entries"))
    columns = [column for table in (sets, entries) for column in table.columns if column.name not in ("id", "at")]
    statement = select(sets.c.id, *columns).join_from(sets, entries, sets.c.id == entries.c.change_set_id)
    return [tuple(row) for row in db.session.execute(statement.order_by(sets.c.id))]


def written_by_board(change: BoardChange) -> dict[str, Any]:
    """A change of a plan as the board wrote it down."""
    states = change.entry.before, change.entry.after
    if change.pins:
        pins = [{part.removeprefix("pinned_"): value for part, value in (state or {}).items()} for state in states]
        states = {"pinned": pins[0]}, {"pinned": pins[1]}
    made = change.change_set
    return {
        "id": made.id, "plan_id": made.subject_id, "version": made.version, "section_id": change.section.id,
        "user_id": made.user_id, "at": AT, "kind": str(change.step), "before": states[0], "after": states[1],
        "cost": made.facts["cost"], "reason": made.facts["reason"],
    }


def test_changes_of_a_plan_by_hand_are_what_they_were(
    coordinator: PageClient, second: PageClient, draft: Plan, town: Town
) -> None:
    section, url = town.sections[0], f"/desk/plans/{draft.id}/board"
    put(coordinator, draft, section, calligraphy(town, 2, TEN))
    put(second, draft, town.sections[2], None)
    for step in ("undo", "redo"):
        coordinator.post(f"{url}/{step}")
    coordinator.post(f"{url}/pin", {"section": section.id, "version": 4, "part": "hours", "pinned": "y"})
    for step in ("undo", "redo", "undo", "undo"):
        coordinator.post(f"{url}/{step}")
    second.post(f"{url}/undo")
    rows, before = [written_by_board(change) for change in changes_of(draft)], sets_and_entries()
    assert len(before) == 10
    with tables_of_before() as tables:
        for row in rows:
            fill(tables["plan_changes"], **row)
    assert sets_and_entries() == before
    for step, place in (("redo", calligraphy(town, 2, TEN)), ("undo", calligraphy(town, 1, NINE))):
        coordinator.post(f"{url}/{step}")
        assert place_of(draft, section) == place
    assert [change.step for change in changes_of(draft)][-2:] == ["redo", "undo"]
    assert [change.change_set.id for change in changes_of(draft)] == list(range(1, 13))


def furnish_all(town: Town) -> None:
    """Something in every column of every register."""
    first, day = town.sections[0], town.term.first_day
    first.pinned_meetings, first.pinned_week = [PinnedMeeting(weekday=1, start_minute=540)], 1
    first.pinned_room, first.pinned_teacher = town.reading_room, town.teacher
    first.allowed_venues, first.allowed_teachers = [town.station, town.library], [town.volunteer, town.teacher]
    dates = [(day, "盘点 一"), (day + timedelta(1), "盘点 一"), (day + timedelta(5), "")]
    town.reading_room.closures = [RoomClosure(date=date, reason=reason) for date, reason in dates]
    town.teacher.absences = [TeacherAbsence(date=date, reason=reason) for date, reason in dates]
    town.course.windows[0].cost = town.course.windows[1].cost = 4
    town.library.step_free, town.station.step_free, town.library.phone = True, False, "0574-1"
    about = {"term": town.term, "course": town.course, "community": town.communities[0]}
    db.session.add_all([Demand(**about, people=12, worked_out=True),
                        DemandSource(**about, kind=SourceKind.SURVEY, people=30, percent=50)])
    db.session.commit()


def test_what_workbooks_have_changed_is_taken_back(coordinator: PageClient, town: Town) -> None:
    furnish_all(town)
    lines: list[dict[str, Any]] = []
    states = []
    for register in sheets("term", town.term):
        table: Any = register.codec.table
        for entry in db.session.scalars(select(table)):
            state = register.codec.read(entry)
            marks = {name: state[name] for name in MARKS if name in state}
            values = register.values_of(entry)
            about = {"sheet": register.name, "target_id": entry.id}
            lines.append({**about, "marks": marks, "before": values, "after": values})
            states.append({name: value for name, value in state.items() if name not in ("term", "for_activity")})
    upload = {"user_id": town.users["coordinator"].id, "term_id": town.term.id, "register": "term", "filename": "x"}
    upload |= {"stale": "", "status": "applied", "created_at": AT, "expires_at": AT.replace(year=2099)}
    row: dict[str, Any] = {"import_id": 1, "number": 2, "cells": {}, "state": "changed", "title": "", "key": ""}
    row |= {"messages": [], "warnings": [], "changes": [], "warned": False, "clashes": [], "clashing": False}
    with tables_of_before() as tables:
        fill(tables["imports"], **upload)
        for position, line in enumerate(lines):
            fill(tables["import_rows"], **row, **line, position=position)
    entries = db.session.scalars(select(ChangeEntry).order_by(ChangeEntry.position)).all()
    assert [entry.before | {"archived": False} for entry in entries if entry.before] == [
        {"archived": False, **state} for state in states
    ]
    assert [entry.after for entry in entries] == [
        {name: value for name, value in (entry.before or {}).items() if name not in MARKS} for entry in entries
    ]
    assert f"{len(lines)} entries are as before." in coordinator.post("/desk/imports/1/undo").text
