"""A room is used only while it is open."""

from collections.abc import Iterator

from solver.model.base import Rule
from solver.model.domain import SectionDomain
from solver.model.timetable import PlacedMeeting
from solver.problem.series import holding
from solver.problem.violation import Violation, breaks


class RoomOpen(Rule[PlacedMeeting]):
    """Every meeting lies inside one open window of its room."""

    code = "room open"
    about = PlacedMeeting

    def narrow(self, domain: SectionDomain) -> None:
        domain.room_hours = lambda room: room.open

    def check(self, subject: PlacedMeeting) -> Iterator[Violation]:
        placed, meeting = subject
        if not holding(placed.room.open, meeting, placed.section.minutes):
            yield breaks(self.code, placed.section.id, placed.room.id, *meeting)
