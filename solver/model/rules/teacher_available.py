"""A teacher teaches only while they are available."""

from collections.abc import Sequence

from solver.model.domain import SectionDomain
from solver.model.resource_rules import HoursRule
from solver.model.timetable import Placed
from solver.problem.plan import Id
from solver.problem.term import Hours


class TeacherAvailable(HoursRule):
    """Every meeting lies inside one available window of its teacher."""

    code = "teacher available"

    def narrow(self, domain: SectionDomain) -> None:
        domain.teacher_hours = lambda teacher: teacher.available

    def hours(self, placed: Placed) -> tuple[Id, Sequence[Hours]]:
        return placed.teacher.id, placed.teacher.available
