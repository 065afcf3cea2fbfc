"""Reads assignments and substitutions: a teacher's own, and those of a coordinator's term."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import abort
from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import joinedload

from scheduler.core.clock import today
from scheduler.core.database import in_tuples
from scheduler.core.extensions import db
from scheduler.domain.covers import sessions_of
from scheduler.domain.plans import published_placements
from scheduler.maps.geography import street_metres
from scheduler.models import (
    Assignment,
    AssignmentStatus,
    Course,
    Cover,
    Placement,
    Plan,
    PlanStatus,
    Room,
    Section,
    Substitution,
    SubstitutionStatus,
    Teacher,
    Term,
)
from scheduler.web.access import Scope
from scheduler.web.text_search import contains

URGENCY = (
    AssignmentStatus.REFUSED,
    AssignmentStatus.REQUESTED,
    AssignmentStatus.CONFIRMED,
    AssignmentStatus.WITHDRAWN,
)
MAX_ANSWERED = 60
MAX_OF_TEACHER = 60
"""Answers of one teacher that are written down, or taken back, at once."""


@dataclass(frozen=True)
class Task:
    """An assignment with the dates that the plan gives it; none once the plan has changed."""

    assignment: Assignment
    dates: tuple[date, ...] = ()

    @property
    def hours(self) -> list[tuple[int, int, int]]:
        """The weekly hours: (weekday, start, end) in minutes since midnight."""
        minutes = self.assignment.minutes
        return [(weekday, start, start + minutes) for weekday, start in self.assignment.meetings]

    @property
    def metres(self) -> int:
        """Street metres from the teacher's home to the venue."""
        return street_metres(self.assignment.teacher, self.assignment.room.venue)


def waiting(scope: Scope) -> Sequence[Assignment]:
    """What waits for the teacher's answer, the earliest first."""
    where = Assignment.status == AssignmentStatus.REQUESTED, Plan.status == PlanStatus.PUBLISHED
    return db.session.scalars(_own(scope).where(*where).order_by(Assignment.week, Section.name)).all()


def answered(scope: Scope) -> Sequence[Assignment]:
    """What the teacher has answered for terms that are published, and what is no longer asked of them."""
    published = select(Plan.term_id).where(Plan.status == PlanStatus.PUBLISHED)
    settled = or_(
        (Assignment.status == AssignmentStatus.WITHDRAWN) & Plan.term_id.in_(published),
        Assignment.status.in_((AssignmentStatus.CONFIRMED, AssignmentStatus.REFUSED))
        & (Plan.status == PlanStatus.PUBLISHED),
    )
    order = func.coalesce(Assignment.answered_at, Assignment.asked_at).desc(), Assignment.id.desc()
    return db.session.scalars(_own(scope).where(settled).order_by(*order).limit(MAX_ANSWERED)).all()


def own_assignment(scope: Scope, assignment_id: int) -> Assignment:
    """The teacher's own assignment, or 404."""
    return db.one_or_404(_own(scope).where(Assignment.id == assignment_id))


def waiting_substitutions(scope: Scope) -> Sequence[Substitution]:
    """The sessions to come in which the teacher is asked to stand in."""
    return db.session.scalars(_own_substitutions(scope, (SubstitutionStatus.ASKED,))).all()


def answered_substitutions(scope: Scope) -> Sequence[Substitution]:
    """The sessions to come about which they have answered."""
    answers = SubstitutionStatus.AGREED, SubstitutionStatus.REFUSED, SubstitutionStatus.WITHDRAWN
    return db.session.scalars(_own_substitutions(scope, answers)).all()


def own_substitution(scope: Scope, substitution_id: int) -> Substitution:
    """The teacher's own request to stand in, or 404."""
    substitution = db.session.get(Substitution, substitution_id)
    return substitution if substitution is not None and substitution.teacher_id in scope.teacher_ids else abort(404)


def rooms_of(substitutions: Iterable[Substitution]) -> dict[int, Room]:
    """By section the room in which the published plan holds it."""
    sections = {substitution.section_id for substitution in substitutions}
    loaded = joinedload(Placement.room).joinedload(Room.venue)
    placements = db.session.scalars(published_placements().where(Placement.section_id.in_(sections)).options(loaded))
    return {placement.section_id: placement.room for placement in placements}


def waiting_count(scope: Scope) -> int:
    """How much waits for the teacher's answer."""
    ids = scope.teacher_ids
    asked = (
        select(func.count(Assignment.id))
        .join(Assignment.plan)
        .where(
            Assignment.teacher_id.in_(ids),
            Assignment.status == AssignmentStatus.REQUESTED,
            Plan.status == PlanStatus.PUBLISHED,
        )
    )
    standing = select(func.count(Substitution.id)).where(
        Substitution.teacher_id.in_(ids), Substitution.status == SubstitutionStatus.ASKED, Substitution.date >= today()
    )
    return (db.session.scalar(asked) or 0) + (db.session.scalar(standing) or 0)


