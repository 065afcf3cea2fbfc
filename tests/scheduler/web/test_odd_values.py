"""Whatever stands in an address or a form, the answer is a page or a refusal in words, never an error of ours."""

import re
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from scheduler.core.extensions import db
from scheduler.models import Scenario
from tests.client import Page, PageClient
from tests.factories import Town, build_bookings, build_plan
from tests.guards.files import own_files, text_of
from tests.guards.routes import methods, rules
from tests.guards.test_routes import address

LONG = "9" * 26
ENDLESS = pytest.param("1" * 5000, marks=pytest.mark.one_database, id="endless")
"""More digits than Python reads as a number."""
NO_NUMBERS = [pytest.param(text, marks=pytest.mark.one_database) for text in ("nan", "//[", "\u0663")]
"""No database ever sees them."""
ODD = [LONG, f"-{LONG}", "2147483648", "'\"%_\\", *NO_NUMBERS, ENDLESS]
READ = re.compile(r'(?:args|values|form)\.(?:get|getlist)\(\s*"([\w-]+)"')
DIRECT = re.compile(r'"([\w-]+)" in request\.(?:args|values|form)')


SIGNING_OUT = {"accounts.sign_out", "own_account.end", "user_access.sign_out"}
"""After these whoever asks would be a stranger, who gets no further than the sign-in."""


@pytest.fixture
def furnished(town: Town) -> None:
    """Something of each kind, so that pages read on."""
    build_bookings(build_plan(town))
    db.session.add(Scenario(term=town.term, name="Scenario", changes={"version": 1, "changes": []}))
    db.session.commit()


def parameters() -> list[str]:
    """The names that any page reads from its address or its form."""
    files = [name for name in own_files(".py") if name.parts[0] == "scheduler"]
    names = {name for file in files for pattern in (READ, DIRECT) for name in pattern.findall(text_of(file))}
    return sorted(names | {"day", "within", "time", "for", "sort"})


@cache
def parameters_read_in(folder: Path) -> frozenset[str]:
    """The parameters that the modules of one folder read."""
    read = "".join(text_of(name) for name in own_files(".py") if name.parent == folder)
    return frozenset((*READ.findall(read), *DIRECT.findall(read)))


def odd(app: Flask, client: PageClient, method: str, path: str, sent: dict[str, str]) -> str | None:
    """What went wrong, in words; None where the answer was in order."""
    try:
        response: TestResponse = client.client.open(
            path, method=method, headers={**client.headers, "Referer": "//["},
            query_string=sent if method == "GET" else None, data=None if method == "GET" else sent,
        )
    except Exception as error:  # noqa: BLE001 - any error at all is what this looks for
        return f"{method} {path} {str(sent)[:60]}: {type(error).__name__} {str(error)[:120]}"
    return f"{method} {path} {str(sent)[:60]}: {response.status}" if response.status_code >= 500 else None


@pytest.mark.parametrize("value", ODD)
def test_no_address_is_an_error_of_ours(
    app: Flask, administrator: PageClient, town: Town, furnished: None, value: str
) -> None:
    names = parameters()
    assert {"course", "next", "near", "week", "from", "demand"} <= set(names)
    wrong = [
        odd(app, administrator, method, address(app, rule), dict.fromkeys(names, value))
        for rule in rules(app) for method in methods(rule) if rule.endpoint not in SIGNING_OUT
    ]
    assert [each for each in wrong if each] == []


@pytest.mark.parametrize("value", [LONG])
def test_no_single_parameter_is_an_error_of_ours(
    app: Flask, administrator: PageClient, town: Town, furnished: None, value: str
) -> None:
    """One alone: among all, an earlier one may be refused first."""
    wrong = []
    for rule in rules(app):
        if "GET" in methods(rule):
            module = app.view_functions[rule.endpoint].__module__.replace(".", "/")
            for name in {"unit", "page", "demand", "week", *parameters_read_in(Path(module).parent)}:
                beside = {} if name == "demand" else {"demand": "1"}
                wrong.append(odd(app, administrator, "GET", address(app, rule), {**beside, name: value}))
    assert [each for each in wrong if each] == []
    assert len(wrong) > 300


@pytest.mark.parametrize("value", [LONG, ENDLESS])
def test_no_form_is_an_error_of_ours(
    app: Flask, administrator: PageClient, town: Town, furnished: None, value: str
) -> None:
    """Each page's form with the value in all of its fields, and in each alone."""
    wrong, forms = [], 0
    for rule in rules(app):
        path = address(app, rule)
        if {"GET", "POST"} <= set(methods(rule)):
            response = administrator.client.get(path, headers=administrator.headers)
            if response.status_code == 200 and response.mimetype == "text/html":
                filled = Page(response).filled_in()
                forms += 1
                for name in filled:
                    sent = {other: values[0] if values else "" for other, values in filled.items()} | {name: value}
                    wrong.append(odd(app, administrator, "POST", path, sent))
                wrong.append(odd(app, administrator, "POST", path, dict.fromkeys(filled, value)))
    assert [each for each in wrong if each] == []
    assert forms > 15


@pytest.mark.parametrize("target", ["//[", "//[::1", "http://[", "///", "/\\[", "?[", "\u2100", "//\u2100"])
def test_an_address_to_go_on_to_that_is_none_leads_home(client: PageClient, town: Town, target: str) -> None:
    answer = client.client.post("/near", data={"code": "", "next": target}, headers={"Referer": "http://["})
    assert (answer.status_code, answer.location) == (303, "/")
    answer = client.client.post("/language/en", headers={"Referer": target.encode("ascii", "replace").decode()})
    assert (answer.status_code, answer.location) == (303, "/")
