"""Who can give a session, or a whole section, in another's place; the planner's own rules and cost are the judges."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from msgspec.structs import replace
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from scheduler.core.extensions import db
from scheduler.domain.plans import published_placements
from scheduler.domain.term_scope import near
from scheduler.engine.documents.keys import SECTION, TEACHER, key
from scheduler.engine.documents.rows import plane_of
from scheduler.engine.documents.section_document import section_plan_index
from scheduler.engine.documents.week_document import SessionToCover, place_with, sessions_between, week_document
from scheduler.maps.geography import Plane
from scheduler.models import Cover, Placement, Plan, Room, Section, Subject, Teacher, Term, Unit
from solver import Obstacles, PlacementPrices, PlanIndex, TeacherReach, cost_rise, sessions_by_week


@dataclass(frozen=True)
class Fit:
    """A teacher of the subject in the place of another: the codes of the rules they would break, and what they cost.

    ``cost`` is in the currency of plans, ``metres`` the way from their home, ``load`` their other sessions in
    that week, or in their busiest one.
    """

    teacher: Teacher
    codes: tuple[str, ...]
    cost: int
    metres: int
    load: int

    @property
    def fits(self) -> bool:
        """Whether no rule is in the way."""
        return not self.codes


@dataclass(frozen=True)
class TooFar:
    """A teacher of the subject who lives farther from the venue than they go, as their own limit says."""

    id: int
    name: str


@dataclass(frozen=True)
class Judged:
    """All teachers of a subject: those who were judged by the planner, and those who need no judge."""

    fits: tuple[Fit, ...] = ()
    too_far: tuple[TooFar, ...] = ()

    def obstacles_of(self, teacher_id: int) -> tuple[str, ...] | None:
        """The codes of what is in a teacher's way, none where they fit; None where they are not of the subject."""
        if any(teacher.id == teacher_id for teacher in self.too_far):
            return (TeacherReach.code,)
        return next((fit.codes for fit in self.fits if fit.teacher.id == teacher_id), None)


def published_placement(section_id: int) -> Placement | None:
    """Where the published plan holds a section."""
    statement = (
        published_placements()
        .where(Placement.section_id == section_id)
        .options(
            joinedload(Placement.plan).joinedload(Plan.term).joinedload(Term.unit),
            joinedload(Placement.section).joinedload(Section.course),
            joinedload(Placement.section).joinedload(Section.unit),
            joinedload(Placement.section).selectinload(Section.allowed_teachers),
            joinedload(Placement.room).joinedload(Room.venue),
            joinedload(Placement.teacher),
        )
    )
    return db.session.scalar(statement)


def for_session(cover: Cover) -> Judged:
    """Every teacher of the subject but the one who cannot come, judged for the session of a cover."""
    placement = published_placement(cover.section_id)
    if placement is None:
        return Judged()
    plane = plane_of(placement.plan.term)
    able, too_far = _able(placement, plane, cover.teacher_id)
    return Judged(_for_session(cover, placement, able, plane) if able else (), too_far)


def for_section(section: Section) -> Judged:
    """Every other teacher of the subject, judged for all sessions of a section where the published plan has it."""
    placement = published_placement(section.id)
    if placement is None or section.archived:
        return Judged()
    plane = plane_of(placement.plan.term)
    able, too_far = _able(placement, plane, placement.teacher_id)
    return Judged(_for_section(placement, able, plane), too_far)


def _able(placement: Placement, plane: Plane, absent_id: int) -> tuple[list[Teacher], tuple[TooFar, ...]]:
    """Teachers of a section's subject of this network, and those it names, but for one; apart, who lives too far away.

    Of thousands of a city nearly all live too far away, so that only their names are read.
    """
    section, venue = placement.section, placement.room.venue
    condition = (
        Teacher.archived_at.is_(None),
        Teacher.id != absent_id,
        Teacher.subjects.any(Subject.code == section.course.subject_code),
        or_(near(placement.plan.term), Teacher.id.in_([teacher.id for teacher in section.allowed_teachers])),
    )
    order = Unit.path, Teacher.name, Teacher.id
    homes = select(Teacher.id, Teacher.name, Teacher.latitude, Teacher.longitude, Teacher.reach_metres)
    rows = db.session.execute(homes.join(Teacher.unit).where(*condition).order_by(*order)).all()
    near_ids = [row.id for row in rows if plane.street_metres(row, venue) <= row.reach_metres]
    loaded = (
        joinedload(Teacher.unit),
        selectinload(Teacher.subjects),
        selectinload(Teacher.windows),
        selectinload(Teacher.absences),
    )
    able = select(Teacher).join(Teacher.unit).where(Teacher.id.in_(near_ids)).order_by(*order).options(*loaded)
    able_ids = set(near_ids)
    too_far = tuple(TooFar(row.id, row.name) for row in rows if row.id not in able_ids)
    return list(db.session.scalars(able)), too_far


def _for_session(cover: Cover, placement: Placement, able: Sequence[Teacher], plane: Plane) -> tuple[Fit, ...]:
    monday = cover.date - timedelta(days=cover.date.weekday())
    sessions = sessions_between([teacher.id for teacher in able], monday, monday + timedelta(days=6), cover.id)
    moment = cover.date, cover.start_minute, cover.end_minute
    session = SessionToCover(cover.id, placement, *moment, _allowed(placement.section, able))
    document, placed = week_document(session, able, sessions, plane)
    name, plan_index = key(SECTION, placement.section_id), PlanIndex(document, placed)
    obstacles, prices = Obstacles(plan_index, name), PlacementPrices(plan_index, document.section[name])
    venue, fits = placement.room.venue, []
    for teacher in able:
        place = place_with(session, teacher.id)
        codes = tuple(dict.fromkeys(violation.code for violation in obstacles.at(place)))
        load = sum(held_session.teacher_id == teacher.id for held_session in sessions)
        fits.append(Fit(teacher, codes, sum(prices.at(place).values()), plane.street_metres(teacher, venue), load))
    return tuple(fits)


def _for_section(placement: Placement, able: Sequence[Teacher], plane: Plane) -> tuple[Fit, ...]:
    plan_index, name = section_plan_index(placement, able, plane), key(SECTION, placement.section_id)
    now, without = plan_index.placed[name], plan_index.changed({name: None})
    obstacles, prices = Obstacles(without, name), PlacementPrices(without, plan_index.term.section[name])
    venue, fits = placement.room.venue, []
    for teacher in able:
        place = replace(now, teacher=key(TEACHER, teacher.id))
        codes = tuple(dict.fromkeys(violation.code for violation in obstacles.at(place)))
        load = max(sessions_by_week(plan_index.load(place.teacher)), default=0)
        cost = sum(cost_rise(prices.at(now), prices.at(place)).values())
        fits.append(Fit(teacher, codes, cost, plane.street_metres(teacher, venue), load))
    return tuple(fits)


def _allowed(section: Section, able: Sequence[Teacher]) -> tuple[str, ...] | None:
    """The teachers that a section may have; one who has refused it as a whole may still stand in for a day."""
    named = {teacher.id for teacher in section.allowed_teachers}
    return tuple(key(TEACHER, teacher.id) for teacher in able if teacher.id in named) if named else None
