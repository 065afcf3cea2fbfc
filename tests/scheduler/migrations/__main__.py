"""Stores the newest schema under a name: ``make schema NAME=0.3.0``. See stored/README.md."""

import argparse
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import event

from scheduler.app import create_app
from scheduler.core.config import Settings
from scheduler.core.extensions import db
from tests.guards.landed import present
from tests.postgresql import start
from tests.scheduler.migrations.databases import OldDatabase, PostgreSQL, SQLite
from tests.scheduler.migrations.schemas import LIST, STORE, last_stored

NOT_OF_THE_SCHEMA = re.compile(r"\s*(?:SELECT|BEGIN|PRAGMA (?!writable_schema))|.*\balembic_version\b", re.DOTALL)
"""What only looks, and what Alembic notes."""


def store(name: str) -> None:
    """Write down what the migrations do that are newer than the last schema stored, and add a line for all of them."""
    last = last_stored()
    numbers = [file[:4] for file in present() if file[:4] > last.numbers[0]]
    stop = start()
    with tempfile.TemporaryDirectory() as folder:
        databases = {"sqlite": SQLite(Path(folder)), "postgresql": PostgreSQL()}
        done = {
            kind: _recorded(database, last.scripts(kind, rows=False), numbers) for kind, database in databases.items()
        }
    stop()
    steps = [number for number in numbers if any(found[number] for found in done.values())]
    for kind, found in done.items():
        for number in steps:
            (STORE / kind / f"{number}.sql").write_text(found[number], encoding="utf-8")
    with LIST.open("a", encoding="utf-8") as out:
        out.write(f"{name:26} {[*last.numbers, *numbers][-1]:15} both        {' '.join([last.name, *steps])}\n")


def _recorded(database: OldDatabase, scripts: Iterable[str], numbers: list[str]) -> dict[str, str]:
    """What each migration runs on a database without rows, by its number."""
    database.hold(scripts)
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(instance=Path(folder), database_url=database.url, secret_key="not used")
        with create_app(settings).app_context():
            for number in numbers:
                with _statements() as statements:
                    upgrade(revision=number)
                changing = not all(statement.startswith("PRAGMA") for statement in statements)
                found[number] = "".join(f"{statement.strip()};\n" for statement in statements if changing)
            db.engine.dispose()
    database.drop()
    return found


@contextmanager
def _statements() -> Iterator[list[str]]:
    """All statements that change the schema, as they are run."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        if not NOT_OF_THE_SCHEMA.match(statement):
            found.append(_with_values(statement, parameters).replace("%%", "%"))

    event.listen(db.engine, "before_cursor_execute", note)
    yield found
    event.remove(db.engine, "before_cursor_execute", note)


def _with_values(statement: str, parameters: Any) -> str:
    """A statement with its values written into it: texts alone, as there are no rows that it could be about."""
    for value in parameters or ():
        quoted = str(value).replace("'", "''")
        statement = statement.replace("?", f"'{quoted}'", 1)
    return statement


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", help="of the version, such as 0.3.0")
    store(parser.parse_args().name)
