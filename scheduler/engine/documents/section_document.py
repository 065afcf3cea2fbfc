"""One section of a plan and what its possible teachers give there, as a term document of its own."""

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from scheduler.core.extensions import db
from scheduler.engine.documents.keys import SECTION, key
from scheduler.engine.documents.rows import rows_around
from scheduler.engine.documents.snapshot import document_of, placement_document
from scheduler.maps.geography import Plane
from scheduler.models import Placement, Plan, Room, Section, Teacher, Unit
from solver import PlanIndex


def section_plan_index(placement: Placement, teachers: Sequence[Teacher], plane: Plane) -> PlanIndex:
    """A placement with all that its teacher and some others give in the same plan.

    What a teacher of these would break or cost in the place of another is the same here as in the whole term: of other
    sections only the money counts, and the budgets of those who pay for the section are what these leave.
    """
    placements = _placements_with(placement, teachers)
    placed = {key(SECTION, entry.section_id): placement_document(entry) for entry in placements}
    document = document_of(placement.plan.term, rows_around(placements, teachers), plane, placed)
    plan_index = PlanIndex(document, placed)
    spent, paying = _spent(placement.plan), placement.section.unit.path.strip("/").split("/")
    units = tuple(
        unit if unit.budget is None or unit.id not in paying
        else replace(unit, budget=unit.budget - (spent[unit.id] - plan_index.spent[unit.id]))
        for unit in document.units
    )
    return plan_index.under(replace(document, units=units))


def _placements_with(placement: Placement, teachers: Sequence[Teacher]) -> Sequence[Placement]:
    """The placement and those of the teachers in its plan, whose sections still stand."""
    teacher_ids = {placement.teacher_id, *(teacher.id for teacher in teachers)}
    statement = (
        select(Placement)
        .join(Placement.section)
        .where(Placement.plan_id == placement.plan_id, Placement.teacher_id.in_(teacher_ids))
        .where(Section.archived_at.is_(None))
        .order_by(Placement.section_id)
        .options(joinedload(Placement.meetings))
    )
    return db.session.scalars(statement).unique().all()


def _spent(plan: Plan) -> Counter[str]:
    """By code what a plan costs each unit and those below it, in yuan."""
    spent = (
        select(Unit.path, func.sum((Teacher.fee + Room.fee) * Section.sessions))
        .select_from(Placement)
        .join(Placement.teacher)
        .join(Placement.room)
        .join(Placement.section)
        .join(Section.course)
        .join(Section.unit)
        .where(Placement.plan_id == plan.id, Section.archived_at.is_(None))
        .group_by(Unit.path)
    )
    amounts: Counter[str] = Counter()
    for path, yuan in db.session.execute(spent):
        for code in path.strip("/").split("/"):
            amounts[code] += yuan
    return amounts
