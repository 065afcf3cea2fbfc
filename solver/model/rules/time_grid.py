"""Meetings start on the grid of the calendar."""

from collections.abc import Iterator

from solver.model.base import Rule
from solver.model.domain import SectionDomain
from solver.model.timetable import PlacedMeeting
from solver.problem.violation import Violation, breaks


class TimeGrid(Rule[PlacedMeeting]):
    """Every meeting starts on a multiple of ``grid_minutes``."""

    code = "time grid"
    about = PlacedMeeting

    def narrow(self, domain: SectionDomain) -> None:
        domain.grid = domain.term.calendar.grid_minutes

    def check(self, subject: PlacedMeeting) -> Iterator[Violation]:
        placed, meeting = subject
        if meeting.start % placed.term.calendar.grid_minutes:
            yield breaks(self.code, placed.section.id)
