"""Which part of a term is planned again: what the address says, and the sections and the plan behind it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import abort, request
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload
from wtforms import SelectChoice

from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.core.row_ids import row_id, row_id_or_none
from scheduler.domain.plans import newest_plan, plan_of_term
from scheduler.domain.term_scope import inside, unit_in
from scheduler.engine.runs.partial_run import PartSelection
from scheduler.features.planning.planning.queries import ListedPlan
from scheduler.models import Placement, Plan, PlanningScope, PlanStatus, Section, Term, Unit
from scheduler.web.access import Scope
from scheduler.web.choices import indented
from scheduler.web.labels import label

MAX_CHOSEN: Final = 300
"""Sections named one by one; more than that are a unit's."""
UNFIT_STATUSES: Final = (PlanStatus.DISCARDED, PlanStatus.SCENARIO)
"""Plans of which nothing can be kept: the term as it is knows nothing of a scenario."""
PARTS: Final = (PlanningScope.UNIT, PlanningScope.UNPLACED, PlanningScope.SELECTION)


@dataclass(frozen=True)
class RunSelection:
    """What the address asks for; ``section_ids`` are planned in any case, beside a unit or what is unplaced."""

    scope: PlanningScope = PlanningScope.SELECTION
    plan_id: int | None = None
    unit_id: int | None = None
    section_ids: frozenset[int] = frozenset()

    def arguments(self, also: Iterable[int] = ()) -> dict[str, Any]:
        """The address that asks for the same, and for some more sections."""
        named = ",".join(map(str, sorted(self.section_ids.union(also))))
        return {"scope": str(self.scope), "plan": self.plan_id, "unit": self.unit_id, "section": named or None}


def requested() -> RunSelection:
    """What the address asks for; what makes no sense there is left out."""
    scope = request.args.get("scope", "")
    ids = (text for entry in request.args.getlist("section") for text in entry.split(","))
    return RunSelection(
        scope=PlanningScope(scope) if scope in PARTS else PlanningScope.SELECTION,
        plan_id=request.args.get("plan", type=row_id),
        unit_id=request.args.get("unit", type=row_id),
        section_ids=frozenset(number for text in ids if (number := row_id_or_none(text)) is not None),
    )


def choice_of(scope: Scope, term: Term, selection: RunSelection) -> PartSelection | None:
    """The sections and the base plan that are meant; None where the term has no plan to keep anything of.

    A unit or a plan of elsewhere is a 404.
    """
    if len(selection.section_ids) > MAX_CHOSEN:
        raise DomainError(_("Choose at most %(number)s sections, or a whole unit.", number=MAX_CHOSEN))
    base = newest_plan(term) if selection.plan_id is None else plan_of_term(term, selection.plan_id) or abort(404)
    if base is None:
        return None
    if base.status is PlanStatus.SCENARIO:
        abort(404)
    unit = unit_in(scope, term, selection.unit_id or 0) if selection.scope is PlanningScope.UNIT else None
    meant = _meant(selection, base, unit) | Section.id.in_(selection.section_ids)
    statement = select(Section).join(Section.unit).where(*_active(term), meant).order_by(Unit.path, Section.name)
    return PartSelection(
        selection.scope, base, db.session.scalars(statement.options(joinedload(Section.unit))).all(), unit
    )


def _meant(selection: RunSelection, base: Plan, unit: Unit | None) -> ColumnElement[bool]:
    if unit is not None:
        return Unit.path.startswith(unit.path, autoescape=True)
    if selection.scope is PlanningScope.UNPLACED:
        return Section.id.not_in(select(Placement.section_id).where(Placement.plan_id == base.id))
    return Section.id.in_(selection.section_ids)


def _active(term: Term) -> tuple[ColumnElement[bool], ...]:
    return Section.term_id == term.id, Section.archived_at.is_(None)


def planned_unit_choices(scope: Scope, term: Term) -> list[SelectChoice]:
    """The units below the term's that have sections, each with how many, indented by level."""
    below = inside(scope, term), Unit.id != term.unit_id
    units = db.session.scalars(select(Unit).where(*below).order_by(Unit.path)).all()
    counts = _sections_below(term)
    return [
        SelectChoice(choice.value, f"{choice.label} ({counts[unit.path]})")
        for unit, choice in zip(units, indented(units), strict=True)
        if counts[unit.path]
    ]


def _sections_below(term: Term) -> Counter[str]:
    """How many sections each unit has, those of the units below it among them, by its path."""
    statement = select(Unit.path, func.count()).select_from(Section).join(Section.unit).where(*_active(term))
    numbers: Counter[str] = Counter()
    for path, sections in db.session.execute(statement.group_by(Unit.path)):
        codes = path.strip("/").split("/")
        for depth in range(1, len(codes) + 1):
            numbers["/".join(codes[:depth]) + "/"] += sections
    return numbers


def base_choices(plans: Sequence[ListedPlan], sections: int) -> list[SelectChoice]:
    """The plans of which everything else can be kept, each with what it places and leaves out."""
    return [
        SelectChoice(
            str(listed.plan.id),
            _(
                "%(name)s (%(state)s): %(placed)s placed, %(unplaced)s not placed",
                name=listed.plan.name,
                state=label(listed.plan.status),
                placed=listed.placed,
                unplaced=max(0, sections - listed.placed),
            ),
        )
        for listed in plans
        if listed.plan.status not in UNFIT_STATUSES
    ]
