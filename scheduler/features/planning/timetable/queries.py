"""Reads what is placed in a plan, from the side of rooms, venues, teachers, communities or courses."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort
from flask_babel import get_locale
from sqlalchemy import ColumnElement, Select, SQLColumnExpression, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, joinedload, selectinload

from scheduler.core.extensions import db
from scheduler.domain.term_scope import may_plan as plans_the_term
from scheduler.features.planning.timetable.selection import TimetableSelection, View
from scheduler.models import (
    ENGAGED_STATUSES,
    Booking,
    BookingStatus,
    Community,
    Course,
    Meeting,
    Placement,
    Plan,
    Room,
    Section,
    SectionLearners,
    Subject,
    Substitution,
    Teacher,
    Term,
    Unit,
    Venue,
)
from scheduler.web.access import Scope
from scheduler.web.text_search import contains

MAX_OWNERS = 200
"""Owners offered at once before a timetable begins with those of one unit."""
MAX_UNPLACED = 40
MAX_IN_A_WEEK = 200
"""Sections that are drawn as one week; more of them, such as those of a course in a whole city, are a list."""
OWNER_ID: dict[View, InstrumentedAttribute[int]] = {
    View.ROOM: Room.id,
    View.VENUE: Venue.id,
    View.TEACHER: Teacher.id,
    View.COMMUNITY: Community.id,
    View.COURSE: Course.id,
}


@dataclass(frozen=True)
class Owner:
    """A room, venue, teacher, community or course with a timetable of its own.

    ``group`` is where it belongs: a venue, a unit or, for a course, a subject; ``group_key`` is its id or code.
    """

    id: int
    name: str
    group: str
    group_key: int | str
    sections: int


@dataclass(frozen=True)
class OwnersUnit:
    """A unit and how many rooms, venues, teachers or communities of it have a timetable."""

    id: int
    name: str
    owners: int


def units(scope: Scope, plan: Plan, view: View) -> list[OwnersUnit]:
    """The units whose rooms, venues … have a timetable in the plan, in the order of the tree; none of courses."""
    if view is View.COURSE:
        return []
    columns = Unit.id, Unit.name, Unit.path
    counted = select(*columns[:2], func.count(OWNER_ID[view].distinct()))
    statement = _of_owners(counted, view, scope, plan)
    return [OwnersUnit(*row) for row in db.session.execute(statement.group_by(*columns).order_by(Unit.path))]


def unit_of(view: View, of: int) -> int | None:
    """The unit to which a room, venue, teacher or community belongs."""
    units_of = {
        View.ROOM: select(Venue.unit_id).join(Room), View.VENUE: select(Venue.unit_id),
        View.TEACHER: select(Teacher.unit_id), View.COMMUNITY: select(Community.unit_id),
    }
    return db.session.scalar(units_of[view].where(OWNER_ID[view] == of))


def owners(scope: Scope, plan: Plan, view: View, unit_id: int | None = None, of: int | None = None) -> list[Owner]:
    """Who has a timetable in the plan, place by place in the order of names; of one unit, or only one, where given."""
    columns = _owner_columns(view)
    section_id = SectionLearners.section_id if view is View.COMMUNITY else Placement.section_id
    statement = _of_owners(select(*columns, func.count(section_id.distinct())), view, scope, plan)
    if unit_id is not None:
        statement = statement.where(Unit.id == unit_id)
    if of is not None:
        statement = statement.where(OWNER_ID[view] == of)
    rows = db.session.execute(statement.group_by(*columns).order_by(columns[2], columns[1], columns[0]))
    return [Owner(*row) for row in rows]


def placements(scope: Scope, plan: Plan, selection: TimetableSelection) -> Select[Placement]:
    """The plan's placements, of one room, teacher … or of all, whose names contain the selection's search."""
    statement = _placements(scope, plan)
    if selection.of is not None:
        statement = statement.where(_is_selected(selection, selection.of))
    if selection.search:
        statement = statement.where(_named(selection.search))
    return statement


def number_of(scope: Scope, plan: Plan, selection: TimetableSelection) -> int | None:
    """How many of the plan's placements there are to see; None where a row or a search leaves some out."""
    if selection.of is not None or selection.search:
        return None
    inside = Placement.plan_id == plan.id, _inside(scope, plan.term)
    return db.session.scalar(select(func.count()).select_from(Placement).where(*inside))


