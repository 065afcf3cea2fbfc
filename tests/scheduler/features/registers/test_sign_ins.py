"""Browsers in which somebody is signed in: each is listed, each can be ended, and none comes back by its cookie."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Connection, select, text, update

from scheduler.core.database import now
from scheduler.core.extensions import db
from scheduler.features.registers.accounts.browsers import network_of, recognised
from scheduler.models import Action, SignIn
from tests.client import PageClient
from tests.factories import Town, sign_in_as
from tests.scheduler.signing_in import edit, is_signed_in, latest_entry, sign_in

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
WECHAT = (
    "Mozilla/5.0 (Linux; Android 14; V2217A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0 Mobile"
    " Safari/537.36 MicroMessenger/8.0.50"
)
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"


def signed_in(app: Flask, username: str, browser: str = FIREFOX, address: str = "203.0.113.77") -> PageClient:
    client = app.test_client()
    client.environ_base |= {"HTTP_USER_AGENT": browser, "REMOTE_ADDR": address}
    page = PageClient(client)
    sign_in(page, username)
    return page


def rows(town: Town, username: str) -> list[SignIn]:
    db.session.expire_all()
    user = town.users[username]
    return list(db.session.scalars(select(SignIn).where(SignIn.user_id == user.id).order_by(SignIn.id)))


def test_a_cookie_copied_before_signing_out_is_refused(app: Flask, coordinator: PageClient) -> None:
    cookie = coordinator.client.get_cookie("session")
    assert cookie is not None
    thief = PageClient(app.test_client())
    thief.client.set_cookie("session", cookie.value)
    assert is_signed_in(thief)
    coordinator.client.post("/sign-out")
    assert not is_signed_in(thief)
    assert thief.get("/desk/terms").heading == "Sign in"


def test_the_account_page_lists_the_browsers_and_ends_each(app: Flask, town: Town) -> None:
    here, phone = signed_in(app, "library"), signed_in(app, "library", WECHAT, "2001:db8:1:2:3:4:5:6")
    stranger = signed_in(app, "teacher")
    text = here.get("/desk/account").text
    for shown in ("Firefox on Windows", "203.0.113.0/24", "this browser", "WeChat on Android", "2001:db8:1::/48"):
        assert shown in text
    assert "203.0.113.77" not in text and "2:3:4" not in text
    foreign, (_own, other) = rows(town, "teacher")[0], rows(town, "library")
    here.post(f"/desk/account/sign-ins/{foreign.id}/end")
    assert is_signed_in(stranger) and is_signed_in(phone)
    assert "That browser is signed out." in here.post(f"/desk/account/sign-ins/{other.id}/end").text
    assert is_signed_in(here) and not is_signed_in(phone)
    entry = latest_entry()
    assert (entry.action, entry.user, entry.changes) == (
        Action.SIGN_OUT, town.users["library"], {"sessions": [1, 0]},
    )
    assert "WeChat" not in here.get("/desk/account").text


def test_all_other_browsers_are_signed_out_at_once(app: Flask, town: Town) -> None:
    here, *others = (signed_in(app, "library") for _browser in range(4))
    assert "3 other browsers are signed out." in here.post("/desk/account/sign-ins/end-others").text
    assert is_signed_in(here) and not any(map(is_signed_in, others))


def test_the_last_sign_in_is_told(app: Flask, town: Town) -> None:
    assert "You last signed in" not in sign_in(PageClient(app.test_client()), "coordinator").text
    signed_in(app, "coordinator", SAFARI)
    page = sign_in(PageClient(app.test_client()), "coordinator")
    assert "You last signed in on " in page.text and "Safari on iOS" in page.text
    chinese = sign_in(PageClient(app.test_client(), "zh-CN"), "coordinator")
    assert "您上次登录是在" in chinese.text


def test_an_administrator_sees_and_ends_the_sessions_of_a_user(
    app: Flask, administrator: PageClient, town: Town
) -> None:
    user, clients = town.users["library"], [signed_in(app, "library") for _browser in range(2)]
    page = administrator.get(f"/desk/users/{user.id}")
    assert "Firefox on Windows" in page.text and "Sign out everywhere" in page.text
    assert "2 browsers are signed out." in administrator.post(f"/desk/users/{user.id}/sign-out").text
    assert not any(map(is_signed_in, clients)) and is_signed_in(administrator)
    entry = latest_entry()
    assert (entry.action, entry.row, entry.user) == (Action.SIGN_OUT, str(user.id), town.users["administrator"])
    assert "Sign out everywhere" not in administrator.get(f"/desk/users/{user.id}").text


def test_the_sessions_of_a_locked_user_are_over(app: Flask, administrator: PageClient, town: Town) -> None:
    library, user = signed_in(app, "library"), town.users["library"]
    administrator.post(f"/desk/users/{user.id}", {"name": user.name})
    assert not is_signed_in(library)
    assert all(row.ended_at for row in rows(town, "library"))
    administrator.post(f"/desk/users/{user.id}", edit(user))
    assert not is_signed_in(library)


def test_no_row_holds_what_opens_a_session(app: Flask, town: Town) -> None:
    client = signed_in(app, "library").client
    with client.session_transaction() as session:
        key = session["sign_in"]
    (row,) = rows(town, "library")
    assert len(key) > 40 and key not in (row.key_digest, row.browser, row.network)


def test_rows_are_kept_for_thirty_days_and_a_hundred_of_each_user(app: Flask, town: Town) -> None:
    signed_in(app, "teacher")
    db.session.execute(update(SignIn).values(seen_at=now() - timedelta(days=31)))
    user = town.users["library"]
    db.session.add_all(SignIn(user=user, key_digest=f"{number:064}") for number in range(120))
    signed_in(app, "library")
    assert len(rows(town, "library")) == 100 and rows(town, "teacher") == []


def test_a_session_not_used_for_eight_hours_is_over(app: Flask, coordinator: PageClient) -> None:
    db.session.execute(update(SignIn).values(seen_at=now() - timedelta(hours=8, minutes=1)))
    assert not is_signed_in(coordinator)


# ---- when a browser was seen


def seen_long_ago(town: Town) -> None:
    db.session.execute(update(SignIn).values(seen_at=now() - timedelta(minutes=30)))
    db.session.commit()


def age(town: Town) -> timedelta:
    return now() - rows(town, "coordinator")[0].seen_at


def test_it_is_noted_every_few_minutes_when_a_browser_was_seen(coordinator: PageClient, town: Town) -> None:
    first = rows(town, "coordinator")[0].seen_at
    coordinator.get("/desk/terms")
    assert rows(town, "coordinator")[0].seen_at == first
    seen_long_ago(town)
    coordinator.get("/desk/terms")
    assert age(town) < timedelta(minutes=5)


@contextmanager
def somebody_writing() -> Iterator[Connection]:
    """Another connection holds SQLite's write lock, or all rows of sign-ins."""
    with db.engine.connect() as connection:
        connection.execute(text("UPDATE sign_ins SET network = network"))
        yield connection
        connection.rollback()


