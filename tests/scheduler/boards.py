"""What tests of the board share: a draft, two coordinators, moves as the board sends them."""

import pytest
from flask import Flask

import solver
from scheduler.core.extensions import db
from scheduler.engine.documents.places import SectionPlace
from scheduler.engine.documents.snapshot import plan_document, term_document
from scheduler.features.planning.board import queries
from scheduler.models import Plan, PlanStatus, Section
from tests.client import Page, PageClient
from tests.factories import Town, build_plan, sign_in_as

NINE, TEN, TWO = 540, 600, 840


@pytest.fixture
def draft(town: Town) -> Plan:
    """A draft: calligraphy on Tuesdays at nine in the reading room, dance on Thursdays at two in the hall."""
    plan = build_plan(town, PlanStatus.DRAFT)
    db.session.commit()
    return plan


@pytest.fixture
def second(app: Flask, draft: Plan) -> PageClient:
    """Another coordinator of the same district: the administrator."""
    return sign_in_as(app, "administrator")


def board_url(plan: Plan, **arguments: object) -> str:
    return f"/desk/plans/{plan.id}/board?" + "&".join(f"{name}={value}" for name, value in arguments.items())


def offers(page: Page) -> dict[str, str]:
    """What a section in hand may be put down on: by the label the value that is sent, "" for what cannot be had."""
    slots = [one for one in page.elements("button") if "slot" in (one.get("class") or "").split()]
    return {one.get("aria-label"): one.get("value") or "" for one in slots}


def offer_at(page: Page, start: str) -> str:
    return next(value for label, value in offers(page).items() if label.startswith(start))


def put(
    client: PageClient, plan: Plan, section: Section, place: SectionPlace | None, version: int | None = None,
    status: int = 200, reason: str = "",
) -> Page:
    """Send a move as the board does, seen at a version: that of the moment if none is given."""
    db.session.refresh(plan)
    seen = plan.version if version is None else version
    sent = {"section": section.id, "version": seen, "place": str(place or ""), "reason": reason}
    return client.post(f"/desk/plans/{plan.id}/board/move", sent, status)


def place_of(plan: Plan, section: Section) -> SectionPlace | None:
    db.session.expire_all()
    found = queries.placement_of(plan, section.id)
    return SectionPlace.of(found) if found else None


def calligraphy(town: Town, weekday: int, start: int, week: int = 1) -> SectionPlace:
    return SectionPlace(week, ((weekday, start),), town.reading_room.id, town.teacher.id)


def assert_costs_are_right(plan: Plan) -> None:
    """The plan's cost is that of a check of the whole plan, and it breaks no rule."""
    db.session.expire_all()
    report = solver.check(term_document(plan.term), plan_document(plan))
    assert not report.violations
    assert plan.total == report.total
    assert {part: cost for part, cost in plan.cost.items() if cost} == {p: c for p, c in report.cost.items() if c}
