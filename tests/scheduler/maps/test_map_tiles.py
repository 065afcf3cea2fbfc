"""Tiles behind maps: which settings are refused, that tiles lie where they belong, and what pages say of them."""

from collections.abc import Mapping
from dataclasses import replace
from math import asinh, pi, radians, tan

import pytest
from click import ClickException
from flask import Flask
from hypothesis import given, strategies as st

from scheduler.app import create_app
from scheduler.core.extensions import db
from scheduler.maps.frame import MapFrame
from scheduler.maps.geography import Point
from scheduler.maps.tile_source import SettingsError, TileSource, tile_source_from
from scheduler.maps.tiles import MAX_TILES, Background, background
from scheduler.models import Plan
from tests.client import Page, PageClient
from tests.factories import Town, build_bookings, build_plan

SOURCE = TileSource("https://tiles.example.org:8443/{z}/{x}/{y}.png?key=a&b", "© Mapmakers", "https://example.org/©")
GOOD = {"TILE_URL": "https://tiles.example.org/{z}/{x}/{y}.png", "TILE_ATTRIBUTION": "© Mapmakers"}


@pytest.fixture
def plan(town: Town) -> Plan:
    """A published plan that residents read."""
    plan = build_plan(town)
    build_bookings(plan)
    db.session.commit()
    return plan


@pytest.fixture(scope="module")
def tiled() -> Flask:
    """An application with tiles and nothing else."""
    app = Flask(__name__)
    app.config["TILES"] = SOURCE
    return app


def behind(app: Flask, frame: MapFrame) -> Background:
    with app.app_context():
        tiles = background(frame)
    assert tiles is not None
    return tiles


def images(page: Page) -> list[Mapping[str, str]]:
    """The images within drawings."""
    return [image.attrib for image in page.elements("{http://www.w3.org/2000/svg}image")]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"TILE_URL": "http://tiles.example.org/{z}/{x}/{y}.png"}, "TILE_URL has to be an address that begins"),
        ({"TILE_URL": "tiles/{z}/{x}/{y}.png"}, "begins with https"),
        ({"TILE_URL": "https:///{z}/{x}/{y}.png"}, "begins with https"),
        ({"TILE_URL": "https://[tiles/{z}/{x}/{y}.png"}, "begins with https"),
        ({"TILE_URL": "https://tiles.example.org/{z}/{x}/{y} .png"}, "begins with https"),
        ({"TILE_URL": "https://tiles.example.org/{z}/{x}.png"}, "each of {z}, {x} and {y} once"),
        ({"TILE_URL": "https://tiles.example.org/{z}/{x}/{y}/{y}.png"}, "each of {z}, {x} and {y} once"),
        ({"TILE_URL": "https://tiles.example.org/{z}/{x}/{y}{r}.png"}, "no other braces"),
        ({"TILE_URL": "https://{s}.example.org/{z}/{x}/{y}.png"}, "plain host name"),
        ({"TILE_URL": "https://me:secret@tiles.example.org/{z}/{x}/{y}.png"}, "plain host name"),
        ({"TILE_URL": "https://tiles.example.org;script-src/{z}/{x}/{y}.png"}, "plain host name"),
        ({"TILE_ATTRIBUTION": " "}, "TILE_ATTRIBUTION is missing"),
        ({"TILE_ATTRIBUTION_URL": "javascript:alert(1)"}, "TILE_ATTRIBUTION_URL has to be an address"),
    ],
)
def test_settings_that_cannot_be_used_are_refused_by_name(changed: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError) as refused:
        tile_source_from({**GOOD, **changed})
    assert said in str(refused.value)


def test_the_command_line_says_in_one_line_which_setting_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TILE_URL", "ftp://tiles.example.org/{z}/{x}/{y}.png")
    with pytest.raises(ClickException, match="TILE_URL has to be an address that begins with https"):
        create_app()


def test_settings_are_read_from_the_environment() -> None:
    assert tile_source_from({}) is None
    assert tile_source_from({"TILE_ATTRIBUTION": "© Mapmakers"}) is None
    assert tile_source_from(GOOD) == TileSource("https://tiles.example.org/{z}/{x}/{y}.png", "© Mapmakers")
    for host in ("127.0.0.1:8000", "localhost", "[::1]:8000"):
        local = tile_source_from({**GOOD, "TILE_URL": f"http://{host}/{{z}}/{{x}}/{{y}}"})
        assert local is not None and local.origin == f"http://{host}"
    assert SOURCE.address(11, 1714, 846) == "https://tiles.example.org:8443/11/1714/846.png?key=a&b"


