"""Changes of units and communities."""

from flask_babel import gettext as _

from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.models import Community, Level, PlaceSource, Unit

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
