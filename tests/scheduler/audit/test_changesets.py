"""Changes that belong together: taken back whatever they were, but never over what somebody else has done since."""

import json
from random import Random
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from scheduler.audit.changesets import BlockedEntry, ChangeLog, Obstacle, in_effect, undo
from scheduler.audit.states.codec import State
from scheduler.audit.states.registers import CODECS
from scheduler.core.database import Base
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.models import (
    CalendarDay,
    ChangeEntry,
    ChangeSet,
    ChangeSetKind,
    DayKind,
    Demand,
    PinnedMeeting,
    PlanStatus,
    Room,
    SharedLearners,
)
from tests.factories import Town, build_plan
from tests.scheduler.audit.random_changes import VALUES, Changes, furnish, placement_of

CHANGES = 25
TABLES = (
    "venues", "rooms", "room_features", "room_windows", "room_closures", "teachers", "teacher_subjects",
    "teacher_windows", "teacher_absences", "courses", "course_features", "course_windows", "sections", "section_venues",
    "section_teachers", "section_learners", "pinned_meetings", "shared_learners", "demand", "demand_sources",
    "calendar_days", "placements", "meetings", "terms", "budgets",
    "activity_series", "proposals",
)
BELOW = {"room_windows", "room_closures", "teacher_windows", "teacher_absences", "course_windows", "budgets"}
"""Tables to whose ids nothing refers: their rows come back under others."""
IN_PARTS = {
    "activity_series": {"archived"},  # with its sections
    "placements": {"meetings", "room", "teacher", "week"},  # of drafts
    "proposals": {"section", "state"},  # what was proposed stays
    "terms": {"budgets", "weights"},  # what a scenario can change
}
Rows = dict[str, list[str]]


def rows_of_registers() -> Rows:
    """Every row of the registers; of an archived one that it is, not when it was."""
    db.session.flush()
    rows: Rows = {}
    for table in TABLES:
        of_table = Base.metadata.tables[table].columns
        columns = [column for column in of_table if column.name != "id" or table not in BELOW]
        rows[table] = sorted(
            str([value is not None if column.name == "archived_at" else value
                 for column, value in zip(columns, row, strict=True)])
            for row in db.session.execute(select(*columns))
        )
    return rows


def log_of(town: Town) -> ChangeLog:
    return ChangeLog(ChangeSetKind.WORKBOOK_TAKEN_OVER, town.term, town.term.id)


@pytest.fixture
def furnished(town: Town) -> Town:
    """The town with a draft, demand and all else that the registers hold."""
    build_plan(town, PlanStatus.DRAFT)
    furnish(town)
    town.sections[0].pinned_meetings = [PinnedMeeting(weekday=1, start_minute=540)]
    db.session.add(CalendarDay(term_id=town.term.id, date=town.term.first_day, kind=DayKind.OFF, name="开学"))
    db.session.commit()
    return town


def changed_at_random(town: Town, seed: int) -> tuple[ChangeSet, Changes]:
    changes = Changes(town, Random(seed), log_of(town), [])
    for _number in range(CHANGES):
        changes.draw()
    made = changes.log.close()
    db.session.commit()
    return made, changes


@pytest.mark.parametrize("seed", range(12))
def test_whatever_was_changed_is_as_before_and_then_as_after(furnished: Town, seed: int) -> None:
    before = rows_of_registers()
    made, _changes = changed_at_random(furnished, seed)
    after = rows_of_registers()
    assert after != before and len(made.entries) > CHANGES // 2
    taken_back = undo(made, whole=True)
    db.session.commit()
    assert (rows_of_registers(), taken_back.blocked) == (before, [])
    assert taken_back.restored == made.entries[::-1]
    assert taken_back.change_set is not None
    done_again = undo(taken_back.change_set, whole=True)
    db.session.commit()
    assert (rows_of_registers(), done_again.blocked) == (after, [])
    assert done_again.change_set is not None and not done_again.change_set.backward
    undo(done_again.change_set, whole=False)
    assert rows_of_registers() == before


