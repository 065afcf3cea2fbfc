"""Reads demand within a scope."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from scheduler.core.extensions import db
from scheduler.models import Community, Course, Demand, DemandSource, Section, SectionLearners, Term, Unit
from scheduler.web.access import Scope
from scheduler.web.text_search import contains

D = TypeVar("D", Demand, DemandSource)


@dataclass(frozen=True)
class DemandFilters:
    """What a list is narrowed to, one course, one subtree, or communities by their name; the address keeps it."""

    course: int | None = None
    unit: Unit | None = None
    search: str = ""

    @property
    def narrow(self) -> bool:
        """Whether some entries are left out."""
        return self.course is not None or self.unit is not None or bool(self.search)


@dataclass(frozen=True)
class CourseTotal:
    """A course that is wanted or held in a term: the people who want it and the learners for whom sections stand."""

    course: Course
    people: int
    communities: int
    sections: int
    learners: int

    @property
    def missing(self) -> int:
        """People who want it and have no section yet."""
        return max(0, self.people - self.learners)


def listed(kind: type[D], scope: Scope, term: Term, filters: DemandFilters) -> Select[D]:
    """Demand, or what sources say of it, of the term's communities in the scope."""
    statement = (
        select(kind)
        .join(kind.community)
        .join(Community.unit)
        .join(kind.course)
        .where(kind.term_id == term.id, scope.units())
        .order_by(Course.title_zh, Unit.path, Community.code)
        .options(
            contains_eager(kind.course).joinedload(Course.subject),
            contains_eager(kind.community).contains_eager(Community.unit),
        )
    )
    if filters.course is not None:
        statement = statement.where(kind.course_id == filters.course)
    if filters.unit is not None:
        statement = statement.where(Unit.path.startswith(filters.unit.path, autoescape=True))
    if filters.search:
        statement = statement.where(contains(filters.search, Community.name))
    return statement


def sources_of(term: Term, shown: Sequence[Demand]) -> dict[int, list[DemandSource]]:
    """What the sources say of these entries, by the entry's id."""
    ids = {(entry.course_id, entry.community_id): entry.id for entry in shown}
    statement = (
        select(DemandSource)
        .where(
            DemandSource.term_id == term.id,
            DemandSource.course_id.in_({course for course, _community in ids}),
            DemandSource.community_id.in_({community for _course, community in ids}),
        )
        .order_by(DemandSource.id)
    )
    sources: defaultdict[int, list[DemandSource]] = defaultdict(list)
    for source in db.session.scalars(statement):
        if (entry_id := ids.get((source.course_id, source.community_id))) is not None:
            sources[entry_id].append(source)
    return sources


def totals(scope: Scope, term: Term) -> list[CourseTotal]:
    """Every course that is wanted or held in the scope's communities, the most wanting first."""
    demand = _demand_by_course(scope, term)
    supply = _supply_by_course(scope, term)
    courses = db.session.scalars(
        select(Course)
        .where(Course.id.in_(demand.keys() | supply.keys()), Course.for_activity.is_(False))
        .options(joinedload(Course.subject))
    )
    course_totals = [
        CourseTotal(course, *demand.get(course.id, (0, 0)), *supply.get(course.id, (0, 0))) for course in courses
    ]
    return sorted(course_totals, key=lambda total: (-total.missing, total.course.title_zh))


def _demand_by_course(scope: Scope, term: Term) -> dict[int, tuple[int, int]]:
    """People and communities by course."""
    statement = (
        select(Demand.course_id, func.sum(Demand.people), func.count())
        .join(Demand.community)
        .join(Community.unit)
        .where(Demand.term_id == term.id, scope.units())
        .group_by(Demand.course_id)
    )
    return {course_id: (people, communities) for course_id, people, communities in db.session.execute(statement)}


def _supply_by_course(scope: Scope, term: Term) -> dict[int, tuple[int, int]]:
    """Sections and learners by course."""
    statement = (
        select(Section.course_id, func.count(Section.id.distinct()), func.sum(SectionLearners.people))
        .join(SectionLearners, SectionLearners.section_id == Section.id)
        .join(SectionLearners.community)
        .join(Community.unit)
        .where(Section.term_id == term.id, Section.archived_at.is_(None), scope.units())
        .group_by(Section.course_id)
    )
    return {course_id: (sections, learners) for course_id, sections, learners in db.session.execute(statement)}


def in_all(scope: Scope, term: Term) -> tuple[int, int]:
    """How many entries there are, and people who want a course, over all courses; who wants two counts twice."""
    statement = select(func.count(), func.sum(Demand.people)).join(Demand.community).join(Community.unit)
    number, people = db.session.execute(statement.where(Demand.term_id == term.id, scope.units())).one()
    return number, people or 0


def entry_in(scope: Scope, term: Term, entry_id: int) -> Demand:
    """An entry of the term, or 404 when it is unknown or outside the scope."""
    return db.one_or_404(
        select(Demand)
        .join(Demand.community)
        .join(Community.unit)
        .where(Demand.id == entry_id, Demand.term_id == term.id, scope.units())
    )
