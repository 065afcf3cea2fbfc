"""Who can give a session, or a whole section, in another's place; the planner's own rules and cost are the judges."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from scheduler.extensions import db
from scheduler.geography import Plane, middle
from scheduler.models import Cover, Placement, Plan, PlanStatus, Room, Section, Subject, Teacher, Term, Unit, Venue
from scheduler.solving.boards import Board
from scheduler.solving.keys import SECTION, TEACHER, key
from scheduler.solving.one_week import Wanted, place_with, sessions_between, week_document
from scheduler.solving.rows import communities_of
from scheduler.term_scope import near
from solver.landing import Obstacles, Prices
from solver.surroundings import Surroundings


@dataclass(frozen=True)
class Fit:
    """A teacher of the subject in the place of another: the codes of the rules she would break, and what she costs.

    ``cost`` is in the currency of plans, ``metres`` the way from her home, ``load`` her other sessions in
    that week, or in her busiest one.
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


def placement_of(cover: Cover) -> Placement | None:
    """Where the published plan holds the section of a cover."""
    statement = (
        select(Placement)
        .join(Placement.plan)
        .where(Plan.status == PlanStatus.PUBLISHED, Placement.section_id == cover.section_id)
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


def teachers_of_subject(term: Term, section: Section) -> Sequence[Teacher]:
    """Who could teach a section at all: teachers of its subject of this network, and those it names."""
    named = [one.id for one in section.allowed_teachers]
    statement = (
        select(Teacher)
        .join(Teacher.unit)
        .where(
            Teacher.archived_at.is_(None),
            Teacher.subjects.any(Subject.code == section.course.subject_code),
            or_(near(term), Teacher.id.in_(named)),
        )
        .options(
            joinedload(Teacher.unit),
            selectinload(Teacher.subjects),
            selectinload(Teacher.windows),
            selectinload(Teacher.absences),
        )
        .order_by(Unit.path, Teacher.name, Teacher.id)
    )
    return db.session.scalars(statement).all()


def for_session(cover: Cover) -> list[Fit]:
    """Every teacher of the subject but the one who cannot come, judged for the session of a cover."""
    placement = placement_of(cover)
    if placement is None:
        return []
    term = placement.plan.term
    able = [one for one in teachers_of_subject(term, placement.section) if one.id != cover.teacher_id]
    if not able:
        return []
    return _judged(cover, placement, able, Plane(middle(communities_of(term))))


def _judged(cover: Cover, placement: Placement, able: Sequence[Teacher], plane: Plane) -> list[Fit]:
    monday = cover.date - timedelta(days=cover.date.weekday())
    held = sessions_between([one.id for one in able], monday, monday + timedelta(days=6), cover.id)
    moment = cover.date, cover.start_minute, cover.end_minute
    wanted = Wanted(cover.id, placement, *moment, _allowed(placement.section, able))
    document, placed = week_document(wanted, able, held, plane)
    name, around = key(SECTION, placement.section_id), Surroundings(document, placed)
    obstacles, prices = Obstacles(around, name), Prices(around, document.section[name])
    venue, fits = placement.room.venue, []
    for teacher in able:
        place = place_with(wanted, teacher.id)
        codes = tuple(dict.fromkeys(one.code for one in obstacles.at(place)))
        load = sum(one.teacher_id == teacher.id for one in held)
        fits.append(Fit(teacher, codes, sum(prices.at(place).values()), _way(plane, teacher, venue), load))
    return fits


def for_section(plan: Plan, section: Section) -> list[Fit]:
    """Every other teacher of the subject, judged for all sessions of a section at the place that a plan gives it."""
    board = Board(plan)
    here = board.place_of(section.id)
    if here is None:
        return []
    plane, fits = Plane(middle(communities_of(plan.term))), []
    venue = db.session.scalars(select(Venue).join(Room).where(Room.id == here.room_id)).one()
    for teacher in teachers_of_subject(plan.term, section):
        if teacher.id != here.teacher_id:
            verdict = board.verdict(section.id, replace(here, teacher_id=teacher.id))
            codes = tuple(dict.fromkeys(one.code for one in verdict.violations))
            load = board.busiest_week(teacher.id)
            fits.append(Fit(teacher, codes, sum(verdict.cost.values()), _way(plane, teacher, venue), load))
    return fits


def _allowed(section: Section, able: Sequence[Teacher]) -> tuple[str, ...] | None:
    """The teachers that a section may have; one who has refused it as a whole may still stand in for a day."""
    named = {one.id for one in section.allowed_teachers}
    return tuple(key(TEACHER, one.id) for one in able if one.id in named) if named else None


def _way(plane: Plane, teacher: Teacher, venue: Venue) -> int:
    return plane.street_metres(teacher, venue)
