"""The network register through its pages."""

from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.models import AuditEntry, Community, PlaceSource, Unit
from tests.client import PageClient
from tests.factories import Town, sign_in_as


def community_form(town: Town, **changes: object) -> dict[str, object]:
    return {
        "unit": town.street.id,
        "code": "330213001099",
        "name": "新桥社区",
        "population": 1500,
        "latitude": 29.65,
        "longitude": 121.41,
        **changes,
    }


def test_the_tree_counts_the_communities_below_each_unit(coordinator: PageClient) -> None:
    page = coordinator.get("/desk/network")
    rows = ["".join(row.itertext()).split() for row in page.elements("tr")]
    assert [row[0] for row in rows[1:]] == ["奉化区", "锦屏街道", "岳林街道"]
    assert rows[1][-2] == "4"


def test_a_new_community_is_listed_found_and_recorded(coordinator: PageClient, town: Town) -> None:
    page = coordinator.post("/desk/network/communities/new", community_form(town))
    assert "新桥社区" in page.text
    assert "新桥社区" in coordinator.get(f"/desk/network/units/{town.district.id}?q=新桥").text
    assert "新桥社区" not in coordinator.get(f"/desk/network/units/{town.district.id}?q=东门").text
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None and entry.user is not None
    assert (entry.user.username, entry.action, entry.table) == ("coordinator", "create", "communities")


def test_a_taken_code_is_refused_at_its_field_and_changes_nothing(coordinator: PageClient, town: Town) -> None:
    before = db.session.scalars(select(Community.name)).all()
    page = coordinator.post("/desk/network/communities/new", community_form(town, code="330213001001"))
    assert "This code is already used by another community." in page.text
    assert db.session.scalars(select(Community.name)).all() == before


def test_impossible_places_and_counts_are_refused(coordinator: PageClient, town: Town) -> None:
    for wrong in (
        {"latitude": 95},
        {"longitude": "east"},
        {"population": -1},
        {"name": " "},
        {"unit": town.district.id},
    ):
        coordinator.post("/desk/network/communities/new", community_form(town, **wrong))
    assert db.session.scalar(select(Community).where(Community.code == "330213001099")) is None


def test_a_place_moved_by_hand_counts_as_known(coordinator: PageClient, town: Town) -> None:
    community = town.communities[0]
    data = community_form(town, name=community.name, latitude=29.661)
    coordinator.post(f"/desk/network/communities/{community.id}/edit", data)
    db.session.expire_all()
    assert community.place_source is PlaceSource.KNOWN


def test_the_edit_form_shows_where_a_community_belongs(coordinator: PageClient, town: Town) -> None:
    page = coordinator.get(f"/desk/network/communities/{town.communities[2].id}/edit")
    chosen = [option.get("value") for option in page.elements("option") if "selected" in option.attrib]
    assert chosen == [str(town.other_street.id), "wgs84"]


def test_archiving_can_be_undone(coordinator: PageClient, town: Town) -> None:
    community = town.communities[0]
    page = coordinator.post(f"/desk/network/communities/{community.id}/archive", {"confirmed": 1})
    undo = next(form.get("action") for form in page.elements("form") if "restore=1" in (form.get("action") or ""))
    db.session.expire_all()
    assert community.archived
    coordinator.post(undo)
    db.session.expire_all()
    assert not community.archived


def test_a_street_coordinator_sees_and_changes_only_their_street(app: object, town: Town) -> None:
    street = sign_in_as(app, "street")  # type: ignore[arg-type]
    assert "岳林街道" not in street.get("/desk/network").text
    street.get(f"/desk/network/units/{town.other_street.id}", status=404)
    street.get(f"/desk/network/communities/{town.communities[2].id}/edit", status=404)
    street.post("/desk/network/communities/new", community_form(town, unit=town.other_street.id))
    assert db.session.scalar(select(Community).where(Community.code == "330213001099")) is None


def test_an_administrator_begins_with_a_city_and_nobody_else_does(
    administrator: PageClient, coordinator: PageClient
) -> None:
    coordinator.post("/desk/network/units/new", {"parent": "", "code": "500000", "name": "重庆市"})
    assert db.session.scalar(select(Unit).where(Unit.code == "500000")) is None
    administrator.post("/desk/network/units/new", {"parent": "", "code": "500000", "name": "重庆市"})
    city = db.session.scalars(select(Unit).where(Unit.code == "500000")).one()
    assert (city.parent_id, city.path, city.level) == (None, "500000/", "city")


def test_units_grow_below_their_parent(coordinator: PageClient, town: Town) -> None:
    coordinator.post("/desk/network/units/new", {"parent": town.district.id, "code": "330213003", "name": "江口街道"})
    unit = db.session.scalars(select(Unit).where(Unit.code == "330213003")).one()
    assert (unit.path, unit.level) == ("330200/330213/330213003/", "street")
    page = coordinator.post("/desk/network/units/new", {"parent": unit.id, "code": "330213003001", "name": "越级"})
    assert "Below a street or town stand communities" in page.text
