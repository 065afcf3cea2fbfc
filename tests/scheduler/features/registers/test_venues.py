"""The register of venues through its pages."""

import pytest
from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.features.registers.accounts import operations as accounts
from scheduler.maps.geography import Point, street_metres
from scheduler.models import AuditEntry, Confirmation, PlaceSource, Role, Venue, VenueKind
from tests import rows
from tests.client import Page, PageClient
from tests.factories import Town, sign_in_as
from tests.letters import wide


def venue_form(town: Town, **changes: object) -> dict[str, object]:
    return {
        "name": "锦屏街道图书分馆", "kind": "library", "unit_id": town.street.id, "address": "中山路 18 号",
        "latitude": 29.6552, "longitude": 121.4071, "step_free": "yes", "contact": "服务台", "phone": "0574-8858 0000",
        "confirmation": "automatic", **changes,
    }


def created() -> Venue | None:
    return db.session.scalar(select(Venue).where(Venue.name == "锦屏街道图书分馆"))


def listed(page: Page) -> list[str]:
    """Names in the list of venues."""
    return ["".join(link.itertext()) for row in page.elements("tbody") for link in row.iter("a")]


def errors(page: Page) -> str:
    """The text of the error summary, "" when there is none."""
    summaries = [e for e in page.elements("div") if "error-summary" in (e.get("class") or "")]
    return " ".join("".join(summaries[0].itertext()).split()) if summaries else ""


def test_a_new_venue_is_kept_with_all_its_facts_and_recorded(coordinator: PageClient, town: Town) -> None:
    page = coordinator.post("/desk/venues/new", venue_form(town))
    assert page.heading == "锦屏街道图书分馆"
    assert "Add its rooms next" in page.text
    venue = created()
    assert venue is not None
    assert (venue.kind, venue.unit_id) == (VenueKind.LIBRARY, town.street.id)
    assert (venue.latitude, venue.longitude, venue.place_source) == (29.6552, 121.4071, PlaceSource.KNOWN)
    assert (venue.address, venue.contact, venue.phone) == ("中山路 18 号", "服务台", "0574-8858 0000")
    assert (venue.step_free, venue.confirmation, venue.assumed) == (True, Confirmation.AUTOMATIC, False)
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None and entry.user is not None
    assert (entry.user.username, entry.action, entry.table) == ("coordinator", "create", "venues")


def test_what_is_not_known_about_steps_stays_unknown(coordinator: PageClient, town: Town) -> None:
    page = coordinator.post("/desk/venues/new", venue_form(town, step_free="unknown"))
    venue = created()
    assert venue is not None and venue.step_free is None
    assert "not known" in page.text
    coordinator.post(f"/desk/venues/{venue.id}/edit", venue_form(town, step_free="no"))
    db.session.expire_all()
    assert venue.step_free is False


def test_every_wrong_entry_is_refused_at_its_field(coordinator: PageClient, town: Town) -> None:
    wrong: list[tuple[dict[str, object], str]] = [
        ({"name": "  "}, "Name"), ({"name": "长" * 201}, "Name"), ({"kind": "casino"}, "Kind"), ({"kind": ""}, "Kind"),
        ({"unit_id": 99_999}, "Belongs to"), ({"unit_id": town.city.id}, "Belongs to"), ({"latitude": 95}, "Latitude"),
        ({"latitude": "nan"}, "Latitude"), ({"longitude": "east"}, "Longitude"), ({"longitude": ""}, "Longitude"),
        ({"phone": "call me"}, "Telephone"), ({"confirmation": "maybe"}, "Who answers"),
        ({"name": town.library.name}, "already taken"),
    ]
    for change, field in wrong:
        page = coordinator.post("/desk/venues/new", venue_form(town, **change))
        assert field in errors(page), f"{change} is refused at {field}: {errors(page)}"
    assert db.session.scalars(select(Venue.name).order_by(Venue.id)).all() == [town.library.name, town.station.name]


def test_places_and_telephones_are_taken_as_people_write_them(coordinator: PageClient, town: Town) -> None:
    pair = coordinator.post("/desk/venues/new", venue_form(town, latitude="29.6555，121.4"))
    assert "Write 29.6555 as the latitude and 121.4 as the longitude" in errors(pair)
    assert "Number must be" not in errors(pair)
    phones = wide("0574-88881234") + "转 801、13812345678"
    written = {"latitude": "29°39'20\"N", "longitude": "东经121.4069", "phone": phones}
    coordinator.post("/desk/venues/new", venue_form(town, **written))
    venue = created()
    assert venue is not None
    assert (round(venue.latitude, 4), venue.longitude) == (29.6556, 121.4069)
    assert venue.phone == "0574-88881234转801, 13812345678"


