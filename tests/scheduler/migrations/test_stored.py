"""Databases of every schema that there has been become those of today, with their rows, and people go on with them."""

import io
from collections import Counter

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, select

from scheduler.core.extensions import db
from scheduler.engine.documents.places import SectionPlace
from scheduler.features.planning.board.history import changes_of
from scheduler.models import (
    ACTIVE_STATUSES,
    Assignment,
    AssignmentStatus,
    ChangeSet,
    Import,
    ImportRow,
    ImportStatus,
    Plan,
    PlanningJob,
    PlanStatus,
    Room,
)
from tests.conftest import KINDS
from tests.factories import sign_in_as
from tests.scheduler.migrations.databases import OldDatabase
from tests.scheduler.migrations.description import describe
from tests.scheduler.migrations.rows import Rows, all_rows, formats_are_copied, lost_or_changed
from tests.scheduler.migrations.schemas import Schema, stored_schemas
from tests.workbooks import write

TERM, PUBLISHED, DRAFT, READING_ROOM, TEACHER, UPLOAD, CALLIGRAPHY, DANCE = 1, 1, 2, 1, 1, 1, 1, 3
ENGLISH = {"Accept-Language": "en"}
ASKED = {(CALLIGRAPHY, 1, 1, "[[1, 540]]"), (DANCE, 2, 2, "[[3, 840]]")}
"""Section, teacher, first week and hours of the published plan."""


def pairs() -> list[object]:
    """Each schema with each kind of database that had it, as far as these are tested."""
    found = [(kind, schema) for kind in KINDS for schema in stored_schemas().values() if kind in schema.kinds]
    return [pytest.param(kind, schema, id=f"{schema.name}-{kind}") for kind, schema in found]


@pytest.mark.parametrize(("database_kind", "schema"), pairs(), indirect=["database_kind"])
def test_a_stored_schema_becomes_that_of_today_with_its_rows_and_people_go_on_with_it(
    app: Flask, fresh: set[str], old: OldDatabase, database_kind: str, schema: Schema
) -> None:
    old.hold(schema.scripts(database_kind))
    _lines, before = looked_at()
    upgrade()
    lines, after = looked_at()
    assert lines == fresh
    assert_sound()
    assert lost_or_changed(before, after, schema.steps) == []
    assert formats_are_copied(after)
    assert_teachers_are_asked()
    assert_first_forms_are_read(schema)
    if database_kind == next(kind for kind in KINDS if kind in schema.kinds):  # once: what comes now is alike on both
        coordinator = sign_in_as(app, "coordinator").client
        take_a_workbook_over(coordinator)
        go_on_with_an_old_workbook(coordinator, schema)
        move_on_the_board(coordinator)
        publish(coordinator)


@pytest.mark.parametrize("database_kind", KINDS, indirect=True)
def test_a_database_that_was_mended_can_be_taken_back(app: Flask, old: OldDatabase, database_kind: str) -> None:
    names = {"sqlite": "first-of-everything-pins", "postgresql": "first-of-everything"}
    old.hold(stored_schemas()[names[database_kind]].scripts(database_kind))
    upgrade()
    downgrade(revision="base")
    assert looked_at() == (set(), {"alembic_version": []})


def looked_at() -> tuple[set[str], Rows]:
    with db.engine.connect() as connection:
        return describe(connection), all_rows(connection)


def assert_sound() -> None:
    """SQLite looks through all rows by the rules as they are written now; PostgreSQL does so when they change."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def assert_changes_can_be_taken_back(before: Rows) -> None:
    """Whatever could be before, wherever it stood then; moves and pins keep their numbers."""
    moved = Counter({
        "plans": len(before.get("plan_changes", [])),
        "activity_series": sum(not row["undone"] for row in before.get("series_updates", [])),
        "terms": sum(not row["undone"] for row in before.get("demand_steps", [])),
        "imports": sum(row["status"] == "applied" for row in before.get("imports", [])),
    }) + Counter(row["subject"] for row in before.get("change_sets", []))
    sets = db.session.scalars(select(ChangeSet).order_by(ChangeSet.id)).all()
    assert Counter(change_set.subject for change_set in sets) == +moved
    numbers = {row["id"] for row in [*before.get("plan_changes", []), *before.get("change_sets", [])]}
    assert numbers <= {change_set.id for change_set in sets}


def assert_teachers_are_asked() -> None:
    """Once, whether by the version that published the plan, by a migration since, or only now."""
    asked = db.session.scalars(select(Assignment)).all()
    assert {(one.section_id, one.teacher_id, one.week, str(one.meetings)) for one in asked} == ASKED
    assert {(one.plan_id, one.status) for one in asked} == {(PUBLISHED, AssignmentStatus.REQUESTED)}
    assert len(asked) == len(ASKED)


def assert_first_forms_are_read(schema: Schema) -> None:
    """What the first form of a migration wrote is what today's would have written."""
    if "0003-first" in schema.steps:
        rows = {(row.import_id, row.clashing): row.clashes for row in db.session.scalars(select(ImportRow))}
        assert rows == {(UPLOAD, False): [], (2, True): ["pinned_room"]}
    if "0007-first" in schema.steps:
        assert "" not in db.session.scalars(select(PlanningJob.draft_name)).all()


