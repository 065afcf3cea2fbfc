"""The part of a term that a change of a plan can have to do with, so that the change is checked within moments."""

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from solver.analysis.plan_index import PlanIndex
from solver.model.check import Report, check
from solver.problem.plan import Placement, Plan
from solver.problem.term import Term, Unit
from solver.problem.violation import Violation


class CostDelta(Struct, frozen=True):
    """What a change breaks that was whole before, and by how much each part of the cost rises."""

    violations: tuple[Violation, ...]
    cost: dict[str, int]

    @property
    def total(self) -> int:
        """By how much the whole cost rises."""
        return sum(self.cost.values())


def cost_delta(
    plan_index: PlanIndex, changes: Mapping[str, Placement | None], relaxed: Term | None = None
) -> CostDelta:
    """What happens when some sections of a plan go elsewhere or nowhere, in the same term or in a relaxed one.

    Exactly what a check of the whole plan before and after would find, as far as it differs.
    """
    after = plan_index.changed(changes)
    # those whom a section leaves behind are touched as much as those whom it joins
    touched = _in_touch(plan_index, changes) | _in_touch(after, changes)
    old = _check(plan_index.term, plan_index, touched)
    new = _check(relaxed or plan_index.term, after, touched)
    broken_before = set(old.violations)
    parts = dict.fromkeys((*old.cost, *new.cost))
    rise = {part: new.cost.get(part, 0) - old.cost.get(part, 0) for part in parts}
    return CostDelta(
        violations=tuple(violation for violation in new.violations if violation not in broken_before),
        cost={part: amount for part, amount in rise.items() if amount},
    )


def _in_touch(plan_index: PlanIndex, names: Iterable[str]) -> set[str]:
    """Some sections with those in their rooms, with their teachers, with their learners or from their communities."""
    term = plan_index.term
    touched = set(names)
    homes = {home for name in touched for home in term.section[name].learners}
    for name in tuple(touched):
        touched.update(other.id for other, _ in term.shared_with.get(name, ()))
        placement = plan_index.placed.get(name)
        if placement is not None:
            touched.update(plan_index.in_room[placement.room])
            touched.update(plan_index.with_teacher[placement.teacher])
    return touched | {section.id for home in homes for section in term.wanted_by[home]}


def _check(term: Term, plan_index: PlanIndex, names: set[str]) -> Report:
    """The report on some sections, while the others have spent what they spend."""
    part = replace(
        term,
        units=tuple(_poorer(term, plan_index, names)),
        sections=tuple(section for section in term.sections if section.id in names),
        shared=tuple(pair for pair in term.shared if pair.first in names and pair.second in names),
    )
    return check(part, Plan({name: plan_index.placed[name] for name in names if name in plan_index.placed}))


def _poorer(term: Term, plan_index: PlanIndex, names: set[str]) -> Iterable[Unit]:
    """The units without what the sections that are left out spend."""
    own: Counter[str] = Counter()
    for name in names:
        if name in plan_index.placed:
            for payer in term.payers(term.section[name]):
                own[payer] += plan_index.fees(name)
    for unit in term.units:
        others = plan_index.spent[unit.id] - own[unit.id]
        yield unit if unit.budget is None else replace(unit, budget=unit.budget - others)