@pytest.mark.parametrize("seed", range(12))
def test_a_row_that_somebody_else_has_changed_stays_and_is_named(furnished: Town, seed: int) -> None:
    made, changes = changed_at_random(furnished, seed)
    changeable = [entry for entry in made.entries if VALUES[entry.register].keys() & (entry.after or {})]
    entry = changes.random.choice(changeable)
    codec = CODECS[entry.register]
    others = change_again(changes, entry)
    rows = rows_of_registers()
    refused = undo(made, whole=True)
    assert (refused.change_set, refused.restored) == (None, [])
    assert refused.blocked == [BlockedEntry(entry, Obstacle.CHANGED)]
    assert rows_of_registers() == rows
    done = undo(made, whole=False)
    db.session.commit()
    assert done.blocked == refused.blocked and len(done.restored) == len(made.entries) - 1
    assert codec.read(codec.find(entry.row)) == others
    assert done.change_set is not None
    stands = {(entry.register, entry.row): entry.after for entry in done.change_set.entries}
    assert len(stands) > CHANGES // 2 and stands == {(name, key): stood(name, key, stands) for name, key in stands}


def stood(register: str, key: str, parts: dict[tuple[str, str], State | None]) -> State | None:
    """How a row stands in the parts that are asked for, None where there is none."""
    row = CODECS[register].find(key)
    return None if row is None else CODECS[register].read(row, parts[register, key])


def change_again(changes: Changes, entry: ChangeEntry) -> State:
    """Somebody else's change of a part that was noted; how the row stands then."""
    codec = CODECS[entry.register]
    row = codec.find(entry.row)
    name = changes.random.choice(sorted(VALUES[entry.register].keys() & (entry.after or {})))
    while codec.read(row, entry.after) == entry.after:
        codec.write(row, {name: VALUES[entry.register][name](changes.town, changes.random)})
        db.session.commit()
    return codec.read(row)


def test_only_the_parts_that_were_noted_are_compared_and_more_may_be_put_back(furnished: Town) -> None:
    log, room = log_of(furnished), furnished.reading_room
    room.assumed = True
    log.changing(room, ["capacity"], before={"capacity": room.capacity, "assumed": True})
    room.capacity, room.assumed = 55, False
    made = log.close()
    room.fee = 12
    assert made.entries[0].after == {"capacity": 55} and undo(made, whole=True).blocked == []
    db.session.commit()
    assert (room.capacity, room.assumed, room.fee) == (40, True, 12)


def test_every_register_is_changed_at_random() -> None:
    assert set(VALUES) == set(CODECS)


def test_a_state_comes_back_from_json_as_it_was(furnished: Town) -> None:
    for codec in CODECS.values():
        for row in db.session.scalars(select(codec.table)):
            assert json.loads(json.dumps(codec.read(row))) == codec.read(row)


@pytest.mark.parametrize("name", CODECS)
def test_a_codec_knows_every_column_of_its_table(name: str) -> None:
    columns = [column.key for column in Base.metadata.tables[name].columns if not column.primary_key]
    parts = {column.removesuffix("_id").replace("archived_at", "archived") for column in columns} - {"spelling"}
    assert set(CODECS[name].parts) >= IN_PARTS.get(name, parts)


def test_a_row_that_something_else_refers_to_by_now_stays(furnished: Town) -> None:
    log, room = log_of(furnished), Room(venue=furnished.library, name="多功能厅", capacity=30)
    db.session.add(room)
    log.making(room, title="多功能厅")
    log.changing(furnished.hall, ["capacity"])
    furnished.hall.capacity = 60
    made = log.close()
    placement_of(furnished).room = room
    db.session.commit()
    refused = undo(made, whole=True)
    assert [(row.entry.title, row.obstacle) for row in refused.blocked] == [("多功能厅", Obstacle.USED)]
    assert refused.change_set is None and furnished.hall.capacity == 60
    done = undo(made, whole=False)
    db.session.commit()
    assert done.blocked == refused.blocked and furnished.hall.capacity == 50 and room.name == "多功能厅"


