"""Changes of units and communities."""

from collections.abc import Callable
from math import cos, pi, radians, sin, sqrt

from flask_babel import gettext as _
from sqlalchemy import func, select, true

from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.maps.geography import METRES_PER_DEGREE_OF_LATITUDE
from scheduler.models import Community, Level, PlaceSource, Unit

Place = tuple[float, float]
"""Latitude and longitude in degrees."""
BELOW = {Level.CITY: Level.COUNTY, Level.COUNTY: Level.STREET}


def create_unit(parent: Unit | None, code: str, name: str) -> Unit:
    """A unit one level below its parent; without a parent a city."""
    if parent is not None and parent.level not in BELOW:
        raise DomainError(_("Below a street or town stand communities, not units."), "parent")
    level = Level.CITY if parent is None else BELOW[parent.level]
    unit = Unit(parent=parent, code=code, name=name, level=level, path=f"{parent.path if parent else ''}{code}/")
    db.session.add(unit)
    db.session.flush()
    return unit


def rename_unit(unit: Unit, name: str) -> None:
    """Give the unit another name; its code and place in the tree stay."""
    unit.name = name
    db.session.flush()


def create_community(unit: Unit, code: str, name: str, population: int, latitude: float, longitude: float) -> Community:
    """A community of a street or town, at a place entered by a user."""
    _refuse_unless_street(unit)
    community = Community(
        unit=unit,
        code=code,
        name=name,
        population=population,
        latitude=latitude,
        longitude=longitude,
        place_source=PlaceSource.KNOWN,
    )
    db.session.add(community)
    db.session.flush()
    return community


def edit_community(
    community: Community, unit: Unit, name: str, population: int, latitude: float, longitude: float
) -> Community:
    """Change a community; a place that was moved by hand counts as known from then on."""
    _refuse_unless_street(unit)
    if (latitude, longitude) != (community.latitude, community.longitude):
        community.place_source = PlaceSource.KNOWN
    community.unit, community.name, community.population = unit, name, population
    community.latitude, community.longitude = latitude, longitude
    db.session.flush()
    return community


def _refuse_unless_street(unit: Unit) -> None:
    if unit.level is not Level.STREET:
        raise DomainError(_("A community belongs to a street or town."), "unit")


def middle_of(unit: Unit, written: Callable[[Unit], Place | None]) -> Place:
    """A place for a community whose own is not known: around the middle of its street, or of what lies above.

    ``written`` is asked where nothing above has a place either. Each further community lies a little farther out, so
    that a map tells them apart. Raises DomainError where no place is known at all.
    """
    middle = select(func.avg(Community.latitude), func.avg(Community.longitude)).join(Community.unit)
    for path in (unit.path, *_paths_above(unit)):
        inside = Unit.path.startswith(path, autoescape=True)
        for condition in (Community.place_source == PlaceSource.KNOWN, true()):
            latitude, longitude = db.session.execute(middle.where(inside, condition)).one()
            if latitude is not None:
                return _around((latitude, longitude), unit)
    if (place := written(unit)) is not None:
        return _around(place, unit)
    raise DomainError(
        _("Write its place: no community of %(unit)s or near it has one yet.", unit=unit.name), "latitude"
    )


def _around(middle: Place, unit: Unit) -> Place:
    """The next point of a spiral on which points lie evenly (Vogel 1979), about 250 m apart, one for each community."""
    number = db.session.scalar(select(func.count(Community.id)).where(Community.unit_id == unit.id)) or 0
    latitude, longitude = middle
    metres, angle = 250 * sqrt(number), number * pi * (3 - sqrt(5))
    north = metres * cos(angle) / METRES_PER_DEGREE_OF_LATITUDE
    east = metres * sin(angle) / (METRES_PER_DEGREE_OF_LATITUDE * cos(radians(latitude)))
    return round(latitude + north, 6), round(longitude + east, 6)


def _paths_above(unit: Unit) -> list[str]:
    """The paths of the units above, the nearest first."""
    codes = unit.path.strip("/").split("/")
    return ["/".join(codes[:depth]) + "/" for depth in range(len(codes) - 1, 0, -1)]
