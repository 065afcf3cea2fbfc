"""Fixtures for all tests: a migrated database on SQLite or PostgreSQL, the application, and clients that inspect pages."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

from scheduler.accounts import passwords
from scheduler.app import create_app
from scheduler.config import Settings
from scheduler.extensions import db
from tests.client import PageClient
from tests.factories import Town, build_town, sign_in_as
from tests.postgresql import server_url, start

SECRET = "only for tests"
passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # the real cost would be most of the tests' time


KINDS = {"sqlite": ["sqlite"], "postgresql": ["postgresql"], "both": ["sqlite", "postgresql"]}


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL once for the whole run, before any worker, when the environment's TEST_DATABASE asks for it."""
    if "postgresql" in _kinds() and not hasattr(config, "workerinput"):
        config.add_cleanup(start())


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that uses a database on every kind of database asked for."""
    if "database_kind" in metafunc.fixturenames:
        metafunc.parametrize("database_kind", _kinds(), scope="session")


def _kinds() -> list[str]:
    """``sqlite`` by default; TEST_DATABASE may say ``postgresql`` or ``both``."""
    return KINDS[os.environ.get("TEST_DATABASE", "sqlite")]


def _server() -> Engine:
    """PostgreSQL itself, to make and drop databases; keeps no connection."""
    return create_engine(server_url(), isolation_level="AUTOCOMMIT", poolclass=NullPool)


def _migrate(url: str, folder: Path) -> None:
    app = create_app(Settings(instance=folder, database_url=url, secret_key=SECRET))
    with app.app_context():
        upgrade()
        db.engine.dispose()


@pytest.fixture(scope="session")
def template_database(database_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database with today's schema, migrated once: a file's path or a database's name."""
    folder = tmp_path_factory.mktemp("template")
    if database_kind == "sqlite":
        file = folder / "template.sqlite3"
        _migrate(f"sqlite:///{file}", folder)
        yield str(file)
        return
    name = f"template_{os.getpid()}"
    with _server().connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        _migrate(server_url(name), folder)
        yield name
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def database_url(database_kind: str, template_database: str, tmp_path: Path) -> Iterator[str]:
    """The address of this test's own database, empty but for the schema."""
    if database_kind == "sqlite":
        shutil.copy(template_database, tmp_path / "test.sqlite3")
        yield f"sqlite:///{tmp_path / 'test.sqlite3'}"
        return
    name = f"test_{template_database}"
    with _server().connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template_database}"))
        yield server_url(name)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application on this test's database, without rate limits."""
    app = create_app(Settings(instance=tmp_path, database_url=database_url, secret_key=SECRET, rate_limits=False))
    app.config["WTF_CSRF_ENABLED"] = False
    app.testing = True
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


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
