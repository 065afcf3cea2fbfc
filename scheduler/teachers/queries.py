"""Reads teachers within a scope."""

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from scheduler.access import Scope
from scheduler.extensions import db
from scheduler.models import Subject, Teacher, TeacherKind, Unit


def teacher_in(scope: Scope, teacher_id: int) -> Teacher:
    """The teacher, or 404 when she is unknown or outside the scope."""
    return db.one_or_404(select(Teacher).join(Unit).where(Teacher.id == teacher_id, _visible(scope)))


def own_record(scope: Scope) -> Teacher:
    """The record of the signed-in teacher, or 404 when the account has none."""
    return db.first_or_404(select(Teacher).where(Teacher.id.in_(scope.teacher_ids)).order_by(Teacher.id))


def unit_in(scope: Scope, unit_id: int) -> Unit:
    """A unit that may get a teacher, or 404."""
    return db.one_or_404(select(Unit).where(Unit.id == unit_id, scope.units()))


def teachers(scope: Scope, filters: dict[str, str], archived: bool) -> Select[Teacher]:
    """Teachers of the scope; ``filters`` may name q (part of the name), kind, subject (code) and unit (id)."""
    statement = (
        select(Teacher).join(Unit).where(_visible(scope)).order_by(Unit.path, Teacher.name)
        .options(joinedload(Teacher.unit), selectinload(Teacher.subjects))
    )
    if not archived:
        statement = statement.where(Teacher.archived_at.is_(None))
    if filters.get("q"):
        statement = statement.where(Teacher.name.icontains(filters["q"], autoescape=True))
    if filters.get("kind") in set(TeacherKind):
        statement = statement.where(Teacher.kind == filters["kind"])
    if filters.get("subject"):
        statement = statement.where(Teacher.subjects.any(Subject.code == filters["subject"]))
    if filters.get("unit", "").isdigit():
        chosen = db.session.get(Unit, int(filters["unit"]))
        statement = statement.where(Unit.path.startswith(chosen.path if chosen else "-", autoescape=True))
    return statement


def _visible(scope: Scope) -> ColumnElement[bool]:
    return or_(scope.units(), Teacher.id.in_(scope.teacher_ids))
