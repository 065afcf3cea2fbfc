"""Reads a plan as plain values, without rows of the session: a city has tens of thousands of sections."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from scheduler.core.extensions import db
from scheduler.models import (
    Booking,
    BookingStatus,
    Course,
    Meeting,
    Placement,
    Plan,
    Room,
    Section,
    SectionLearners,
    Substitution,
    Teacher,
    Unit,
    Venue,
)
from scheduler.web.i18n import in_language


class PlacedLine(NamedTuple):
    """A placed section; fees are yuan for a session, ``meetings`` are (weekday, minute) in the order of the week."""

    section_id: int
    section: str
    course: str
    unit_id: int
    unit: str
    venue_id: int
    venue: str
    room: str
    seats: int
    rent: int
    teacher_id: int
    teacher: str
    fee: int
    week: int
    minutes: int
    sessions: int
    every_weeks: int
    meetings: tuple[tuple[int, int], ...]


class UnplacedLine(NamedTuple):
    """A section that the plan leaves out."""

    section_id: int
    section: str
    course: str
    unit_id: int
    unit: str


@dataclass(frozen=True)
class PayeeName:
    """A teacher or a venue with the unit it belongs to; ``fee`` is a teacher's for a session, in yuan."""

    name: str
    unit: str
    fee: int = 0


def number_placed(plan: Plan) -> int:
    """How many sections the plan places."""
    return db.session.scalar(select(func.count()).select_from(Placement).where(Placement.plan_id == plan.id)) or 0


def placed_lines(plan: Plan) -> Iterator[PlacedLine]:
    """The plan's placements, unit by unit in the order of the tree and of names."""
    for _section_id, group in groupby(db.session.execute(_placements(plan)), key=attrgetter("section_id")):
        rows = list(group)
        first = rows[0]
        course = in_language(first.title_zh, first.title_en)
        meetings = tuple((row.weekday, row.start_minute) for row in rows)
        yield PlacedLine._make((first.section_id, first.section, course, *first[4:18], meetings))


def _placements(plan: Plan) -> Any:
    owner = aliased(Unit)
    return (
        select(
            Placement.section_id, Section.name.label("section"), Course.title_zh, Course.title_en,
            Section.unit_id, owner.name, Room.venue_id, Venue.name, Room.name, Room.capacity, Room.fee,
            Placement.teacher_id, Teacher.name, Teacher.fee, Placement.week,
            func.coalesce(Placement.fixed_minutes, Section.minutes),
            func.coalesce(Placement.fixed_sessions, Section.sessions),
            func.coalesce(Placement.fixed_every_weeks, Section.every_weeks),
            Meeting.weekday, Meeting.start_minute,
        )
        .select_from(Placement)
        .join(Placement.meetings)
        .join(Placement.section).join(Section.course).join(owner, Section.unit_id == owner.id)
        .join(Placement.room).join(Room.venue)
        .join(Placement.teacher)
        .where(Placement.plan_id == plan.id)
        .order_by(owner.path, Section.name, Section.id, Meeting.weekday, Meeting.start_minute)
    )


def unplaced_lines(plan: Plan) -> list[UnplacedLine]:
    """The sections of the term that the plan leaves out, in the same order."""
    placed = select(Placement.section_id).where(Placement.plan_id == plan.id)
    statement = (
        select(Section.id, Section.name, Course.title_zh, Course.title_en, Section.unit_id, Unit.name)
        .join(Section.course).join(Section.unit)
        .where(Section.term_id == plan.term_id, Section.archived_at.is_(None), Section.id.not_in(placed))
        .order_by(Unit.path, Section.name, Section.id)
    )
    return [
        UnplacedLine(section_id, name, in_language(chinese, english), unit_id, unit)
        for section_id, name, chinese, english, unit_id, unit in db.session.execute(statement)
    ]


def learners_by_section(plan: Plan) -> dict[int, int]:
    """The learners of each section of the plan's term."""
    statement = (
        select(SectionLearners.section_id, func.sum(SectionLearners.people))
        .join(SectionLearners.section)
        .where(Section.term_id == plan.term_id)
        .group_by(SectionLearners.section_id)
    )
    return {section_id: int(people) for section_id, people in db.session.execute(statement)}


def answers(plan: Plan) -> dict[int, BookingStatus]:
    """By section what its venue has answered; of several requests the newest counts."""
    statement = select(Booking.section_id, Booking.status).where(Booking.plan_id == plan.id).order_by(Booking.id)
    return dict(db.session.execute(statement).all())


def teachers(plan: Plan) -> dict[int, PayeeName]:
    """All who teach in the plan or stand in, unit by unit in the order of names."""
    placed = select(Placement.teacher_id).where(Placement.plan_id == plan.id)
    standing_in = select(Substitution.teacher_id).join(Section).where(Section.term_id == plan.term_id)
    statement = (
        select(Teacher.id, Teacher.name, Unit.name, Teacher.fee)
        .join(Teacher.unit)
        .where(Teacher.id.in_(placed.union(standing_in)))
        .order_by(Unit.path, Teacher.name, Teacher.id)
    )
    return {teacher_id: PayeeName(name, unit, fee) for teacher_id, name, unit, fee in db.session.execute(statement)}


def venues(plan: Plan) -> dict[int, PayeeName]:
    """All venues that the plan uses, unit by unit in the order of names."""
    used = select(Room.venue_id).join(Placement, Placement.room_id == Room.id).where(Placement.plan_id == plan.id)
    statement = (
        select(Venue.id, Venue.name, Unit.name)
        .join(Venue.unit)
        .where(Venue.id.in_(used))
        .order_by(Unit.path, Venue.name, Venue.id)
    )
    return {venue_id: PayeeName(name, unit) for venue_id, name, unit in db.session.execute(statement)}
