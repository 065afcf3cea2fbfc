"""Changes of the catalogue."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _

from scheduler.calendar.weekly_hours import Hours
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.models import Category, Course, CourseWindow, Feature, Subject

DAYS_OF_WEEK = 7


def save_course(
    course: Course | None,
    *,
    needs: Iterable[str],
    best_hours: Sequence[Hours],
    possible_hours: Sequence[Hours],
    possible_cost: int,
    **facts: Any,
) -> Course:
    """Create or change a course with its needs and hours; ``facts`` are columns of Course."""
    _check_meetings(facts["per_week"], facts["day_gap"])
    _check_hours(facts["minutes"], [*best_hours, *possible_hours])
    course = course or Course()
    for name, value in facts.items():
        setattr(course, name, value)
    course.needs = [db.session.get_one(Feature, code) for code in sorted(needs)]
    asked = {(hours, 0) for hours in best_hours} | {(hours, possible_cost) for hours in possible_hours}
    unchanged = [window for window in course.windows if _key(window) in asked]
    missing = asked - {_key(window) for window in unchanged}
    course.windows = unchanged + [
        CourseWindow(weekday=hours.weekday, start_minute=hours.start, end_minute=hours.end, cost=cost)
        for hours, cost in sorted(missing, key=lambda entry: (entry[0].weekday, entry[0].start, entry[1]))
    ]
    db.session.add(course)
    db.session.flush()
    return course


def _key(window: CourseWindow) -> tuple[Hours, int]:
    return Hours(window.weekday, window.start_minute, window.end_minute), window.cost


def _check_meetings(per_week: int, day_gap: int) -> None:
    if (per_week - 1) * day_gap + 1 > DAYS_OF_WEEK:
        message = _(
            "%(meetings)d meetings a week do not fit with %(gap)d days between them.", meetings=per_week, gap=day_gap
        )
        raise DomainError(message, "day_gap")


def _check_hours(minutes: int, hours: list[Hours]) -> None:
    if not any(window.end - window.start >= minutes for window in hours):
        message = _("No hours are long enough for a session of %(minutes)d minutes.", minutes=minutes)
        raise DomainError(message, "best_hours")


def create_subject(code: str, name_zh: str, name_en: str, category: str) -> Subject:
    """A new subject; its code stays for good."""
    if db.session.get(Subject, code) is not None:
        raise DomainError(_("This code is already used by another subject."), "code")
    subject = Subject(code=code, name_zh=name_zh, name_en=name_en, category=Category(category))
    db.session.add(subject)
    db.session.flush()
    return subject


def edit_subject(subject: Subject, name_zh: str, name_en: str, category: str) -> Subject:
    """Change a subject's names or category."""
    subject.name_zh, subject.name_en, subject.category = name_zh, name_en, Category(category)
    db.session.flush()
    return subject
