"""Fixtures for all tests: a migrated database of either kind, the application, and clients that inspect pages."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from scheduler.accounts import passwords
from scheduler.app import create_app
from scheduler.config import Settings
from scheduler.extensions import db, limiter
from tests.client import PageClient, SeparateClient
from tests.factories import Town, build_town, sign_in_as
from tests.postgresql import server_url, start

SECRET = "only for tests"
# Hashing at its real cost would be most of the tests' time.
passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
KINDS = {"sqlite": ["sqlite"], "postgresql": ["postgresql"], "both": ["sqlite", "postgresql"]}[
    os.environ.get("TEST_DATABASE", "sqlite")
]


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL once for the whole run, before any worker, when TEST_DATABASE asks for it."""
    if "postgresql" in KINDS and not hasattr(config, "workerinput"):
        config.add_cleanup(start())


@pytest.fixture(scope="session", params=KINDS)
def database_kind(request: pytest.FixtureRequest) -> str:
    """``sqlite`` or ``postgresql``; with TEST_DATABASE=both a test that uses a database runs on each."""
    return str(request.param)


def _administer(*statements: str) -> None:
    """Make or drop databases of the PostgreSQL server, keeping no connection."""
    engine = create_engine(server_url(), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))


def _migrate(url: str, folder: Path) -> None:
    app = create_app(Settings(instance=folder, database_url=url, secret_key=SECRET))
    with app.app_context():
        upgrade()
        db.engine.dispose()


@pytest.fixture(scope="session")
def template_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """An empty database of a kind with today's schema, migrated once: a file's path or a database's name."""
    folder, name = tmp_path_factory.mktemp("template"), f"template_{os.getpid()}"

    @cache
    def template(kind: str) -> str:
        if kind == "sqlite":
            _migrate(f"sqlite:///{folder / name}", folder)
            return str(folder / name)
        _administer(f"CREATE DATABASE {name}")
        _migrate(server_url(name), folder)
        return name

    yield template
    if "postgresql" in KINDS:
        _administer(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where this process keeps what serves one test after the other."""
    return tmp_path_factory.mktemp("application")


@pytest.fixture
def database_url(database_kind: str, template_database: Callable[[str], str], folder: Path) -> Iterator[str]:
    """The address of this test's own database, empty but for the schema; the next test finds hers at the same one."""
    template = template_database(database_kind)
    if database_kind == "sqlite":
        file = folder / "test.sqlite3"
        for left in folder.glob(f"{file.name}-*"):
            left.unlink()
        shutil.copy(template, file)
        yield f"sqlite:///{file}"
        return
    name = f"test_{template}"
    _administer(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name} TEMPLATE {template}")
    yield server_url(name)
    _administer(f"DROP DATABASE {name} WITH (FORCE)")


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
def town(app: Flask) -> Town:
    """A small network with venues, rooms, teachers, a course, a term and sections, and a user of each role."""
    built = build_town()
    db.session.commit()
    return built


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
