"""A password that somebody else has set is changed before anything else."""

from flask import Flask
from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.models import Action, AuditEntry, User
from tests.client import PageClient
from tests.factories import PASSWORD, Town, sign_in_as
from tests.scheduler.signing_in import ANOTHER, edit, is_signed_in, latest_entry, sign_in

OWN = "tea leaves drift over seven bridges"


def change(client: PageClient, present: str, password: str, query: str = "") -> str:
    form = {"present": present, "password": password, "again": password}
    return client.post(f"/desk/password{query}", form).heading


def test_whoever_signs_in_with_a_password_set_by_an_administrator_changes_it_first(
    app: Flask, administrator: PageClient, town: Town
) -> None:
    user = town.users["coordinator"]
    administrator.post(f"/desk/users/{user.id}", edit(user, password=ANOTHER))
    client = PageClient(app.test_client())
    page = sign_in(client, "coordinator", ANOTHER, "?next=/desk/network")
    assert page.heading == "Change my password" and "Somebody else has set your password" in page.text
    assert client.get("/desk/terms").heading == "Change my password"
    assert client.client.post(f"/desk/network/communities/{town.communities[0].id}/archive").status_code == 303
    db.session.expire_all()
    assert not town.communities[0].archived
    assert client.get("/").heading == "Courses near me", "what everybody may read stays open"
    assert "This is your present password" in client.post(
        "/desk/password", {"present": ANOTHER, "password": ANOTHER, "again": ANOTHER}
    ).text
    assert change(client, ANOTHER, OWN, "?next=/desk/network") == "Network"
    assert client.get("/desk/terms").heading == "Terms"


def test_a_new_user_changes_the_password_given_to_them(app: Flask, administrator: PageClient) -> None:
    administrator.post("/desk/users/new", {"username": "station-2", "name": "文化站", "password": ANOTHER})
    client = PageClient(app.test_client())
    assert sign_in(client, "station-2", ANOTHER).heading == "Change my password"
    change(client, ANOTHER, OWN)
    assert not db.session.scalars(select(User).where(User.username == "station-2")).one().must_change_password


def test_who_sets_their_own_password_need_not_change_it(app: Flask, administrator: PageClient, town: Town) -> None:
    user = town.users["administrator"]
    administrator.post(f"/desk/users/{user.id}", edit(user, password=ANOTHER))
    assert sign_in(PageClient(app.test_client()), "administrator", ANOTHER).heading == "Today"


def test_the_trail_tells_of_a_new_password_and_not_which(app: Flask, manager: PageClient, town: Town) -> None:
    change(manager, PASSWORD, OWN)
    entries = db.session.scalars(select(AuditEntry)).all()
    entry = latest_entry()
    assert (entry.action, entry.table, entry.user) == (Action.UPDATE, "users", town.users["library"])
    assert entry.changes == {"password": ["…", "…"]}
    told = " ".join(str(each.changes) for each in entries)
    assert OWN not in told and "argon2" not in told
    assert is_signed_in(sign_in_as(app, "coordinator"))