def tasks(assignments: Sequence[Assignment]) -> list[Task]:
    """The assignments with their dates, in the same order."""
    keys = [(assignment.plan_id, assignment.section_id) for assignment in assignments]
    statement = select(Placement).where(in_tuples((Placement.plan_id, Placement.section_id), keys))
    loaded = (
        joinedload(Placement.plan).joinedload(Plan.term).selectinload(Term.days),
        joinedload(Placement.section).joinedload(Section.course),
        joinedload(Placement.meetings),
    )
    placements = db.session.scalars(statement.options(*loaded)).unique()
    placed = {(placement.plan_id, placement.section_id): placement for placement in placements}
    return [
        Task(assignment, _dates(placed.get((assignment.plan_id, assignment.section_id)), assignment))
        for assignment in assignments
    ]


def _dates(placement: Placement | None, assignment: Assignment) -> tuple[date, ...]:
    if placement is None or placement.teacher_id != assignment.teacher_id:
        return ()
    return tuple(session.occurrence.date for session in sessions_of(placement))


def counts(plan: Plan) -> dict[AssignmentStatus, int]:
    """How many assignments of the plan stand where."""
    counted = select(Assignment.status, func.count()).where(Assignment.plan_id == plan.id)
    return dict(db.session.execute(counted.group_by(Assignment.status)).all())


def of_plan(plan: Plan, status: AssignmentStatus | None, search: str) -> Select[Assignment]:
    """The assignments of a plan, those that need something done first."""
    statement = _with_facts().where(Assignment.plan_id == plan.id)
    if status is not None:
        statement = statement.where(Assignment.status == status)
    if search:
        columns = Section.name, Course.title_zh, Course.title_en, Teacher.name
        statement = statement.where(contains(search, *columns))
    urgency = case({status: place for place, status in enumerate(URGENCY)}, value=Assignment.status)
    return statement.order_by(urgency, Teacher.name, Section.name, Assignment.id)


def waiting_by_teacher(plan: Plan) -> dict[int, int]:
    """By teacher how many sections of the plan wait for their answer, where it is more than one."""
    counted = (
        select(Assignment.teacher_id, func.count())
        .where(Assignment.plan_id == plan.id, Assignment.status == AssignmentStatus.REQUESTED)
        .group_by(Assignment.teacher_id).having(func.count() > 1)
    )
    return dict(db.session.execute(counted).all())


def waiting_of(term: Term, teacher_id: int) -> list[Assignment]:
    """What a teacher has not answered of the term's published plan, or 404 when there is nothing."""
    statement = _with_facts().join(Assignment.plan).where(
        Plan.term_id == term.id, Plan.status == PlanStatus.PUBLISHED, Assignment.teacher_id == teacher_id,
        Assignment.status == AssignmentStatus.REQUESTED,
    )
    rows = db.session.scalars(statement.order_by(Assignment.id).limit(MAX_OF_TEACHER)).all()
    return list(rows) or abort(404)


def earlier_refusals(term: Term, plan: Plan) -> Sequence[Assignment]:
    """Refusals of plans before the published one, which still keep teachers from sections."""
    where = Section.term_id == term.id, Assignment.status == AssignmentStatus.REFUSED, Assignment.plan_id != plan.id
    return db.session.scalars(_with_facts().where(*where).order_by(Section.name, Assignment.id)).all()


def assignment_in(term: Term, assignment_id: int) -> Assignment:
    """An assignment of the term, or 404."""
    return db.one_or_404(_with_facts().where(Assignment.id == assignment_id, Section.term_id == term.id))


def _own(scope: Scope) -> Select[Assignment]:
    return _with_facts().join(Assignment.plan).where(Assignment.teacher_id.in_(scope.teacher_ids))


def _own_substitutions(scope: Scope, states: tuple[SubstitutionStatus, ...]) -> Select[Substitution]:
    return (
        select(Substitution)
        .where(
            Substitution.teacher_id.in_(scope.teacher_ids),
            Substitution.status.in_(states),
            Substitution.date >= today(),
        )
        .options(
            joinedload(Substitution.section).joinedload(Section.course).joinedload(Course.subject),
            joinedload(Substitution.section).selectinload(Section.learners),
            joinedload(Substitution.cover).joinedload(Cover.teacher),
        )
        .order_by(Substitution.date, Substitution.start_minute, Substitution.id)
    )


def _with_facts() -> Select[Assignment]:
    return (
        select(Assignment)
        .join(Assignment.section)
        .join(Section.course)
        .join(Assignment.teacher)
        .options(
            joinedload(Assignment.section).joinedload(Section.course).joinedload(Course.subject),
            joinedload(Assignment.section).selectinload(Section.learners),
            joinedload(Assignment.teacher),
            joinedload(Assignment.room).joinedload(Room.venue),
            joinedload(Assignment.answered_by),
            joinedload(Assignment.former).joinedload(Assignment.room).joinedload(Room.venue),
            joinedload(Assignment.plan),
        )
    )
