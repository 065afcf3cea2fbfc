"""Reads where learners live, whether they have a place and how far they walk, community by community."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import case, func, select

from scheduler.core.extensions import db
from scheduler.features.planning.statistics.coverage import Coverage
from scheduler.features.planning.statistics.figures_cache import cached_figures
from scheduler.features.planning.statistics.queries import shown
from scheduler.maps.geography import METRES_PER_DEGREE_OF_LATITUDE, METRES_PER_DEGREE_OF_LONGITUDE, Plane, Point
from scheduler.models import Community, Demand, Placement, Plan, Room, Section, SectionLearners, Term, Unit, Venue
from scheduler.web.access import Scope

MAX_NAMED: Final = 2000
"""Of more communities than these all that the plan has are summed up, which is faster than naming them."""


def coverages(scope: Scope, plan: Plan, within: Unit | None) -> list[Coverage]:
    """The communities of a unit, or of the term, as ``read_coverages`` gives them; kept while nothing changes."""
    return cached_figures(("coverages", within and within.id), scope, plan, lambda: read_coverages(scope, plan, within))


def read_coverages(scope: Scope, plan: Plan, within: Unit | None = None) -> list[Coverage]:
    """The communities of the term that the user covers, street by street, with their learners in the plan."""
    communities = (
        select(
            Community.id,
            Community.name,
            Community.unit_id,
            Unit.name.label("unit"),
            Community.latitude,
            Community.longitude,
            Community.population,
        )
        .join(Community.unit)
        .where(Community.archived_at.is_(None), shown(scope, plan.term, within))
        .order_by(Unit.path, Community.code)
    )
    rows = db.session.execute(communities).all()
    ids = [row.id for row in rows] if len(rows) <= MAX_NAMED else None
    asked, learners = _asked(plan, ids), _learners(plan, ids)
    return [_coverage(row, asked.get(row.id, 0), learners.get(row.id, NOBODY)) for row in rows]


def _coverage(row: Any, asked: int, learners: "_Learners") -> Coverage:
    return Coverage(
        id=row.id,
        name=row.name,
        unit_id=row.unit_id,
        unit=row.unit,
        place=Point(row.latitude, row.longitude),
        population=row.population,
        asked=asked,
        planned=learners.planned,
        placed=learners.placed,
        places_wanted=max(asked, learners.planned),
        metres=learners.metres,
    )


class _Learners(NamedTuple):
    """People of a community in sections and those placed, and the sum of the street distances of these in metres."""

    planned: int
    placed: int
    metres: float


NOBODY: Final = _Learners(0, 0, 0.0)


def _asked(plan: Plan, ids: Sequence[int] | None) -> dict[int, int]:
    """The demand of each community, or of those with these ids."""
    statement = select(Demand.community_id, func.sum(Demand.people)).where(Demand.term_id == plan.term_id)
    if ids is not None:
        statement = statement.where(Demand.community_id.in_(ids))
    return dict(db.session.execute(statement.group_by(Demand.community_id)).all())


def _learners(plan: Plan, ids: Sequence[int] | None) -> dict[int, _Learners]:
    """The learners of each community, or of those with these ids; distances on the plane around the term's middle."""
    narrowing = Plane(Point(_middle_latitude(plan.term), 0.0)).narrowing
    north = func.abs(Community.latitude - Venue.latitude) * METRES_PER_DEGREE_OF_LATITUDE
    east = func.abs(Community.longitude - Venue.longitude) * (METRES_PER_DEGREE_OF_LONGITUDE * narrowing)
    people, of_term = SectionLearners.people, Section.term_id == plan.term_id
    statement = (
        select(
            SectionLearners.community_id,
            func.sum(case((of_term & Section.archived_at.is_(None), people), else_=0)),
            func.sum(case((Placement.plan_id.is_not(None), people), else_=0)),
            func.coalesce(func.sum(people * (north + east)), 0.0),
        )
        # Outer joins keep SQLite from going through all sections and asking for each community in each of them.
        .outerjoin(SectionLearners.community)
        .outerjoin(SectionLearners.section)
        .outerjoin(Placement, (Placement.section_id == Section.id) & (Placement.plan_id == plan.id))
        .outerjoin(Placement.room)
        .outerjoin(Room.venue)
        .where(of_term if ids is None else SectionLearners.community_id.in_(ids))
        .group_by(SectionLearners.community_id)
    )
    return {community: _Learners(*sums) for community, *sums in db.session.execute(statement)}


def _middle_latitude(term: Term) -> float:
    mean = select(func.avg(Community.latitude)).join(Community.unit)
    return db.session.scalar(mean.where(Unit.path.startswith(term.unit.path, autoescape=True))) or 0.0


@dataclass(frozen=True)
class Visited:
    """A venue where people of the communities learn: ``sections`` of theirs that the plan places there."""

    id: int
    name: str
    place: Point
    sections: int


def venues_visited(scope: Scope, plan: Plan, within: Unit | None) -> list[Visited]:
    """Where people of a unit, or of the term, learn, as ``read_venues`` gives it; kept while nothing changes."""
    return cached_figures(("venues", within and within.id), scope, plan, lambda: read_venues(scope, plan, within))


def read_venues(scope: Scope, plan: Plan, within: Unit | None = None) -> list[Visited]:
    """Where the people of the same communities learn, the most used venue first."""
    sections = func.count(Placement.section_id.distinct())
    statement = (
        select(Venue.id, Venue.name, Venue.latitude, Venue.longitude, sections)
        .select_from(Placement)
        .join(Placement.room)
        .join(Room.venue)
        .join(SectionLearners, SectionLearners.section_id == Placement.section_id)
        .join(SectionLearners.community)
        .join(Community.unit)
        .where(Placement.plan_id == plan.id, shown(scope, plan.term, within))
        .group_by(Venue.id, Venue.name, Venue.latitude, Venue.longitude)
        .order_by(sections.desc(), Venue.name)
    )
    rows = db.session.execute(statement)
    return [Visited(venue_id, name, Point(north, east), count) for venue_id, name, north, east, count in rows]
