"""A unit and the units below it spend no more than its budget."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from solver.model.base import Rule
from solver.model.timetable import UnitSpending
from solver.problem.violation import Violation, breaks

if TYPE_CHECKING:
    from solver.model.assignment_model import AssignmentModel


class Budget(Rule[UnitSpending]):
    """The fees of all placed sections of a unit and of the units below it stay within its budget."""

    code = "budget"
    about = UnitSpending

    def post(self, model: AssignmentModel) -> None:
        for unit in model.paying_units():
            if unit.budget is not None:
                model.at_most(model.fees(unit), unit.budget - model.fixed.spent_by(unit))

    def check(self, subject: UnitSpending) -> Iterator[Violation]:
        if subject.budget is not None and subject.yuan > subject.budget:
            yield breaks(self.code, subject.unit, subject.yuan, subject.budget)
