"""Tiles behind a map that the server draws: which ones, and where each lies in the picture.

Tiles are squares of the Web Mercator projection, the map is a plane. Each tile is put where its own corners lie on the
plane, and within one tile the two projections differ by far less than a pixel of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import asinh, atan, degrees, pi, radians, sinh, tan

from flask import Flask, current_app

from scheduler.maps.frame import MapFrame
from scheduler.maps.geography import Located, Point
from scheduler.maps.tile_source import TileSource

DEEPEST = 18
"""The zoom up to which public servers have tiles everywhere."""
SMALLEST_SIDE = 160
"""Units of the picture: smaller tiles would show their letters too small."""
MAX_TILES = 40
NORTHERNMOST = 85.0
"""Degrees: where Web Mercator ends, at both sides of the equator."""
OVERLAP = 0.5
"""Units by which a tile reaches over its neighbours, so that no seam shines through."""


@dataclass(frozen=True)
class Tile:
    """One image in units of the picture."""

    address: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Background:
    """All tiles behind a map, and whose they are."""

    tiles: list[Tile]
    source: TileSource


def background(frame: MapFrame) -> Background | None:
    """The tiles behind a map, at most MAX_TILES; None in an installation without tiles."""
    source: TileSource | None = current_app.config["TILES"]
    return Background(list(_tiles(frame, source)), source) if source is not None else None


def _tiles(frame: MapFrame, source: TileSource) -> Iterator[Tile]:
    """The tiles of the deepest zoom that keeps to SMALLEST_SIDE and MAX_TILES."""
    zoom = DEEPEST
    while zoom and (_side(frame, zoom) < SMALLEST_SIDE or _count(frame, zoom) > MAX_TILES):
        zoom -= 1
    columns, rows = _covering(frame, zoom)
    for row in rows:
        for column in columns:
            left, top = frame.point(_corner(zoom, column, row))
            right, bottom = frame.point(_corner(zoom, column + 1, row + 1))
            width, height = round(right - left + OVERLAP, 1), round(bottom - top + OVERLAP, 1)
            yield Tile(source.address(zoom, column, row), left, top, width, height)


def _side(frame: MapFrame, zoom: int) -> float:
    """How many units a tile is wide."""
    (left, _top), (right, _bottom) = (frame.point(_corner(zoom, column, 0)) for column in (0, 1))
    return right - left


def _count(frame: MapFrame, zoom: int) -> int:
    columns, rows = _covering(frame, zoom)
    return len(columns) * len(rows)


def _covering(frame: MapFrame, zoom: int) -> tuple[range, range]:
    """The columns and rows of the tiles that cover the whole picture, within the world."""
    first_column, first_row = _indices(frame.place(0, 0), zoom)
    last_column, last_row = _indices(frame.place(frame.width, frame.height), zoom)
    return range(first_column, last_column + 1), range(first_row, last_row + 1)


def _indices(place: Located, zoom: int) -> tuple[int, int]:
    """Column and row of the tile that holds a place."""
    latitude = min(max(place.latitude, -NORTHERNMOST), NORTHERNMOST)
    across = (place.longitude + 180) / 360
    down = (1 - asinh(tan(radians(latitude))) / pi) / 2
    last = 2**zoom - 1
    return min(max(int(across * 2**zoom), 0), last), min(max(int(down * 2**zoom), 0), last)


def _corner(zoom: int, column: int, row: int) -> Point:
    """The upper left corner of a tile, which is the place to the north-west of all of it."""
    latitude = degrees(atan(sinh(pi * (1 - 2 * row / 2**zoom))))
    return Point(latitude, column / 2**zoom * 360 - 180)


def register(app: Flask) -> None:
    """Let templates ask for the background of a map."""
    app.jinja_env.globals["map_background"] = background
