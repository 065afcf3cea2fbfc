"""Communities that no placed section within reach serves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from solver.model.base import CostPart
from solver.model.timetable import Timetable

if TYPE_CHECKING:
    from solver.model.assignment_model import AssignmentModel
    from solver.model.expression import Expression


class Uncovered(CostPart[Timetable]):
    """Counts each community that has learners in some section and that no placed section within its reach serves."""

    name = "uncovered"
    about = Timetable

    def express(self, model: AssignmentModel) -> Expression:
        return sum(model.none_of(serving) for _, serving in model.unserved())

    def amounts(self, subject: Timetable) -> Iterator[int]:
        yield len(uncovered_communities(subject))


def uncovered_communities(timetable: Timetable) -> set[str]:
    """The communities with learners that no placed section reaches."""
    return timetable.term.wanted_by.keys() - {name for placed in timetable.placed for name in placed.reached}
