"""People who want two sections that overlap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from solver.model.base import CostPart
from solver.model.timetable import SharedPair
from solver.problem.series import any_overlap

if TYPE_CHECKING:
    from solver.model.assignment_model import AssignmentModel
    from solver.model.expression import Expression


class Clash(CostPart[SharedPair]):
    """Counts the people of a shared pair whose sections overlap on some date."""

    name = "clash"
    about = SharedPair

    def express(self, model: AssignmentModel) -> Expression:
        with_fixed: Expression = model.total(model.clashes_with_fixed())
        return sum((people * model.two_of(groups) for people, groups in model.clashing_pairs()), with_fixed)

    def amounts(self, subject: SharedPair) -> Iterator[int]:
        first, second = subject.first, subject.second
        minutes, other_minutes = first.section.minutes, second.section.minutes
        if any_overlap(first.sessions or (), minutes, second.sessions or (), other_minutes):
            yield subject.people
