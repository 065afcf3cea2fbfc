"""A large workbook is taken over beside the requests: with progress, stoppable, all of it or nothing."""

import re
import threading

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from scheduler.audit.trail import acting_as
from scheduler.core.extensions import db
from scheduler.models import Action, AuditEntry, Cover, CoverStatus, Demand, Role, RowState, Teacher
from scheduler.web.access import scope_of
from scheduler.workbooks import dry_run, import_jobs, operations
from scheduler.workbooks.import_jobs import StoppedError
from tests.client import Page, PageClient
from tests.factories import Town, build_plan, sign_in_as
from tests.workbooks import (
    apply,
    column,
    counts,
    downloaded,
    line,
    messages,
    newest,
    rows,
    template,
    undo,
    upload,
    write,
)

ROWS = 40


def uploaded(client: PageClient) -> None:
    """A workbook of new teachers, looked through and ready."""
    head = template(client, "/desk/excel/teachers")
    cells = {
        "Belongs to": "锦屏街道", "Serves": "volunteer", "Subjects": "书法", "Latitude of their home": 29.65,
        "Longitude of their home": 121.4,
    }
    lines = [line(head, Name=f"新教师 {number}", **cells) for number in range(ROWS)]
    upload(client, "/desk/excel/teachers", write({"Teachers": [head, *lines]}))


def taken() -> int:
    """How many of the teachers are there."""
    return db.session.scalar(select(func.count(Teacher.id)).where(Teacher.name.startswith("新教师"))) or 0