def placements_of(scope: Scope, plan: Plan, view: View, of: Collection[int]) -> Sequence[Placement]:
    """All placements of these rooms, venues, teachers, communities or courses."""
    return db.session.scalars(_placements(scope, plan).where(_is_of(view, of))).unique().all()


def placements_selected(scope: Scope, plan: Plan, selection: TimetableSelection) -> Sequence[Placement]:
    """All placements of the selected row, with the sessions for which a teacher stands in in the week shown."""
    if selection.of is None:
        return []
    return db.session.scalars(_placements(scope, plan).where(_is_selected(selection, selection.of))).unique().all()


def in_order_of_week(statement: Select[Placement], plan: Plan) -> Select[Placement]:
    """The plan's placements by the first meeting of their week."""
    first = (
        select(Meeting.section_id, func.min(Meeting.weekday * 1440 + Meeting.start_minute).label("minute"))
        .where(Meeting.plan_id == plan.id)
        .group_by(Meeting.section_id)
        .subquery()
    )
    statement = statement.outerjoin(first, first.c.section_id == Placement.section_id)
    return statement.order_by(first.c.minute, Venue.name, Room.name, Section.name)


def placement_in(scope: Scope, plan: Plan, section_id: int) -> Placement:
    """The placement of a section, or 404 when the plan does not place it or it is outside the scope."""
    statement = _placements(scope, plan).where(Placement.section_id == section_id)
    return db.session.scalars(statement).unique().one_or_none() or abort(404)


def unplaced(scope: Scope, plan: Plan) -> tuple[Sequence[Section], int]:
    """The first of the term's sections that the plan leaves out, and how many there are."""
    placed = select(Placement.section_id).where(Placement.plan_id == plan.id)
    statement = (
        select(Section)
        .join(Section.unit)
        .where(
            Section.term_id == plan.term_id,
            Section.archived_at.is_(None),
            Section.id.not_in(placed),
            true() if plans_the_term(scope, plan.term) else scope.units(),
        )
    )
    shown = statement.options(selectinload(Section.learners)).order_by(Section.name).limit(MAX_UNPLACED)
    number = db.session.scalar(statement.with_only_columns(func.count(Section.id))) or 0
    return db.session.scalars(shown).all(), number


def answers(plan: Plan, section_ids: Iterable[int]) -> dict[int, BookingStatus]:
    """By section what its venue has answered; of several requests the newest counts."""
    condition = Booking.plan_id == plan.id, Booking.section_id.in_(list(section_ids))
    statement = select(Booking.section_id, Booking.status).where(*condition).order_by(Booking.id)
    return dict(db.session.execute(statement).all())


def _placements(scope: Scope, plan: Plan) -> Select[Placement]:
    return (
        select(Placement)
        .join(Placement.section)
        .join(Placement.room)
        .join(Room.venue)
        .where(Placement.plan_id == plan.id, _inside(scope, plan.term))
        .options(
            contains_eager(Placement.section).joinedload(Section.course).joinedload(Course.subject),
            contains_eager(Placement.section).selectinload(Section.learners),
            contains_eager(Placement.room).contains_eager(Room.venue),
            joinedload(Placement.teacher),
            joinedload(Placement.meetings),
        )
    )


