"""A teacher teaches only while she is available."""

from collections.abc import Iterator

from solver.model.base import Rule
from solver.model.domain import SectionDomain
from solver.model.timetable import PlacedMeeting
from solver.problem.series import holding
from solver.problem.violation import Violation, breaks


class TeacherAvailable(Rule[PlacedMeeting]):
    """Every meeting lies inside one available window of its teacher."""

    code = "teacher available"
    about = PlacedMeeting

    def narrow(self, domain: SectionDomain) -> None:
        domain.teacher_hours = lambda teacher: teacher.available

    def check(self, subject: PlacedMeeting) -> Iterator[Violation]:
        placed, meeting = subject
        if not holding(placed.teacher.available, meeting, placed.section.minutes):
            yield breaks(self.code, placed.section.id, placed.teacher.id, *meeting)
