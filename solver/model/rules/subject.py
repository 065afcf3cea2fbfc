"""A teacher teaches their own subjects only."""

from collections.abc import Iterator

from solver.model.base import Rule
from solver.model.domain import SectionDomain
from solver.model.timetable import Placed
from solver.problem.violation import Violation, breaks


class SubjectTaught(Rule[Placed]):
    """The section's subject is among those of the teacher."""

    code = "subject"
    about = Placed

    def narrow(self, domain: SectionDomain) -> None:
        domain.keep_teachers(lambda teacher: domain.section.subject in teacher.subjects)

    def check(self, subject: Placed) -> Iterator[Violation]:
        if subject.section.subject not in subject.teacher.subjects:
            yield breaks(self.code, subject.section.id, subject.teacher.id)