def _named(search: str) -> ColumnElement[bool]:
    """Whether a placement's section, course, venue, room or teacher is called so; each kind is looked through once."""
    courses = select(Course.id).where(contains(search, Course.title_zh, Course.title_en))
    rooms = select(Room.id).join(Room.venue).where(contains(search, Venue.name, Room.name))
    teachers = select(Teacher.id).where(contains(search, Teacher.name))
    return or_(
        contains(search, Section.name),
        Section.course_id.in_(courses.correlate(None)),
        Placement.room_id.in_(rooms.correlate(None)),
        Placement.teacher_id.in_(teachers.correlate(None)),
    )


def _of_owners(statement: Select[Any], view: View, scope: Scope, plan: Plan) -> Select[Any]:
    """The plan's placements with those whose timetables they are, and what these belong to; nothing else is joined."""
    placed = Placement.plan_id == plan.id, _inside(scope, plan.term)
    if view is View.COMMUNITY:
        sections = select(Placement.section_id).where(*placed)
        learners = statement.select_from(SectionLearners).join(SectionLearners.community).join(Community.unit)
        # without the sum SQLite would look for each placed section among the learners instead of beginning with these
        return learners.where((SectionLearners.section_id + 0).in_(sections))
    statement = statement.select_from(Placement).where(*placed)
    if view is View.TEACHER:
        return statement.join(Placement.teacher).join(Teacher.unit)
    if view is View.COURSE:
        return statement.join(Placement.section).join(Section.course).join(Course.subject)
    return statement.join(Placement.room).join(Room.venue).join(Venue.unit)


def _owner_columns(view: View) -> tuple[Any, Any, Any, Any]:
    """Id and name of the owners of a view, name and key of what each belongs to."""
    return {
        View.ROOM: (Room.id, Room.name, Venue.name, Venue.id),
        View.VENUE: (Venue.id, Venue.name, Unit.name, Unit.id),
        View.TEACHER: (Teacher.id, Teacher.name, Unit.name, Unit.id),
        View.COMMUNITY: (Community.id, Community.name, Unit.name, Unit.id),
        View.COURSE: (
            Course.id, _in_language(Course.title_zh, Course.title_en), _in_language(Subject.name_zh, Subject.name_en),
            Subject.code,
        ),
    }[view]


def _in_language(chinese: SQLColumnExpression[str], english: SQLColumnExpression[str]) -> SQLColumnExpression[str]:
    """The column of the reader's language; where there is no English, the Chinese."""
    return func.coalesce(func.nullif(english, ""), chinese) if str(get_locale()) == "en" else chinese


def _is_selected(selection: TimetableSelection, of: int) -> ColumnElement[bool]:
    """Whether a placement is of the selected row; in a dated week a teacher also has the sessions they stand in for."""
    if selection.view is View.TEACHER and selection.week is not None:
        return or_(Placement.teacher_id == of, Section.id.in_(_standing_in(of)))
    return _is_of(selection.view, [of])


def _is_of(view: View, of: Collection[int]) -> ColumnElement[bool]:
    if view is View.COMMUNITY:
        return Section.id.in_(select(SectionLearners.section_id).where(SectionLearners.community_id.in_(of)))
    owner = {
        View.ROOM: Placement.room_id, View.VENUE: Room.venue_id, View.TEACHER: Placement.teacher_id,
        View.COURSE: Section.course_id,
    }[view]
    return owner.in_(of)


def _standing_in(teacher_id: int) -> Select[int]:
    """The sections of which the teacher gives single sessions in another's place."""
    where = Substitution.teacher_id == teacher_id, Substitution.status.in_(ENGAGED_STATUSES)
    return select(Substitution.section_id).where(*where)


def _inside(scope: Scope, term: Term) -> ColumnElement[bool]:
    """All of a term that the user plans; else their own sections, and whatever is held in their units' venues."""
    if plans_the_term(scope, term):
        return true()
    own = select(Section.id).join(Section.unit).where(Section.term_id == term.id, scope.units()).correlate(None)
    housed = select(Room.id).join(Room.venue).join(Venue.unit).where(scope.units()).correlate(None)
    return or_(Placement.section_id.in_(own), Placement.room_id.in_(housed))
