"""Reads what an absence touches, and what a teacher has reported."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from scheduler.core.clock import today
from scheduler.core.extensions import db
from scheduler.domain.covers import DatedSession, covers_of, published_sessions, session_at
from scheduler.models import ENGAGED_STATUSES, Course, Cover, CoverStatus, Section, Substitution, Teacher
from scheduler.web.access import Scope


@dataclass(frozen=True)
class Touched:
    """What a teacher cannot give: their own sessions, and those in which they were to stand in for somebody."""

    own: list[DatedSession]
    in_place: list[Substitution]

    @property
    def count(self) -> int:
        """How many sessions."""
        return len(self.own) + len(self.in_place)


def own_record(scope: Scope) -> Teacher:
    """The record of the signed-in teacher, or 404 when the account has none."""
    return db.first_or_404(select(Teacher).where(Teacher.id.in_(scope.teacher_ids)).order_by(Teacher.id))


def teacher_in(scope: Scope, teacher_id: int) -> Teacher:
    """A teacher whom a coordinator looks after, or 404."""
    statement = select(Teacher).join(Teacher.unit).where(Teacher.id == teacher_id, scope.units())
    return db.one_or_404(statement.where(Teacher.archived_at.is_(None)))


def covers_of_teacher(teacher: Teacher, ids: Sequence[int]) -> Sequence[Cover]:
    """A teacher's covers with these numbers, or 404."""
    return covers_in(Scope(teacher_ids=frozenset({teacher.id})), ids)


def touched(teacher: Teacher, first: date, last: date) -> Touched:
    """The sessions of these dates that are not reported yet."""
    planned = published_sessions([teacher.id], first, last)
    covers = covers_of({session.placement.section_id for session in planned})
    own = [session for session in planned if session.moment not in covers.get(session.placement.section_id, {})]
    statement = (
        select(Substitution)
        .where(
            Substitution.teacher_id == teacher.id,
            Substitution.status.in_(ENGAGED_STATUSES),
            Substitution.date.between(first, last),
        )
        .options(joinedload(Substitution.section).joinedload(Section.course))
    )
    order = Substitution.date, Substitution.start_minute
    return Touched(own, list(db.session.scalars(statement.order_by(*order))))


def session_of(scope: Scope, section_id: int, day: date, start: int) -> DatedSession:
    """One session to come of the teacher's own in a published plan, or 404."""
    return session_at(published_sessions(scope.teacher_ids, day, day), section_id, day, start) or abort(404)


def reported(scope: Scope) -> Sequence[Cover]:
    """The sessions to come that the teacher has said they cannot give, in order of time."""
    statement = (
        select(Cover)
        .where(Cover.teacher_id.in_(scope.teacher_ids), Cover.status != CoverStatus.WITHDRAWN, Cover.date >= today())
        .options(
            joinedload(Cover.section).joinedload(Section.course).joinedload(Course.subject),
            selectinload(Cover.substitutions).joinedload(Substitution.teacher),
        )
    )
    return db.session.scalars(statement.order_by(Cover.date, Cover.start_minute, Cover.id)).all()


def covers_in(scope: Scope, ids: Sequence[int]) -> Sequence[Cover]:
    """The teacher's own covers with these numbers, or 404."""
    statement = select(Cover).where(Cover.id.in_(ids), Cover.teacher_id.in_(scope.teacher_ids))
    covers = db.session.scalars(statement.options(joinedload(Cover.section)).order_by(Cover.id)).all()
    return covers if len(covers) == len(set(ids)) else abort(404)
