"""Opening sections: for whom none stands yet, what a new one is called, and when it can begin."""

from datetime import timedelta
from itertools import count

from flask_babel import gettext as _
from sqlalchemy import func, select

from scheduler.calendar.occurrences import days_off
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.models import Community, Course, Demand, Format, Section, SectionLearners, Term, Unit
from scheduler.web.access import Scope

LATEST_WEEK = 2
"""Up to which week a new section may begin, unless its coordinator says otherwise."""


def still_wanting(scope: Scope, term: Term, course: Course, unit: Unit | None = None) -> dict[Community, int]:
    """People of each community who want the course and for whom no section stands yet."""
    statement = (
        select(Community, Demand.people)
        .join(Demand, Demand.community_id == Community.id)
        .join(Community.unit)
        .where(Demand.term_id == term.id, Demand.course_id == course.id, scope.units(), Community.archived_at.is_(None))
        .order_by(Community.code)
    )
    if unit is not None:
        statement = statement.where(Unit.path.startswith(unit.path, autoescape=True))
    served = (
        select(SectionLearners.community_id, func.sum(SectionLearners.people))
        .join(SectionLearners.section)
        .where(Section.term_id == term.id, Section.course_id == course.id, Section.archived_at.is_(None))
        .group_by(SectionLearners.community_id)
    )
    learners = dict(db.session.execute(served).all())
    open_demand = {
        community: people - learners.get(community.id, 0) for community, people in db.session.execute(statement)
    }
    return {community: people for community, people in open_demand.items() if people > 0}


def free_name(term: Term, unit: Unit, course: Course) -> str:
    """Such as 岳林街道·书法入门 2 班: the first number not used in the term."""
    start = f"{unit.name}·{course.title_zh}"
    alike = select(Section.name).where(Section.term_id == term.id, Section.name.startswith(start, autoescape=True))
    used = set(db.session.scalars(alike))
    return next(name for name in (f"{start} {number} 班" for number in count(1)) if name not in used)


def last_start(term: Term, held: Format) -> int | None:
    """The last week from which a course of this format can be held in full, None when the term is too short for it."""
    sessions_by_week = _sessions_by_first_week(term, held)
    return max((week for week, sessions in sessions_by_week.items() if sessions >= held.sessions), default=None)


def _sessions_by_first_week(term: Term, held: Format) -> dict[int, int]:
    """How many sessions at most fit into the term from each week on; days off are left out."""
    closed, sessions_by_week = days_off(term), dict[int, int]()
    for week in range(term.weeks, 0, -1):
        monday = term.first_day + timedelta(weeks=week - 1)
        open_days = sum(monday + timedelta(days=day) not in closed for day in range(7))
        sessions_by_week[week] = min(held.per_week, open_days) + sessions_by_week.get(week + held.every_weeks, 0)
    return sessions_by_week


def too_long(term: Term, held: Format) -> DomainError:
    """What is said of a course that does not fit into the term."""
    return DomainError(
        _(
            "%(sessions)d sessions do not fit into the %(weeks)d weeks of the term. Choose a shorter course.",
            sessions=held.sessions,
            weeks=term.weeks,
        ),
        "course",
    )


def open_section(term: Term, course: Course, unit: Unit, name: str, learners: dict[Community, int]) -> Section:
    """A section with nothing pinned, such as the planner likes it; without a name it gets the next free one."""
    last = last_start(term, course.format)
    if last is None:
        raise too_long(term, course.format)
    section = Section(
        term=term,
        course=course,
        unit=unit,
        name=name or free_name(term, unit, course),
        latest_week=min(LATEST_WEEK, last),
        reach_metres=course.reach_metres,
        learners=[SectionLearners(community=community, people=people) for community, people in learners.items()],
    )
    db.session.add(section)
    db.session.flush()
    return section
