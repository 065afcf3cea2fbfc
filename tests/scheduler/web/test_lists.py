"""Every register is searched, narrowed and shown with its archived rows in the same way."""

import pytest
from flask import Flask

from scheduler.core.database import Archivable, now
from scheduler.core.extensions import db
from tests.client import Page, PageClient
from tests.factories import Town, sign_in_as

REGISTERS = {
    "/desk/network": ("岳林", "岳林街道"),
    "/desk/venues": ("图书", "奉化区图书馆"),
    "/desk/venues/rooms": ("阅览", "阅览室"),
    "/desk/teachers": ("", ""),
    "/desk/courses": ("calligraphy", "Calligraphy for beginners"),
    "/desk/courses/subjects": ("calligraphy", "Calligraphy"),
    "/desk/terms": ("奉化", "2027"),
}


def listed(page: Page) -> list[str]:
    """The name of each row, or of each card."""
    heads = [row for row in page.elements("th") if row.get("scope") == "row"] or page.elements("h2")
    return ["".join(head.itertext()).split()[0] for head in heads]


@pytest.mark.parametrize("address", REGISTERS)
def test_a_search_narrows_the_list_and_says_when_nothing_is_found(
    coordinator: PageClient, town: Town, address: str
) -> None:
    words = {"/desk/teachers": (town.teacher.name[-2:], town.teacher.name), "/desk/terms": ("奉化", town.term.name)}
    search, row_text = words.get(address, REGISTERS[address])
    assert row_text.split()[0] in " ".join(listed(coordinator.get(f"{address}?q={search}")))
    page = coordinator.get(f"{address}?q=zzz")
    assert "0 entries" in page.text and "found" in page.text
    assert "0 entries" in coordinator.get(f"{address}?q=%25_%27").text, "signs of patterns stand for themselves"


@pytest.mark.parametrize(("search", "matches"), [("Yoga", True), ("YOGA", True), ("书法 yoga", True), ("yogi", False)])
def test_capital_and_small_letters_are_the_same_in_a_search(
    coordinator: PageClient, town: Town, search: str, *, matches: bool
) -> None:
    town.sections[0].name = "书法 Yoga 1 班"
    db.session.commit()
    page = coordinator.get(f"/desk/terms/{town.term.id}/sections?q={search}")
    assert ("书法 Yoga 1 班" in page.text) is matches


@pytest.mark.parametrize("address", REGISTERS)
def test_an_archived_row_is_listed_where_it_is_asked_for(coordinator: PageClient, town: Town, address: str) -> None:
    rows: dict[str, Archivable] = {
        "/desk/network": town.other_street, "/desk/venues": town.station, "/desk/venues/rooms": town.hall,
        "/desk/teachers": town.volunteer, "/desk/courses": town.course, "/desk/courses/subjects": town.course.subject,
        "/desk/terms": town.term,
    }
    before = listed(coordinator.get(address))
    rows[address].archived_at = now()
    db.session.commit()
    assert len(listed(coordinator.get(address))) == len(before) - 1
    with_archived = coordinator.get(f"{address}?archived=1")
    assert listed(with_archived) == before and "archived" in with_archived.text


def test_an_archived_unit_comes_back_from_the_list(coordinator: PageClient, town: Town) -> None:
    coordinator.post(f"/desk/network/units/{town.other_street.id}/archive", {"confirmed": 1})
    page = coordinator.get("/desk/network?archived=1")
    address = f"/desk/network/units/{town.other_street.id}/archive"
    assert address in {form.get("action") for form in page.elements("form")}
    coordinator.post(address, {"restore": "1"})
    assert town.other_street.name in coordinator.get("/desk/network").text


def test_rooms_are_found_by_seats_and_by_what_they_have(coordinator: PageClient, town: Town) -> None:
    def rooms_for(query: str) -> list[str]:
        return listed(coordinator.get(f"/desk/venues/rooms{query}"))

    seats, feature = town.hall.capacity, town.reading_room.features[0].code
    everything = rooms_for("")
    assert {town.hall.name, town.reading_room.name} <= set(everything)
    assert rooms_for(f"?seats={seats}") == [r.name for r in (town.reading_room, town.hall) if r.capacity >= seats]
    assert town.reading_room.name in rooms_for(f"?feature={feature}")
    assert rooms_for("?feature=casino") == rooms_for(f"?seats={10**30}") == []
    assert rooms_for("?seats=-4") == rooms_for("?seats=many") == everything


def test_a_manager_finds_the_rooms_of_her_venues_only(app: Flask, town: Town) -> None:
    assert listed(sign_in_as(app, "library").get("/desk/venues/rooms")) == [town.reading_room.name]


@pytest.mark.parametrize("address", [*REGISTERS, "/desk/audit", "/"])
def test_senseless_numbers_in_an_address_do_no_harm(administrator: PageClient, address: str) -> None:
    for number in ("99999999999999999999999", "4000000000", "-1", "x"):
        administrator.get(f"{address}?unit={number}&page={number}&row={number}&within={number}&day={number}")


@pytest.mark.parametrize("number", ["99999999999999999999999", "4000000000", "0"])
def test_an_address_of_a_row_that_cannot_be_is_not_found(administrator: PageClient, number: str) -> None:
    for address in ("network/units", "venues", "teachers", "courses", "terms"):
        administrator.get(f"/desk/{address}/{number}", status=404)
