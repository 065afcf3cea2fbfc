"""What teachers and rooms are paid."""

from collections.abc import Iterator

from solver.model.base import PairCost
from solver.model.timetable import Placed
from solver.problem.term import Room, Section, Teacher, Term, fees_of


class Money(PairCost):
    """Counts hundreds of yuan, rounded down for each section."""

    name = "money"

    def of_pair(self, term: Term, section: Section, room: Room, teacher: Teacher) -> int:
        return fees_of(section, room, teacher) // 100

    def amounts(self, subject: Placed) -> Iterator[int]:
        yield subject.fees // 100
