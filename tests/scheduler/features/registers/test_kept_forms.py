"""What was written into a form whose session has ended is kept over the sign-in, and shown before it is saved."""

import pytest
from flask import Flask

from scheduler.core.extensions import db
from tests.client import Page, PageClient
from tests.factories import PASSWORD, Town

FROM_HERE = {"Sec-Fetch-Site": "same-origin"}
WRITTEN = {"name": "王佳宁 “书法” <b>", "absences": "2027-05-10\n2027-05-11 培训"}


@pytest.fixture
def protected(app: Flask) -> Flask:
    """The application with tokens in its forms, as it is served."""
    app.config["WTF_CSRF_ENABLED"] = True
    return app


def _sign_in(client: PageClient, page: Page, address: str = "/sign-in", **more: object) -> Page:
    data = page.filled_in() | {"username": "coordinator", "password": PASSWORD} | more
    return Page(client.client.post(address, data=data, headers=client.headers))


@pytest.fixture
def visitor(protected: Flask, town: Town) -> PageClient:
    """A coordinator who has signed in through the form."""
    client = PageClient(protected.test_client(), "en")
    _sign_in(client, client.get("/sign-in"))
    return client


def _action(page: Page) -> str:
    return max(page.elements("form"), key=lambda form: len(form.findall(".//input"))).get("action")


def _sent_without_session(client: PageClient, address: str, **headers: str) -> Page:
    data = client.get(address).filled_in() | WRITTEN
    client.client.delete_cookie("session")
    return Page(client.client.post(address, data=data, headers=client.headers | headers))


def test_a_form_stands_as_it_was_after_signing_in_again_and_nothing_is_saved(visitor: PageClient, town: Town) -> None:
    address, before = f"/desk/teachers/{town.teacher.id}/edit", town.teacher.name
    asked = _sent_without_session(visitor, address, **FROM_HERE)
    assert asked.response.status_code == 401
    assert "no-store" in asked.response.headers["Cache-Control"]
    asked.inspect()
    wrong = _sign_in(visitor, asked, _action(asked), password="wrong")
    assert "User name or password is wrong." in wrong.text
    back = _sign_in(visitor, wrong, _action(wrong))
    back.inspect()
    assert _action(back) == address
    form = Page(visitor.client.post(address, data=back.filled_in(), headers=visitor.headers | FROM_HERE))
    assert "Your form is as it was; nothing of it is saved yet." in form.text
    assert form.filled_in()["absences"] == [WRITTEN["absences"]]
    assert form.filled_in()["name"] == [WRITTEN["name"]]
    db.session.expire_all()
    assert town.teacher.name == before
    saved = visitor.client.post(address, data=form.filled_in() | {"name": "王佳宁"}, headers=visitor.headers)
    assert saved.status_code == 303
    db.session.expire_all()
    assert (town.teacher.name, len(town.teacher.absences)) == ("王佳宁", 2)


def test_a_form_with_the_token_of_an_earlier_session_is_shown_again(visitor: PageClient, town: Town) -> None:
    address = f"/desk/teachers/{town.teacher.id}/edit"
    data = visitor.get(address).filled_in() | WRITTEN
    visitor.client.delete_cookie("session")
    _sign_in(visitor, visitor.get("/sign-in"))
    back = Page(visitor.client.post(address, data=data, headers=visitor.headers | FROM_HERE))
    form = Page(visitor.client.post(address, data=back.filled_in(), headers=visitor.headers | FROM_HERE))
    assert form.filled_in()["absences"] == [WRITTEN["absences"]]


def test_passwords_are_never_kept(visitor: PageClient) -> None:
    asked = Page(visitor.client.post(
        "/desk/password", data={"present": "a secret of mine", "password": "another secret", "again": "another secret"},
        headers=visitor.headers | FROM_HERE | {"Cookie": ""},
    ))
    assert "secret" not in asked.response.text


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://other.example"}])
def test_what_another_site_sends_is_refused_and_not_kept(
    visitor: PageClient, town: Town, headers: dict[str, str]
) -> None:
    refused = _sent_without_session(visitor, f"/desk/teachers/{town.teacher.id}/edit", **headers)
    assert refused.response.status_code == 400
    assert "王佳宁" not in refused.response.text


def test_a_button_without_a_form_leads_back_to_its_page(visitor: PageClient, town: Town) -> None:
    page = f"http://localhost/desk/teachers/{town.teacher.id}"
    visitor.client.delete_cookie("session")
    sent = FROM_HERE | {"Referer": page}
    answer = visitor.client.post(f"{page}/archive", headers=visitor.headers | sent)
    assert answer.status_code == 303
    assert answer.location == f"/sign-in?next=/desk/teachers/{town.teacher.id}"


def test_what_is_too_long_is_not_kept(visitor: PageClient, town: Town) -> None:
    address = f"/desk/teachers/{town.teacher.id}/edit"
    visitor.client.delete_cookie("session")
    answer = visitor.client.post(address, data={"name": "长" * 500_001}, headers=visitor.headers | FROM_HERE)
    assert answer.status_code == 401
    assert "长长" not in answer.text
