"""A pinned section is not left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from solver.model.base import Rule
from solver.model.timetable import Missing
from solver.problem.violation import Violation, breaks

if TYPE_CHECKING:
    from solver.model.assignment_model import AssignmentModel


class PinnedPlaced(Rule[Missing]):
    """Every section with a pin is placed."""

    code = "pinned section unplaced"
    about = Missing

    def post(self, model: AssignmentModel) -> None:
        for section in model.sections:
            if section.pinned:
                model.require(section)

    def check(self, subject: Missing) -> Iterator[Violation]:
        if subject.section.pinned:
            yield breaks(self.code, subject.section.id)
