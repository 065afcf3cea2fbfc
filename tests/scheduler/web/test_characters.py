"""A NUL byte, which no database takes, is refused with a sentence wherever it stands."""

from io import BytesIO

import pytest
from flask import Flask

from tests.client import PageClient
from tests.factories import Town, build_plan
from tests.guards.routes import audience, methods, rules
from tests.guards.test_routes import address

SENTENCE = "There is a character in what was sent that no text has (NUL)."


@pytest.mark.parametrize(
    "path",
    [
        "/?q=%00", "/?near=%00", "/?%00=1", "/near?q=a%00b", "/near?street=%00", "/wishes?q=%00",
        "/calendar/community/%00.ics", "/calendar/community/33%00.ics", "/%00",
        "/sign-in?next=/%00", "/desk/terms?q=%00", "/language/%00",
    ],
)
def test_it_is_refused_in_an_address(client: PageClient, town: Town, path: str) -> None:
    assert SENTENCE in client.get(path, status=400).text


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/sign-in", {"username": "a\0b", "password": "c"}), ("/sign-in", {"username": "a", "password": "c\0"}),
        ("/near", {"code": "\0"}), ("/near", {"next": "/\0"}), ("/near", {"\0": "a"}),
    ],
)
def test_it_is_refused_in_a_form(client: PageClient, town: Town, path: str, form: dict[str, str]) -> None:
    assert SENTENCE in client.post(path, form, status=400).text


def test_it_is_refused_in_the_name_of_a_plan_and_of_a_file(coordinator: PageClient, town: Town) -> None:
    plan = build_plan(town)
    assert SENTENCE in coordinator.post(f"/desk/plans/{plan.id}/rename", {"name": "a\0b"}, status=400).text
    upload = {"file": (BytesIO(b"x"), "a%00\0.xlsx")}
    response = coordinator.client.post("/desk/excel/venues", data=upload, headers={"Accept-Language": "en"})
    assert response.status_code < 500


@pytest.mark.parametrize("name", ["near", "wishes", "view", "device", "session"])
def test_it_is_refused_in_a_cookie(app: Flask, town: Town, name: str) -> None:
    client = PageClient(app.test_client(use_cookies=False))
    client.headers["Cookie"] = f'{name}="a\\000b"'
    assert SENTENCE in client.get("/near", status=400).text


def test_no_route_lets_it_through(app: Flask, administrator: PageClient, town: Town) -> None:
    """As query, as form and within the path: nothing gets as far as a database."""
    asked = 0
    for rule in rules(app):
        path = address(app, rule)
        for method in methods(rule):
            sent = {"q": "\0"} if method == "GET" else None
            response = administrator.client.open(
                path, method=method, query_string=sent, data=None if sent else {"name": "\0"}
            )
            assert response.status_code == 400, f"{method} {path} ({audience(app, rule)}): {response.status}"
            asked += 1
    assert asked > 200