def test_what_the_database_no_longer_takes_stays(furnished: Town) -> None:
    log = log_of(furnished)
    log.changing(furnished.hall, ["name", "venue"])
    furnished.hall.name, furnished.hall.venue = "小厅", furnished.library
    made = log.close()
    db.session.add(Room(venue=furnished.station, name="排练厅", capacity=10))
    db.session.commit()
    assert [row.obstacle for row in undo(made, whole=False).blocked] == [Obstacle.REFUSED]
    db.session.commit()
    assert furnished.hall.name == "小厅"


def test_what_is_gone_is_named(furnished: Town) -> None:
    entry, log = db.session.scalars(select(Demand).where(Demand.people == 12)).one(), log_of(furnished)
    log.changing(entry, title="西溪社区")
    entry.people = 13
    made = log.close()
    db.session.delete(entry)
    db.session.commit()
    assert [(row.entry.title, row.obstacle) for row in undo(made, whole=True).blocked] == [("西溪社区", Obstacle.GONE)]


def test_a_removed_row_comes_back_beside_the_one_that_took_its_number(furnished: Town) -> None:
    last, log = db.session.scalars(select(Demand).order_by(Demand.id.desc())).first(), log_of(furnished)
    assert last is not None
    log.removing(last)
    number, community = last.id, last.community_id
    db.session.delete(last)
    made = log.close()
    db.session.commit()
    other = Demand(
        id=number, term_id=furnished.term.id, course_id=furnished.dance.id, community_id=community, people=1
    )
    db.session.add(other)
    db.session.commit()
    assert undo(made, whole=True).blocked == []
    db.session.commit()
    assert sorted(db.session.scalars(select(Demand.people))) == [1, 12, 30]


def test_a_pair_that_was_entered_again_is_not_removed_for_the_one_that_comes_back(furnished: Town) -> None:
    pair, log = db.session.scalars(select(SharedLearners)).one(), log_of(furnished)
    first, second = pair.first_id, pair.second_id
    log.removing(pair)
    db.session.delete(pair)
    made = log.close()
    db.session.add(SharedLearners(first_id=first, second_id=second, people=3))
    db.session.commit()
    assert [row.obstacle for row in undo(made, whole=False).blocked] == [Obstacle.CHANGED]
    assert db.session.scalars(select(SharedLearners.people)).all() == [3]


def test_what_was_taken_back_is_not_taken_back_again_and_no_longer_stands(furnished: Town) -> None:
    log = log_of(furnished)
    log.changing(furnished.hall, ["capacity"])
    furnished.hall.capacity = 60
    made = log.close()
    assert db.session.scalars(in_effect(furnished.term)).all() == [made]
    taken_back = undo(made, whole=True).change_set
    assert taken_back is not None and taken_back.backward
    assert db.session.scalars(in_effect(furnished.term)).all() == []
    with pytest.raises(DomainError):
        undo(made, whole=True)
    again = undo(taken_back, whole=True).change_set
    assert db.session.scalars(in_effect(furnished.term)).all() == [again]


def test_of_two_who_take_back_at_once_one_wins(app: Flask, furnished: Town) -> None:
    log, hall = log_of(furnished), furnished.hall
    log.changing(hall, ["capacity"])
    hall.capacity = 60
    key = log.close().id
    db.session.commit()
    barrier, told = Barrier(2), []

    def take_back() -> None:
        with app.app_context():
            made = db.session.get_one(ChangeSet, key)
            db.session.commit()  # so that neither holds the database while they wait for each other
            barrier.wait()
            try:
                undo(made, whole=True)
                db.session.commit()
                told.append("done")
            except DomainError:
                db.session.rollback()
                told.append("refused")

    threads = [Thread(target=take_back) for _user in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.expire_all()
    assert sorted(told) == ["done", "refused"] and hall.capacity == 50
    assert len(db.session.scalars(select(ChangeSet)).all()) == 2


@pytest.mark.parametrize("statement", ["UPDATE change_sets SET facts = '{}'", "UPDATE change_entries SET title = ''"])
def test_changes_are_only_ever_added_to(furnished: Town, statement: str) -> None:
    log = log_of(furnished)
    log.changing(furnished.hall)
    log.close()
    db.session.commit()
    with pytest.raises(DBAPIError):
        db.session.execute(text(statement))
    db.session.rollback()
