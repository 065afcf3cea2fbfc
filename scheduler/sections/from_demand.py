"""Learners for a new section, taken from what communities still want."""

from sqlalchemy import func, select

from scheduler.access import Scope
from scheduler.extensions import db
from scheduler.geography import street_metres
from scheduler.models import Community, Course, Demand, Section, SectionLearners, Term, Unit
from scheduler.sections.fields import MAXIMUM_PEOPLE


def suggested_learners(scope: Scope, term: Term, course: Course, unit: Unit | None = None) -> dict[int, int]:
    """People by community id: the community that still wants most, and the nearest others, up to the class size.

    Only communities of the scope, and of ``unit`` where one is given; none further from the first than the
    course's learners go.
    """
    wanting = still_wanting(scope, term, course, unit)
    if not wanting:
        return {}
    first = max(wanting, key=lambda community: (wanting[community], -community.id))
    near = sorted(wanting, key=lambda community: (street_metres(first, community), community.id))
    learners: dict[int, int] = {}
    free = course.maximum_size
    for community in near:
        if free and street_metres(first, community) <= course.reach_metres:
            learners[community.id] = min(wanting[community], free, MAXIMUM_PEOPLE)
            free -= learners[community.id]
    return learners


def still_wanting(scope: Scope, term: Term, course: Course, unit: Unit | None) -> dict[Community, int]:
    """People of each community who want the course and for whom no section stands yet."""
    statement = (
        select(Community, Demand.people)
        .join(Demand, Demand.community_id == Community.id)
        .join(Community.unit)
        .where(Demand.term_id == term.id, Demand.course_id == course.id, scope.units(), Community.archived_at.is_(None))
    )
    if unit is not None:
        statement = statement.where(Unit.path.startswith(unit.path, autoescape=True))
    served = _served(term, course)
    open_demand = {
        community: people - served.get(community.id, 0) for community, people in db.session.execute(statement)
    }
    return {community: people for community, people in open_demand.items() if people > 0}


def _served(term: Term, course: Course) -> dict[int, int]:
    """Learners in the term's sections of the course, by community id."""
    statement = (
        select(SectionLearners.community_id, func.sum(SectionLearners.people))
        .join(SectionLearners.section)
        .where(Section.term_id == term.id, Section.course_id == course.id, Section.archived_at.is_(None))
        .group_by(SectionLearners.community_id)
    )
    return dict(db.session.execute(statement).all())
