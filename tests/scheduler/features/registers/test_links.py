"""One-time links with which users choose their password."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.core.database import now
from scheduler.core.extensions import db
from scheduler.models import AccountLink, Action, AuditEntry, LinkPurpose, User
from tests.client import Page, PageClient
from tests.factories import PASSWORD, Town, sign_in_as
from tests.scheduler.signing_in import is_signed_in, sign_in

OWN = "tea leaves drift over seven bridges"
CHOSEN = {"password": OWN, "again": OWN}


def address_on(page: Page) -> str:
    """The path of the link that a page shows."""
    (shown,) = [field.get("value") for field in page.elements("input") if field.get("id") == "link"]
    assert shown.startswith("http://localhost/choose-password/")
    return urlsplit(shown).path


def make(administrator: PageClient, user: User) -> str:
    return address_on(administrator.post(f"/desk/users/{user.id}/link"))


@pytest.fixture
def visitor(app: Flask) -> PageClient:
    return PageClient(app.test_client())


def test_an_invited_user_chooses_their_own_password(
    administrator: PageClient, visitor: PageClient, town: Town
) -> None:
    page = administrator.post("/desk/users/new", {"username": "station-2", "name": "文化站", "password": ""})
    assert page.heading == "station-2" and "make the link of the invitation" in page.text
    user = db.session.scalars(select(User).where(User.username == "station-2")).one()
    for guess in ("!", PASSWORD):
        assert "User name or password is wrong." in sign_in(visitor, "station-2", guess).text
    page = administrator.post(f"/desk/users/{user.id}/link")
    assert page.heading == "Invitation for station-2" and "not shown again" in page.text
    path = address_on(page)
    page = visitor.get(path)
    assert page.heading == "Choose your password" and "station-2" in page.text
    page = visitor.post(path, CHOSEN)
    assert page.heading == "Sign in" and "Sign in as station-2 now." in page.text
    sign_in(visitor, "station-2", OWN)
    assert is_signed_in(visitor) and visitor.get("/desk/account").heading == "My account"


def test_a_link_to_a_new_password_ends_all_sessions_when_it_is_used_and_not_before(
    app: Flask, administrator: PageClient, visitor: PageClient, town: Town
) -> None:
    library = sign_in_as(app, "library")
    path = make(administrator, town.users["library"])
    visitor.get(path)
    assert is_signed_in(library)
    visitor.post(path, CHOSEN)
    assert not is_signed_in(library)
    assert "wrong" in sign_in(visitor, "library", PASSWORD).text
    sign_in(visitor, "library", OWN)
    assert is_signed_in(visitor)


def test_opening_a_link_as_programs_do_that_look_at_mail_uses_nothing_up(
    app: Flask, administrator: PageClient, visitor: PageClient, town: Town
) -> None:
    path = make(administrator, town.users["library"])
    for method in ("GET", "HEAD", "OPTIONS", "GET"):
        answer = app.test_client().open(path, method=method)
        assert answer.status_code == 200
    assert visitor.get(path).response.headers["Cache-Control"] == "no-store"
    assert visitor.post(path, CHOSEN).heading == "Sign in"


def test_a_link_is_good_once(administrator: PageClient, visitor: PageClient, town: Town) -> None:
    path = make(administrator, town.users["library"])
    assert "differ" in visitor.post(path, {"password": OWN, "again": "something else"}).text
    assert "10 to 200 characters" in visitor.post(path, {"password": "short", "again": "short"}).text
    visitor.post(path, CHOSEN)
    assert visitor.get(path, status=410).heading == "This link is over"
    assert visitor.post(path, {"password": f"{OWN} 2", "again": f"{OWN} 2"}, status=410).heading == "This link is over"
    sign_in(visitor, "library", OWN)
    assert is_signed_in(visitor)


def test_a_newer_link_takes_the_place_of_one_that_was_not_used(
    administrator: PageClient, visitor: PageClient, town: Town
) -> None:
    first, second = (make(administrator, town.users["library"]) for _time in range(2))
    visitor.get(first, status=410)
    visitor.get(second)


def test_links_expire(administrator: PageClient, visitor: PageClient, town: Town) -> None:
    path = make(administrator, town.users["library"])
    link = db.session.scalars(select(AccountLink)).one()
    assert (link.purpose, link.expires_at > now() + timedelta(hours=23)) == (LinkPurpose.RESET, True)
    link.expires_at = now() - timedelta(seconds=1)
    db.session.commit()
    visitor.get(path, status=410)
    visitor.post(path, CHOSEN, status=410)


def test_a_link_for_a_user_who_may_not_sign_in_is_none(
    administrator: PageClient, visitor: PageClient, town: Town
) -> None:
    user = town.users["library"]
    path = make(administrator, user)
    administrator.post(f"/desk/users/{user.id}", {"name": user.name})
    visitor.get(path, status=410)
    assert "This user may not sign in." in administrator.post(f"/desk/users/{user.id}/link").text
    visitor.get("/choose-password/made-up", status=410)


def test_neither_rows_nor_the_trail_hold_the_link(
    administrator: PageClient, visitor: PageClient, town: Town
) -> None:
    user = town.users["library"]
    path = make(administrator, user)
    visitor.post(path, CHOSEN)
    key = path.rsplit("/", 1)[1]
    link = db.session.scalars(select(AccountLink)).one()
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.table == "account_links")).all()
    assert [(entry.action, entry.user) for entry in entries] == [
        (Action.CREATE, town.users["administrator"]), (Action.UPDATE, None),
    ]
    assert set(entries[1].changes) == {"used_at"} and "key_digest" not in entries[0].changes
    assert len(key) > 40 and key not in link.key_digest + "".join(str(entry.changes) for entry in entries)
    assert "one-time link" in administrator.get("/desk/audit?table=account_links").text


def test_the_page_speaks_chinese(app: Flask, administrator: PageClient, town: Town) -> None:
    path = make(administrator, town.users["library"])
    chinese = PageClient(app.test_client(), "zh-CN")
    assert chinese.get(path).heading == "设置您的密码"
    assert chinese.get("/choose-password/x", status=410).heading == "链接已失效"
