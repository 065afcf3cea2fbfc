"""Venues that a district like this has, with rooms and hours: all assumed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from scheduler.demonstration.catalogue import Catalogue
from scheduler.demonstration.network import Network, Town, is_neighbourhood, point_near
from scheduler.demonstration.tables import dice, rows, weekly
from scheduler.maps.geography import Located
from scheduler.models import Community, Confirmation, PlaceSource, Room, RoomClosure, RoomWindow, Unit, Venue, VenueKind

TURNAROUNDS = (0, 10, 15)  # minutes
FAIR, EXAMINATION = "场馆大型活动", "学校考试"


@dataclass(frozen=True)
class Site:
    """Where a venue of a row of the table stands, and whose it is."""

    row: dict[str, str]
    unit: Unit
    name: str
    place: Located
    urban: bool


def build_venues(network: Network, catalogue: Catalogue, first_day: date) -> list[Venue]:
    """All venues with their rooms as new rows; some are closed on days of the term that starts on ``first_day``."""
    random = dice("venues")
    closures = _closures(random, first_day)
    return [_venue(random, site, catalogue, closures) for site in _sites(random, network)]


def _sites(random: Random, network: Network) -> Iterator[Site]:
    for row in rows("venues"):
        if row["where"] == "heart":
            yield Site(row, network.district, row["name"], network.heart.place, True)
            continue
        for town in network.towns:
            for name, place in _spots(row, town):
                if random.random() < float(row["share_urban" if town.urban else "share_rural"]):
                    yield Site(row, town.unit, name, place, town.urban)


def _spots(row: dict[str, str], town: Town) -> Iterator[tuple[str, Located]]:
    if row["where"] == "street":
        yield row["name"].format(street=town.unit.name), town.place
        return
    for community in town.communities:
        if row["where"] in ("community", _kind(community)):
            yield row["name"].format(community=community.name), community


def _kind(community: Community) -> str:
    return "neighbourhood" if is_neighbourhood(community) else "village"


def _venue(random: Random, site: Site, catalogue: Catalogue, closures: dict[VenueKind, dict[date, str]]) -> Venue:
    place = point_near(random, site.place, float(site.row["metres"]))
    kind = VenueKind(site.row["kind"])
    venue = Venue(
        unit=site.unit, kind=kind, name=site.name, latitude=place.latitude, longitude=place.longitude,
        place_source=PlaceSource.ASSUMED, confirmation=Confirmation(site.row["confirmation"]),
        step_free=True if site.row["step_free"] == "yes" else None, contact=site.row["contact"], assumed=True,
    )
    hours = site.row["hours_urban" if site.urban else "hours_rural"]
    for template in _templates(random, kind):
        room = _room(random, template, catalogue, hours)
        room.closures = [RoomClosure(date=day, reason=reason) for day, reason in closures.get(kind, {}).items()]
        venue.rooms.append(room)
    return venue


def _templates(random: Random, kind: VenueKind) -> list[dict[str, str]]:
    """The rooms that this venue happens to have: at least one."""
    templates = [row for row in rows("rooms") if row["kind"] == kind]
    return [row for row in templates if random.random() < float(row["share"])] or [random.choice(templates)]


def _room(random: Random, row: dict[str, str], catalogue: Catalogue, hours: str) -> Room:
    return Room(
        name=row["name"], capacity=int(row["capacity"]), fee=int(row["fee"]), assumed=True,
        turnaround_minutes=random.choice(TURNAROUNDS),
        features=[catalogue.features[code] for code in row["features"].split()],
        windows=[
            RoomWindow(weekday=weekday, start_minute=start, end_minute=end)
            for pattern in rows("opening_hours") if pattern["pattern"] == hours
            for weekday, start, end in weekly(pattern)
        ],
    )


def _closures(random: Random, first_day: date) -> dict[VenueKind, dict[date, str]]:
    """The culture hall's two days of a fair, and a weekend of examinations in the schools."""
    fair = first_day + timedelta(weeks=random.randrange(2, 14), days=4)
    examination = first_day + timedelta(weeks=random.randrange(8, 10), days=5)
    return {
        VenueKind.CULTURE_HALL: {fair + timedelta(days=offset): FAIR for offset in (0, 1)},
        VenueKind.SCHOOL: {examination + timedelta(days=offset): EXAMINATION for offset in (0, 1)},
    }
