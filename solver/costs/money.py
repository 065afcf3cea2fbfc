"""What teachers and rooms are paid."""

from collections.abc import Iterator

from solver.rule import PairCost
from solver.term import Room, Section, Teacher, Term
from solver.timetable import Placed


class Money(PairCost):
    """Counts hundreds of yuan, rounded down for each section."""

    name = "money"

    def of_pair(self, term: Term, section: Section, room: Room, teacher: Teacher) -> int:
        return (teacher.fee + room.fee) * section.sessions // 100

    def amounts(self, subject: Placed) -> Iterator[int]:
        yield subject.fees // 100
