"""Bundles are sent compressed and kept by browsers for good; their addresses change with what they hold."""

import gzip
from collections.abc import Callable

import brotli
import pytest
from flask import Flask, url_for

from scheduler.web import assets
from tests.client import PageClient

KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
RAW = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}


def address(app: Flask, filename: str) -> str:
    with app.test_request_context():
        return url_for("static", filename=filename)


def raw(name: str) -> bytes:
    return (assets.bundles_folder() / assets.manifest().names[name]).read_bytes()


def test_whatever_a_page_links_or_a_script_loads_later_may_be_kept(client: PageClient, app: Flask) -> None:
    page = client.get("/sign-in")
    linked = [element.get("href") for element in page.elements("link")]
    linked += [element.get("src") for tag in ("script", "img") for element in page.elements(tag)]
    assert len(set(linked)) == 3, "a style sheet, a script and the mark"
    loaded_later = {name for name in assets.manifest().files if name.startswith("cost-chart-")}
    assert loaded_later
    for target in {*linked, *(address(app, name) for name in loaded_later)}:
        with client.client.get(target) as response:
            assert response.status_code == 200, target
            assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.vary.as_set() == {"accept-encoding"}, "it depends on nobody's cookies"


@pytest.mark.parametrize(
    ("accepted", "sent"),
    [
        ("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("br;q=0.5, gzip", "gzip"), ("*", "br"), ("", None),
        ("deflate", None), ("br;q=0, gzip;q=0", None), ("br;q=0, *", "gzip"),
    ],
)
@pytest.mark.parametrize("name", ["residents.css", "desk.js", "mark.svg"])
def test_a_bundle_is_sent_as_the_browser_likes_best(
    client: PageClient, app: Flask, name: str, accepted: str, sent: str | None
) -> None:
    target = address(app, assets.manifest().names[name])
    with client.client.get(target, headers={"Accept-Encoding": accepted}) as response:
        assert response.headers.get("Content-Encoding") == sent
        read: Callable[[bytes], bytes] = RAW[sent]
        assert read(response.data) == raw(name)
        assert sent is None or len(response.data) < len(raw(name))
        assert response.mimetype == KINDS[name.rpartition(".")[2]]


def test_each_form_has_its_own_tag_and_is_not_sent_twice(client: PageClient, app: Flask) -> None:
    target = address(app, assets.manifest().names["desk.css"])
    tags = set()
    for accepted in ("br", "gzip", "identity"):
        with client.client.get(target, headers={"Accept-Encoding": accepted}) as response:
            tag = response.headers["ETag"]
        headers = {"Accept-Encoding": accepted, "If-None-Match": tag}
        with client.client.get(target, headers=headers) as unchanged:
            assert unchanged.status_code == 304 and not unchanged.data
            assert "Content-Encoding" not in unchanged.headers
            assert unchanged.headers["ETag"] == tag and "immutable" in unchanged.headers["Cache-Control"]
        tags.add(tag)
    assert len(tags) == 3


@pytest.mark.parametrize(
    "filename", ["residents.css", "manifest.json", "residents-0123456789.css", "../icons/x.svg", "..%2f.made-of"]
)
def test_nothing_else_is_served(client: PageClient, filename: str) -> None:
    assert client.client.get(f"/static/{filename}").status_code == 404


def test_compressed_forms_have_no_address_of_their_own(client: PageClient, app: Flask) -> None:
    with client.client.get(address(app, assets.manifest().names["desk.js"] + ".br")) as response:
        assert response.status_code == 404
