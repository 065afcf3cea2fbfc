"""Reads the rows that go into a term's document, each kind in the order of its ids."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import selectinload

from scheduler.core.extensions import db
from scheduler.domain.term_scope import in_county_of, near
from scheduler.maps.geography import Plane, Point
from scheduler.models import (
    Community,
    Course,
    Placement,
    Room,
    Section,
    SectionLearners,
    SharedLearners,
    Teacher,
    Term,
    Unit,
    Venue,
)


@dataclass(frozen=True)
class TermRows:
    """The rows of a term that go into its document."""

    units: Sequence[Unit]
    communities: Sequence[Community]
    venues: Sequence[Venue]
    rooms: Sequence[Room]
    teachers: Sequence[Teacher]
    sections: Sequence[Section]
    shared: Sequence[SharedLearners]


def rows_of(term: Term, unit: Unit | None = None) -> TermRows:
    """What the term may use, and what its sections name; of the county of ``unit`` alone where one is given."""
    sections = _sections(Section.term_id == term.id, Section.archived_at.is_(None), in_county_of(unit))
    usable = near(term) & in_county_of(unit)
    rooms = _rooms(usable, {section.pinned_room_id for section in sections})
    named = {venue.id for section in sections for venue in section.allowed_venues}
    learning = {entry.community_id for section in sections for entry in section.learners}
    return TermRows(
        units=_units(term, sections),
        communities=db.session.scalars(_communities(term, unit, learning)).all(),
        venues=_venues(usable, {room.venue_id for room in rooms} | named),
        rooms=rooms,
        teachers=_teachers(usable, sections),
        sections=sections,
        shared=_shared(term, {section.id for section in sections}),
    )


def rows_around(placements: Sequence[Placement], teachers: Iterable[Teacher]) -> TermRows:
    """What some placements hold, with other teachers beside theirs, and nothing else of their term."""
    sections = _sections(Section.id.in_([placement.section_id for placement in placements]))
    homes = {entry.community_id for section in sections for entry in section.learners}
    paying = {code for section in sections for code in section.unit.path.strip("/").split("/")}
    rooms = _rooms_of(Room.id.in_({placement.room_id for placement in placements}))
    teacher_ids = {teacher.id for teacher in teachers} | {placement.teacher_id for placement in placements}
    return TermRows(
        units=db.session.scalars(select(Unit).where(Unit.code.in_(paying)).order_by(Unit.path)).all(),
        communities=db.session.scalars(
            select(Community).where(Community.id.in_(homes)).order_by(Community.code)
        ).all(),
        venues=db.session.scalars(
            select(Venue).where(Venue.id.in_({room.venue_id for room in rooms})).order_by(Venue.id)
        ).all(),
        rooms=rooms,
        teachers=_teachers_of(Teacher.id.in_(teacher_ids)),
        sections=sections,
        shared=(),
    )


def _units(term: Term, sections: Sequence[Section]) -> Sequence[Unit]:
    paying = {section.unit_id for section in sections}
    return db.session.scalars(select(Unit).where(or_(near(term), Unit.id.in_(paying))).order_by(Unit.path)).all()


def _sections(*conditions: ColumnElement[bool]) -> Sequence[Section]:
    loaded = (
        selectinload(Section.needs),
        selectinload(Section.course).selectinload(Course.windows),
        selectinload(Section.learners).joinedload(SectionLearners.community),
        selectinload(Section.unit),
        selectinload(Section.allowed_venues),
        selectinload(Section.allowed_teachers),
        selectinload(Section.pinned_meetings),
    )
    statement = select(Section).join(Section.unit).where(*conditions).order_by(Section.id)
    return db.session.scalars(statement.options(*loaded)).all()


def plane_of(term: Term) -> Plane:
    """The plane of a term's document, without reading the communities around whose middle it lies."""
    planned = Section.term_id == term.id, Section.archived_at.is_(None)
    learning = select(SectionLearners.community_id).join(SectionLearners.section).where(*planned)
    means = func.avg(Community.latitude), func.avg(Community.longitude)
    latitude, longitude = db.session.execute(
        _communities(term, None, learning).order_by(None).with_only_columns(*means)
    ).one()
    return Plane(Point(latitude or 0.0, longitude or 0.0))


def _communities(term: Term, unit: Unit | None, learning: Collection[int] | Select[int]) -> Select[Community]:
    below = Unit.path.startswith(term.unit.path, autoescape=True) & in_county_of(unit)
    inside = below & Community.archived_at.is_(None)
    return select(Community).join(Unit).where(or_(inside, Community.id.in_(learning))).order_by(Community.code)


def _venues(usable: ColumnElement[bool], needed: set[int]) -> Sequence[Venue]:
    active = usable & Venue.archived_at.is_(None)
    return db.session.scalars(
        select(Venue).join(Unit).where(or_(active, Venue.id.in_(needed))).order_by(Venue.id)
    ).all()


def _rooms(usable: ColumnElement[bool], pinned: set[int | None]) -> Sequence[Room]:
    active = usable & Venue.archived_at.is_(None) & Room.archived_at.is_(None)
    return _rooms_of(or_(active, Room.id.in_(pinned - {None})))


def _rooms_of(condition: ColumnElement[bool]) -> Sequence[Room]:
    loaded = (
        selectinload(Room.features),
        selectinload(Room.windows),
        selectinload(Room.closures),
        selectinload(Room.venue),
    )
    statement = select(Room).join(Venue).join(Unit).where(condition).order_by(Room.id)
    return db.session.scalars(statement.options(*loaded)).all()


def _teachers(usable: ColumnElement[bool], sections: Sequence[Section]) -> Sequence[Teacher]:
    needed = {section.pinned_teacher_id for section in sections} - {None}
    needed |= {teacher.id for section in sections for teacher in section.allowed_teachers}
    return _teachers_of(or_(usable & Teacher.archived_at.is_(None), Teacher.id.in_(needed)))


def _teachers_of(condition: ColumnElement[bool]) -> Sequence[Teacher]:
    loaded = selectinload(Teacher.subjects), selectinload(Teacher.windows), selectinload(Teacher.absences)
    statement = select(Teacher).join(Unit).where(condition).order_by(Teacher.id)
    return db.session.scalars(statement.options(*loaded)).all()


def _shared(term: Term, section_ids: set[int]) -> Sequence[SharedLearners]:
    pairs = db.session.scalars(
        select(SharedLearners)
        .join(Section, SharedLearners.first_id == Section.id)
        .where(Section.term_id == term.id)
        .order_by(SharedLearners.first_id, SharedLearners.second_id)
    )
    return [pair for pair in pairs if {pair.first_id, pair.second_id} <= section_ids]
