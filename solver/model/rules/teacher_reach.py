"""A teacher goes only so far from home."""

from collections.abc import Iterator

from solver.model.base import Rule
from solver.model.domain import SectionDomain
from solver.model.timetable import Placed
from solver.problem.term import distance
from solver.problem.violation import Violation, breaks


class TeacherReach(Rule[Placed]):
    """The venue lies within ``max_metres`` of the teacher's home."""

    code = "teacher reach"
    about = Placed

    def narrow(self, domain: SectionDomain) -> None:
        domain.keep_pairs(lambda venue, teacher: distance(teacher, venue) <= teacher.max_metres)

    def check(self, subject: Placed) -> Iterator[Violation]:
        if distance(subject.teacher, subject.venue) > subject.teacher.max_metres:
            yield breaks(self.code, subject.section.id, subject.teacher.id)
