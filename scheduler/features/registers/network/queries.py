"""Reads the network within a scope."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from scheduler.core.extensions import db
from scheduler.models import Community, Unit
from scheduler.web.access import Scope
from scheduler.web.choices import units_of, with_depths
from scheduler.web.text_search import contains

COMMUNITY_SORTS = {
    "name": (Community.spelling,), "code": (Community.code,), "unit": (Unit.path, Community.spelling),
    "population": (Community.population, Community.spelling),
}
"""By column of the list what it is sorted by."""


def tree(scope: Scope, search: str = "", archived: bool = False) -> list[tuple[Unit, int, int]]:
    """(unit, depth below the scope's roots, communities in its subtree) in the order of the tree.

    With ``search`` only units whose name contains it or whose code begins with it, each at depth 0.
    """
    numbers = _communities_below()
    return [
        (unit, 0 if search else depth, numbers[unit.path])
        for unit, depth in with_depths(units_of(scope, archived))
        if search in unit.name or unit.code.startswith(search)
    ]


def _communities_below() -> Counter[str]:
    """By a unit's path how many communities it and all units below it have."""
    counted = select(Unit.path, func.count(Community.id)).join(Community).where(Community.archived_at.is_(None))
    numbers: Counter[str] = Counter()
    for path, number in db.session.execute(counted.group_by(Unit.path)):
        codes = path.split("/")
        for depth in range(1, len(codes)):
            numbers["/".join(codes[:depth]) + "/"] += number
    return numbers


def unit_in(scope: Scope, unit_id: int) -> Unit:
    """The unit, or 404 when it is unknown or outside the scope."""
    return db.one_or_404(select(Unit).where(Unit.id == unit_id, scope.units()))


def community_in(scope: Scope, community_id: int) -> Community:
    """The community, or 404 when it is unknown or outside the scope."""
    return db.one_or_404(select(Community).join(Unit).where(Community.id == community_id, scope.units()))


def communities(scope: Scope, search: str = "", unit: Unit | None = None, archived: bool = False) -> Select[Community]:
    """Communities of the scope or of one subtree whose name or code contains ``search``."""
    statement = (
        select(Community).join(Unit).where(scope.units()).options(joinedload(Community.unit)).order_by(Community.code)
    )
    if not archived:
        statement = statement.where(Community.archived_at.is_(None))
    if unit is not None:
        statement = statement.where(Unit.path.startswith(unit.path, autoescape=True))
    if search:
        code = Community.code.startswith(search, autoescape=True)
        statement = statement.where(contains(search, Community.name, Community.spelling) | code)
    return statement


def ancestors(unit: Unit) -> Sequence[Unit]:
    """The units above, from the root down."""
    codes = unit.path.strip("/").split("/")[:-1]
    return db.session.scalars(select(Unit).where(Unit.code.in_(codes)).order_by(Unit.path)).all()
