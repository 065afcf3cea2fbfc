"""Takes demand, sections and budgets over from an earlier term."""

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from scheduler.extensions import db
from scheduler.models import (
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


def copy_term(source: Term, term: Term) -> int:
    """Copy what lies in the new term's units; how many sections it then has.

    Archived sections, courses, venues and teachers stay behind. Weeks are cut to the new term and a pinned week is
    free again; pinned hours, rooms and teachers stay pinned.
    """
    copies = {section.id: _copy_section(section, term) for section in db.session.scalars(_sections(source, term))}
    db.session.add_all(copies.values())
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
    term.budgets = [
        Budget(unit_id=budget.unit_id, yuan=budget.yuan)
        for budget in source.budgets
        if budget.unit.path.startswith(term.unit.path)
    ]
    db.session.flush()
    _copy_shared(copies)
    return len(copies)


def _sections(source: Term, term: Term) -> Select[Section]:
    return (
        select(Section)
        .join(Section.unit)
        .join(Section.course)
        .where(
            Section.term_id == source.id,
            Section.archived_at.is_(None),
            Course.archived_at.is_(None),
            Unit.path.startswith(term.unit.path, autoescape=True),
        )
        .order_by(Section.id)
        .options(selectinload(Section.learners), selectinload(Section.pinned_meetings))
    )


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


def _copy_section(section: Section, term: Term) -> Section:
    latest = min(section.latest_week, term.weeks)
    room, teacher = section.pinned_room, section.pinned_teacher
    return Section(
        term=term,
        course=section.course,
        unit=section.unit,
        name=section.name,
        earliest_week=min(section.earliest_week, latest),
        latest_week=latest,
        priority=section.priority,
        reach_metres=section.reach_metres,
        assumed=section.assumed,
        learners=[SectionLearners(community_id=entry.community_id, people=entry.people) for entry in section.learners],
        allowed_venues=[venue for venue in section.allowed_venues if not venue.archived],
        allowed_teachers=[allowed for allowed in section.allowed_teachers if not allowed.archived],
        pinned_meetings=[
            PinnedMeeting(weekday=meeting.weekday, start_minute=meeting.start_minute)
            for meeting in section.pinned_meetings
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
