"""A second factor: set up with an application, asked for after the password, replaced by recovery codes, taken away."""

import re
from base64 import b32encode
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from scheduler.app import create_app
from scheduler.core.config import Settings
from scheduler.core.database import now
from scheduler.core.extensions import db
from scheduler.core.keys import decrypted, encrypted
from scheduler.features.registers.accounts.second_factor.one_time_codes import address_for, code_of, step_of
from scheduler.models import Action, AuditEntry, RecoveryCode, SecondFactor
from tests.client import Page, PageClient, SeparateClient
from tests.factories import PASSWORD, Town, sign_in_as
from tests.scheduler.signing_in import is_signed_in, latest_entry, sign_in

RFC_SECRET = b32encode(b"12345678901234567890").decode()
ADDRESS = "/desk/account/second-factor"
RECOVERY = re.compile(r"[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}")


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924"),
        (2000000000, "69279037"), (20000000000, "65353130"),
    ],
)
def test_codes_are_those_of_the_standard(second: int, code: str) -> None:
    """The test values of RFC 6238, appendix B, for SHA-1."""
    assert code_of(RFC_SECRET, step_of(datetime.fromtimestamp(second, UTC)), digits=8) == code


def test_the_square_code_says_what_applications_expect() -> None:
    assert address_for("ABC", "a.b", "Learning City") == (
        "otpauth://totp/Learning%20City%3Aa.b?secret=ABC&issuer=Learning%20City&digits=6&period=30"
    )


def shown_secret(page: Page) -> str:
    (key,) = [field.get("value") for field in page.elements("input") if field.get("id") == "key"]
    return str(key)


def current(secret: str, steps: int = 0) -> str:
    """The code of this moment, or of some steps later; the next one is taken as well, and not used up by this one."""
    return code_of(secret, step_of(now()) + steps)


def set_up(client: PageClient) -> tuple[str, list[str]]:
    """The secret and the recovery codes; the code of the step before this one is used up."""
    secret = shown_secret(client.post(f"{ADDRESS}/begin"))
    page = client.post(ADDRESS, {"code": current(secret)})
    assert page.heading == "Recovery codes"
    return secret, RECOVERY.findall(page.text)


def give_code(client: PageClient, code: str, query: str = "", status: int = 200) -> Page:
    return client.post(f"/sign-in/code{query}", {"code": code}, status=status)


def test_it_is_set_up_and_asked_for_from_then_on(app: Flask, manager: PageClient, town: Town) -> None:
    assert "Set it up" in manager.get(ADDRESS).text
    page = manager.post(f"{ADDRESS}/begin")
    secret = shown_secret(page)
    assert re.fullmatch(r"[A-Z2-7]{32}", secret)
    assert page.elements("img")[-1].get("src").startswith("data:image/svg+xml")
    assert shown_secret(manager.get(ADDRESS)) == secret, "looking again changes nothing"
    assert is_signed_in(sign_in_as(app, "library")), "nothing is asked for before the first code"
    assert "not the code of the moment" in manager.post(ADDRESS, {"code": "000000"}).text
    page = manager.post(ADDRESS, {"code": current(secret)})
    assert len(RECOVERY.findall(page.text)) == 10
    page = manager.get(ADDRESS)
    assert "You sign in with a second factor." in page.text and secret not in page.response.text
    visitor = PageClient(app.test_client())
    page = sign_in(visitor, "library", query="?next=/desk/requests")
    assert page.heading == "Second factor" and not is_signed_in(visitor)
    assert give_code(visitor, current(secret, 1), "?next=/desk/requests").heading == "Requests"
    assert is_signed_in(visitor)


def test_a_code_is_taken_once_and_only_around_its_time(app: Flask, manager: PageClient, town: Town) -> None:
    secret, _codes = set_up(manager)
    first, second = (PageClient(app.test_client()) for _visitor in range(2))
    for client in (first, second):
        sign_in(client, "library")
    assert "This code is wrong" in give_code(first, current(secret, -3)).text
    assert "This code is wrong" in give_code(first, current(secret, 5)).text
    code = current(secret, 1)
    assert give_code(first, f"{code[:3]} {code[3:]}").heading == "Today"
    assert "was used already" in give_code(second, code).text
    assert not is_signed_in(second)


def test_a_recovery_code_lets_in_once(app: Flask, manager: PageClient, town: Town) -> None:
    _secret, codes = set_up(manager)
    for number, heading in ((0, "Today"), (0, "Second factor"), (1, "Today")):
        visitor = PageClient(app.test_client())
        sign_in(visitor, "library")
        assert give_code(visitor, codes[number].upper()).heading == heading
    assert "8 recovery codes are left." in manager.get(ADDRESS).text


def test_recovery_codes_are_renewed_with_a_code(app: Flask, manager: PageClient, town: Town) -> None:
    secret, codes = set_up(manager)
    assert manager.post(f"{ADDRESS}/recovery-codes", {"code": codes[0]}).heading == "New recovery codes"
    fresh = RECOVERY.findall(manager.post(f"{ADDRESS}/recovery-codes", {"code": current(secret, 1)}).text)
    assert len(fresh) == 10 and not set(fresh) & set(codes)
    visitor = PageClient(app.test_client())
    sign_in(visitor, "library")
    assert give_code(visitor, codes[1]).heading == "Second factor"
    assert give_code(visitor, fresh[1]).heading == "Today"


