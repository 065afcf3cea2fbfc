"""Degrees of Chinese map services as degrees of GPS: their maps are shifted against the world by some hundred metres.

GCJ-02 is the datum of Amap and Tencent maps, BD-09 that of Baidu. The formulas are not published; those used here are
the ones that became known (github.com/googollee/eviltransform names their sources). They are said to agree with the
services to a metre or two, which is what users are told.
"""

from enum import StrEnum
from math import atan2, cos, degrees, hypot, pi, radians, sin, sqrt

MAJOR_AXIS = 6_378_245.0
"""Of the ellipsoid of Krasovsky, in metres."""
ECCENTRICITY = 0.006_693_421_622_965_943
"""Its first eccentricity, squared."""
MIDDLE = (35.0, 105.0)
CHINA = ((0.8293, 55.8271), (72.004, 137.8347))
"""Latitudes and longitudes between which maps are shifted."""
ROUNDS = 12
"""Each round makes what is left of the shift some thousand times smaller."""
BAIDU_TURN = pi * 3000 / 180
BAIDU_SHIFT = (0.006, 0.0065)
ERROR_METRES = 2
"""How far a converted place is assumed to lie from the service's own at most."""
Place = tuple[float, float]
"""Latitude and longitude in degrees."""


class Datum(StrEnum):
    """What degrees refer to."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


def to_wgs84(place: Place, datum: Datum) -> Place:
    """A place of a map service as GPS gives it."""
    if datum is Datum.BD09:
        place = _unturned(place)
    return place if datum is Datum.WGS84 else _unshifted(place)


def to_gcj02(place: Place) -> Place:
    """A place of GPS as Amap and Tencent show it; outside China the same."""
    latitude, longitude = place
    if not _in_china(place):
        return place
    north, east = _shift(latitude - MIDDLE[0], longitude - MIDDLE[1])
    curvature = 1 - ECCENTRICITY * sin(radians(latitude)) ** 2
    metres_north = MAJOR_AXIS * (1 - ECCENTRICITY) / (curvature * sqrt(curvature))
    metres_east = MAJOR_AXIS / sqrt(curvature) * cos(radians(latitude))
    return latitude + degrees(north / metres_north), longitude + degrees(east / metres_east)


def to_bd09(place: Place) -> Place:
    """A place of GPS as Baidu shows it."""
    latitude, longitude = to_gcj02(place)
    radius = hypot(latitude, longitude) + 0.000_02 * sin(latitude * BAIDU_TURN)
    angle = atan2(latitude, longitude) + 0.000_003 * cos(longitude * BAIDU_TURN)
    return radius * sin(angle) + BAIDU_SHIFT[0], radius * cos(angle) + BAIDU_SHIFT[1]


def _unturned(place: Place) -> Place:
    """From Baidu's degrees to those of GCJ-02."""
    latitude, longitude = place[0] - BAIDU_SHIFT[0], place[1] - BAIDU_SHIFT[1]
    radius = hypot(latitude, longitude) - 0.000_02 * sin(latitude * BAIDU_TURN)
    angle = atan2(latitude, longitude) - 0.000_003 * cos(longitude * BAIDU_TURN)
    return radius * sin(angle), radius * cos(angle)


def _unshifted(place: Place) -> Place:
    """The place that is shifted to this one, found by going back by what it would be shifted."""
    guess = place
    for _round in range(ROUNDS):
        shown = to_gcj02(guess)
        guess = guess[0] - (shown[0] - place[0]), guess[1] - (shown[1] - place[1])
    return guess


def _in_china(place: Place) -> bool:
    return all(least <= value <= most for value, (least, most) in zip(place, CHINA, strict=True))


def _shift(north: float, east: float) -> Place:
    """The shift in metres, north and east, at so many degrees north and east of the middle of the formula."""
    waves = 20 * sin(6 * pi * east) + 20 * sin(2 * pi * east)
    northward = (
        -100 + 2 * east + 3 * north + 0.2 * north**2 + 0.1 * east * north + 0.2 * sqrt(abs(east))
        + 2 / 3 * (waves + 20 * sin(pi * north) + 40 * sin(pi * north / 3))
        + 2 / 3 * (160 * sin(pi * north / 12) + 320 * sin(pi * north / 30))
    )
    eastward = (
        300 + east + 2 * north + 0.1 * east**2 + 0.1 * east * north + 0.1 * sqrt(abs(east))
        + 2 / 3 * (waves + 20 * sin(pi * east) + 40 * sin(pi * east / 3))
        + 2 / 3 * (150 * sin(pi * east / 12) + 300 * sin(pi * east / 30))
    )
    return northward, eastward
