"""A section may name the teachers it can have."""

from collections.abc import Iterator

from solver.model.base import Rule
from solver.model.domain import SectionDomain
from solver.model.timetable import Placed
from solver.problem.violation import Violation, breaks


class TeacherAllowed(Rule[Placed]):
    """The teacher is among the section's ``teachers`` where it names any."""

    code = "teacher not allowed"
    about = Placed

    def narrow(self, domain: SectionDomain) -> None:
        teachers = domain.section.teachers
        if teachers is not None:
            domain.keep_teachers(lambda teacher: teacher.id in teachers)

    def check(self, subject: Placed) -> Iterator[Violation]:
        teachers = subject.section.teachers
        if teachers is not None and subject.teacher.id not in teachers:
            yield breaks(self.code, subject.section.id, subject.teacher.id)