def test_the_password_alone_opens_nothing_and_is_forgotten_after_ten_minutes(
    app: Flask, manager: PageClient, town: Town
) -> None:
    secret, _codes = set_up(manager)
    visitor = PageClient(app.test_client())
    assert visitor.get("/sign-in/code").heading == "Sign in"
    sign_in(visitor, "library")
    assert visitor.get("/desk/requests").heading == "Sign in"
    with visitor.client.session_transaction() as session:
        session["password_known"][2] -= 601
        session.modified = True
    page = give_code(visitor, current(secret, 1))
    assert page.heading == "Sign in" and "within ten minutes" in page.text
    assert not is_signed_in(visitor)


def test_it_is_taken_away_with_a_code_and_not_without(app: Flask, manager: PageClient, town: Town) -> None:
    _secret, codes = set_up(manager)
    assert "not the code of the moment" in manager.post(f"{ADDRESS}/remove", {"code": "123456"}).text
    assert "your password alone" in manager.post(f"{ADDRESS}/remove", {"code": codes[0]}).text
    assert is_signed_in(sign_in_as(app, "library"))
    assert db.session.scalars(select(RecoveryCode)).all() == []


def test_an_administrator_takes_it_away_from_a_user_who_lost_it(
    app: Flask, manager: PageClient, administrator: PageClient, town: Town
) -> None:
    set_up(manager)
    user = town.users["library"]
    assert "Take the second factor away" in administrator.get(f"/desk/users/{user.id}").text
    page = administrator.post(f"/desk/users/{user.id}/second-factor/reset")
    assert "library signs in with the password alone" in page.text
    entry = latest_entry()
    assert (entry.action, entry.table, entry.user) == (
        Action.DELETE, "second_factors", town.users["administrator"],
    )
    assert is_signed_in(sign_in_as(app, "library"))


def test_wrong_codes_count_as_wrong_passwords_do(database_url: str, town: Town, tmp_path: Path) -> None:
    counting = create_app(Settings(instance=tmp_path, database_url=database_url, secret_key="counting"))
    counting.config["WTF_CSRF_ENABLED"] = False
    counting.test_client_class = SeparateClient
    owner, thief = PageClient(counting.test_client()), PageClient(counting.test_client())
    sign_in(owner, "library")
    set_up(owner)
    sign_in(thief, "library")
    for _guess in range(10):
        assert give_code(thief, "000000").heading == "Second factor"
    assert give_code(thief, "000000", status=429).heading == "Too many attempts"
    assert latest_entry().changes["username"] == [None, "library"]
    with counting.app_context():
        db.engine.dispose()


def test_secrets_stand_nowhere_as_they_are(app: Flask, manager: PageClient, town: Town) -> None:
    secret, codes = set_up(manager)
    factor = db.session.scalars(select(SecondFactor)).one()
    stored = [factor.secret, *db.session.scalars(select(RecoveryCode.code_digest))]
    told = [str(changes) for changes in db.session.scalars(select(AuditEntry.changes))]
    whole = " ".join([*stored, *told])
    assert secret not in whole and not any(code in whole or code.replace("-", "") in whole for code in codes)
    assert factor.secret not in " ".join(told)


def test_what_is_encrypted_is_read_for_the_same_purpose_alone_and_not_when_it_was_changed(app: Flask) -> None:
    text = encrypted("one", "a secret that is longer than the thirty-two bytes of a block")
    assert decrypted("one", text) == "a secret that is longer than the thirty-two bytes of a block"
    assert encrypted("one", "same") != encrypted("one", "same")
    changed = text[:30] + ("A" if text[30] != "A" else "B") + text[31:]
    for purpose, wrong in (("other", text), ("one", changed), ("one", text[:40]), ("one", "")):
        with pytest.raises(ValueError, match="was not encrypted"):
            decrypted(purpose, wrong)


def test_with_another_key_of_the_installation_an_administrator_helps(
    app: Flask, manager: PageClient, administrator: PageClient, town: Town
) -> None:
    secret, _codes = set_up(manager)
    db.session.execute(update(SecondFactor).values(secret="AAAA" + SecondFactor.secret))
    db.session.commit()
    visitor = PageClient(app.test_client())
    sign_in(visitor, "library")
    assert give_code(visitor, current(secret, 1)).heading == "Second factor"
    administrator.post(f"/desk/users/{town.users['library'].id}/second-factor/reset")
    assert sign_in(visitor, "library").heading == "Today"


def test_the_pages_speak_chinese(app: Flask, town: Town) -> None:
    chinese = sign_in_as(app, "library", "zh-CN")
    assert chinese.get(ADDRESS).heading == "第二重验证"
    assert chinese.post(f"{ADDRESS}/begin").heading == "第二重验证"
    assert PASSWORD not in chinese.get("/desk/account").text
