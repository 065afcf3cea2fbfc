"""Reads where learners live, whether they have a place and how far they walk, community by community."""

from dataclasses import dataclass

from sqlalchemy import Row, Subquery, func, select

from scheduler.access import Scope
from scheduler.extensions import db
from scheduler.geography import METRES_PER_DEGREE_OF_LATITUDE, METRES_PER_DEGREE_OF_LONGITUDE, Plane, Point
from scheduler.models import Community, Demand, Placement, Plan, Room, Section, SectionLearners, Term, Unit, Venue
from scheduler.pictures.coverage import Coverage
from scheduler.pictures.queries import below
from scheduler.term_scope import inside


def coverages(scope: Scope, plan: Plan, within: Unit | None = None) -> list[Coverage]:
    """The communities of the term that the user covers, street by street, with their learners in the plan."""
    asked, planned, placed = _asked(plan.term_id), _planned(plan.term_id), _placed(plan)
    statement = (
        select(
            Community.id,
            Community.name,
            Community.unit_id,
            Unit.name.label("unit"),
            Community.latitude,
            Community.longitude,
            Community.population,
            func.coalesce(asked.c.people, 0).label("asked"),
            func.coalesce(planned.c.people, 0).label("planned"),
            func.coalesce(placed.c.people, 0).label("placed"),
            func.coalesce(placed.c.metres, 0.0).label("metres"),
        )
        .join(Community.unit)
        .where(Community.archived_at.is_(None), inside(scope, plan.term), below(within))
        .order_by(Unit.path, Community.code)
    )
    for people in (asked, planned, placed):
        statement = statement.outerjoin(people, people.c.community_id == Community.id)
    return [_coverage(row) for row in db.session.execute(statement)]


def _coverage(row: Row[tuple[int, str, int, str, float, float, int, int, int, int, float]]) -> Coverage:
    return Coverage(
        id=row.id,
        name=row.name,
        unit_id=row.unit_id,
        unit=row.unit,
        place=Point(row.latitude, row.longitude),
        population=row.population,
        asked=row.asked,
        planned=row.planned,
        placed=row.placed,
        wanted=max(row.asked, row.planned),
        metres=row.metres,
    )


def _asked(term_id: int) -> Subquery:
    people = func.sum(Demand.people).label("people")
    return select(Demand.community_id, people).where(Demand.term_id == term_id).group_by(Demand.community_id).subquery()


def _planned(term_id: int) -> Subquery:
    return (
        select(SectionLearners.community_id, func.sum(SectionLearners.people).label("people"))
        .join(SectionLearners.section)
        .where(Section.term_id == term_id, Section.archived_at.is_(None))
        .group_by(SectionLearners.community_id)
        .subquery()
    )


def _placed(plan: Plan) -> Subquery:
    """By community the people placed, and the sum of their street distances on the plane around the term's middle."""
    narrowing = Plane(Point(_middle_latitude(plan.term), 0.0)).narrowing
    north = func.abs(Community.latitude - Venue.latitude) * METRES_PER_DEGREE_OF_LATITUDE
    east = func.abs(Community.longitude - Venue.longitude) * (METRES_PER_DEGREE_OF_LONGITUDE * narrowing)
    people = SectionLearners.people
    return (
        select(
            SectionLearners.community_id,
            func.sum(people).label("people"),
            func.sum(people * (north + east)).label("metres"),
        )
        .join(SectionLearners.community)
        .join(Placement, Placement.section_id == SectionLearners.section_id)
        .join(Placement.room)
        .join(Room.venue)
        .where(Placement.plan_id == plan.id)
        .group_by(SectionLearners.community_id)
        .subquery()
    )


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


def venues_visited(scope: Scope, plan: Plan, within: Unit | None = None) -> list[Visited]:
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
        .where(Placement.plan_id == plan.id, inside(scope, plan.term), below(within))
        .group_by(Venue.id, Venue.name, Venue.latitude, Venue.longitude)
        .order_by(sections.desc(), Venue.name)
    )
    rows = db.session.execute(statement)
    return [Visited(venue_id, name, Point(north, east), count) for venue_id, name, north, east, count in rows]
