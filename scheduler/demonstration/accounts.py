"""Accounts to look around with: one for each role, all with the same password."""

from scheduler.core.extensions import db
from scheduler.demonstration.network import Network
from scheduler.features.registers.accounts import operations
from scheduler.models import Grant, Role, Teacher, Unit, Venue, VenueKind

PASSWORD = "demonstration"  # noqa: S105 - public on purpose: the demonstration says it to everybody
STREET = "岳林街道"


def build_accounts(network: Network, venues: list[Venue], teachers: list[Teacher]) -> None:
    """Add the users with their roles; the rows they refer to must have their keys already."""
    street = next(town.unit for town in network.towns if town.unit.name == STREET)
    library = next(venue for venue in venues if venue.kind is VenueKind.LIBRARY)
    station = next(venue for venue in venues if venue.kind is VenueKind.CULTURE_STATION and venue.unit is street)
    teacher = next(teacher for teacher in teachers if teacher.unit is street)
    _account("administrator", "系统管理员", Grant(role=Role.ADMINISTRATOR))
    _account("coordinator", f"教务统筹（{network.district.name}）", _coordinator(network.district))
    _account("yuelin", f"教务统筹（{STREET}）", _coordinator(street))
    _account("library", f"场馆管理员（{library.name}）", Grant(role=Role.VENUE_MANAGER, venue_id=library.id))
    _account("station", f"场馆管理员（{station.name}）", Grant(role=Role.VENUE_MANAGER, venue_id=station.id))
    _account("teacher", teacher.name, Grant(role=Role.TEACHER, teacher_id=teacher.id))
    _account("resident", "居民", Grant(role=Role.RESIDENT))


def _coordinator(unit: Unit) -> Grant:
    return Grant(role=Role.COORDINATOR, unit_id=unit.id)


def _account(username: str, name: str, grant: Grant) -> None:
    user = operations.create_user(username, name, PASSWORD)
    user.grants.append(grant)
    db.session.flush()
