"""Nobody meets in a room on a date it is closed."""

from collections.abc import Iterator

from solver.model.base import Rule
from solver.model.domain import SectionDomain
from solver.model.timetable import PlacedSession
from solver.problem.violation import Violation, breaks


class RoomClosed(Rule[PlacedSession]):
    """No session is held on a closed date of its room."""

    code = "room closed"
    about = PlacedSession

    def narrow(self, domain: SectionDomain) -> None:
        domain.room_closed = lambda room: room.closed

    def check(self, subject: PlacedSession) -> Iterator[Violation]:
        closed = subject.placed.room.closed
        if closed and (date := subject.placed.term.calendar.date(subject.day)) in closed:
            yield breaks(self.code, subject.name, subject.placed.room.id, date)
