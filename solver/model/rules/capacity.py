"""A room seats everybody."""

from collections.abc import Iterator

from solver.model.base import Rule
from solver.model.domain import SectionDomain
from solver.model.timetable import Placed
from solver.problem.violation import Violation, breaks


class Capacity(Rule[Placed]):
    """The room has a seat for each learner of the section."""

    code = "capacity"
    about = Placed

    def narrow(self, domain: SectionDomain) -> None:
        domain.keep_rooms(lambda room: room.capacity >= domain.section.size)

    def check(self, subject: Placed) -> Iterator[Violation]:
        if subject.room.capacity < subject.section.size:
            yield breaks(self.code, subject.section.id, subject.room.id)
