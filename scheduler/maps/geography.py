"""Places on the map as metres on a plane, and street distances between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians
from typing import Protocol

METRES_PER_DEGREE_OF_LATITUDE = 110_540
METRES_PER_DEGREE_OF_LONGITUDE = 111_320  # on the equator


class Located(Protocol):
    """Anything with a latitude and longitude in degrees, such as a venue, a community or a teacher's home."""

    @property
    def latitude(self) -> float:
        """Degrees, north positive."""

    @property
    def longitude(self) -> float:
        """Degrees, east positive."""


@dataclass(frozen=True)
class Point:
    """A place that is no row: where a visitor stands, or the middle of several places."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Plane:
    """A flat map around a centre, good for a county or a city: x grows to the east, y to the north, in metres."""

    centre: Point

    def metres(self, place: Located) -> tuple[int, int]:
        """The place on the plane in whole metres from its centre."""
        east, north = self.offset(place)
        return round(east), round(north)

    def offset(self, place: Located) -> tuple[float, float]:
        """The same, unrounded."""
        east = (place.longitude - self.centre.longitude) * METRES_PER_DEGREE_OF_LONGITUDE
        north = (place.latitude - self.centre.latitude) * METRES_PER_DEGREE_OF_LATITUDE
        return east * self.narrowing, north

    def place(self, east: float, north: float) -> Point:
        """The place so many metres from the centre: the inverse of `offset`."""
        return Point(
            self.centre.latitude + north / METRES_PER_DEGREE_OF_LATITUDE,
            self.centre.longitude + east / METRES_PER_DEGREE_OF_LONGITUDE / self.narrowing,
        )

    @property
    def narrowing(self) -> float:
        """How much shorter than on the equator a degree of longitude is on this plane, as a share."""
        return cos(radians(self.centre.latitude))

    def street_metres(self, start: Located, end: Located) -> int:
        """Street distance |dx| + |dy| between two places, in whole metres."""
        (x, y), (other_x, other_y) = self.metres(start), self.metres(end)
        return abs(x - other_x) + abs(y - other_y)


def middle(places: Iterable[Located]) -> Point:
    """The mean of several places; 0° N 0° E when there is none."""
    points = list(places)
    if not points:
        return Point(0.0, 0.0)
    latitude = sum(place.latitude for place in points) / len(points)
    longitude = sum(place.longitude for place in points) / len(points)
    return Point(latitude, longitude)


def street_metres(start: Located, end: Located) -> int:
    """Street distance between two places in whole metres, on the plane around their middle.

    Within a county it differs from the distance on the term's plane by less than one part in a hundred.
    Written out, as the portal asks for the way to each of thousands of venues.
    """
    latitude, longitude = (start.latitude + end.latitude) / 2, (start.longitude + end.longitude) / 2
    narrowing = cos(radians(latitude))
    east = round((start.longitude - longitude) * METRES_PER_DEGREE_OF_LONGITUDE * narrowing)
    other_east = round((end.longitude - longitude) * METRES_PER_DEGREE_OF_LONGITUDE * narrowing)
    north = round((start.latitude - latitude) * METRES_PER_DEGREE_OF_LATITUDE)
    other_north = round((end.latitude - latitude) * METRES_PER_DEGREE_OF_LATITUDE)
    return abs(east - other_east) + abs(north - other_north)
