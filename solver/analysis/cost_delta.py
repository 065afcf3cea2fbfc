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
    around: PlanIndex, changes: Mapping[str, Placement | None], relaxed: Term | None = None
) -> CostDelta:
    """What happens when some sections of a plan go elsewhere or nowhere, in the same term or in a relaxed one.

    Exactly what a check of the whole plan before and after would find, as far as it differs.
    """
    after = around.changed(changes)
    touched = _in_touch(around, changes) | _in_touch(after, changes)
    old = _check(around.term, around, touched)
    new = _check(relaxed or around.term, after, touched)
    known = set(old.violations)
    parts = dict.fromkeys((*old.cost, *new.cost))
    rise = {part: new.cost.get(part, 0) - old.cost.get(part, 0) for part in parts}
    return CostDelta(
        violations=tuple(violation for violation in new.violations if violation not in known),
        cost={part: amount for part, amount in rise.items() if amount},
    )


def _in_touch(around: PlanIndex, names: Iterable[str]) -> set[str]:
    """Some sections with those in their rooms, with their teachers, with their learners or from their communities."""
    term = around.term
    touched = set(names)
    homes = {home for name in touched for home in term.section[name].learners}
    for name in tuple(touched):
        touched.update(other.id for other, _ in term.shared_with.get(name, ()))
        placement = around.placed.get(name)
        if placement is not None:
            touched.update(around.in_room[placement.room])
            touched.update(around.with_teacher[placement.teacher])
    return touched | {section.id for home in homes for section in term.wanted_by[home]}


def _check(term: Term, around: PlanIndex, names: set[str]) -> Report:
    """The report on some sections, while the others have spent what they spend."""
    part = replace(
        term,
        units=tuple(_poorer(term, around, names)),
        sections=tuple(section for section in term.sections if section.id in names),
        shared=tuple(pair for pair in term.shared if pair.first in names and pair.second in names),
    )
    return check(part, Plan({name: around.placed[name] for name in names if name in around.placed}))


def _poorer(term: Term, around: PlanIndex, names: set[str]) -> Iterable[Unit]:
    """The units without what the sections that are left out spend."""
    own: Counter[str] = Counter()
    for name in names:
        if name in around.placed:
            for payer in term.payers(term.section[name]):
                own[payer] += around.fees(name)
    for unit in term.units:
        others = around.spent[unit.id] - own[unit.id]
        yield unit if unit.budget is None else replace(unit, budget=unit.budget - others)
