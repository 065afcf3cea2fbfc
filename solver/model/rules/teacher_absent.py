"""Nobody teaches on a date of absence."""

from collections.abc import Collection
from datetime import date

from solver.model.domain import SectionDomain
from solver.model.resource_rules import DatesRule
from solver.model.timetable import Placed
from solver.problem.plan import Id


class TeacherAbsent(DatesRule):
    """No session is held on a date its teacher is absent."""

    code = "teacher absent"

    def narrow(self, domain: SectionDomain) -> None:
        domain.teacher_absent = lambda teacher: teacher.absent

    def dates(self, placed: Placed) -> tuple[Id, Collection[date]]:
        return placed.teacher.id, placed.teacher.absent
