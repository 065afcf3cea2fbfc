"""Maps in a browser: tiles of a configured host load, and a whole map fits into a phone with names that can be read."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask, Response
from playwright.sync_api import Page

from scheduler.maps.tile_source import TileSource
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.site import Site, assert_accessible, furnished, served, sign_in
from tests.browser.test_statistics import furnish

TILE = '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"><path d="M0 0h256v256z"/></svg>'
LOADED = "Promise.all([...document.querySelectorAll('.tiles image')].map(image => image.decode()))"


@pytest.fixture
def tile_url() -> Iterator[str]:
    """The address of a small server of tiles on this machine, as another site with another port."""
    tiles = Flask("tiles")
    tiles.add_url_rule(
        "/<int:zoom>/<int:column>/<int:row>.svg", view_func=lambda **_tile: Response(TILE, mimetype="image/svg+xml")
    )
    with served(tiles) as url:
        yield url + "/{z}/{x}/{y}.svg"


@pytest.fixture
def site(database_url: str, tmp_path: Path, tile_url: str) -> Iterator[Site]:
    """A crowded town on an installation with tiles."""
    with furnished(database_url, tmp_path, furnish, TileSource(tile_url, "© Mapmakers")) as (site, _plan):
        yield site


@pytest.mark.parametrize(("size", "language"), [(DESKTOP, "en"), (PHONE, "zh-CN")])
def test_tiles_load_behind_the_maps(open_page: Callable[..., Page], size: tuple[int, int], language: str) -> None:
    page = open_page(size, language)
    page.goto("/")
    page.locator("main a[href^='/courses/']").first.click()
    for address in (page.url, "/desk/plans/1/pictures"):
        if address.startswith("/desk"):
            sign_in(page, "coordinator")
        page.goto(address)
        assert page.locator(".tiles image").count() > 0
        page.evaluate(LOADED)  # fails when one is broken or forbidden
        assert_accessible(page)


def test_a_whole_map_fits_into_a_phone_with_names_that_can_be_read(phone: Page) -> None:
    sign_in(phone, "coordinator")
    phone.goto("/desk/plans/1/pictures")
    drawing = phone.locator(".map > svg").bounding_box()
    assert drawing is not None and drawing["x"] >= 0 and drawing["x"] + drawing["width"] <= PHONE[0]
    names = [name for name in phone.locator(".map text").all() if name.is_visible()]
    heights = [box["height"] for name in names if (box := name.bounding_box())]
    assert len(heights) > 1 and min(heights) >= 13
    for mark in phone.locator("a.mark use").all():
        box = mark.bounding_box()
        assert box is not None
        assert drawing["x"] <= box["x"] and box["x"] + box["width"] <= drawing["x"] + drawing["width"]
