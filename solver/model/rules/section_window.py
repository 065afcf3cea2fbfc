"""Learners have time only within the section's windows."""

from collections.abc import Iterator

from solver.model.base import Rule
from solver.model.domain import SectionDomain
from solver.model.timetable import PlacedMeeting
from solver.problem.series import holding
from solver.problem.violation import Violation, breaks


class SectionWindow(Rule[PlacedMeeting]):
    """Every meeting lies inside one window of the section."""

    code = "section window"
    about = PlacedMeeting

    def narrow(self, domain: SectionDomain) -> None:
        domain.windows = domain.section.windows

    def check(self, subject: PlacedMeeting) -> Iterator[Violation]:
        placed, meeting = subject
        if not holding(placed.section.windows, meeting, placed.section.minutes):
            yield breaks(self.code, placed.section.id, *meeting)
