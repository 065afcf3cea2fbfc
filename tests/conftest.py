"""Fixtures for all tests: a migrated database of either kind, the application, and clients that inspect pages."""

import os
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask_migrate import upgrade
from hypothesis import settings

from scheduler.app import create_app
from scheduler.core.config import Settings
from scheduler.core.extensions import db, limiter
from scheduler.features.registers.accounts import passwords
from tests.client import PageClient, SeparateClient
from tests.databases import Database, PostgreSQL, SQLite
from tests.factories import Town, build_town, sign_in_as
from tests.postgresql import start

SECRET = "only for tests"
EMPTY, TOWN = "empty", "town"
# Hashing at its real cost would be most of the tests' time.
passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
KINDS = {"sqlite": ["sqlite"], "postgresql": ["postgresql"], "both": ["sqlite", "postgresql"]}[
    os.environ.get("TEST_DATABASE", "sqlite")
]


# How long a test takes says nothing of what it shows; a machine may be busy with other things.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL once for the whole run, before any worker, when TEST_DATABASE asks for it."""
    if "postgresql" in KINDS and not hasattr(config, "workerinput"):
        config.add_cleanup(start())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out a second database where one shows it."""
    twice = [item for item in items if item.get_closest_marker("one_database") and _kind_of(item) != KINDS[0]]
    if twice:
        config.hook.pytest_deselected(items=twice)
        items[:] = [item for item in items if item not in set(twice)]


def _kind_of(item: pytest.Item) -> str:
    callspec = getattr(item, "callspec", None)
    return str(callspec.params.get("database_kind", KINDS[0])) if callspec else KINDS[0]


@pytest.fixture(scope="session", params=KINDS)
def database_kind(request: pytest.FixtureRequest) -> str:
    """``sqlite`` or ``postgresql``; with TEST_DATABASE=both a test that uses a database runs on each."""
    return str(request.param)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where this process keeps what serves one test after the other."""
    return tmp_path_factory.mktemp("application")


@pytest.fixture(scope="session")
def application(folder: Path) -> Callable[[str], Flask]:
    """The application on the database at an address, without rate limits; made once: it takes longer than a test."""

    @cache
    def made(url: str) -> Flask:
        app = create_app(Settings(instance=folder, database_url=url, secret_key=SECRET, rate_limits=False))
        app.config["WTF_CSRF_ENABLED"] = False
        app.testing = True
        app.test_client_class = SeparateClient
        return app

    return made


@dataclass(frozen=True)
class Prepared:
    """A database that can hold nothing or the town, and the town's objects as they were when they were stored."""

    database: Database
    town: bytes


def _prepare(database: Database, app: Flask) -> Prepared:
    with app.app_context():
        upgrade()
        db.engine.dispose()
        database.keep(EMPTY)
        town = build_town()
        db.session.commit()
        stored = pickle.dumps(town)
        db.session.remove()
        db.engine.dispose()
    database.keep(TOWN)
    return Prepared(database, stored)


@pytest.fixture(scope="session")
def databases(folder: Path, application: Callable[[str], Flask]) -> Iterator[Callable[[str], Prepared]]:
    """This process's database of a kind, made when it is first asked for: migrating and building take seconds."""
    made: dict[str, Prepared] = {}

    def prepared(kind: str) -> Prepared:
        if kind not in made:
            database = SQLite(folder) if kind == "sqlite" else PostgreSQL()
            made[kind] = _prepare(database, application(database.url))
        return made[kind]

    yield prepared
    for each in made.values():
        each.database.drop()


@pytest.fixture
def own_database(database_kind: str, databases: Callable[[str], Prepared], request: pytest.FixtureRequest) -> Prepared:
    """This test's own database: with the town in it for a test that asks for `town`, else empty but for the schema."""
    prepared = databases(database_kind)
    prepared.database.put_back(TOWN if "town" in request.fixturenames else EMPTY)
    return prepared


@pytest.fixture
def database_url(own_database: Prepared) -> str:
    """The address of this test's own database; the next test finds hers at the same one."""
    return own_database.database.url


@pytest.fixture
def app(database_url: str, tmp_path: Path, application: Callable[[str], Flask]) -> Iterator[Flask]:
    """The application on this test's database, configured as if it were new."""
    app = application(database_url)
    configured = dict(app.config)
    app.config["INSTANCE"] = tmp_path
    limiter.enabled = False  # of all applications the one made last decides, which may be that of a test of limits
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    app.config.clear()
    app.config.update(configured)


@pytest.fixture
def town(app: Flask, own_database: Prepared) -> Town:
    """A small network with venues, rooms, teachers, a course, a term and sections, and a user of each role."""
    town: Town = pickle.loads(own_database.town)  # noqa: S301 - these tests wrote it themselves
    db.session.add_all(town.rows())
    return town


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A visitor without an account, in English."""
    return PageClient(app.test_client())


@pytest.fixture
def coordinator(app: Flask, town: Town) -> PageClient:
    """The coordinator of the whole district, signed in, in English."""
    return sign_in_as(app, "coordinator")


@pytest.fixture
def manager(app: Flask, town: Town) -> PageClient:
    """The manager of the library, signed in."""
    return sign_in_as(app, "library")


@pytest.fixture
def administrator(app: Flask, town: Town) -> PageClient:
    """The administrator, signed in."""
    return sign_in_as(app, "administrator")
