"""Every page that a role may open: on a desktop and a phone, in both languages, in the usual and the large view."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, url_for
from playwright.sync_api import Page

from scheduler.database import now
from scheduler.extensions import db
from scheduler.models import (
    CalendarDay,
    DayKind,
    Import,
    ImportRow,
    ImportStatus,
    PlanStatus,
    Role,
    RowState,
    RunStatus,
    SolveRun,
)
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.site import Site, furnished, grave_faults, sign_in, wide_faults
from tests.factories import Town, build_bookings, build_plan, build_town
from tests.guards.routes import audience, methods, rules

VISITORS = {
    "nobody": "public",
    "resident": "signed in",
    "teacher": "teacher",
    "library": "venue_manager",
    "coordinator": "coordinator",
    "administrator": "administrator",
}
NO_PAGES = (".json", ".ics", ".xlsx")

QUERIES = {
    "/desk/requests/decline": "booking",
    "/desk/terms/<int:term_id>/plan/again": "scope",
    "/desk/plans/<int:plan_id>/compare": "with",
}
"""Pages that are about what their address asks for."""

Places = dict[str, Any]


def furnish() -> Places:
    """A town with a published plan and a draft, requests and a run; answers what the routes' arguments may be."""
    town = build_town()
    draft, plan = build_plan(town, PlanStatus.DRAFT), build_plan(town)
    draft.name, draft.placements = "方案" * 100, draft.placements[:1]
    bookings = build_bookings(plan)
    town.term.days.append(CalendarDay(date=town.term.first_day, kind=DayKind.OFF, name="校庆"))
    run = SolveRun(term_id=town.term.id, seconds=30, term_document=b"", status=RunStatus.STOPPED)
    workbook = _workbook(town)
    db.session.add_all([run, *workbook])
    db.session.flush()
    return _arguments(town) | {"plan_id": plan.id, "run_id": run.id, "booking": bookings[0].id} | {
        "import_id": workbook[0].import_id, "name": "venues", "scope": "unplaced", "with": draft.id,
    }


def _workbook(town: Town) -> list[ImportRow]:
    """What a coordinator has uploaded: a row of each state, with all that can be said of one."""
    imported = Import(
        user=town.users["coordinator"], term=town.term, register="term", filename="总表" * 40 + ".xlsx",
        status=ImportStatus.CHECKED, expires_at=now() + timedelta(days=1),
    )
    db.session.add(imported)
    db.session.flush()
    said = {"messages": [["name", "句" * 120]], "warnings": ["w" * 90], "changes": [["name", "a" * 80, "b" * 80]]}
    return [
        ImportRow(
            import_id=imported.id, position=number, sheet="rooms", number=number + 2, state=state,
            title="名" * 90, cells={"name": "长" * 200}, warned=True, clashing=True, **said,
        )
        for number, state in enumerate(RowState)
    ]


def _arguments(town: Town) -> Places:
    return {
        "term_id": town.term.id,
        "section_id": town.sections[0].id,
        "unit_id": town.street.id,
        "community_id": town.communities[0].id,
        "venue_id": town.library.id,
        "room_id": town.reading_room.id,
        "teacher_id": town.teacher.id,
        "course_id": town.course.id,
        "user_id": town.users["library"].id,
        "role": Role.COORDINATOR,
        "/desk/courses/subjects/<code>/edit": "calligraphy",
        "/desk/venues/features/<code>": "wifi",
    }


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
