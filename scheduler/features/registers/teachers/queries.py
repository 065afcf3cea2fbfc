"""Reads teachers within a scope."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.datastructures import MultiDict

from scheduler.core.extensions import db
from scheduler.core.row_ids import row_id
from scheduler.models import Subject, Teacher, TeacherKind, Unit
from scheduler.web.access import Scope
from scheduler.web.text_search import contains

SORTS = {
    "name": (Teacher.spelling,), "kind": (Teacher.kind, Teacher.spelling), "unit": (Unit.path, Teacher.spelling),
    "week": (Teacher.max_week, Teacher.spelling), "fee": (Teacher.fee, Teacher.spelling),
}
"""By column of the list what it is sorted by."""


@dataclass(frozen=True)
class TeacherFilters:
    """What a list of teachers is narrowed to: words in the name, kind, subject's code, unit, archived ones too."""

    search: str = ""
    kind: TeacherKind | None = None
    subject: str = ""
    unit_id: int | None = None
    archived: bool = False


def teacher_in(scope: Scope, teacher_id: int) -> Teacher:
    """The teacher, or 404 when they are unknown or outside the scope."""
    return db.one_or_404(select(Teacher).join(Unit).where(Teacher.id == teacher_id, _visible(scope)))


def own_record(scope: Scope) -> Teacher:
    """The record of the signed-in teacher, or 404 when the account has none."""
    return db.first_or_404(select(Teacher).where(Teacher.id.in_(scope.teacher_ids)).order_by(Teacher.id))


def unit_in(scope: Scope, unit_id: int) -> Unit:
    """A unit that may get a teacher, or 404."""
    return db.one_or_404(select(Unit).where(Unit.id == unit_id, scope.units()))


def filters_of(arguments: MultiDict[str, str]) -> TeacherFilters:
    """The filter that an address asks for; what it names wrongly is left out."""
    return TeacherFilters(
        arguments.get("q", "").strip()[:100],
        arguments.get("kind", type=TeacherKind),
        arguments.get("subject", "")[:40],
        arguments.get("unit", type=row_id),
        arguments.get("archived") == "1",
    )


def teachers(scope: Scope, filters: TeacherFilters) -> Select[Teacher]:
    """Teachers of the scope that are wanted, with their units and subjects, by unit and name."""
    statement = (
        select(Teacher).join(Unit).where(_visible(scope)).order_by(Unit.path, Teacher.spelling)
        .options(joinedload(Teacher.unit), selectinload(Teacher.subjects))
    )
    if not filters.archived:
        statement = statement.where(Teacher.archived_at.is_(None))
    if filters.search:
        statement = statement.where(contains(filters.search, Teacher.name, Teacher.spelling))
    if filters.kind is not None:
        statement = statement.where(Teacher.kind == filters.kind)
    if filters.subject:
        statement = statement.where(Teacher.subjects.any(Subject.code == filters.subject))
    if filters.unit_id is not None:
        chosen = db.session.get(Unit, filters.unit_id)
        statement = statement.where(Unit.path.startswith(chosen.path if chosen else "-", autoescape=True))
    return statement


def _visible(scope: Scope) -> ColumnElement[bool]:
    return or_(scope.units(), Teacher.id.in_(scope.teacher_ids))