@given(
    latitude=st.floats(-60, 60),
    longitude=st.floats(-170, 170),
    spread=st.floats(0, 1),
    within=st.tuples(st.floats(-1, 1), st.floats(-1, 1)),
    width=st.sampled_from([420, 1000]),
)
def test_every_place_lies_on_the_map_where_it_lies_in_its_tile(
    tiled: Flask, latitude: float, longitude: float, spread: float, within: tuple[float, float], width: int
) -> None:
    # The place within its tile follows from the definition of Web Mercator; up to 200 km from side to side.
    ends = [Point(latitude + sign * spread, longitude + sign * spread) for sign in (-1, 1)]
    frame = MapFrame.around(ends, width, (300, 900), 50)
    place = Point(latitude + within[0] * spread, longitude + within[1] * spread)
    tiles = behind(tiled, frame).tiles
    zoom = int(tiles[0].address.split("/")[3])
    column = (place.longitude + 180) / 360 * 2**zoom
    row = (1 - asinh(tan(radians(place.latitude))) / pi) / 2 * 2**zoom
    [tile] = [tile for tile in tiles if tile.address == SOURCE.address(zoom, int(column), int(row))]
    expected = tile.x + column % 1 * tile.width, tile.y + row % 1 * tile.height
    assert frame.point(place) == pytest.approx(expected, abs=1.5)


@given(latitude=st.floats(-60, 60), longitude=st.floats(-179, 179), spread=st.floats(0, 20), low=st.booleans())
def test_a_few_tiles_cover_the_whole_map(
    tiled: Flask, latitude: float, longitude: float, spread: float, low: bool
) -> None:
    ends = [Point(latitude - spread * (not low), longitude - spread), Point(latitude, longitude)]
    frame = MapFrame.around(ends, 1000, (460, 900), 50)
    tiles = behind(tiled, frame).tiles
    assert 0 < len(tiles) <= MAX_TILES
    north_west, south_east = frame.place(0, 0), frame.place(frame.width, frame.height)
    if north_west.longitude > -180 and south_east.longitude < 180:
        assert min(tile.x for tile in tiles) <= 0 and max(tile.x + tile.width for tile in tiles) >= frame.width
    if north_west.latitude < 85 and south_east.latitude > -85:
        assert min(tile.y for tile in tiles) <= 0 and max(tile.y + tile.height for tile in tiles) >= frame.height


def test_maps_have_no_tiles_unless_they_are_configured(
    app: Flask, coordinator: PageClient, client: PageClient, plan: Plan
) -> None:
    for page in (coordinator.get(f"/desk/plans/{plan.id}/pictures"), client.get(course_page(client))):
        assert page.elements("{http://www.w3.org/2000/svg}svg") and not images(page)
        assert "Map tiles" not in page.text
        assert "img-src 'self' data:;" in page.response.headers["Content-Security-Policy"]
        assert page.response.headers["Referrer-Policy"] == "same-origin"


def test_tiles_lie_behind_the_maps_of_coordinators_and_residents(
    app: Flask, coordinator: PageClient, client: PageClient, plan: Plan
) -> None:
    app.config["TILES"] = SOURCE
    for page in (coordinator.get(f"/desk/plans/{plan.id}/pictures"), client.get(course_page(client))):
        assert 0 < len(images(page)) <= MAX_TILES
        assert all(image["href"].startswith("https://tiles.example.org:8443/") for image in images(page))
        assert all(image["href"].endswith(".png?key=a&b") for image in images(page))
        assert "Map tiles: © Mapmakers" in page.text and "https://example.org/©" in page.links
        policy = page.response.headers["Content-Security-Policy"]
        assert "img-src 'self' data: https://tiles.example.org:8443;" in policy
        assert policy.count("tiles.example.org") == 1
        assert page.response.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    app.config["TILES"] = replace(SOURCE, attribution_url="")
    page = coordinator.get(f"/desk/plans/{plan.id}/pictures")
    assert "Map tiles: © Mapmakers" in page.text and "https://example.org/©" not in page.links


def course_page(client: PageClient) -> str:
    """The first course that residents are shown."""
    return next(link for link in client.get("/").links if link.startswith("/courses/") and link[9].isdigit())
