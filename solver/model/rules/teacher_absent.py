"""Nobody teaches on a date of absence."""

from collections.abc import Iterator

from solver.model.base import Rule
from solver.model.domain import SectionDomain
from solver.model.timetable import PlacedSession
from solver.problem.violation import Violation, breaks


class TeacherAbsent(Rule[PlacedSession]):
    """No session is held on a date its teacher is absent."""

    code = "teacher absent"
    about = PlacedSession

    def narrow(self, domain: SectionDomain) -> None:
        domain.teacher_absent = lambda teacher: teacher.absent

    def check(self, subject: PlacedSession) -> Iterator[Violation]:
        absent = subject.placed.teacher.absent
        if absent and (date := subject.placed.term.calendar.date(subject.day)) in absent:
            yield breaks(self.code, subject.name, subject.placed.teacher.id, date)
