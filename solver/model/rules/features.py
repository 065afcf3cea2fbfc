"""A room has what the course needs."""

from collections.abc import Iterator

from solver.model.base import Rule
from solver.model.domain import SectionDomain
from solver.model.timetable import Placed
from solver.problem.violation import Violation, breaks


class Features(Rule[Placed]):
    """All needs of the section are among the features of the room."""

    code = "features"
    about = Placed

    def narrow(self, domain: SectionDomain) -> None:
        domain.keep_rooms(lambda room: set(domain.section.needs) <= set(room.features))

    def check(self, subject: Placed) -> Iterator[Violation]:
        if any(need not in subject.room.features for need in subject.section.needs):
            yield breaks(self.code, subject.section.id, subject.room.id)
