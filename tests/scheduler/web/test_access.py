"""What a user's roles cover."""

from flask import Flask
from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.features.registers.accounts import operations
from scheduler.models import Role, Unit, User
from scheduler.web.access import Scope, scope_of
from tests.client import PageClient
from tests.factories import Town, sign_in_as


def names(scope: Scope) -> list[str]:
    return list(db.session.scalars(select(Unit.name).where(scope.units()).order_by(Unit.path)))


def test_a_coordinator_covers_her_unit_and_all_below(town: Town) -> None:
    scope = scope_of(town.users["coordinator"], Role.COORDINATOR)
    assert names(scope) == ["奉化区", "锦屏街道", "岳林街道"]
    assert scope.covers(town.street) and scope.covers(town.district) and not scope.covers(town.city)


def test_a_grant_covers_nothing_for_another_role(town: Town) -> None:
    scope = scope_of(town.users["coordinator"], Role.VENUE_MANAGER)
    assert names(scope) == [] and not scope.covers(town.street) and scope.venue_ids == frozenset()


def test_an_administrator_covers_everything(town: Town) -> None:
    scope = scope_of(town.users["administrator"], Role.TEACHER)
    assert len(names(scope)) == 4 and scope.covers(town.city)


def test_several_grants_add_up(town: Town) -> None:
    user = town.users["street"]
    operations.grant(user, Role.COORDINATOR, unit_id=town.other_street.id)
    operations.grant(user, Role.VENUE_MANAGER, venue_id=town.station.id)
    operations.grant(user, Role.TEACHER, teacher_id=town.volunteer.id)
    assert names(scope_of(user, Role.COORDINATOR)) == ["锦屏街道", "岳林街道"]
    everything = scope_of(user, *Role)
    assert everything.venue_ids == frozenset({town.station.id})
    assert everything.teacher_ids == frozenset({town.volunteer.id})


def test_a_code_that_begins_like_another_is_not_covered(town: Town) -> None:
    twin = Unit(code="3302130019", name="锦屏东街道", level=town.street.level, parent=town.district)
    twin.path = "330200/330213/3302130019/"
    db.session.add(twin)
    db.session.flush()
    assert not scope_of(town.users["street"], Role.COORDINATOR).covers(twin)
    assert names(scope_of(town.users["street"], Role.COORDINATOR)) == ["锦屏街道"]


def test_a_path_with_signs_of_patterns_matches_itself_alone(town: Town) -> None:
    town.street.path = "330200/330213/%/"
    db.session.flush()
    assert names(Scope(paths=(town.street.path,))) == ["锦屏街道"]


def test_a_user_without_any_role_sees_public_pages_only(app: Flask, town: Town) -> None:
    operations.revoke(town.users["resident"].grants[0], town.users["administrator"])
    db.session.commit()
    client = sign_in_as(app, "resident")
    client.get("/desk/network", status=403)
    assert client.get("/desk").response.request.path == "/"


def test_the_menu_holds_what_the_roles_open(app: Flask, town: Town) -> None:
    def menu(client: PageClient) -> set[str]:
        return {link for link in client.get("/desk/password").links if link.startswith("/desk/")}

    assert {"/desk/terms", "/desk/network"} <= menu(sign_in_as(app, "coordinator"))
    assert "/desk/users" not in menu(sign_in_as(app, "coordinator"))
    assert "/desk/users" in menu(sign_in_as(app, "administrator"))
    assert "/desk/network" not in menu(sign_in_as(app, "teacher"))


def test_roles_are_read_anew_at_every_request(app: Flask, town: Town) -> None:
    client = sign_in_as(app, "street")
    client.get("/desk/network")
    user = db.session.get(User, town.users["street"].id)
    assert user is not None
    user.grants.clear()
    db.session.commit()
    client.get("/desk/network", status=403)
