"""What hangs on a row that somebody wants to archive, in sentences: what uses it, and what becomes of that."""

from collections.abc import Iterator

from flask_babel import format_date, format_number, gettext as _, ngettext
from sqlalchemy import ColumnElement, Select, func, or_, select

from scheduler.core.clock import today
from scheduler.core.database import Archivable
from scheduler.core.extensions import db
from scheduler.models import (
    ACTIVE_STATUSES,
    HOLDING_STATUSES,
    Assignment,
    BookedSession,
    Booking,
    Community,
    Course,
    Demand,
    Placement,
    Plan,
    PlanStatus,
    Room,
    Section,
    SectionLearners,
    Subject,
    Teacher,
    Term,
    Unit,
    Venue,
)


def uses_of(row: Archivable) -> list[str]:
    """What hangs on a row; nothing where it can go without a word."""
    match row:
        case Venue():
            return [*_rooms(row), *_sessions(Room.venue_id == row.id), *_pinned(Section.allowed_venues.any(id=row.id))]
        case Room():
            return [*_sessions(Room.id == row.id), *_pinned(Section.pinned_room_id == row.id)]
        case Teacher():
            pinned = or_(Section.pinned_teacher_id == row.id, Section.allowed_teachers.any(id=row.id))
            return [*_sessions(Placement.teacher_id == row.id), *_asked(row), *_pinned(pinned)]
        case Course():
            return [*_sections(Section.course_id == row.id), *_demand(Demand.course_id == row.id)]
        case Subject():
            return _of_subject(row)
        case Community():
            return [*_learners(row), *_demand(Demand.community_id == row.id)]
        case Unit():
            return _of_unit(row)
        case Term():
            return _of_term(row)
    return []


def _count(statement: Select[int]) -> int:
    return db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0


def _sessions(condition: ColumnElement[bool]) -> Iterator[str]:
    """Published sessions to come; they are held until somebody plans again."""
    statement = (
        select(func.count(BookedSession.id), func.min(BookedSession.date))
        .join(BookedSession.booking).join(Booking.plan).join(Room, Room.id == Booking.room_id)
        .join(Placement, (Placement.plan_id == Booking.plan_id) & (Placement.section_id == Booking.section_id))
        .where(
            Plan.status == PlanStatus.PUBLISHED, Booking.status.in_(HOLDING_STATUSES), BookedSession.date >= today(),
            condition,
        )
    )
    number, first = db.session.execute(statement).one()
    if number:
        yield ngettext(
            "%(number)s published session from %(date)s on: it stays until you plan again, and the term says so.",
            "%(number)s published sessions from %(date)s on: they stay until you plan again, and the term says so.",
            number, number=format_number(number), date=format_date(first, "medium"),
        )


def _rooms(venue: Venue) -> Iterator[str]:
    number = _count(select(Room.id).where(Room.venue_id == venue.id, Room.archived_at.is_(None)))
    if number:
        yield ngettext(
            "%(num)s room: no new plan uses it.", "%(num)s rooms: no new plan uses them.", number
        )


def _pinned(condition: ColumnElement[bool]) -> Iterator[str]:
    """Sections that may be nowhere else."""
    number = _count(_open_sections().where(condition))
    if number:
        yield ngettext(
            "%(num)s section is pinned or limited to it, and has to be changed.",
            "%(num)s sections are pinned or limited to it, and have to be changed.", number,
        )


def _open_sections() -> Select[int]:
    standing = Section.archived_at.is_(None), Term.archived_at.is_(None)
    return select(Section.id).join(Section.term).where(*standing)


def _sections(condition: ColumnElement[bool]) -> Iterator[str]:
    number = _count(_open_sections().where(condition))
    if number:
        yield ngettext(
            "%(num)s open section: it stays as it is.", "%(num)s open sections: they stay as they are.", number
        )


def _asked(teacher: Teacher) -> Iterator[str]:
    standing = Assignment.teacher_id == teacher.id, Assignment.status.in_(ACTIVE_STATUSES)
    number = _count(select(Assignment.id).where(*standing))
    if number:
        yield ngettext(
            "%(num)s section that they were asked to give.", "%(num)s sections that they were asked to give.", number
        )


def _demand(condition: ColumnElement[bool]) -> Iterator[str]:
    people = db.session.scalar(
        select(func.sum(Demand.people)).join(Demand.term).where(condition, Term.archived_at.is_(None))
    )
    if people:
        yield ngettext(
            "Demand of %(number)s person: it stays in its terms.",
            "Demand of %(number)s people: it stays in its terms.",
            people, number=format_number(people),
        )


def _learners(community: Community) -> Iterator[str]:
    people = db.session.scalar(
        select(func.sum(SectionLearners.people)).join(SectionLearners.section)
        .where(SectionLearners.community_id == community.id, Section.archived_at.is_(None))
    )
    if people:
        yield ngettext(
            "%(number)s learner of open sections: they stay in them.",
            "%(number)s learners of open sections: they stay in them.", people, number=format_number(people),
        )


def _of_subject(subject: Subject) -> list[str]:
    courses = _count(select(Course.id).where(Course.in_catalogue(), Course.subject_code == subject.code))
    return [ngettext("%(num)s course: it stays.", "%(num)s courses: they stay.", courses)] if courses else []


def _of_unit(unit: Unit) -> list[str]:
    below = Unit.path.startswith(unit.path, autoescape=True)
    units = _count(select(Unit.id).where(below, Unit.id != unit.id, Unit.archived_at.is_(None)))
    communities = _count(select(Community.id).join(Community.unit).where(below, Community.archived_at.is_(None)))
    venues = _count(select(Venue.id).join(Venue.unit).where(below, Venue.archived_at.is_(None)))
    teachers = _count(select(Teacher.id).join(Teacher.unit).where(below, Teacher.archived_at.is_(None)))
    texts = {
        ngettext("%(num)s unit below it stays.", "%(num)s units below it stay.", units): units,
        ngettext("%(num)s community stays.", "%(num)s communities stay.", communities): communities,
        ngettext("%(num)s venue stays.", "%(num)s venues stay.", venues): venues,
        ngettext("%(num)s teacher stays.", "%(num)s teachers stay.", teachers): teachers,
    }
    return [text for text, number in texts.items() if number]


def _of_term(term: Term) -> list[str]:
    sections = _count(select(Section.id).where(Section.term_id == term.id, Section.archived_at.is_(None)))
    published = _count(select(Plan.id).where(Plan.term_id == term.id, Plan.status == PlanStatus.PUBLISHED))
    texts = []
    if sections:
        texts.append(ngettext("%(num)s open section.", "%(num)s open sections.", sections))
    if published:
        texts.append(_("A published plan: residents no longer find its courses."))
    return texts
