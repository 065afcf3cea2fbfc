"""Residents say what they would like to learn: counted in the interest list, without an account or a name."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.app import create_app
from scheduler.core.config import Settings
from scheduler.core.extensions import db
from scheduler.features.residents.portal import wishes
from scheduler.models import AuditEntry, DemandSource, SourceKind
from tests.activities import build_event
from tests.client import PageClient, SeparateClient
from tests.factories import Town


def interested() -> dict[tuple[str, str], int]:
    db.session.expire_all()
    sources = db.session.scalars(select(DemandSource).where(DemandSource.kind == SourceKind.INTEREST))
    return {(source.course.title_zh, source.community.name): source.people for source in sources}


@pytest.fixture
def resident(app: Flask, town: Town) -> PageClient:
    """A visitor who lives in 东门社区."""
    visitor = PageClient(app.test_client())
    visitor.post("/near", {"code": town.communities[0].code})
    return visitor


def test_one_tap_counts_once_for_each_browser_and_can_be_taken_back(
    app: Flask, resident: PageClient, town: Town
) -> None:
    wish = f"/wishes/{town.course.id}"
    assert "You are on the interest list of 东门社区." in resident.post(wish).text
    resident.post(wish)
    assert interested() == {("书法入门", "东门社区"): 1}
    neighbour = PageClient(app.test_client())
    neighbour.post("/near", {"code": town.communities[0].code})
    neighbour.post(wish)
    assert interested() == {("书法入门", "东门社区"): 2}
    assert "on the interest list" in resident.get("/wishes").text
    resident.post(f"{wish}/back")
    resident.post(f"{wish}/back")
    assert interested() == {("书法入门", "东门社区"): 1}
    neighbour.post(f"{wish}/back")
    assert interested() == {}


def test_the_wish_counts_in_the_term_that_begins_last(resident: PageClient, town: Town) -> None:
    resident.post(f"/wishes/{town.course.id}")
    source = db.session.scalars(select(DemandSource)).one()
    assert source.term_id == town.term.id
    page = resident.get("/wishes")
    assert "Calligraphy for beginners" in page.text and "Square dance" in page.text


def test_who_has_not_said_where_they_live_is_asked_and_comes_back(client: PageClient, town: Town) -> None:
    page = client.post(f"/wishes/{town.course.id}?next=/wishes")
    assert "Where do you live?" in page.text and interested() == {}
    actions = [form.get("action") for form in client.get("/near?next=/wishes&q=东门").elements("form")]
    action = next(action for action in actions if action and action.startswith("/near?next="))
    assert "What I would like to learn" in client.post(action, {"code": town.communities[0].code}).text


def test_nobody_is_sent_to_another_site(client: PageClient, town: Town) -> None:
    answer = client.client.post("/near?next=//example.org/", data={"code": town.communities[0].code})
    assert answer.headers["Location"] == "/"


def test_a_forged_cookie_takes_nothing_back(app: Flask, resident: PageClient, town: Town) -> None:
    resident.post(f"/wishes/{town.course.id}")
    forger = PageClient(app.test_client())
    forger.client.set_cookie(wishes.COOKIE, f"[[{town.course.id},{town.term.id},{town.communities[0].id}]].signature")
    forger.post(f"/wishes/{town.course.id}/back")
    assert interested() == {("书法入门", "东门社区"): 1}


def test_nothing_tells_one_resident_from_another(resident: PageClient, town: Town) -> None:
    resident.post(f"/wishes/{town.course.id}")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.table == "demand_sources")).one()
    assert entry.user_id is None
    assert set(entry.changes) == {"id", "term_id", "course_id", "community_id", "kind", "people", "percent"}


def test_what_was_made_for_an_activity_is_no_course_to_wish_for(resident: PageClient, town: Town) -> None:
    item = build_event(town).items[0]
    db.session.commit()
    assert item.course.title_en not in resident.get("/wishes").text
    resident.post(f"/wishes/{item.course_id}", status=404)
    assert interested() == {}


def test_without_a_term_or_with_too_many_wishes_nothing_is_counted(
    resident: PageClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wishes, "MAX_WISHES", 1)
    resident.post(f"/wishes/{town.course.id}")
    assert "You have wished for 1 courses." in resident.post(f"/wishes/{town.dance.id}").text
    resident.post(f"/wishes/{town.course.id}/back")
    town.term.unit = town.other_street
    db.session.commit()
    assert "No term is being prepared for your community." in resident.post(f"/wishes/{town.dance.id}").text
    assert interested() == {}


def test_wishes_are_limited_by_the_hour(database_url: str, town: Town, tmp_path: Path) -> None:
    limited = create_app(Settings(instance=tmp_path, database_url=database_url, secret_key="limited"))
    limited.config["WTF_CSRF_ENABLED"] = False
    limited.test_client_class = SeparateClient
    visitor = PageClient(limited.test_client())
    for _time in range(30):
        visitor.post(f"/wishes/{town.course.id}")
    assert visitor.post(f"/wishes/{town.course.id}", status=429).heading == "Too many attempts"
    with limited.app_context():
        db.engine.dispose()