def test_nobody_who_reads_waits_to_note_it(app: Flask, coordinator: PageClient, town: Town) -> None:
    seen_long_ago(town)
    db.session.commit()
    with somebody_writing():
        assert coordinator.get("/desk/terms").heading == "Terms"
    assert age(town) > timedelta(minutes=5)


# ---- what is told of a browser


@pytest.mark.parametrize(
    ("said", "expected"),
    [(FIREFOX, ("Firefox", "Windows")), (WECHAT, ("WeChat", "Android")), (SAFARI, ("Safari", "iOS")), ("", ("", ""))],
)
def test_browsers_are_recognised(said: str, expected: tuple[str, str]) -> None:
    assert recognised(said) == expected


@pytest.mark.parametrize(
    ("address", "network"),
    [("203.0.113.77", "203.0.113.0/24"), ("2001:db8:1:2::3", "2001:db8:1::/48"), ("unix:", ""), ("", "")],
)
def test_of_an_address_only_the_network_is_kept(address: str, network: str) -> None:
    assert network_of(address) == network


def test_a_browser_that_says_nothing_is_listed_in_words(app: Flask, town: Town) -> None:
    client = signed_in(app, "library", "", "")
    assert "an unknown browser" in client.get("/desk/account").text
    assert "未知浏览器" in sign_in_as(app, "library", "zh-CN").get("/desk/account").text
