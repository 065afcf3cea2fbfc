"""The real units and communities of Fenghua district; where exactly communities lie is assumed."""

from dataclasses import dataclass
from math import cos, radians
from random import Random

from scheduler.demonstration.tables import dice, rows
from scheduler.maps.geography import METRES_PER_DEGREE_OF_LATITUDE, METRES_PER_DEGREE_OF_LONGITUDE, Located, Point
from scheduler.models import Census, Community, Level, PlaceSource, Unit

NEIGHBOURHOOD = "社区"
PEOPLE_OF_A_NEIGHBOURHOOD = 4  # for one of a village
SPREAD = {("urban", True): 900, ("urban", False): 1500, ("rural", True): 700, ("rural", False): 3000}  # metres


@dataclass(frozen=True)
class Town:
    """A street or town with its place on the map and its communities."""

    unit: Unit
    place: Point
    urban: bool
    communities: list[Community]

    @property
    def people(self) -> int:
        """Who live in its communities."""
        return sum(community.population for community in self.communities)


@dataclass(frozen=True)
class Network:
    """The tree of units down to the communities."""

    city: Unit
    district: Unit
    towns: list[Town]

    @property
    def heart(self) -> Town:
        """The town with most people, where the district's own venues stand."""
        return max(self.towns, key=lambda town: town.people)


def build_network() -> Network:
    """City, district, streets and communities as new rows, not yet added to the session."""
    units: dict[str, Unit] = {}
    for row in rows("units"):
        parent = units.get(row["parent"])
        path = f"{parent.path if parent else ''}{row['code']}/"
        units[row["code"]] = Unit(
            code=row["code"], name=row["name"], level=Level(row["level"]), parent=parent, path=path
        )
    _count(units)
    by_level = {unit.level: unit for unit in units.values()}
    return Network(by_level[Level.CITY], by_level[Level.COUNTY], _towns(units))


def point_near(random: Random, place: Located, metres: float) -> Point:
    """A point about so many metres from a place, to five decimals (one metre)."""
    north = random.gauss(0, metres) / METRES_PER_DEGREE_OF_LATITUDE
    east = random.gauss(0, metres) / (METRES_PER_DEGREE_OF_LONGITUDE * cos(radians(place.latitude)))
    return Point(round(place.latitude + north, 5), round(place.longitude + east, 5))


def is_neighbourhood(community: Community) -> bool:
    """Whether it is an urban neighbourhood rather than a village."""
    return community.name.endswith(NEIGHBOURHOOD)


def _count(units: dict[str, Unit]) -> None:
    for row in rows("census"):
        units[row["unit"]].census = Census(
            year=int(row["year"]), population=int(row["population"]), source=row["source"],
            share_0_14=float(row["share_0_14"]), share_5_14=float(row["share_5_14"]),
            share_60_plus=float(row["share_60_plus"]), share_65_plus=float(row["share_65_plus"]),
        )


def _towns(units: dict[str, Unit]) -> list[Town]:
    random = dice("communities")
    towns = {
        row["code"]: Town(
            units[row["code"]], Point(float(row["latitude"]), float(row["longitude"])), row["settlement"] == "urban", []
        )
        for row in rows("units") if row["latitude"]
    }
    for row in rows("communities"):
        town = towns[row["unit"]]
        town.communities.append(_community(random, town, row))
    _people([community for town in towns.values() for community in town.communities])
    return list(towns.values())


def _community(random: Random, town: Town, row: dict[str, str]) -> Community:
    settlement = "urban" if town.urban else "rural"
    place = point_near(random, town.place, SPREAD[settlement, row["name"].endswith(NEIGHBOURHOOD)])
    return Community(
        code=row["code"], name=row["name"], unit=town.unit, latitude=place.latitude, longitude=place.longitude,
        place_source=PlaceSource.ASSUMED,
    )


def _people(communities: list[Community]) -> None:
    """Spread the district's people over its communities: each gets a share, and the sum is the census figure."""
    random = dice("people")
    shares = [
        (PEOPLE_OF_A_NEIGHBOURHOOD if is_neighbourhood(community) else 1) * random.uniform(0.6, 1.4)
        for community in communities
    ]
    left, shares_left = int(rows("census")[0]["population"]), sum(shares)
    for community, share in zip(communities, shares, strict=True):
        community.population = round(left * share / shares_left)
        left, shares_left = left - community.population, shares_left - share