def take_a_workbook_over(coordinator: FlaskClient) -> None:
    head, row = ["No.", "Venue", "Name", "Seats"], [READING_ROOM, "奉化区图书馆", "阅览室", 44]
    file = io.BytesIO(write({"Rooms": [head, row]})), "rooms.xlsx"
    preview = sent(coordinator, "/desk/excel/rooms", file=file)
    sent(coordinator, f"{preview}/check")
    assert "Seats:</strong> <del>40</del> → <ins>44</ins>" in shown(coordinator, preview)
    sent(coordinator, f"{preview}/apply")
    assert db.session.get_one(Room, READING_ROOM).capacity == 44


def go_on_with_an_old_workbook(coordinator: FlaskClient, schema: Schema) -> None:
    """A workbook that was looked through before waits to be taken over, or to be looked through again."""
    if not {"upload", "upload-first"} & set(schema.steps):
        return
    waiting = db.session.get_one(Import, UPLOAD)
    assert waiting.status is (ImportStatus.CHECKED if "upload" in schema.steps else ImportStatus.CHECKING)
    if waiting.status is ImportStatus.CHECKING:
        sent(coordinator, f"/desk/imports/{UPLOAD}/check")
    assert "奉化区图书馆 · 阅览室 is taken twice" in shown(coordinator, f"/desk/imports/{UPLOAD}")
    db.session.refresh(waiting)
    assert waiting.status is ImportStatus.CHECKED


def move_on_the_board(coordinator: FlaskClient) -> None:
    """The section keeps its room and teacher and meets an hour later."""
    board = f"/desk/plans/{DRAFT}/board"
    assert "In hand: 锦屏街道·书法 1 班" in shown(coordinator, f"{board}?section={CALLIGRAPHY}")
    version = db.session.get_one(Plan, DRAFT).version
    place = SectionPlace(1, ((1, 600),), READING_ROOM, TEACHER)
    sent(coordinator, f"{board}/move", section=CALLIGRAPHY, version=version, place=str(place), reason="The choir.")
    db.session.expire_all()
    moved = db.session.get_one(Plan, DRAFT)
    assert (moved.version, changes_of(moved)[-1].section.id) == (version + 1, CALLIGRAPHY)


def publish(coordinator: FlaskClient) -> None:
    """Both sections have other hours than in the plan before: their teachers are asked anew."""
    sent(coordinator, f"/desk/terms/{TERM}/publish?plan={DRAFT}")
    db.session.expire_all()
    states = dict(db.session.execute(select(Plan.id, Plan.status).where(Plan.id.in_([PUBLISHED, DRAFT]))).all())
    assert states == {PUBLISHED: PlanStatus.SUPERSEDED, DRAFT: PlanStatus.PUBLISHED}
    asked = select(func.count(Assignment.id)).where(Assignment.plan_id == DRAFT, Assignment.status.in_(ACTIVE_STATUSES))
    assert db.session.scalar(asked) == len(ASKED)


def sent(client: FlaskClient, url: str, **data: object) -> str:
    """Where a form leads to that the application takes."""
    response = client.post(url, data=data, headers=ENGLISH)
    assert response.status_code == 303, response.text[:500]
    return response.headers["Location"]


def shown(client: FlaskClient, url: str) -> str:
    """A page that is there; other tests look at what is on it more closely, which takes longer than all else here."""
    response = client.get(url, headers=ENGLISH)
    assert response.status_code == 200, response.text[:500]
    return response.text
