"""Wrong passwords are counted, right ones are not, and who hammers a name does not keep its user out."""

from collections.abc import Iterator
from datetime import timedelta
from email.utils import parsedate_to_datetime
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from scheduler.app import create_app
from scheduler.core.config import Settings
from scheduler.core.database import now
from scheduler.core.extensions import db
from scheduler.models import Action, AuditEntry, FailedAttempt
from tests.client import Page, PageClient, SeparateClient
from tests.factories import PASSWORD, Town
from tests.scheduler.signing_in import ANOTHER, is_signed_in, latest_entry

OWN = "198.51.100.9"
STRANGERS = [f"203.0.113.{number}" for number in range(1, 5)]


@pytest.fixture
def counting(database_url: str, town: Town, tmp_path: Path) -> Iterator[Flask]:
    """An application that counts attempts."""
    app = create_app(Settings(instance=tmp_path, database_url=database_url, secret_key="counting"))
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = SeparateClient
    yield app
    with app.app_context():
        db.engine.dispose()


def visitor(app: Flask, address: str = OWN) -> PageClient:
    client = app.test_client()
    client.environ_base |= {"REMOTE_ADDR": address}
    return PageClient(client)


def guess(client: PageClient, username: str, password: str = "wrong password") -> int:  # noqa: S107
    return client.client.post("/sign-in", data={"username": username, "password": password}).status_code


def hammer(app: Flask, username: str) -> None:
    """Thirty wrong passwords from four addresses."""
    answers = [guess(visitor(app, STRANGERS[number % 4]), username) for number in range(30)]
    assert answers == [200] * 30


def later(**span: float) -> None:
    """As if what failed had failed longer ago."""
    for row in db.session.scalars(select(FailedAttempt)):
        row.at -= timedelta(**span)
    db.session.commit()


def refusal(client: PageClient, username: str) -> Page:
    return client.post("/sign-in", {"username": username, "password": PASSWORD}, status=429)


def test_right_passwords_are_not_counted(counting: Flask) -> None:
    client = visitor(counting)
    assert {guess(client, "coordinator", PASSWORD) for _time in range(40)} == {303}
    assert db.session.scalar(select(func.count(FailedAttempt.id))) == 0


def test_an_address_has_ten_wrong_attempts_a_minute(counting: Flask) -> None:
    names = count()
    assert {guess(visitor(counting), f"name{next(names)}") for _time in range(10)} == {200}
    assert refusal(visitor(counting), "coordinator").heading == "Too many attempts"
    assert guess(visitor(counting, STRANGERS[0]), "coordinator", PASSWORD) == 303, "other addresses are let in"
    later(minutes=1)
    assert guess(visitor(counting), "coordinator", PASSWORD) == 303


def test_who_hammers_a_name_keeps_strangers_out_and_not_the_users_own_device(counting: Flask, town: Town) -> None:
    own, foreign = visitor(counting), visitor(counting)
    assert guess(own, "coordinator", PASSWORD) == 303 and guess(foreign, "library", PASSWORD) == 303
    own.client.post("/sign-out")
    hammer(counting, "coordinator")
    page = refusal(visitor(counting, "192.0.2.1"), "coordinator")
    assert page.heading == "Too many attempts" and "ask an administrator to unlock" in page.text
    again = parsedate_to_datetime(page.response.headers["Retry-After"])
    assert timedelta(minutes=50) < again - now() <= timedelta(hours=1)
    refusal(foreign, "coordinator")
    assert guess(visitor(counting, "192.0.2.1"), "library", PASSWORD) == 303, "other names are let in"
    assert guess(own, "coordinator", PASSWORD) == 303 and is_signed_in(own)


def test_wrong_passwords_on_the_own_device_count_for_this_device(counting: Flask) -> None:
    own = visitor(counting)
    guess(own, "coordinator", PASSWORD)
    assert {guess(own, "coordinator") for _time in range(10)} == {200}
    refusal(own, "coordinator")
    assert guess(visitor(counting, STRANGERS[0]), "coordinator", PASSWORD) == 303, "elsewhere nothing was counted"


def test_a_device_cookie_that_was_made_up_or_outlived_a_new_password_counts_as_strange(
    counting: Flask, town: Town
) -> None:
    old, made_up = visitor(counting), visitor(counting)
    guess(old, "coordinator", PASSWORD)
    old.client.post("/sign-out")
    changing = visitor(counting)
    guess(changing, "coordinator", PASSWORD)
    changing.client.post("/desk/password", data={"present": PASSWORD, "password": ANOTHER, "again": ANOTHER})
    made_up.client.set_cookie("device", "W1sxLCJhIiwiYiJdXQ.forged")
    hammer(counting, "coordinator")
    assert [guess(client, "coordinator", ANOTHER) for client in (old, made_up)] == [429, 429]
    changing.client.post("/sign-out")
    assert guess(changing, "coordinator", ANOTHER) == 303, "the device on which it was changed is known"


def test_an_administrator_unlocks_a_name(counting: Flask, administrator: PageClient, town: Town) -> None:
    user = town.users["coordinator"]
    hammer(counting, "coordinator")
    assert latest_entry().changes == {"username": [None, "coordinator"], "locked": [False, True]}
    office = visitor(counting, "192.0.2.7")
    guess(office, "administrator", PASSWORD)
    page = office.get(f"/desk/users/{user.id}")
    assert "So many attempts failed" in page.text and "Unlock" in page.text
    assert "coordinator can try again from anywhere." in office.post(f"/desk/users/{user.id}/unlock").text
    entry = latest_entry()
    assert (entry.action, entry.row, entry.changes) == (Action.UPDATE, str(user.id), {"failed_attempts": [30, 0]})
    assert guess(visitor(counting, "192.0.2.1"), "coordinator", PASSWORD) == 303
    assert "Unlock" not in office.get(f"/desk/users/{user.id}").text


def test_failures_are_forgotten_after_an_hour_and_tell_neither_name_nor_address(counting: Flask) -> None:
    hammer(counting, "coordinator")
    subjects = set(db.session.scalars(select(FailedAttempt.subject)))
    assert len(subjects) == 5 and not any("coordinator" in subject or "203.0" in subject for subject in subjects)
    later(hours=1)
    assert guess(visitor(counting, STRANGERS[0]), "coordinator") == 200
    assert db.session.scalar(select(func.count(FailedAttempt.id))) == 2
    refused = db.session.scalars(select(AuditEntry).where(AuditEntry.action == Action.SIGN_IN_REFUSED)).all()
    assert len(refused) == 31
