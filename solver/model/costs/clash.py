"""People who want two sections that overlap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from solver.model.base import CostPart
from solver.model.timetable import SharedPair

if TYPE_CHECKING:
    from solver.model.assignment_model import AssignmentModel
    from solver.model.expression import Expression


class Clash(CostPart[SharedPair]):
    """Counts the people of a shared pair whose sections overlap on some date."""

    name = "clash"
    about = SharedPair

    def express(self, board: AssignmentModel) -> Expression:
        against_rest: Expression = board.total(board.clashes_with_rest())
        return sum((people * board.two_of(groups) for people, groups in board.clashing_pairs()), against_rest)

    def amounts(self, subject: SharedPair) -> Iterator[int]:
        first, second = subject.first, subject.second
        starts: dict[int, list[int]] = {}
        for session in second.sessions or ():
            starts.setdefault(session.day, []).append(session.start)
        for day, start in first.sessions or ():
            for other in starts.get(day, ()):
                if start < other + second.section.minutes and other < start + first.section.minutes:
                    yield subject.people
                    return