def followed(client: PageClient, page: Page) -> Page:
    """The page of the workbook once it has been taken over, as its own progress leads there."""
    while "import-progress" in page.response.text:
        undertaking = import_jobs.of(newest().id)
        assert undertaking is not None
        undertaking.over.wait()
        answer = client.client.get(f"/desk/imports/{newest().id}/progress", headers={"HX-Request": "true"})
        page = client.get(answer.headers["HX-Redirect"])
    return page


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a small workbook counts as large."""
    monkeypatch.setattr(import_jobs, "AT_ONCE", 0)


@pytest.mark.usefixtures("beside")
def test_it_is_taken_over_told_and_undone(coordinator: PageClient, town: Town) -> None:
    uploaded(coordinator)
    page = followed(coordinator, coordinator.post(f"/desk/imports/{newest().id}/apply"))
    assert f"{ROWS} entries were taken over." in page.text
    assert taken() == ROWS
    assert f"{ROWS} entries were taken over." not in coordinator.get(f"/desk/imports/{newest().id}").text
    coordinator.post(f"/desk/imports/{newest().id}/undo")
    assert taken() == 0


@pytest.mark.usefixtures("beside")
def test_others_can_save_meanwhile(app: Flask, coordinator: PageClient, town: Town) -> None:
    uploaded(coordinator)
    other = sign_in_as(app, "administrator")
    page = coordinator.post(f"/desk/imports/{newest().id}/apply")
    form = {"course": town.course.id, "community": town.communities[1].id, "people": 30}
    assert "30 people" in other.post(f"/desk/terms/{town.term.id}/demand/new", form).text
    followed(coordinator, page)
    assert taken() == ROWS
    assert db.session.scalar(select(func.count(Demand.id))) == 1


@pytest.mark.usefixtures("beside")
def test_a_workbook_that_is_not_fit_is_refused_at_once(coordinator: PageClient, town: Town) -> None:
    uploaded(coordinator)
    address = f"/desk/imports/{newest().id}/apply"
    followed(coordinator, coordinator.post(address))
    assert "cannot be taken over any more" in coordinator.post(address).text


def test_stopping_in_the_middle_changes_nothing(
    app: Flask, coordinator: PageClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    uploaded(coordinator)
    monkeypatch.setattr(dry_run, "BLOCK", ROWS // 4)
    undertaking, user = import_jobs.ImportJob(ROWS), town.users["coordinator"]

    def watch(done: int) -> None:
        if done == ROWS // 2:
            assert taken() == done
            undertaking.stop.set()
        undertaking.watch(done)

    with acting_as(user.id), pytest.raises(StoppedError):
        operations.take_over(newest(), scope_of(user, Role.COORDINATOR), release=False, watch=watch)
    assert undertaking.percent == 50
    assert taken() == 0
    assert "Take over" in coordinator.get(f"/desk/imports/{newest().id}").text


@pytest.mark.usefixtures("beside")
def test_a_stop_reaches_it_although_it_holds_the_database(
    coordinator: PageClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    uploaded(coordinator)
    monkeypatch.setattr(dry_run, "BLOCK", 1)
    begun = threading.Event()
    real = import_jobs.ImportJob.watch

    def watch(undertaking: import_jobs.ImportJob, done: int) -> None:
        if done == 1:  # something is written by now
            begun.set()
            undertaking.stop.wait()
        real(undertaking, done)

    monkeypatch.setattr(import_jobs.ImportJob, "watch", watch)
    address = f"/desk/imports/{newest().id}"
    coordinator.post(f"{address}/apply")  # from here on a look at the database by this test itself would have to wait
    begun.wait()
    assert re.search(r"[01] of 40 rows are taken over", coordinator.get(address).text)
    page = coordinator.post(f"{address}/stop")
    assert "Stopped. Nothing was changed." in page.text
    assert taken() == 0


def test_many_rows_are_written_at_once_and_each_stands_in_the_trail(coordinator: PageClient, town: Town) -> None:
    uploaded(coordinator)
    statements: list[str] = []

    @event.listens_for(db.engine, "before_cursor_execute")
    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    apply(coordinator)
    event.remove(db.engine, "before_cursor_execute", note)
    assert taken() == ROWS
    assert len(statements) < 3 * ROWS, "one by one each row would take more than ten"
    trail = select(AuditEntry).where(AuditEntry.table == "teachers", AuditEntry.action == Action.CREATE)
    made = {entry.row for entry in db.session.scalars(trail) if str(entry.changes["name"][1]).startswith("新教师")}
    assert len(made) == ROWS


def test_a_row_that_the_database_refuses_spoils_no_other(coordinator: PageClient, town: Town) -> None:
    """Amid new sections one takes the name of another that was there before."""
    address = f"/desk/terms/{town.term.id}/excel/sections"
    (head, *known), = downloaded(coordinator, f"{address}.xlsx").values()
    known[0][column(head, "Name")] = known[1][column(head, "Name")]
    cells = {"Course": "书法入门", "Unit": "锦屏街道", "Learners": "东门社区 12"}
    lines = [line(head, Name=f"新班 {number}", **cells) for number in range(7)]
    upload(coordinator, address, {"Sections": [head, *lines[:4], known[0], *lines[4:]]})
    assert counts() == {RowState.NEW: 7, RowState.WRONG: 1}
    assert [(number, field) for _sheet, number, field, _sentence in messages()] == [(6, "name")]
    assert [row.title for row in rows() if row.state is RowState.NEW] == [f"新班 {number}" for number in range(7)]


def test_sessions_follow_absences_that_a_workbook_writes_and_that_are_taken_back(
    coordinator: PageClient, town: Town
) -> None:
    """Calligraphy is held on Tuesdays by the teacher who is away on the first of them."""
    build_plan(town)
    db.session.commit()
    (head, *known), = downloaded(coordinator, "/desk/excel/teachers.xlsx").values()
    away = next(row for row in known if town.teacher.name in row)
    away[column(head, "Absences")] = "2027-03-02"
    upload(coordinator, "/desk/excel/teachers", {"Teachers": [head, away]})
    apply(coordinator)
    cover = db.session.scalars(select(Cover)).one()
    assert (cover.section_id, str(cover.date), cover.status) == (town.sections[0].id, "2027-03-02", CoverStatus.OPEN)
    assert "1 entry is as before." in undo(coordinator).text
    db.session.expire_all()
    assert (town.teacher.absences, cover.status) == ([], CoverStatus.WITHDRAWN)
