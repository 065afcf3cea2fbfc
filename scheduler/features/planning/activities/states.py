"""What a series decides of its sections and of its course, as parts of their states."""

from collections.abc import Sequence

from sqlalchemy import select

from scheduler.audit.states.codec import State
from scheduler.audit.states.registers import COURSES, SECTIONS
from scheduler.core.extensions import db
from scheduler.features.planning.activities.groups import Group
from scheduler.features.planning.activities.rhythm import Rhythm
from scheduler.models import FORMAT, ActivitySeries, Course, Section

COPIED = ("subject_code", "target_group", "minutes", "day_gap", "needs", "windows")
COURSE_PARTS = (
    *COPIED, "title_zh", "title_en", "sessions", "per_week", "every_weeks", "minimum_size", "maximum_size",
    "reach_metres",
)
FORMAT_PARTS = (*FORMAT, "needs")
SECTION_PARTS = (
    "archived", "learners", "earliest_week", "latest_week", "pinned_week", "reach_metres", "priority", "venues",
    *FORMAT_PARTS,
)


def state_of(section: Section) -> State:
    """How a section stands."""
    return SECTIONS.read(section, SECTION_PARTS)


def course_state(course: Course) -> State:
    """How a course stands."""
    return COURSES.read(course, COURSE_PARTS)


def wanted_state(series: ActivitySeries, group: Group, rhythm: Rhythm, section: Section | None) -> State:
    """How the section of a group is to stand. A pinned week stays pinned where it may."""
    pinned = section.pinned_week if section is not None else None
    confined = bool(series.venue_kinds) or len(group.people) > 1
    return {
        "archived": False,
        "learners": {str(community.id): people for community, people in group.people.items()},
        "earliest_week": rhythm.earliest,
        "latest_week": rhythm.latest,
        "pinned_week": pinned if pinned is not None and rhythm.earliest <= pinned <= rhythm.latest else None,
        "reach_metres": series.reach_metres,
        "priority": series.priority,
        "venues": [venue.id for venue in group.venues] if confined else [],
    }


def wanted_course(series: ActivitySeries, rhythm: Rhythm, sizes: Sequence[int]) -> State:
    """How the course of a series is to stand: its content, held as often as the term needs it."""
    content = course_state(series.content)
    return {
        **{name: content[name] for name in COPIED},
        "title_zh": _title(series),
        "title_en": series.title_en,
        "sessions": rhythm.sessions,
        "per_week": 1,
        "every_weeks": rhythm.every,
        "minimum_size": min(sizes, default=1),
        "maximum_size": max(sizes, default=1000),
        "reach_metres": series.reach_metres,
    }


def _title(series: ActivitySeries) -> str:
    """The title of the series, with its term where another course has it."""
    return free_title(series.title_zh, series.term.name, series.course)


def free_title(title: str, term: str, course: Course | None = None) -> str:
    """A title that no other course has: the wished one, else with the term behind it, else numbered."""
    wishes = [title, f"{title}（{term}）", *(f"{title}（{term}，{number}）" for number in range(2, 100))]
    taken = set(db.session.scalars(select(Course.title_zh).where(Course.title_zh.in_(wishes))))
    own = {course.title_zh} if course is not None else set()
    return next(wish for wish in wishes if wish not in taken - own)
