"""Databases of earlier versions, which the one application of the tests is led to for a while."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine

from scheduler.core.extensions import db
from tests.scheduler.migrations.databases import OldDatabase, PostgreSQL, SQLite
from tests.scheduler.migrations.description import describe


@pytest.fixture(scope="session")
def old_databases(folder: Path) -> Iterator[Callable[[str], OldDatabase]]:
    """This process's database of a kind for earlier schemas, made when it is first asked for."""
    made: dict[str, OldDatabase] = {}

    def old_database(kind: str) -> OldDatabase:
        if kind not in made:
            made[kind] = SQLite(folder) if kind == "sqlite" else PostgreSQL()
        return made[kind]

    yield old_database
    for each in made.values():
        each.drop()


@pytest.fixture(scope="session")
def engines() -> Callable[[str], Engine]:
    """The engine for the database at an address; kept, as it remembers how statements are written, which takes long."""
    return cache(create_engine)


@pytest.fixture
def old(
    app: Flask, database_kind: str, old_databases: Callable[[str], OldDatabase], engines: Callable[[str], Engine],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[OldDatabase]:
    """An empty database, on which the application works until the test is over."""
    database = old_databases(database_kind)
    database.hold([])
    engine = engines(database.url)
    monkeypatch.setitem(db.engines, None, engine)
    yield database
    db.session.remove()
    engine.dispose()


@pytest.fixture
def fresh(app: Flask) -> set[str]:
    """The lines about a database that the migrations made of an empty one."""
    with db.engine.connect() as connection:
        return describe(connection)