def test_the_edit_form_shows_what_is_kept_and_saves_it_unchanged(coordinator: PageClient, town: Town) -> None:
    page = coordinator.get(f"/desk/venues/{town.station.id}/edit")
    inputs = page.elements("input")
    values = {e.get("name"): e.get("value") for e in inputs if e.get("type") != "radio"}
    ticked = {e.get("name"): e.get("value") for e in inputs if e.get("type") == "radio" and "checked" in e.attrib}
    selects = [(select, option) for select in page.elements("select") for option in select.iter("option")]
    chosen = {menu.get("name"): option.get("value") for menu, option in selects if "selected" in option.attrib}
    assert chosen == {"kind": "culture_station", "unit_id": str(town.other_street.id), "datum": "wgs84"}
    assert ticked == {"step_free": "unknown", "confirmation": "automatic"}
    before = db.session.scalars(select(AuditEntry.id)).all()
    coordinator.post(f"/desk/venues/{town.station.id}/edit", {**values, **chosen, **ticked, "checked": ""})
    changes = db.session.scalars(select(AuditEntry).where(AuditEntry.id.not_in(before))).all()
    assert [(entry.table, entry.changes) for entry in changes] == []
    assert town.station.place_source is PlaceSource.ASSUMED


def test_a_place_moved_by_hand_is_known_while_the_rest_stays_assumed(coordinator: PageClient, town: Town) -> None:
    data = venue_form(town, name=town.library.name, latitude=29.6561, longitude=town.library.longitude)
    coordinator.post(f"/desk/venues/{town.library.id}/edit", data)
    db.session.expire_all()
    assert (town.library.place_source, town.library.assumed) == (PlaceSource.KNOWN, True)


def test_declaring_the_facts_checked_takes_all_marks_away(coordinator: PageClient, town: Town) -> None:
    library = town.library
    assert "assumed" in coordinator.get(f"/desk/venues/{library.id}").text
    data = venue_form(town, name=library.name, latitude=library.latitude, longitude=library.longitude, checked="y")
    page = coordinator.post(f"/desk/venues/{library.id}/edit", data)
    db.session.expire_all()
    assert (library.place_source, library.assumed) == (PlaceSource.KNOWN, False)
    page = coordinator.get(f"/desk/venues/{library.id}/edit")
    assert "checked" not in {e.get("name") for e in page.elements("input")}, "there is nothing left to check"


def test_the_list_is_narrowed_by_words_kind_unit_and_archive(coordinator: PageClient, town: Town) -> None:
    town.library.address = "Zhongshan Road 18"
    town.station.archived_at = town.users["library"].created_at
    db.session.commit()
    library, station = town.library.name, town.station.name
    expected = {
        "": [library], "?q=图书": [library], "?q=文化": [], "?q=zhongshan": [library], "?q=%25": [],
        "?kind=library": [library], "?kind=museum": [], "?kind=casino": [library], f"?unit={town.street.id}": [library],
        f"?unit={town.other_street.id}": [], "?unit=99999": [library], "?archived=1": [library, station],
        "?archived=1&kind=culture_station": [station], f"?archived=1&unit={town.district.id}&q=站": [station],
    }
    assert {query: listed(coordinator.get(f"/desk/venues{query}")) for query in expected} == expected


def test_an_address_with_filters_shows_them_chosen_and_pages_keep_them(coordinator: PageClient, town: Town) -> None:
    db.session.add_all(
        Venue(unit=town.street, kind=VenueKind.SCHOOL, name=f"学校 {number:03d}", latitude=29.6, longitude=121.4)
        for number in range(120)
    )
    db.session.commit()
    page = coordinator.get(f"/desk/venues?kind=school&q=学校&unit={town.street.id}&page=2")
    chosen = [o.get("value") for o in page.elements("option") if "selected" in o.attrib]
    assert chosen == ["school", str(town.street.id)]
    assert "51 to 100 of 120" in page.text
    following = next(link for link in page.links if "page=3" in link)
    assert "学校 119" in listed(coordinator.get(following))


def test_archiving_leaves_the_list_and_can_be_undone(coordinator: PageClient, town: Town) -> None:
    page = coordinator.post(f"/desk/venues/{town.library.id}/archive", {"confirmed": 1})
    undo = next(form.get("action") for form in page.elements("form") if "restore=1" in (form.get("action") or ""))
    db.session.expire_all()
    assert town.library.archived
    assert town.library.name not in listed(coordinator.get("/desk/venues"))
    coordinator.post(undo)
    db.session.expire_all()
    assert not town.library.archived


