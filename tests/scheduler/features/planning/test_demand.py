"""Demand through its pages."""

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.models import AuditEntry, Demand
from tests.client import Page, PageClient
from tests.factories import Town, sign_in_as


def address(town: Town, rest: str = "") -> str:
    return f"/desk/terms/{town.term.id}/demand{rest}"


def demand_of(town: Town) -> dict[tuple[str, str], int]:
    entries = db.session.scalars(select(Demand).where(Demand.term_id == town.term.id))
    return {(entry.course.title_zh, entry.community.name): entry.people for entry in entries}


@pytest.fixture
def entries(town: Town) -> list[Demand]:
    """Calligraphy: 30 in 东门社区, 15 in 大成村 (made up); dance: 25 in 东门社区."""
    entries = [
        Demand(term=town.term, course=town.course, community=town.communities[0], people=30),
        Demand(term=town.term, course=town.course, community=town.communities[2], people=15, assumed=True),
        Demand(term=town.term, course=town.dance, community=town.communities[0], people=25),
    ]
    db.session.add_all(entries)
    db.session.commit()
    return entries


def undo_address(page: Page) -> str:
    forms = page.elements("form")
    return str(next(form.get("action") for form in forms if "restore" in (form.get("action") or "")))


def test_without_demand_the_list_says_what_to_do_next(coordinator: PageClient, town: Town) -> None:
    page = coordinator.get(address(town))
    assert "No demand yet" in page.text
    assert address(town, "/new") in page.links


def test_new_demand_is_stored_recorded_and_the_course_stays_chosen(coordinator: PageClient, town: Town) -> None:
    data = {"course": town.course.id, "community": town.communities[1].id, "people": 12}
    page = coordinator.post(address(town, "/new"), data)
    assert demand_of(town) == {("书法入门", "西溪社区"): 12}
    chosen = [option.get("value") for option in page.elements("option") if option.get("selected") is not None]
    assert chosen == [str(town.course.id)]
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None and (entry.table, entry.action) == ("demand", "create")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"people": 0}, "Write a number from 1 to 100,000"),
        ({"people": "many"}, "Not a valid integer value."),
        ({"people": ""}, "Write a whole number."),
        ({"course": ""}, "Choose “Course”."),
        ({"community": 9999}, "Not a valid choice."),
        ({}, "This community's demand for the course is already entered."),
    ],
)
def test_wrong_demand_is_refused_in_words(
    coordinator: PageClient, town: Town, entries: list[Demand], wrong: dict[str, object], message: str
) -> None:
    before = demand_of(town)
    data = {"course": town.course.id, "community": town.communities[0].id, "people": 12, **wrong}
    assert message in coordinator.post(address(town, "/new"), data).text
    assert demand_of(town) == before


def test_the_list_is_narrowed_by_course_unit_and_name(
    coordinator: PageClient, town: Town, entries: list[Demand]
) -> None:
    def listed(query: str) -> list[str]:
        page = coordinator.get(address(town, query))
        return [str(e.get("name")) for e in page.elements("input") if str(e.get("name")).startswith("people_")]

    calligraphy_east, calligraphy_village, dance_east = (f"people_{entry.id}" for entry in entries)
    assert sorted(listed("")) == sorted([calligraphy_east, calligraphy_village, dance_east])
    assert listed(f"?course={town.dance.id}") == [dance_east]
    assert listed(f"?unit={town.other_street.id}") == [calligraphy_village]
    assert listed("?q=大成") == [calligraphy_village]
    assert listed("?q=%25") == []


def test_numbers_are_edited_in_place_and_saved_at_once(
    coordinator: PageClient, town: Town, entries: list[Demand]
) -> None:
    ids = [entry.id for entry in entries]
    data = {f"people_{ids[0]}": 31, f"people_{ids[1]}": 16, f"people_{ids[2]}": 25}
    assert "2 entries changed." in coordinator.post(address(town), data).text
    db.session.expire_all()
    assert [entry.people for entry in entries] == [31, 16, 25]
    assert not entries[1].assumed, "a number that somebody entered is no longer made up"
    page = coordinator.post(address(town), {**data, f"people_{ids[0]}": 50, f"people_{ids[1]}": -1})
    assert "Write a number from 1 to 100,000" in page.text
    db.session.expire_all()
    assert [entry.people for entry in entries] == [31, 16, 25]


def test_removing_keeps_other_numbers_and_can_be_undone(
    coordinator: PageClient, town: Town, entries: list[Demand]
) -> None:
    ids = [entry.id for entry in entries]
    data = {f"people_{ids[0]}": 31, f"people_{ids[1]}": 15, f"people_{ids[2]}": 25, "remove": ids[1]}
    page = coordinator.post(address(town), data)
    assert demand_of(town) == {("书法入门", "东门社区"): 31, ("广场舞", "东门社区"): 25}
    coordinator.post(undo_address(page))
    back = db.session.scalars(select(Demand).where(Demand.community_id == town.communities[2].id)).one()
    assert (back.people, back.assumed) == (15, True)


def test_totals_compare_demand_with_the_sections_that_stand(
    coordinator: PageClient, town: Town, entries: list[Demand]
) -> None:
    """Calligraphy: 45 want it, sections hold 12 + 8 + 15 = 35, so 10 still wait; dance is over-served: 25 of 30."""
    page = coordinator.get(address(town, "/courses"))
    rows = [" ".join("".join(row.itertext()).split()) for row in page.elements("tr")[1:]]
    assert rows[0].startswith("Calligraphy for beginners 45 2 2 35 10 people")
    assert rows[1].startswith("Square dance 25 1 1 30 all served")
    assert f"/desk/terms/{town.term.id}/sections/new?course={town.course.id}&demand=1" in page.links


def test_a_street_coordinator_works_on_their_communities_only(app: Flask, town: Town, entries: list[Demand]) -> None:
    street = sign_in_as(app, "street")
    page = street.get(address(town))
    assert "东门社区" in page.text and "大成村" not in page.text
    street.get(address(town, f"?unit={town.other_street.id}"), status=404)
    street.post(address(town), {f"people_{entries[1].id}": 1})
    own_people = {f"people_{entries[0].id}": 30, f"people_{entries[2].id}": 25}
    street.post(address(town), {**own_people, "remove": entries[1].id}, status=404)
    street.post(address(town, "/new"), {"course": town.dance.id, "community": town.communities[2].id, "people": 5})
    assert demand_of(town) == {("书法入门", "东门社区"): 30, ("书法入门", "大成村"): 15, ("广场舞", "东门社区"): 25}
    town.term.unit = town.other_street
    db.session.commit()
    street.get(address(town), status=404)
