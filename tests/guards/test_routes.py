"""Who may open which route, tried route by route."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import BaseConverter, FloatConverter, IntegerConverter, Rule

from scheduler.web.outgoing.security_headers import HEADERS
from tests.client import PageClient
from tests.factories import Town, sign_in_as
from tests.guards.routes import FILE, audience, listing, methods, rules

OPEN = {"public", "signed in"}
OWN_RECORD = {"/desk/absences/dates", "/desk/teachers/me"}
"""Pages of one's own record, which an administrator has not."""


def example(converter: BaseConverter) -> object:
    """A value that a route's converter takes; which row it names does not matter to who is let in."""
    if isinstance(converter, IntegerConverter | FloatConverter):
        return 1
    return date(2027, 3, 1) if "date" in type(converter).__name__.lower() else "x"


def address(app: Flask, rule: Rule) -> str:
    """The route's path with example values."""
    values = {name: example(converter) for name, converter in rule._converters.items()}
    path = app.url_map.bind("localhost").build(rule.endpoint, values, method=methods(rule)[0])
    return str(path)


def requests(app: Flask) -> Iterator[tuple[Rule, str, str]]:
    """Route, method and path of everything that can be asked for."""
    for rule in rules(app):
        for method in methods(rule):
            yield rule, method, address(app, rule)


def ask(client: FlaskClient, method: str, path: str) -> Any:
    return client.open(path, method=method, headers={"Accept-Language": "en"})


def test_every_route_says_who_may_use_it_as_written_down(app: Flask) -> None:
    today = listing(app)
    assert "nobody said" not in today, "a route lacks @requires or @public"
    assert today == FILE.read_text(encoding="utf-8"), "run `make routes`, read the difference, commit it"


def test_an_anonymous_visitor_is_sent_to_sign_in_from_every_route_that_is_not_public(app: Flask, town: Town) -> None:
    client = app.test_client()
    tried = 0
    for rule, method, path in requests(app):
        if audience(app, rule) == "public":
            continue
        response = ask(client, method, path)
        assert response.status_code == 302, f"{method} {path}: {response.status}"
        assert response.location.startswith("/sign-in"), f"{method} {path} leads to {response.location}"
        tried += 1
    assert tried > 40


@pytest.mark.parametrize("username", ["coordinator", "library", "teacher", "resident"])
def test_a_user_without_the_role_is_refused_everywhere(app: Flask, town: Town, username: str) -> None:
    client = sign_in_as(app, username).client
    roles = {role.value for role in town.users[username].roles}
    tried = 0
    for rule, method, path in requests(app):
        allowed = audience(app, rule)
        if allowed in OPEN or roles & set(allowed.split(",")):
            continue
        response = ask(client, method, path)
        assert response.status_code == 403, f"{username}, {method} {path}: {response.status}"
        tried += 1
    assert tried > 0


def test_every_route_that_changes_something_wants_the_token_of_a_form_of_ours(app: Flask, town: Town) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    client = sign_in_as_with_token(app, "administrator")
    changing = [(method, path) for _rule, method, path in requests(app) if method not in {"GET", "HEAD", "OPTIONS"}]
    assert changing
    for method, path in changing:
        assert ask(client, method, path).status_code == 400, f"{method} {path} takes a form without the token"


def sign_in_as_with_token(app: Flask, username: str) -> FlaskClient:
    """Sign in while tokens are asked for."""
    app.config["WTF_CSRF_ENABLED"] = False
    client = sign_in_as(app, username).client
    app.config["WTF_CSRF_ENABLED"] = True
    return client


def test_an_administrator_can_open_every_page_that_needs_no_choice(app: Flask, administrator: PageClient) -> None:
    opened = 0
    for rule, method, path in requests(app):
        if method != "GET" or rule.arguments or path in OWN_RECORD:
            continue
        response = administrator.client.get(path)
        assert response.status_code < 400, f"{path}: {response.status}"
        if response.status_code == 200 and response.mimetype == "text/html":
            administrator.get(path)
        opened += 1
    assert opened > 15


@pytest.mark.parametrize("path", ["/sign-in", "/desk/network", "/no/such/page", "/static/no.css", "/desk/users"])
def test_every_answer_carries_the_security_headers(app: Flask, coordinator: PageClient, path: str) -> None:
    with coordinator.client.get(path) as response:
        found = {name: response.headers.get(name) for name in HEADERS}
        policies = response.headers["Content-Security-Policy"], response.headers["Referrer-Policy"]
    assert found == HEADERS
    assert policies[0].startswith("default-src 'self'; img-src 'self' data:; ") and policies[1] == "same-origin"


def test_pages_of_a_signed_in_user_are_not_kept_by_the_browser(coordinator: PageClient) -> None:
    assert coordinator.client.get("/desk/network").headers["Cache-Control"] == "no-store"
