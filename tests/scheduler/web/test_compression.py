"""Pages are sent compressed, unless their length could tell a stranger what stands in them."""

import gzip
from collections.abc import Callable, Iterator

import brotli
import pytest
from flask import Flask, Response

from scheduler.web.outgoing.compression import _send_compressed
from tests.client import PageClient
from tests.factories import Town

ANY = {"Accept-Encoding": "gzip, deflate, br, zstd"}
HERE = "http://localhost/"
READ: dict[str, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize("encoding", list(READ))
def test_a_page_is_the_same_page_compressed(client: PageClient, encoding: str) -> None:
    plain = client.client.get("/events")
    response = client.client.get("/events", headers={"Accept-Encoding": encoding})
    assert response.headers["Content-Encoding"] == encoding
    assert READ[encoding](response.data).decode().splitlines()[:7] == plain.text.splitlines()[:7]
    assert len(response.data) < len(plain.data) / 2
    assert int(response.headers["Content-Length"]) == len(response.data)


def test_who_asks_for_nothing_of_the_kind_gets_the_page_as_it_is(client: PageClient) -> None:
    response = client.client.get("/events")
    assert "Content-Encoding" not in response.headers and "<!doctype html>" in response.text
    assert {"accept-encoding", "cookie", "sec-fetch-site", "referer"} <= response.vary.as_set()


@pytest.mark.parametrize(
    ("address", "said", "compressed"),
    [
        ("/?q=a", {"Sec-Fetch-Site": "cross-site"}, False),
        ("/?q=a", {"Sec-Fetch-Site": "same-site"}, False),
        ("/?q=a", {"Sec-Fetch-Site": "cross-site", "Referer": HERE}, False),
        ("/?q=a", {}, False),
        ("/?q=a", {"Referer": "http://elsewhere.example/localhost/"}, False),
        ("/?q=a", {"Sec-Fetch-Site": "same-origin"}, True),
        ("/?q=a", {"Sec-Fetch-Site": "none"}, True),
        ("/?q=a", {"Referer": HERE}, True),
        ("/", {"Sec-Fetch-Site": "cross-site"}, True),
    ],
)
def test_what_repeats_a_strangers_words_beside_secrets_is_not_compressed(
    coordinator: PageClient, address: str, said: dict[str, str], compressed: bool
) -> None:
    response = coordinator.client.get(address, headers={**ANY, **said})
    assert response.status_code == 200
    assert ("Content-Encoding" in response.headers) == compressed


def test_a_form_that_another_site_sends_is_answered_without_compression(client: PageClient) -> None:
    client.get("/sign-in")
    client.client.set_cookie("view", "large")
    for site, compressed in (("cross-site", False), ("same-origin", True)):
        headers = {**ANY, "Sec-Fetch-Site": site}
        response = client.client.post("/sign-in", data={"username": "a", "password": "b"}, headers=headers)
        assert response.status_code == 200
        assert ("Content-Encoding" in response.headers) == compressed


def test_a_search_of_somebody_without_cookies_is_compressed(client: PageClient, town: Town) -> None:
    client.client.delete_cookie("session")
    response = client.client.get("/?q=a", headers={**ANY, "Sec-Fetch-Site": "cross-site"})
    assert "Content-Encoding" in response.headers


@pytest.mark.parametrize("address", ["/desk/hours.json?text=09:00-12:00", "/desk/excel/venues.xlsx"])
def test_what_is_short_or_no_text_stays_as_it_is(coordinator: PageClient, address: str) -> None:
    with coordinator.client.get(address, headers={**ANY, "Sec-Fetch-Site": "same-origin"}) as response:
        assert response.status_code == 200 and "Content-Encoding" not in response.headers


def test_what_is_sent_bit_by_bit_is_not_held_back(app: Flask) -> None:
    def bits() -> Iterator[bytes]:
        yield b"first " * 500
        raise AssertionError("nobody has asked for the rest")

    with app.test_request_context(headers=ANY):
        response = _send_compressed(Response(bits(), mimetype="text/html"))
        assert "Content-Encoding" not in response.headers
        assert next(iter(response.response)) == b"first " * 500


def test_a_compressed_answer_that_has_not_changed_is_not_sent_again(app: Flask) -> None:
    def answer(tag: str) -> Response:
        response = Response(b"the same " * 500, mimetype="application/json")
        response.set_etag("same")
        with app.test_request_context(headers={**ANY, "If-None-Match": tag}):
            return _send_compressed(response)

    tag = answer("").headers["ETag"]
    assert tag != '"same"', "another form is another representation"
    assert answer(tag).status_code == 304
