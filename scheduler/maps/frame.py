"""Fits places into a picture: which point of it each place is, and a ruler of a round length."""

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.maps.geography import Located, Plane, Point

RULERS = (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
EMPTY = Point(0.0, 0.0)


@dataclass(frozen=True)
class MapFrame:
    """A picture of ``width`` × ``height`` units, north up: ``scale`` units to a metre around the plane's centre."""

    plane: Plane
    scale: float
    width: int
    height: int

    @classmethod
    def around(
        cls, places: Iterable[Located], width: int, heights: tuple[int, int], margin: int, smallest: int = 600
    ) -> "MapFrame":
        """The frame in which all places keep the margin; it is as high as they need, within (lowest, highest).

        No side shows less than ``smallest`` metres, so that a single place is not seen through a microscope.
        """
        shown = list(places)
        plane = Plane(_centre(shown))
        points = [plane.offset(place) for place in shown]
        across = max([smallest, *(2 * abs(x) for x, _y in points)])
        down = max([smallest * heights[0] / width, *(2 * abs(y) for _x, y in points)])
        scale = (width - 2 * margin) / across
        height = round(min(max(heights[0], down * scale + 2 * margin), heights[1]))
        return cls(plane, min(scale, (height - 2 * margin) / down), width, height)

    def point(self, place: Located) -> tuple[float, float]:
        """Where a place is drawn, from the upper left corner."""
        east, north = self.plane.offset(place)
        return round(self.width / 2 + east * self.scale, 1), round(self.height / 2 - north * self.scale, 1)

    def place(self, x: float, y: float) -> Point:
        """Which place is drawn at a point."""
        return self.plane.place((x - self.width / 2) / self.scale, (self.height / 2 - y) / self.scale)

    @property
    def ruler_metres(self) -> int:
        """The longest round length that takes at most a third of the width."""
        return max((metres for metres in RULERS if metres * self.scale <= self.width / 3), default=RULERS[0])

    @property
    def ruler(self) -> float:
        """The length of the ruler in units of the picture."""
        return round(self.ruler_metres * self.scale, 1)


def _centre(places: list[Located]) -> Point:
    """The middle of the box around the places."""
    if not places:
        return EMPTY
    latitudes, longitudes = [place.latitude for place in places], [place.longitude for place in places]
    return Point((min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2)
