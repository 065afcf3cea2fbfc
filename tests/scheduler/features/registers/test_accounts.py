"""Signing in and out, and one's own password."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from scheduler.app import create_app
from scheduler.core.config import Settings
from scheduler.core.extensions import db
from scheduler.models import Action, Installation
from tests.client import PageClient, SeparateClient
from tests.factories import PASSWORD, Town, sign_in_as
from tests.scheduler.signing_in import ANOTHER, is_signed_in, latest_entry, sign_in


def test_the_right_password_opens_the_page_asked_for_and_is_recorded(client: PageClient, town: Town) -> None:
    page = client.get("/desk/network")
    assert page.heading == "Sign in" and "Sign in to open this page." in page.text
    assert sign_in(client, "Coordinator", query="?next=/desk/network").heading == "Network"
    entry = latest_entry()
    assert (entry.action, entry.user) == (Action.SIGN_IN, town.users["coordinator"])


@pytest.mark.parametrize(("username", "password"), [("coordinator", "wrong password"), ("nobody", PASSWORD)])
def test_a_wrong_password_and_an_unknown_name_are_answered_alike(
    client: PageClient, town: Town, username: str, password: str
) -> None:
    page = sign_in(client, username, password)
    assert page.heading == "Sign in" and "User name or password is wrong." in page.text
    entry = latest_entry()
    assert (entry.action, entry.user, entry.changes) == (Action.SIGN_IN_REFUSED, None, {"username": [None, username]})
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("username", "heading"),
    [
        ("administrator", "Today"), ("coordinator", "Today"), ("library", "Today"), ("teacher", "Today"),
        ("resident", "Courses near me"),
    ],
)
def test_everybody_begins_where_their_work_is(client: PageClient, town: Town, username: str, heading: str) -> None:
    assert sign_in(client, username).heading == heading


def test_empty_fields_are_named(client: PageClient, town: Town) -> None:
    page = sign_in(client, "", "")
    assert "Fill in “User name”." in page.text and "Fill in “Password”." in page.text


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
        "javascript:alert(1)", "",
    ],
)
def test_nobody_is_sent_to_another_site_after_signing_in(app: Flask, town: Town, target: str) -> None:
    response = app.test_client().post(
        "/sign-in", query_string={"next": target}, data={"username": "coordinator", "password": PASSWORD}
    )
    assert response.location == "/desk/today"


def test_signing_out_ends_the_session_and_is_recorded(coordinator: PageClient, town: Town) -> None:
    assert is_signed_in(coordinator)
    coordinator.client.post("/sign-out")
    assert not is_signed_in(coordinator)
    entry = latest_entry()
    assert (entry.action, entry.user) == (Action.SIGN_OUT, town.users["coordinator"])


def test_a_cookie_kept_from_before_signing_in_is_worth_nothing(app: Flask, town: Town) -> None:
    client = PageClient(app.test_client())
    client.client.post("/language/en")
    before = client.client.get_cookie("session")
    sign_in(client, "coordinator")
    after = client.client.get_cookie("session")
    assert before is not None and after is not None and before.value != after.value
    thief = PageClient(app.test_client())
    thief.client.set_cookie("session", before.value)
    assert not is_signed_in(thief)


def test_the_chosen_language_survives_signing_in_and_out(app: Flask, town: Town) -> None:
    client = PageClient(app.test_client(), "zh-CN")
    client.client.post("/language/en")
    assert sign_in(client, "coordinator", query="?next=/desk/network").heading == "Network"
    client.client.post("/sign-out")
    assert client.get("/sign-in").heading == "Sign in"


def test_a_session_ends_after_its_lifetime(app: Flask, coordinator: PageClient) -> None:
    assert is_signed_in(coordinator)
    app.permanent_session_lifetime = timedelta(seconds=-1)
    assert not is_signed_in(coordinator)


@contextmanager
def limited_client(settings: Settings) -> Iterator[PageClient]:
    """A visitor of an application that counts attempts."""
    limited = create_app(settings)
    limited.config["WTF_CSRF_ENABLED"] = False
    limited.test_client_class = SeparateClient
    yield PageClient(limited.test_client())
    with limited.app_context():
        db.engine.dispose()


def test_too_many_attempts_are_refused_with_a_page_that_says_what_to_do(
    database_url: str, town: Town, tmp_path: Path
) -> None:
    with limited_client(Settings(instance=tmp_path, database_url=database_url, secret_key="limited")) as client:
        for _attempt in range(10):
            sign_in(client, "coordinator", "wrong password")
        page = client.post("/sign-in", {"username": "coordinator", "password": PASSWORD}, status=429)
        assert page.heading == "Too many attempts"


def test_behind_a_proxy_each_visitor_has_their_own_attempts(database_url: str, town: Town, tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path, database_url=database_url, secret_key="limited", proxies=1)
    with limited_client(settings) as client:
        client.headers["X-Forwarded-For"] = "203.0.113.7"
        for _attempt in range(10):
            sign_in(client, "coordinator", "wrong password")
        client.post("/sign-in", {"username": "coordinator", "password": PASSWORD}, status=429)
        client.headers["X-Forwarded-For"] = "203.0.113.8"
        client.post("/sign-in", {"username": "resident", "password": "wrong password"})


def test_the_accounts_are_shown_in_the_demonstration_only(client: PageClient, town: Town) -> None:
    assert "coordinator" not in client.get("/sign-in").text.split()
    db.session.add(Installation(demonstration=True))
    db.session.commit()
    assert "coordinator" in client.get("/sign-in").text.split()


# ---- one's own password


def password_form(present: str = PASSWORD, password: str = ANOTHER, repeated: str | None = None) -> dict[str, str]:
    return {"present": present, "password": password, "again": password if repeated is None else repeated}


def test_a_changed_password_ends_the_sessions_elsewhere_and_keeps_this_one(app: Flask, town: Town) -> None:
    this, elsewhere = sign_in_as(app, "library"), sign_in_as(app, "library")
    this.client.post("/desk/password", data=password_form())
    assert is_signed_in(this) and not is_signed_in(elsewhere)
    fresh = PageClient(app.test_client())
    assert "wrong" in sign_in(fresh, "library", PASSWORD).text
    sign_in(fresh, "library", ANOTHER, "?next=/desk/password")
    assert is_signed_in(fresh)


@pytest.mark.parametrize(
    ("form", "message"),
    [
        (password_form(present="not the present one"), "This is not your present password."),
        (password_form(password="short"), "A password has 10 to 200 characters."),
        (password_form(repeated="something else"), "The two new passwords differ."),
    ],
)
def test_a_password_is_not_changed_by_mistake(
    manager: PageClient, town: Town, form: dict[str, str], message: str
) -> None:
    before = town.users["library"].password_hash
    assert message in manager.post("/desk/password", form).text
    db.session.expire_all()
    assert town.users["library"].password_hash == before


def test_every_user_may_change_their_password_and_a_visitor_is_sent_to_sign_in(app: Flask, town: Town) -> None:
    for username in town.users:
        assert is_signed_in(sign_in_as(app, username))
    assert PageClient(app.test_client()).get("/desk/password").heading == "Sign in"


# ---- users
