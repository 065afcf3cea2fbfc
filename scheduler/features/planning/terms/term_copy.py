"""Takes over from an earlier term what is chosen of it."""

from collections.abc import Collection
from dataclasses import asdict

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from scheduler.core.database import column_values
from scheduler.core.extensions import db
from scheduler.models import (
    ActivitySeries,
    Budget,
    Community,
    Course,
    Demand,
    PinnedMeeting,
    Section,
    SectionLearners,
    SharedLearners,
    Term,
    Unit,
)

DEMAND, SECTIONS, BUDGETS, SERIES = "demand", "sections", "budgets", "series"
TEACHERS, HOURS, ROOMS = "teachers", "hours", "rooms"
PARTS = (DEMAND, SECTIONS, TEACHERS, HOURS, ROOMS, SERIES, BUDGETS)
"""What can be taken over; teachers, hours and rooms are those that sections are pinned or confined to."""


def copy_term(source: Term, term: Term, parts: Collection[str] = PARTS) -> int:
    """Copy the chosen parts of what lies in the new term's units; how many sections it then has.

    Archived sections, courses, venues and teachers stay behind. So do events and the sections of series: a series opens
    those that the weeks of its new term need once somebody has looked through them. Weeks are cut to the new term and a
    pinned week is free again; pinned hours, rooms and teachers stay pinned.
    """
    sections = list(db.session.scalars(_sections(source, term))) if SECTIONS in parts else []
    copies = {section.id: _copy_section(section, term, parts) for section in sections}
    db.session.add_all(copies.values())
    if DEMAND in parts:
        _copy_demand(source, term)
    if SERIES in parts:
        db.session.add_all(_copy_of(series, term) for series in db.session.scalars(_series(source, term)))
    if BUDGETS in parts:
        _copy_budgets(source, term)
    db.session.flush()
    _copy_shared(copies)
    return len(copies)


def _copy_demand(source: Term, term: Term) -> None:
    db.session.add_all(
        Demand(
            term=term,
            course_id=entry.course_id,
            community_id=entry.community_id,
            people=entry.people,
            assumed=entry.assumed,
        )
        for entry in db.session.scalars(_demand(source, term))
    )


def _copy_budgets(source: Term, term: Term) -> None:
    term.budgets = [
        Budget(unit_id=budget.unit_id, yuan=budget.yuan)
        for budget in source.budgets
        if budget.unit.path.startswith(term.unit.path)
    ]


def _sections(source: Term, term: Term) -> Select[Section]:
    return (
        select(Section)
        .join(Section.unit)
        .join(Section.course)
        .where(
            Section.term_id == source.id,
            Section.archived_at.is_(None),
            Course.in_catalogue(),
            Unit.path.startswith(term.unit.path, autoescape=True),
        )
        .order_by(Section.id)
        .options(selectinload(Section.learners), selectinload(Section.pinned_meetings))
    )


def _series(source: Term, term: Term) -> Select[ActivitySeries]:
    return (
        select(ActivitySeries)
        .join(ActivitySeries.unit)
        .join(ActivitySeries.content)
        .where(
            ActivitySeries.term_id == source.id,
            ActivitySeries.archived_at.is_(None),
            Course.archived_at.is_(None),
            Unit.path.startswith(term.unit.path, autoescape=True),
        )
        .order_by(ActivitySeries.id)
    )


def _copy_of(series: ActivitySeries, term: Term) -> ActivitySeries:
    columns = column_values(series)
    for name in ("id", "term_id", "course_id"):
        del columns[name]
    copied = ActivitySeries(**columns, term=term, chosen=list(series.chosen))
    copied.at_least_every = min(series.at_least_every, term.weeks)
    return copied


def _demand(source: Term, term: Term) -> Select[Demand]:
    return (
        select(Demand)
        .join(Demand.course)
        .join(Demand.community)
        .join(Community.unit)
        .where(
            Demand.term_id == source.id,
            Course.archived_at.is_(None),
            Unit.path.startswith(term.unit.path, autoescape=True),
        )
        .order_by(Demand.id)
    )


def _copy_section(section: Section, term: Term, parts: Collection[str]) -> Section:
    latest = min(section.latest_week, term.weeks)
    room = section.pinned_room if ROOMS in parts else None
    teacher = section.pinned_teacher if TEACHERS in parts else None
    teachers = section.allowed_teachers if TEACHERS in parts else []
    return Section(
        term=term,
        course=section.course,
        unit=section.unit,
        name=section.name,
        earliest_week=min(section.earliest_week, latest),
        latest_week=latest,
        priority=section.priority,
        reach_metres=section.reach_metres,
        **asdict(section.format),
        needs=list(section.needs),
        assumed=section.assumed,
        learners=[SectionLearners(community_id=entry.community_id, people=entry.people) for entry in section.learners],
        allowed_venues=[venue for venue in section.allowed_venues if ROOMS in parts and not venue.archived],
        allowed_teachers=[allowed for allowed in teachers if not allowed.archived],
        pinned_meetings=[
            PinnedMeeting(weekday=meeting.weekday, start_minute=meeting.start_minute)
            for meeting in (section.pinned_meetings if HOURS in parts else [])
        ],
        pinned_room=None if room is None or room.archived else room,
        pinned_teacher=None if teacher is None or teacher.archived else teacher,
    )


def _copy_shared(copies: dict[int, Section]) -> None:
    pairs = select(SharedLearners).where(
        SharedLearners.first_id.in_(copies.keys()), SharedLearners.second_id.in_(copies.keys())
    )
    for pair in db.session.scalars(pairs).all():
        first, second = sorted((copies[pair.first_id].id, copies[pair.second_id].id))
        db.session.add(SharedLearners(first_id=first, second_id=second, people=pair.people))
    db.session.flush()
