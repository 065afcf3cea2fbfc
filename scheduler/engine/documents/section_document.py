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
from scheduler.models import Course, Placement, Plan, Room, Section, Teacher, Unit
from solver import PlanIndex


def surroundings_of(placement: Placement, teachers: Sequence[Teacher], plane: Plane) -> PlanIndex:
    """A placement with all that its teacher and some others give in the same plan.

    What a teacher of these would break or cost in the place of another is the same here as in the whole term: of other
    sections only the money counts, and the budgets of those who pay for the section are what these leave.
    """
    held = _held(placement, teachers)
    placed = {key(SECTION, one.section_id): placement_document(one) for one in held}
    known = document_of(placement.plan.term, rows_around(held, teachers), plane, placed)
    around = PlanIndex(known, placed)
    spent, paying = _spent(placement.plan), placement.section.unit.path.strip("/").split("/")
    units = tuple(
        unit if unit.budget is None or unit.id not in paying
        else replace(unit, budget=unit.budget - (spent[unit.id] - around.spent[unit.id]))
        for unit in known.units
    )
    return around.under(replace(known, units=units))


def _held(placement: Placement, teachers: Sequence[Teacher]) -> Sequence[Placement]:
    """The placement and those of the teachers in its plan, whose sections still stand."""
    theirs = {placement.teacher_id, *(teacher.id for teacher in teachers)}
    statement = (
        select(Placement)
        .join(Placement.section)
        .where(Placement.plan_id == placement.plan_id, Placement.teacher_id.in_(theirs), Section.archived_at.is_(None))
        .order_by(Placement.section_id)
        .options(joinedload(Placement.meetings))
    )
    return db.session.scalars(statement).unique().all()


def _spent(plan: Plan) -> Counter[str]:
    """By code what a plan costs each unit and those below it, in yuan."""
    spent = (
        select(Unit.path, func.sum((Teacher.fee + Room.fee) * Course.sessions))
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
