"""What anybody may keep carries nobody's cookie, and says on what it depends."""

import pytest
from flask import Flask

from scheduler.domain.publishing import calendar_feed
from tests.client import PageClient
from tests.factories import Town, build_bookings, build_plan, sign_in_as
from tests.guards.test_routes import requests


@pytest.fixture
def published(town: Town) -> None:
    plan = build_plan(town)
    build_bookings(plan)
    calendar_feed.record_publication(plan)


def test_no_answer_is_public_and_carries_a_cookie(app: Flask, town: Town, published: None) -> None:
    client = sign_in_as(app, "administrator").client
    client.post("/language/en")
    public = 0
    for rule, method, path in requests(app):
        if method != "GET" or (rule.endpoint.startswith("portal.") and path.endswith(".pdf")):
            continue
        for query in ("", "?lang=en"):
            with client.get(path + query) as response:
                if response.cache_control.public:
                    public += 1
                    assert "Set-Cookie" not in response.headers, path
    assert public >= 6


@pytest.mark.parametrize("kind", ["venue", "unit", "community"])
def test_a_poster_that_anybody_may_keep_carries_no_cookie(app: Flask, town: Town, published: None, kind: str) -> None:
    client = sign_in_as(app, "coordinator").client
    rows = {"venue": town.library.id, "unit": town.district.id, "community": town.communities[0].id}
    path = f"/posters/{kind}/{rows[kind]}.pdf"
    named, unnamed, unknown = (client.get(path + query) for query in ("?lang=en", "", "?lang=xx"))
    assert named.cache_control.public and "Set-Cookie" not in named.headers
    assert not unnamed.cache_control.public and not unknown.cache_control.public
    assert {"Accept-Language", "Cookie"} <= set(unnamed.vary)


def feed(client: PageClient, path: str, languages: str) -> tuple[str, set[str], str]:
    response = client.client.get(path, headers={"Accept-Language": languages})
    assert response.status_code == 200 and response.cache_control.public
    return response.text, set(response.vary), str(response.get_etag()[0])


def test_a_feed_whose_address_names_no_language_says_that_it_differs_by_language(
    app: Flask, town: Town, published: None
) -> None:
    path = f"/calendar/community/{town.communities[0].code}.ics"
    client = PageClient(app.test_client())
    english, chinese = feed(client, path, "en"), feed(client, path, "zh-CN")
    assert english[0] != chinese[0] and english[2] != chinese[2]
    assert {"Accept-Language", "Cookie"} <= english[1] & chinese[1]
    again = client.client.get(path, headers={"Accept-Language": "en", "If-None-Match": f'"{english[2]}"'})
    assert again.status_code == 304 and {"Accept-Language", "Cookie"} <= set(again.vary)


def test_a_feed_whose_address_names_its_language_is_the_same_for_everybody(
    app: Flask, town: Town, published: None
) -> None:
    path = f"/calendar/community/{town.communities[0].code}.ics?lang=en"
    anonymous, signed_in = PageClient(app.test_client()), sign_in_as(app, "coordinator", "zh-CN")
    answers = [feed(anonymous, path, "en"), feed(anonymous, path, "zh-CN"), feed(signed_in, path, "zh-CN")]
    assert len({answer[0] for answer in answers}) == 1
    assert all(not answer[1] & {"Accept-Language", "Cookie"} for answer in answers)
