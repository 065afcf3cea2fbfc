"""What no password may be, wherever one is chosen."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from scheduler.core.extensions import db
from scheduler.features.registers.accounts import passwords
from scheduler.models import Role, User
from tests.client import Page, PageClient
from tests.factories import PASSWORD, Town
from tests.scheduler.signing_in import ANOTHER, edit

LENGTH, COMMON = "A password has 10 to 200 characters.", "Many people use this password"
RUN, OWN = "little but a run of neighbouring or equal signs", "little but your own name or a word of this site"
REFUSED = {
    "a": LENGTH, "x" * 201: LENGTH, "manchester": COMMON, "Manchester2026!": COMMON, "woaini5201314": COMMON,
    "1234567890": RUN, "qwertyuiop123": RUN, "aaaaaaaaaaaa": RUN, "abcabcabcabcabc": RUN, "9876543210!": RUN,
    "library2026": OWN, "LIBRARY-library": OWN, "Learning City 1": OWN, "password2026": OWN, "scheduler123456": OWN,
    "宁波市宁波市学习城市学习城市": OWN,
}
TAKEN = ["the library opens at nine in spring", "x7$kq92mPz", "奉化的春天有很多桃花", "learning tea and paper cutting"]


def field_errors(page: Page, field: str) -> str:
    """What stands at a field of a page."""
    at = [each for each in page.elements("p") if each.get("id") == f"{field}-error"]
    return " ".join("".join(each.itertext()) for each in at)


@pytest.mark.parametrize(("password", "message"), REFUSED.items())
def test_a_password_that_is_guessed_first_is_refused_at_its_field_in_each_form(
    administrator: PageClient, manager: PageClient, town: Town, password: str, message: str
) -> None:
    user = town.users["library"]
    before = user.password_hash
    new = {"username": "library-2", "name": "Library", "password": password}
    set_for_them, own = edit(user, password=password), {"present": PASSWORD, "password": password, "again": password}
    for client, address, form in (
        (administrator, "/desk/users/new", new), (administrator, f"/desk/users/{user.id}", set_for_them),
        (manager, "/desk/password", own),
    ):
        assert message in field_errors(client.post(address, form), "password"), address
    db.session.expire_all()
    assert user.password_hash == before
    assert db.session.scalar(select(func.count(User.id)).where(User.username == "library-2")) == 0


@pytest.mark.parametrize("password", TAKEN)
def test_a_password_that_nobody_would_guess_is_taken(manager: PageClient, town: Town, password: str) -> None:
    manager.post("/desk/password", {"present": PASSWORD, "password": password, "again": password})
    db.session.expire_all()
    assert passwords.matches(town.users["library"].password_hash, password)


def create_administrator(app: Flask, username: str, password: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["create-administrator", username, "--password", password])
    return result.exit_code, result.output


@pytest.mark.parametrize(
    ("username", "password", "message"),
    [
        ("boss", "a", LENGTH), ("boss", "1234567890", RUN), ("headoffice", "headoffice", OWN),
        ("two words", ANOTHER, "Use letters, digits, dots, dashes and underscores."), ("b", ANOTHER, "2 to 40"),
        ("administrator", ANOTHER, "This user name is already taken."),
    ],
)
def test_the_command_line_has_the_rules_of_the_forms(
    app: Flask, town: Town, username: str, password: str, message: str
) -> None:
    number = db.session.scalar(select(func.count(User.id)))
    db.session.commit()
    status, said = create_administrator(app, username, password)
    assert status == 1 and message in said and "Traceback" not in said
    assert db.session.scalar(select(func.count(User.id))) == number


def test_the_first_administrator_is_made_by_the_command_line(app: Flask) -> None:
    db.session.commit()
    assert create_administrator(app, "Head-Office", ANOTHER) == (0, "Head-Office can sign in.\n")
    made = db.session.scalars(select(User)).one()
    assert (made.username, made.roles) == ("head-office", frozenset({Role.ADMINISTRATOR}))
