"""Sections that are left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from solver.model.base import CostPart
from solver.model.timetable import Missing
from solver.problem.term import Section

if TYPE_CHECKING:
    from solver.model.assignment_model import AssignmentModel
    from solver.model.expression import Expression


class Unplaced(CostPart[Missing]):
    """Counts priority times learners of each section left out."""

    name = "unplaced"
    about = Missing

    def express(self, model: AssignmentModel) -> Expression:
        all_left_out = sum(unplaced_amount(section) for section in model.sections)
        return all_left_out - model.total((option, unplaced_amount(option.section)) for option in model.options)

    def amounts(self, subject: Missing) -> Iterator[int]:
        yield unplaced_amount(subject.section)


def unplaced_amount(section: Section) -> int:
    """How much a section counts when it is left out, unweighted."""
    return section.priority * section.size
