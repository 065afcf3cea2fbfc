"""Who waits too long for others who write is told so; nothing is changed, and pages go on being read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, text

from scheduler.app import create_app
from scheduler.core import config
from scheduler.core.config import Settings
from scheduler.core.extensions import db
from scheduler.web import read_only
from scheduler.web.incoming.waiting import WritersPlaces
from tests.client import PageClient, SeparateClient
from tests.factories import Town
from tests.scheduler.signing_in import edit

HEADING = "Many are writing just now"


@pytest.fixture
def other(database_url: str) -> Iterator[Engine]:
    """Another process, as it were, at the same database."""
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


@contextmanager
def held(other: Engine, row: int) -> Iterator[None]:
    db.session.commit()
    with other.connect() as connection:
        connection.execute(text(f"UPDATE users SET name = name WHERE id = {row}"))  # noqa: S608
        yield
        connection.rollback()


def test_who_waited_too_long_to_write_is_told_so(
    app: Flask, town: Town, administrator: PageClient, other: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_only, "PATIENCE", 50)
    user = town.users["library"]
    address, form = f"/desk/users/{user.id}", edit(user, name="Front desk")
    with held(other, user.id):
        page = administrator.post(address, form, status=503)
        assert page.heading == HEADING and page.response.headers["Retry-After"] == "10"
        assert "Sign out" in page.text, "the page knows still who asks"
        assert administrator.get(address).heading == "library"
        chinese = sign_in_as_before(app, administrator)
        assert chinese.post(address, form, status=503).heading == "此刻保存的人太多"
    db.session.expire_all()
    assert user.name == "Library"
    assert "Saved." in administrator.post(address, form).text


def sign_in_as_before(app: Flask, client: PageClient) -> PageClient:
    """The same browser in Chinese."""
    cookie = client.client.get_cookie("session")
    assert cookie is not None
    chinese = PageClient(app.test_client(), "zh-CN")
    chinese.client.set_cookie("session", cookie.value)
    return chinese


def test_a_server_without_a_free_connection_says_so(
    database_url: str, town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config, "POOL", {"pool_size": 1, "max_overflow": 0, "pool_timeout": 0.05})
    settings = Settings(instance=tmp_path, database_url=database_url, secret_key="crowded", rate_limits=False)
    crowded = create_app(settings)
    crowded.config["WTF_CSRF_ENABLED"] = False
    crowded.test_client_class = SeparateClient
    db.session.commit()
    client = PageClient(crowded.test_client())
    client.get("/near")
    with crowded.app_context():
        with db.engine.connect():
            assert client.get("/near", status=503).heading == HEADING
        db.engine.dispose()


def test_a_connection_is_there_for_every_thread(app: Flask) -> None:
    assert config.POOL["pool_size"] >= config.THREADS


def test_nobody_waits_for_a_place_that_nobody_leaves() -> None:
    places = WritersPlaces(2)
    assert [places.take() for _request in range(4)] == [True, True, False, False]
    places.leave()
    assert places.take() and not places.take()
