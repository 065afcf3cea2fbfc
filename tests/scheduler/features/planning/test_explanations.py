"""Why a section is where it is, why another has no place and what would give it one, through the page."""

from datetime import date
from typing import get_args

import pytest
from flask import Flask

from scheduler.core.extensions import db
from scheduler.engine.analysis.explanations import CAUSES
from scheduler.engine.documents.keys import ROOM, SECTION, TEACHER, VENUE, key
from scheduler.engine.words.grants import GRANTS, grant_sentence
from scheduler.models import Plan, PlanStatus, TeacherWindow
from solver import CAUSE_ORDER, AnyRelaxation, Hours
from tests.client import PageClient
from tests.factories import Town, build_plan, sign_in_as


@pytest.fixture
def plan(town: Town) -> Plan:
    """Calligraphy in the reading room, dance in the hall; the second section of calligraphy has no place."""
    made = build_plan(town, PlanStatus.DRAFT)
    db.session.commit()
    return made


def address(plan: Plan, town: Town, section: int) -> str:
    return f"/desk/plans/{plan.id}/sections/{town.sections[section].id}"


def test_a_section_without_a_place_names_what_stands_in_its_way_and_what_would_help(
    coordinator: PageClient, plan: Plan, town: Town
) -> None:
    """Both teachers have time only when they already teach, so that only more of their time helps."""
    town.teacher.windows = [TeacherWindow(weekday=1, start_minute=540, end_minute=630)]
    town.volunteer.windows = [TeacherWindow(weekday=3, start_minute=840, end_minute=930)]
    db.session.commit()
    page = coordinator.get(address(plan, town, 1))
    assert page.heading.startswith("Why is it not placed?") and "What stands in the way" in page.text
    assert "Teachers" in page.text and "teaches also on" in page.text
    assert "Then: " in page.text and "The cost of the plan" in page.text


def test_a_section_with_a_free_place_is_told_so(coordinator: PageClient, plan: Plan, town: Town) -> None:
    assert "there is a free place for it" in coordinator.get(address(plan, town, 1)).text


def test_a_placed_section_says_what_it_costs_and_what_else_it_could_have(
    coordinator: PageClient, plan: Plan, town: Town
) -> None:
    page = coordinator.get(address(plan, town, 0))
    assert page.heading.startswith("Why is it there?")
    assert "Tuesday 09:00–10:30 from week 1, 奉化区图书馆 阅览室, 书法教师 1" in page.text
    assert "What it costs there" in page.text and "other hours" in page.text


def test_sections_of_other_terms_and_archived_ones_are_not_found(
    app: Flask, coordinator: PageClient, plan: Plan, town: Town
) -> None:
    coordinator.get(f"/desk/plans/{plan.id}/sections/99999", status=404)
    town.sections[1].archived_at = town.users["library"].created_at
    db.session.commit()
    coordinator.get(address(plan, town, 1), status=404)
    sign_in_as(app, "street").get(address(plan, town, 0), status=404)


def test_every_kind_of_grant_has_words(town: Town) -> None:
    kinds = {str(kind.__struct_config__.tag): kind for kind in get_args(AnyRelaxation)}
    assert kinds.keys() == GRANTS.keys()
    values = {
        "room": key(ROOM, town.hall.id), "teacher": key(TEACHER, town.teacher.id), "venue": key(VENUE, town.library.id),
        "section": key(SECTION, town.sections[0].id), "unit": town.street.code, "subject": "dance", "needs": ("wifi",),
        "hours": (Hours(1, 540, 600),), "dates": (date(2027, 3, 2),),
    }
    for kind in kinds.values():
        said = grant_sentence(kind(**{field: values.get(field, 2) for field in kind.__struct_fields__}))
        assert "%(" not in said and not any(value in said.split() for value in ("r1", "t1", "v1", "s1")), said


def test_every_rule_that_is_blamed_has_words() -> None:
    assert {code for code, _kind in CAUSES} >= set(CAUSE_ORDER)
