"""Reads the catalogue."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from scheduler.core.extensions import db
from scheduler.models import Category, Course, Section, Subject, TargetGroup
from scheduler.web.text_search import contains

SORTS = {
    "title": (Course.spelling,), "category": (Subject.category, Course.spelling),
    "group": (Course.target_group, Course.spelling), "sessions": (Course.sessions, Course.spelling),
    "size": (Course.maximum_size, Course.spelling),
}
"""By column of the list what it is sorted by."""


def course(course_id: int) -> Course:
    """The course, or 404."""
    return db.get_or_404(Course, course_id)


def courses(search: str, category: str, group: str, archived: bool) -> Select[Course]:
    """Courses whose title or subject contains ``search``, of a category and for a target group where given.

    Those that were made for a series or an event are none of the catalogue.
    """
    statement = select(Course).join(Subject).options(joinedload(Course.subject)).where(Course.for_activity.is_(False))
    statement = statement.order_by(Subject.category, Course.spelling)
    if not archived:
        statement = statement.where(Course.archived_at.is_(None))
    if category in set(Category):
        statement = statement.where(Subject.category == category)
    if group in set(TargetGroup):
        statement = statement.where(Course.target_group == group)
    if search:
        columns = (
            Course.title_zh, Course.spelling, Course.title_en, Subject.name_zh, Subject.spelling, Subject.name_en,
        )
        statement = statement.where(contains(search, *columns))
    return statement


def sections_of(course: Course) -> int:
    """How many sections of the course were ever opened."""
    return db.session.scalar(select(func.count(Section.id)).where(Section.course_id == course.id)) or 0


def subjects(search: str = "", archived: bool = False) -> list[tuple[Subject, int]]:
    """(subject, number of its courses) where name or code contains ``search``, category by category."""
    statement = (
        select(Subject, func.count(Course.id))
        .outerjoin(Course, (Course.subject_code == Subject.code) & Course.in_catalogue())
        .group_by(Subject.code).order_by(Subject.category, Subject.spelling)
    )
    if not archived:
        statement = statement.where(Subject.archived_at.is_(None))
    if search:
        columns = (Subject.name_zh, Subject.spelling, Subject.name_en, Subject.code)
        statement = statement.where(contains(search, *columns))
    return [(subject, number) for subject, number in db.session.execute(statement)]
