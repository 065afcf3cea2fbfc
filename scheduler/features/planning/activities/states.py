"""What a series decides of its sections and of its course, as plain values that can be compared, kept and set."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from scheduler.core.database import now
from scheduler.core.extensions import db
from scheduler.features.planning.activities.groups import Group
from scheduler.features.planning.activities.rhythm import Rhythm
from scheduler.models import ActivitySeries, Community, Course, CourseWindow, Feature, Section, SectionLearners, Venue

State = dict[str, Any]
Span = tuple[int, int, int, int]
"""Weekday, first and last minute and cost of hours that suit."""
COPIED = ("subject_code", "target_group", "minutes", "day_gap")
OWN = ("title_zh", "title_en", *COPIED, "sessions", "per_week", "every_weeks", "minimum_size", "maximum_size")
COLUMNS = (*OWN, "reach_metres")


def state_of(section: Section) -> State:
    """How a section stands."""
    return {
        "archived": section.archived,
        "learners": {str(entry.community_id): entry.people for entry in section.learners},
        "weeks": [section.earliest_week, section.latest_week],
        "pinned_week": section.pinned_week,
        "reach_metres": section.reach_metres,
        "priority": section.priority,
        "venues": sorted(venue.id for venue in section.allowed_venues),
    }


def wanted_state(series: ActivitySeries, group: Group, rhythm: Rhythm, section: Section | None) -> State:
    """How the section of a group is to stand. A pinned week stays pinned where it may."""
    pinned = section.pinned_week if section is not None else None
    confined = bool(series.venue_kinds) or len(group.people) > 1
    return {
        "archived": False,
        "learners": {str(community.id): people for community, people in group.people.items()},
        "weeks": [rhythm.earliest, rhythm.latest],
        "pinned_week": pinned if pinned is not None and rhythm.earliest <= pinned <= rhythm.latest else None,
        "reach_metres": series.reach_metres,
        "priority": series.priority,
        "venues": [venue.id for venue in group.venues] if confined else [],
    }


def set_state(section: Section, state: State) -> None:
    """Let a section stand like this, with the next flush."""
    section.earliest_week, section.latest_week = state["weeks"]
    section.pinned_week = state["pinned_week"]
    section.reach_metres, section.priority = state["reach_metres"], state["priority"]
    section.allowed_venues = [db.session.get_one(Venue, key) for key in state["venues"]]
    set_learners(section, {int(key): people for key, people in state["learners"].items()})
    if section.archived != state["archived"]:
        section.archived_at = now() if state["archived"] else None


def set_learners(section: Section, people: dict[int, int]) -> None:
    """The people of a section by community id; rows that stay keep their key."""
    known = {entry.community_id: entry for entry in section.learners}
    for community_id, count in people.items():
        if community_id in known:
            known[community_id].people = count
        else:
            community = db.session.get_one(Community, community_id)
            section.learners.append(SectionLearners(community=community, people=count))
    for community_id, entry in known.items():
        if community_id not in people:
            section.learners.remove(entry)


def course_state(course: Course) -> State:
    """How a course stands."""
    windows = [[w.weekday, w.start_minute, w.end_minute, w.cost] for w in course.windows]
    columns = {name: getattr(course, name) for name in COLUMNS}
    return {**columns, "needs": sorted(feature.code for feature in course.needs), "windows": sorted(windows)}


def wanted_course(series: ActivitySeries, rhythm: Rhythm, sizes: Sequence[int]) -> State:
    """How the course of a series is to stand: its content, held as often as the term needs it."""
    content = course_state(series.content)
    return {
        **{name: content[name] for name in (*COPIED, "needs", "windows")},
        "title_zh": _title(series),
        "title_en": series.title_en,
        "sessions": rhythm.sessions,
        "per_week": 1,
        "every_weeks": rhythm.every,
        "minimum_size": min(sizes, default=1),
        "maximum_size": max(sizes, default=1000),
        "reach_metres": series.reach_metres,
    }


def set_course(course: Course, state: State) -> None:
    """Let a course stand like this."""
    for name in COLUMNS:
        setattr(course, name, state[name])
    course.needs = list(db.session.scalars(select(Feature).where(Feature.code.in_(state["needs"]))))
    set_windows(course, [tuple(span) for span in state["windows"]])


def set_windows(course: Course, spans: Iterable[Span]) -> None:
    """The hours of a course; those that stay keep their row."""
    known = {(w.weekday, w.start_minute, w.end_minute, w.cost): w for w in course.windows}
    course.windows = [known.get(span) or _window(*span) for span in spans]


def _window(weekday: int, start: int, end: int, cost: int) -> CourseWindow:
    return CourseWindow(weekday=weekday, start_minute=start, end_minute=end, cost=cost)


def _title(series: ActivitySeries) -> str:
    """The title of the series, with its term where another course has it."""
    return free_title(series.title_zh, series.term.name, series.course)


def free_title(title: str, term: str, course: Course | None = None) -> str:
    """A title that no other course has: the wished one, else with the term behind it, else numbered."""
    wishes = [title, f"{title}（{term}）", *(f"{title}（{term}，{number}）" for number in range(2, 100))]
    taken = set(db.session.scalars(select(Course.title_zh).where(Course.title_zh.in_(wishes))))
    own = {course.title_zh} if course is not None else set()
    return next(wish for wish in wishes if wish not in taken - own)
