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

    def express(self, board: AssignmentModel) -> Expression:
        every = sum(urgency(section) for section in board.sections)
        return every - board.total((option, urgency(option.section)) for option in board.options)

    def amounts(self, subject: Missing) -> Iterator[int]:
        yield urgency(subject.section)


def urgency(section: Section) -> int:
    """How much a section counts when it is left out."""
    return section.priority * section.size
