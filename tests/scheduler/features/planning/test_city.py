"""A city: what is too much for one page is shown county by county, or fetched by a page that is already there."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.domain.cost_weights import DEFAULT_WEIGHTS
from scheduler.features.planning.board import queries as board
from scheduler.features.planning.planning import views as planning
from scheduler.features.planning.scenarios import queries as scenarios
from scheduler.features.planning.timetable import queries as timetable
from scheduler.models import (
    AuditEntry,
    Community,
    Event,
    EventItem,
    EventKind,
    Level,
    PlanStatus,
    Teacher,
    TeacherKind,
    Term,
    Unit,
)
from tests import rows
from tests.activities import item_form
from tests.client import PageClient
from tests.factories import Town, build_plan, sign_in_as


@pytest.fixture
def city(town: Town) -> Term:
    """The town's term as its city's, which has a second county with a section of its own."""
    county = Unit(code="330214", name="邻县", level=Level.COUNTY, parent=town.city, path=f"{town.city.path}330214/")
    street = Unit(code="330214001", name="邻县街道", level=Level.STREET, parent=county, path=f"{county.path}330214001/")
    community = rows.community_row(street, "330214001001", "邻县社区", 29.9, 121.9)
    term = Term(unit=town.city, name="全市学期", first_day=town.term.first_day, weeks=16, weights=dict(DEFAULT_WEIGHTS))
    teacher = rows.teacher_row(street, "邻县书法教师", TeacherKind.PART_TIME, town.teacher.subjects, 29.9, 121.9)
    db.session.add_all([county, street, community, teacher, term])
    rows.section_row(term, town.course, town.street, "锦屏街道·书法 9 班", {town.communities[0]: 12})
    rows.section_row(term, town.course, street, "邻县街道·书法 1 班", {community: 15})
    db.session.commit()
    return term


@pytest.fixture
def planner(app: Flask, city: Term) -> PageClient:
    """Who plans all of the city."""
    return sign_in_as(app, "administrator")


@pytest.mark.parametrize("page", ["sections", "demand"])
def test_a_form_asks_for_a_unit_first_and_then_offers_its_county(
    planner: PageClient, city: Term, town: Town, page: str
) -> None:
    address = f"/desk/terms/{city.id}/{page}/new"
    first = planner.get(f"{address}?course={town.course.id}")
    assert "For which unit?" in first.text
    assert "邻县街道" in first.text
    form = planner.get(f"{address}?course={town.course.id}&unit={town.street.id}")
    assert "东门社区" in form.text
    assert "邻县社区" not in form.text


def test_a_term_of_a_county_asks_for_no_unit(coordinator: PageClient, town: Town) -> None:
    assert "For which unit?" not in coordinator.get(f"/desk/terms/{town.term.id}/sections/new").text


def test_a_city_is_made_ready_county_by_county(
    planner: PageClient, city: Term, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "LOOKED_AT_ONCE", 0)
    address = f"/desk/terms/{city.id}/ready"
    page = planner.get(address)
    assert re.findall(r"(奉化区|邻县) 1\b", page.text) == ["奉化区", "邻县"]
    waiting = planner.get(f"{address}?unit={town.district.id}")
    assert "1 section is being looked at." in waiting.text
    assert f"/ready?unit={town.district.id}&look=1" in waiting.response.text.replace("&amp;", "&")
    looked = planner.get(f"{address}?unit={town.district.id}&look=1")
    assert "1 section for 12 learners." in looked.text


def test_what_publishing_changes_is_fetched_by_the_page(
    coordinator: PageClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = build_plan(town, PlanStatus.DRAFT)
    db.session.commit()
    monkeypatch.setattr(planning, "LOOKED_AT_ONCE", 0)
    address = f"/desk/terms/{town.term.id}/publish?plan={plan.id}"
    assert "is being worked out" in coordinator.get(address).text
    assert "request goes to a venue's manager" in coordinator.get(f"{address}&look=1").text


def test_budgets_of_a_city_open_county_by_county(planner: PageClient, city: Term, town: Town) -> None:
    address = f"/desk/terms/{city.id}/budgets"
    assert "锦屏街道" not in planner.get(address).text
    planner.post(f"{address}?unit={town.district.id}", {f"unit_{town.street.id}": 700})
    assert {budget.unit_id: budget.yuan for budget in city.budgets} == {town.street.id: 700}
    assert "¥700" in planner.get(address).text
    of_county = planner.get(f"{address}?unit={town.district.id}")
    assert [
        field.get("value") for field in of_county.elements("input") if field.get("name") == f"unit_{town.street.id}"
    ] == ["700"]


def test_of_many_rooms_those_of_one_unit_are_offered(
    coordinator: PageClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_plan(town)
    db.session.commit()
    monkeypatch.setattr(timetable, "MAX_OWNERS", 1)
    address = f"/desk/terms/{town.term.id}/timetable"
    here = coordinator.get(f"{address}?of={town.hall.id}")
    assert "排练厅" in here.text
    assert "阅览室 (" not in here.text
    other = coordinator.get(f"{address}?of={town.hall.id}&unit={town.street.id}")
    assert "阅览室 (1)" in other.text
    assert "排练厅" in coordinator.get(f"{address}/sheets?unit={town.other_street.id}").text


def test_a_board_is_searched_in_all_units(
    coordinator: PageClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = build_plan(town, PlanStatus.DRAFT)
    db.session.commit()
    monkeypatch.setattr(board, "MAX_ROWS", 1)
    found = coordinator.get(f"/desk/plans/{plan.id}/board?q=文化站 排")
    assert "排练厅" in found.text
    assert "阅览室" not in found.text


@pytest.mark.parametrize("page", ["demand/sources", "activities/series"])
def test_other_forms_of_a_city_offer_one_county_too(planner: PageClient, city: Term, town: Town, page: str) -> None:
    address = f"/desk/terms/{city.id}/{page}/new"
    assert "For which unit?" in planner.get(address).text
    form = planner.get(f"{address}?unit={town.street.id}")
    assert "东门社区" in form.text
    assert "邻县社区" not in form.text


@pytest.fixture
def event(city: Term, town: Town) -> Event:
    """An activity week of the city itself, with nothing on its programme yet."""
    days = {"first_day": city.first_day, "last_day": city.first_day + timedelta(days=6)}
    event = Event(term=city, unit=town.city, title_zh="活动周", title_en="Week", kind=EventKind.ACTIVITY_WEEK, **days)
    db.session.add(event)
    db.session.commit()
    return event


def put_on(planner: PageClient, event: Event, town: Town, **changes: Any) -> str:
    """Put an item for the people of the whole city on the programme; the address of its form."""
    day, items = event.first_day.isoformat(), f"/desk/terms/{event.term_id}/activities/events/{event.id}/items"
    form = item_form(town, unit=town.city.id, first_day=day, last_day=day, **changes)
    planner.post(f"{items}/new?unit={town.street.id}", form)
    return f"{items}/{db.session.scalars(select(EventItem.id)).one()}/edit"


def test_an_item_of_a_city_s_event_asks_for_a_unit_first(planner: PageClient, event: Event, town: Town) -> None:
    address = f"/desk/terms/{event.term_id}/activities/events/{event.id}/items/new"
    first = planner.get(address)
    assert "For which unit?" in first.text and "邻县街道" in first.text
    assert "邻县社区" not in first.text
    form = planner.get(f"{address}?unit={town.street.id}")
    assert "东门社区" in form.text and "书法教师 1" in form.text
    assert "邻县社区" not in form.text and "邻县书法教师" not in form.text
    assert form.filled_in()["unit"] == [str(town.street.id)]


def test_an_item_of_a_county_s_event_is_offered_its_county(planner: PageClient, event: Event, town: Town) -> None:
    event.unit = town.district
    db.session.commit()
    form = planner.get(f"/desk/terms/{event.term_id}/activities/events/{event.id}/items/new")
    assert "For which unit?" not in form.text
    assert "东门社区" in form.text and "书法教师 1" in form.text
    assert "邻县社区" not in form.text and "邻县书法教师" not in form.text


def test_an_item_for_a_whole_city_is_offered_a_county_of_those_who_come(
    planner: PageClient, event: Event, town: Town
) -> None:
    form = planner.get(put_on(planner, event, town))
    assert "东门社区" in form.text
    assert "邻县社区" not in form.text and "邻县书法教师" not in form.text
    assert form.filled_in()["unit"] == [str(town.city.id)]


def test_an_item_keeps_what_is_chosen_in_other_counties(planner: PageClient, event: Event, town: Town) -> None:
    address = put_on(planner, event, town)
    item = db.session.scalars(select(EventItem)).one()
    item.chosen = [town.communities[0], db.session.scalars(select(Community).where(Community.name == "邻县社区")).one()]
    item.teachers = [db.session.scalars(select(Teacher).where(Teacher.name == "邻县书法教师")).one()]
    db.session.commit()
    planner.post(address, planner.get(address).filled_in())
    newest = db.session.scalars(select(AuditEntry.id).order_by(AuditEntry.id.desc())).first() or 0
    form = planner.get(address)
    assert "西溪社区" in form.text and "邻县社区" in form.text and "邻县书法教师" in form.text
    assert "It is on the programme." in planner.post(address, form.filled_in()).text
    assert db.session.scalars(select(AuditEntry).where(AuditEntry.id > newest)).all() == []


def test_an_item_moves_to_another_county(planner: PageClient, event: Event, town: Town) -> None:
    address = put_on(planner, event, town)
    county = db.session.scalars(select(Unit).where(Unit.name == "邻县")).one()
    planner.post(address, {**planner.get(address).filled_in(), "unit": [str(county.id)]})
    form = planner.get(address)
    assert "邻县社区" in form.text and "邻县书法教师" in form.text
    assert "东门社区" not in form.text


def test_a_comparison_of_many_sections_is_fetched_by_the_page(
    coordinator: PageClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_plan(town)
    draft = build_plan(town, PlanStatus.DRAFT)
    db.session.commit()
    monkeypatch.setattr(planning, "LOOKED_AT_ONCE", 0)
    address = f"/desk/plans/{draft.id}/compare"
    waiting = coordinator.get(address)
    assert "are being measured" in waiting.text and "No section is different" not in waiting.text
    assert "No section is different" in coordinator.get(f"{address}?look=1").text


def test_whether_the_others_can_stay_is_fetched_by_the_page(
    coordinator: PageClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_plan(town)
    db.session.commit()
    monkeypatch.setattr(planning, "LOOKED_AT_ONCE", 0)
    address = f"/desk/terms/{town.term.id}/plan/again?scope=unplaced"
    waiting = coordinator.get(address)
    assert "is being looked at" in waiting.text and "Plan only these again" not in waiting.text
    assert "Plan only these again" in coordinator.get(f"{address}&look=1").text


def test_a_week_that_would_be_crowded_leads_to_the_list(
    coordinator: PageClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_plan(town)
    db.session.commit()
    address = f"/desk/terms/{town.term.id}/timetable?view=course&of={town.course.id}"
    assert "Too many for one week" not in coordinator.get(address).text
    monkeypatch.setattr(timetable, "MAX_IN_A_WEEK", 0)
    page = coordinator.get(address)
    assert "Too many for one week" in page.text and "锦屏街道·书法 1 班" not in page.text
    listed = next(link for link in page.links if "as=list" in link and f"of={town.course.id}" in link)
    assert "锦屏街道·书法 1 班" in coordinator.get(listed).text


def test_scenarios_of_many_sections_are_fetched_by_the_page(
    coordinator: PageClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_plan(town)
    db.session.commit()
    monkeypatch.setattr(scenarios, "LOOKED_AT_ONCE", 0)
    address = f"/desk/terms/{town.term.id}/scenarios"
    assert "is being measured" in coordinator.get(address).text
    assert "No scenario yet" in coordinator.get(f"{address}?look=1").text
    assert "No scenario yet" in coordinator.get(address).text  # what was measured is kept
    town.course.sessions = 5
    db.session.commit()
    assert "is being measured" in coordinator.get(address).text


def test_a_scenario_of_many_sections_comes_at_once_and_fetches_what_it_is_held_against(
    coordinator: PageClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scenarios, "LOOKED_AT_ONCE", 0)
    index = f"/desk/terms/{town.term.id}/scenarios"
    coordinator.post(f"{index}/new", {"name": "她离开"})
    page = next(link for link in coordinator.get(f"{index}?look=1").links if re.search(r"scenarios/\d+$", link))
    assert "Nothing yet" in coordinator.get(page).text, "without a change nothing has to be read"
    coordinator.post(f"{page}/changes/leave", {"teacher": str(town.teacher.id)})
    town.volunteer.fee += 1
    db.session.commit()
    assert "The term is read" in coordinator.get(page).text
    assert town.teacher.name in coordinator.get(f"{page}?look=1").text
    assert town.teacher.name in coordinator.get(page).text, "what was read is kept"


def test_the_places_of_a_scenario_are_those_of_a_county_in_the_term_of_a_city(
    planner: PageClient, city: Term, town: Town
) -> None:
    index = f"/desk/terms/{city.id}/scenarios"
    page = planner.post(f"{index}/new", {"name": "图书馆关闭"}).response.request.path
    first = planner.get(f"{page}/changes/close")
    assert "For which unit?" in first.text and town.library.name not in first.text
    offered = planner.get(f"{page}/changes/close?unit={town.street.id}")
    assert town.library.name in offered.text
    assert "Budgets rise or fall" in planner.get(f"{page}/changes/budgets").text
