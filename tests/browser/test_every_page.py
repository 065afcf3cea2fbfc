"""Every page that a role may open: on a desktop and a phone, in both languages, in the usual and the large view."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask, url_for
from playwright.sync_api import Page

from scheduler.models import Role
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.furnishing import Places, furnish
from tests.browser.site import Site, furnished, grave_faults, sign_in, wide_faults
from tests.guards.routes import audience, methods, rules

VISITORS = {
    "nobody": "public",
    "resident": "signed in",
    "teacher": "teacher",
    "library": "venue_manager",
    "coordinator": "coordinator",
    "administrator": "administrator",
}
NO_PAGES = (".json", ".ics", ".xlsx", ".csv", ".pdf")

QUERIES = {
    "/desk/requests/decline": "booking",
    "/desk/terms/<int:term_id>/plan/again": "scope",
    "/desk/plans/<int:plan_id>/compare": "with",
}
"""Pages that are about what their address asks for."""


def addresses(app: Flask, role: str, places: Places) -> list[str]:
    """The pages of a role; an administrator, who may open everything, is shown what nobody else may open."""
    found = []
    for rule in rules(app):
        roles = audience(app, rule).split(",")
        theirs = roles == [role] if role == Role.ADMINISTRATOR else role in roles
        if not theirs or "GET" not in methods(rule) or rule.rule.endswith(NO_PAGES):
            continue
        values = {name: places.get(name, places.get(rule.rule)) for name in rule.arguments}
        assert None not in values.values(), f"say in _arguments what {rule.rule} may be opened with"
        found.append(url_for(rule.endpoint, **values, **_query(rule.rule, places)))
    return found


def _query(rule: str, places: Places) -> Places:
    return {QUERIES[rule]: places[QUERIES[rule]]} if rule in QUERIES else {}


def faults_of(page: Page, path: str, axe_at: tuple[int, int] | None) -> list[str]:
    """What is wrong with a page at both sizes, in the usual view and in the large one."""
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    answer = page.goto(path)
    faults = [] if answer and answer.ok else [f"{path} is answered with {answer and answer.status}"]
    for width, height in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        if (width, height) == axe_at:
            faults += grave_faults(page)
        faults += wide_faults(page)
        page.evaluate("document.documentElement.classList.add('large')")
        faults += [f"large view: {fault}" for fault in wide_faults(page)]
        page.evaluate("document.documentElement.classList.remove('large')")
    return faults


@pytest.fixture
def held(database_url: str, tmp_path: Path) -> Iterator[tuple[Site, Places]]:
    """A running server with something on every page."""
    with furnished(database_url, tmp_path, furnish) as found:
        yield found


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize(("username", "role"), VISITORS.items(), ids=VISITORS)
def test_every_page_fits_its_window_and_can_be_used_by_everybody(
    held: tuple[Site, Places], open_at: Callable[..., Page], username: str, role: str, language: str
) -> None:
    site, places = held
    with site.app.test_request_context():
        paths = addresses(site.app, role, places)
    assert paths
    page = open_at(site, DESKTOP, language)
    if username != "nobody":
        sign_in(page, username)
    # axe takes long, so it looks at every other page on a desktop in Chinese, and at the rest on a phone in English.
    turn, axe_at = (0, DESKTOP) if language == "zh-CN" else (1, PHONE)
    faults = [
        fault
        for number, path in enumerate(paths)
        for fault in faults_of(page, path, axe_at if number % 2 == turn else None)
    ]
    assert not faults, "\n".join(faults)