def test_the_page_names_who_answers_and_warns_when_nobody_does(coordinator: PageClient, town: Town) -> None:
    assert "Library library" in coordinator.get(f"/desk/venues/{town.library.id}").text
    town.users["library"].active = False
    db.session.commit()
    assert "requests would wait without an answer" in coordinator.get(f"/desk/venues/{town.library.id}").text
    assert "Nobody manages this venue yet." in coordinator.get(f"/desk/venues/{town.station.id}").text


def test_the_nearest_community_tells_whether_the_place_is_right(coordinator: PageClient, town: Town) -> None:
    page = coordinator.get(f"/desk/venues/{town.library.id}")
    assert "东门社区, 210 m along the streets" in page.text  # 0.001 degrees north and 0.001 degrees west: 111 m + 97 m


def test_a_street_coordinator_reaches_only_their_street(app: object, town: Town) -> None:
    street = sign_in_as(app, "street")  # type: ignore[arg-type]
    assert listed(street.get("/desk/venues?archived=1")) == [town.library.name]
    for path in ("", "/edit", "/rooms/new"):
        street.get(f"/desk/venues/{town.station.id}{path}", status=404)
    street.post(f"/desk/venues/{town.station.id}/archive", status=404)
    street.post("/desk/venues/new", venue_form(town, unit_id=town.other_street.id))
    street.post(f"/desk/venues/{town.library.id}/edit", venue_form(town, unit_id=town.other_street.id))
    db.session.expire_all()
    assert (created(), town.station.archived, town.library.unit_id) == (None, False, town.street.id)


def test_a_manager_sees_their_venue_and_changes_nothing_of_it(manager: PageClient, town: Town) -> None:
    assert listed(manager.get("/desk/venues")) == [town.library.name]
    page = manager.get(f"/desk/venues/{town.library.id}")
    assert not [link for link in page.links if link.endswith(("/edit", "/new"))]
    manager.get(f"/desk/venues/{town.station.id}", status=404)
    for path in ("/desk/venues/new", f"/desk/venues/{town.library.id}/edit", "/desk/venues/features"):
        manager.get(path, status=403)
    manager.post(f"/desk/venues/{town.library.id}/archive", status=403)


def test_who_manages_one_venue_and_coordinates_elsewhere_edits_only_there(app: object, town: Town) -> None:
    accounts.grant(town.users["street"], Role.VENUE_MANAGER, venue_id=town.station.id)
    db.session.commit()
    both = sign_in_as(app, "street")  # type: ignore[arg-type]
    assert listed(both.get("/desk/venues")) == [town.library.name, town.station.name]
    assert [link for link in both.get(f"/desk/venues/{town.library.id}").links if link.endswith("/edit")]
    assert not [link for link in both.get(f"/desk/venues/{town.station.id}").links if link.endswith("/edit")]
    both.get(f"/desk/venues/{town.station.id}/edit", status=404)


def test_without_a_role_nobody_comes_in(app: object, client: PageClient, town: Town) -> None:
    assert client.get("/desk/venues").heading == "Sign in"
    sign_in_as(app, "resident").get("/desk/venues", status=403)  # type: ignore[arg-type]
    sign_in_as(app, "teacher").get(f"/desk/venues/{town.library.id}", status=403)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("pasted", "datum"),
    [("121.417923,29.659232", "bd09"), ("29.659232 121.417923", "bd09"), ("121.411417，29.653202", "gcj02")],
)
def test_degrees_of_a_chinese_map_are_pasted_and_converted(
    coordinator: PageClient, town: Town, pasted: str, datum: str
) -> None:
    coordinator.post("/desk/venues/new", venue_form(town, latitude="", longitude="", pasted=pasted, datum=datum))
    venue = created()
    assert venue is not None
    assert street_metres(venue, Point(29.6555, 121.4069)) < 3


def test_what_is_pasted_has_to_be_two_numbers(coordinator: PageClient, town: Town) -> None:
    page = coordinator.post("/desk/venues/new", venue_form(town, pasted="somewhere in the east"))
    assert "Paste two numbers, such as 121.4179, 29.6592." in errors(page) and created() is None
    page = coordinator.post("/desk/venues/new", venue_form(town, latitude="", longitude=""))
    assert "Write degrees" in errors(page)


def test_what_hangs_on_a_venue_is_said_before_it_is_archived(coordinator: PageClient, town: Town) -> None:
    page = coordinator.post(f"/desk/venues/{town.library.id}/archive")
    assert page.heading == f"Archive {town.library.name}?" and "1 room: no new plan uses it." in page.text
    db.session.refresh(town.library)
    assert not town.library.archived
    empty = rows.venue_row(town.street, VenueKind.LIBRARY, "空馆", 29.6, 121.4)
    db.session.add(empty)
    db.session.commit()
    assert "空馆 is archived." in coordinator.post(f"/desk/venues/{empty.id}/archive").text
