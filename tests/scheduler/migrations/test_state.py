"""Whoever starts on a database with other tables is told so and what to do; only two commands change them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import create_engine, text

from scheduler.core.extensions import db
from scheduler.migrations.state import refuse_other_tables
from scheduler.models import User
from tests.conftest import KINDS
from tests.guards.files import ROOT
from tests.guards.landed import present
from tests.scheduler.migrations.databases import OldDatabase
from tests.scheduler.migrations.schemas import stored_schemas

MIGRATING = {"migrate-database": [], "prepare": ["--seconds", "1"]}
WORKING = {
    "create-administrator": ["somebody", "--password", "a long password"],
    "import-workbook": ["network", __file__, "--user", "somebody"],
    "serve": [],
    "work": ["--once"],
}
NEWEST = max(present())[:4]
LATER = "9999"
once = pytest.mark.parametrize("database_kind", KINDS[:1], indirect=True)
"""For what one kind of database shows as well as another."""


def called(app: Flask, command: str) -> Result:
    """What comes of a command; it leaves no transaction open, as its process would not."""
    result = app.test_cli_runner().invoke(args=[command, *(MIGRATING | WORKING)[command]])
    db.session.remove()
    return result


def told(result: Result) -> str:
    """What a command says that refuses to start."""
    assert isinstance(result.exception, SystemExit) and result.exit_code == 1, result.output
    assert result.output.startswith("Error: ") and result.output.count("\n") == 1
    return result.output


def execute(statement: str) -> None:
    with db.engine.begin() as connection:
        connection.execute(text(statement))


@pytest.fixture
def older(old: OldDatabase, database_kind: str) -> OldDatabase:
    """A database as a version before left it, with a published plan."""
    old.hold(stored_schemas()["pins"].scripts(database_kind))
    return old


@once
def test_every_command_stands_in_one_of_the_lists(app: Flask) -> None:
    assert set(app.cli.commands) - {"db"} == {*MIGRATING, *WORKING}


@once
@pytest.mark.parametrize("command", WORKING)
def test_nobody_works_without_tables(app: Flask, old: OldDatabase, command: str) -> None:
    said = told(called(app, command))
    assert "The database is empty" in said and "`flask --app scheduler.app migrate-database`" in said


@pytest.mark.parametrize("command", WORKING)
def test_nobody_works_with_tables_of_an_earlier_version(app: Flask, older: OldDatabase, command: str) -> None:
    said = told(called(app, command))
    assert f"earlier version (0011; this one needs {NEWEST})" in said
    assert "`flask --app scheduler.app migrate-database`" in said


@once
@pytest.mark.parametrize("command", [*MIGRATING, *WORKING])
def test_nobody_touches_tables_of_a_later_version(app: Flask, older: OldDatabase, command: str) -> None:
    execute(f"UPDATE alembic_version SET version_num = '{LATER}'")  # noqa: S608
    assert f"later version ({LATER}; this one knows {NEWEST})" in told(called(app, command))


@once
@pytest.mark.parametrize("command", [*MIGRATING, *WORKING])
def test_nobody_touches_the_tables_of_another_program(app: Flask, old: OldDatabase, command: str) -> None:
    execute("CREATE TABLE songs (name TEXT)")
    assert "no number of their version" in told(called(app, command))


@pytest.mark.parametrize("command", MIGRATING)
def test_after_migrating_everybody_works(app: Flask, older: OldDatabase, command: str) -> None:
    assert called(app, command).exit_code == 0
    assert [called(app, working).exit_code for working in ("create-administrator", "work")] == [0, 0]
    assert db.session.scalar(db.select(User.username).where(User.username == "somebody"))


@once
def test_a_server_ends_at_once_and_says_why(older: OldDatabase, tmp_path: Path) -> None:
    environment = os.environ | {"DATABASE_URL": older.url, "INSTANCE_FOLDER": str(tmp_path), "SECRET_KEY": "tests"}
    command = [sys.executable, "-m", "flask", "--app", "scheduler.app", "serve", "--port", "1"]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("Error: The database has the tables of an earlier version")
    assert "Traceback" not in ended.stderr


def test_who_looks_at_the_tables_waits_for_no_writer(app: Flask) -> None:
    with db.engine.begin() as writer:
        writer.execute(text("UPDATE units SET name = name"))
        refuse_other_tables(db.engine)


def test_a_database_out_of_reach_is_let_through_for_whoever_waits_for_it(tmp_path: Path) -> None:
    refuse_other_tables(create_engine(f"sqlite:///{tmp_path}/nowhere/to.be.found"))
