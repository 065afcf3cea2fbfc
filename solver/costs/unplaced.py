"""Sections that are left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from solver.rule import CostPart
from solver.term import Section
from solver.timetable import Missing

if TYPE_CHECKING:
    from solver.board import Board
    from solver.expression import Expression


class Unplaced(CostPart[Missing]):
    """Counts priority times learners of each section left out."""

    name = "unplaced"
    about = Missing

    def express(self, board: Board) -> Expression:
        every = sum(urgency(section) for section in board.sections)
        return every - board.total((option, urgency(option.section)) for option in board.options)

    def amounts(self, subject: Missing) -> Iterator[int]:
        yield urgency(subject.section)


def urgency(section: Section) -> int:
    """How much a section counts when it is left out."""
    return section.priority * section.size
