"""Signing in, passwords, users, their roles and the audit trail, through the pages."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.app import create_app
from scheduler.config import Settings
from scheduler.extensions import db
from scheduler.models import Action, AuditEntry, Grant, Installation, Role, User
from tests.client import Page, PageClient, SeparateClient
from tests.factories import PASSWORD, Town, sign_in_as

ANOTHER = "another password for tests"


def sign_in(client: PageClient, username: str, password: str = PASSWORD, query: str = "") -> Page:
    return client.post(f"/sign-in{query}", {"username": username, "password": password})


def latest_entry() -> AuditEntry:
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    return entry


def is_signed_in(client: PageClient) -> bool:
    return client.client.get("/desk/password").status_code == 200


def edit(user: User, **changes: object) -> dict[str, object]:
    return {"name": user.name, "active": "y", **changes}


# ---- signing in and out


def test_the_right_password_opens_the_page_asked_for_and_is_recorded(client: PageClient, town: Town) -> None:
    page = client.get("/desk/network")
    assert page.heading == "Sign in" and "Sign in to open this page." in page.text
    assert sign_in(client, "Coordinator", query="?next=/desk/network").heading == "Network"
    entry = latest_entry()
    assert (entry.action, entry.user) == (Action.SIGN_IN, town.users["coordinator"])


@pytest.mark.parametrize(("username", "password"), [("coordinator", "wrong password"), ("nobody", PASSWORD)])
def test_a_wrong_password_and_an_unknown_name_are_answered_alike(
    client: PageClient, town: Town, username: str, password: str
) -> None:
    page = sign_in(client, username, password)
    assert page.heading == "Sign in" and "User name or password is wrong." in page.text
    entry = latest_entry()
    assert (entry.action, entry.user, entry.changes) == (Action.SIGN_IN_REFUSED, None, {"username": [None, username]})
    assert not is_signed_in(client)


def test_empty_fields_are_named(client: PageClient, town: Town) -> None:
    page = sign_in(client, "", "")
    assert "Fill in “User name”." in page.text and "Fill in “Password”." in page.text


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
        "javascript:alert(1)", "",
    ],
)
def test_nobody_is_sent_to_another_site_after_signing_in(app: Flask, town: Town, target: str) -> None:
    response = app.test_client().post(
        "/sign-in", query_string={"next": target}, data={"username": "coordinator", "password": PASSWORD}
    )
    assert response.location == "/desk/terms"


def test_signing_out_ends_the_session_and_is_recorded(coordinator: PageClient, town: Town) -> None:
    assert is_signed_in(coordinator)
    coordinator.client.post("/sign-out")
    assert not is_signed_in(coordinator)
    entry = latest_entry()
    assert (entry.action, entry.user) == (Action.SIGN_OUT, town.users["coordinator"])


def test_a_cookie_kept_from_before_signing_in_is_worth_nothing(app: Flask, town: Town) -> None:
    client = PageClient(app.test_client())
    client.client.post("/language/en")
    before = client.client.get_cookie("session")
    sign_in(client, "coordinator")
    after = client.client.get_cookie("session")
    assert before is not None and after is not None and before.value != after.value
    thief = PageClient(app.test_client())
    thief.client.set_cookie("session", before.value)
    assert not is_signed_in(thief)


def test_the_chosen_language_survives_signing_in_and_out(app: Flask, town: Town) -> None:
    client = PageClient(app.test_client(), "zh-CN")
    client.client.post("/language/en")
    assert sign_in(client, "coordinator", query="?next=/desk/network").heading == "Network"
    client.client.post("/sign-out")
    assert client.get("/sign-in").heading == "Sign in"


def test_a_session_ends_after_its_lifetime(app: Flask, coordinator: PageClient) -> None:
    assert is_signed_in(coordinator)
    app.permanent_session_lifetime = timedelta(seconds=-1)
    assert not is_signed_in(coordinator)


def test_too_many_attempts_are_refused_with_a_page_that_says_what_to_do(
    database_url: str, town: Town, tmp_path: Path
) -> None:
    limited = create_app(Settings(instance=tmp_path, database_url=database_url, secret_key="limited"))
    limited.config["WTF_CSRF_ENABLED"] = False
    limited.test_client_class = SeparateClient
    client = PageClient(limited.test_client())
    for _attempt in range(10):
        sign_in(client, "coordinator", "wrong password")
    page = client.post("/sign-in", {"username": "coordinator", "password": PASSWORD}, status=429)
    assert page.heading == "Too many attempts"
    with limited.app_context():
        db.engine.dispose()


def test_the_accounts_are_shown_in_the_demonstration_only(client: PageClient, town: Town) -> None:
    assert "coordinator" not in client.get("/sign-in").text.split()
    db.session.add(Installation(demonstration=True))
    db.session.commit()
    assert "coordinator" in client.get("/sign-in").text.split()


# ---- one's own password


def password_form(present: str = PASSWORD, password: str = ANOTHER, again: str | None = None) -> dict[str, str]:
    return {"present": present, "password": password, "again": password if again is None else again}


def test_a_changed_password_ends_the_sessions_elsewhere_and_keeps_this_one(app: Flask, town: Town) -> None:
    here, elsewhere = sign_in_as(app, "library"), sign_in_as(app, "library")
    here.client.post("/desk/password", data=password_form())
    assert is_signed_in(here) and not is_signed_in(elsewhere)
    fresh = PageClient(app.test_client())
    assert "wrong" in sign_in(fresh, "library", PASSWORD).text
    sign_in(fresh, "library", ANOTHER, "?next=/desk/password")
    assert is_signed_in(fresh)


@pytest.mark.parametrize(
    ("form", "message"),
    [
        (password_form(present="not the present one"), "This is not your present password."),
        (password_form(password="short"), "A password has 10 to 200 characters."),
        (password_form(again="something else"), "The two new passwords differ."),
    ],
)
def test_a_password_is_not_changed_by_mistake(
    manager: PageClient, town: Town, form: dict[str, str], message: str
) -> None:
    before = town.users["library"].password_hash
    assert message in manager.post("/desk/password", form).text
    db.session.expire_all()
    assert town.users["library"].password_hash == before


def test_every_user_may_change_her_password_and_a_visitor_is_sent_to_sign_in(app: Flask, town: Town) -> None:
    for username in town.users:
        assert is_signed_in(sign_in_as(app, username))
    assert PageClient(app.test_client()).get("/desk/password").heading == "Sign in"


# ---- users


def test_a_new_user_can_sign_in_and_is_asked_for_a_role(app: Flask, administrator: PageClient) -> None:
    form = {"username": "Station-2", "name": "文化站", "password": ANOTHER}
    page = administrator.post("/desk/users/new", form)
    assert page.heading == "station-2" and "No role yet" in page.text
    created = latest_entry()
    assert (created.action, created.table) == (Action.CREATE, "users")
    assert not {"password_hash", "session_key"} & set(created.changes)
    client = PageClient(app.test_client())
    sign_in(client, "station-2", ANOTHER)
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"username": "Coordinator"}, "This user name is already taken."),
        ({"username": "with blank"}, "Use letters, digits, dots, dashes and underscores."),
        ({"name": " "}, "Fill in “Name of the role or desk”."),
        ({"password": "short"}, "A password has 10 to 200 characters."),
    ],
)
def test_a_user_that_cannot_be_is_refused_at_the_field(
    administrator: PageClient, changes: dict[str, str], message: str
) -> None:
    number = len(db.session.scalars(select(User.id)).all())
    page = administrator.post("/desk/users/new", {"username": "new", "name": "New", "password": ANOTHER, **changes})
    assert message in page.text
    assert len(db.session.scalars(select(User.id)).all()) == number


def test_a_locked_user_loses_her_session_at_once_and_cannot_come_back(
    app: Flask, administrator: PageClient, town: Town
) -> None:
    library = sign_in_as(app, "library")
    user = town.users["library"]
    administrator.post(f"/desk/users/{user.id}", {"name": user.name})
    assert not is_signed_in(library)
    assert "User name or password is wrong." in sign_in(library, "library").text
    administrator.post(f"/desk/users/{user.id}", edit(user))
    assert not is_signed_in(library), "the old session stays ended when she may sign in again"
    sign_in(library, "library")
    assert is_signed_in(library)


def test_a_password_set_by_an_administrator_ends_all_sessions(
    app: Flask, administrator: PageClient, town: Town
) -> None:
    library = sign_in_as(app, "library")
    user = town.users["library"]
    administrator.post(f"/desk/users/{user.id}", edit(user, name="Front desk"))
    assert is_signed_in(library), "another name alone ends nothing"
    administrator.post(f"/desk/users/{user.id}", edit(user, password=ANOTHER))
    assert not is_signed_in(library)


def test_an_administrator_cannot_lock_herself_out(administrator: PageClient, town: Town) -> None:
    user = town.users["administrator"]
    page = administrator.post(f"/desk/users/{user.id}", {"name": user.name})
    assert "You cannot lock your own account." in page.text
    assert is_signed_in(administrator)


def test_users_are_found_by_name_and_role(administrator: PageClient) -> None:
    def names(query: str) -> list[str]:
        page = administrator.get(f"/desk/users?{query}")
        return [link.rsplit("/", 1)[1] for link in page.links if link.startswith("/desk/users/") and link[-1].isdigit()]

    assert len(names("")) == 6
    assert len(names("q=COORD")) == 1
    assert len(names("role=coordinator")) == 2
    assert names("q=coord&role=teacher") == []
    assert "Nobody found" in administrator.get("/desk/users?q=%25").text


# ---- roles


def roles_of(user: User) -> set[tuple[Role, int | None, int | None, int | None]]:
    db.session.expire_all()
    return {(grant.role, grant.unit_id, grant.venue_id, grant.teacher_id) for grant in user.grants}


def test_each_role_is_given_at_its_place_and_can_be_taken_away(administrator: PageClient, town: Town) -> None:
    user = town.users["resident"]
    places = {Role.COORDINATOR: town.street.id, Role.VENUE_MANAGER: town.station.id, Role.TEACHER: town.volunteer.id}
    for role in Role:
        if role is not Role.RESIDENT:
            data = {"place": places[role]} if role in places else {}
            assert "The role is given." in administrator.post(f"/desk/users/{user.id}/roles/{role}", data).text
    assert roles_of(user) == {
        (Role.ADMINISTRATOR, None, None, None), (Role.COORDINATOR, town.street.id, None, None),
        (Role.VENUE_MANAGER, None, town.station.id, None), (Role.TEACHER, None, None, town.volunteer.id),
        (Role.RESIDENT, None, None, None),
    }
    for grant in list(user.grants):
        administrator.post(f"/desk/grants/{grant.id}/revoke")
    assert roles_of(user) == set()


def test_a_role_takes_effect_at_the_next_page(app: Flask, administrator: PageClient, town: Town) -> None:
    user, resident = town.users["resident"], sign_in_as(app, "resident")
    resident.get("/desk/network", status=403)
    administrator.post(f"/desk/users/{user.id}/roles/coordinator", {"place": town.street.id})
    resident.get("/desk/network")
    given = db.session.scalars(select(Grant).where(Grant.user_id == user.id, Grant.role == Role.COORDINATOR)).one()
    administrator.post(f"/desk/grants/{given.id}/revoke")
    resident.get("/desk/network", status=403)


@pytest.mark.parametrize("place", ["", "999999", "x"])
def test_a_role_without_its_place_is_refused(administrator: PageClient, town: Town, place: str) -> None:
    user = town.users["resident"]
    administrator.post(f"/desk/users/{user.id}/roles/coordinator", {"place": place})
    assert {role for role, *_place in roles_of(user)} == {Role.RESIDENT}


def test_the_same_role_is_not_given_twice(administrator: PageClient, town: Town) -> None:
    for username, role, data in (
        ("coordinator", "coordinator", {"place": town.district.id}), ("resident", "resident", {}),
    ):
        user = town.users[username]
        page = administrator.post(f"/desk/users/{user.id}/roles/{role}", data)
        assert "The user already has this role there." in page.text
        assert len(roles_of(user)) == 1


def test_an_unknown_role_does_not_exist(administrator: PageClient, town: Town) -> None:
    administrator.get(f"/desk/users/{town.users['resident'].id}/roles/emperor", status=404)


def test_the_administrators_own_role_stays(administrator: PageClient, town: Town) -> None:
    user = town.users["administrator"]
    page = administrator.post(f"/desk/grants/{user.grants[0].id}/revoke")
    assert "You cannot take the administrator role from yourself." in page.text
    assert roles_of(user) == {(Role.ADMINISTRATOR, None, None, None)}


# ---- the audit trail


def test_the_trail_shows_who_changed_what_and_can_be_narrowed(administrator: PageClient, town: Town) -> None:
    user = town.users["library"]
    administrator.post(f"/desk/users/{user.id}", edit(user, name="Front desk"))
    whole = administrator.get("/desk/audit").text
    assert "Library → Front desk" in whole and "signed in" in whole
    narrowed = {
        "q=administrator": True, "q=coordinator": False, "table=users": True, "table=venues": False,
        f"table=users&row={user.id}": True, "table=users&row=999": False, "action=update": True, "action=delete": False,
        "action=nonsense": True,
    }
    for query, there in narrowed.items():
        assert ("Library → Front desk" in administrator.get(f"/desk/audit?{query}").text) is there, query
    assert "Nothing recorded" in administrator.get("/desk/audit?q=nobody-like-this").text
