"""A section may name the teachers it can have."""

from collections.abc import Collection

from solver.model.domain import SectionDomain
from solver.model.resource_rules import ChoiceRule
from solver.model.timetable import Placed
from solver.problem.plan import Id
from solver.problem.term import Section


class TeacherAllowed(ChoiceRule):
    """The teacher is among the section's ``teachers`` where it names any."""

    code = "teacher not allowed"

    def narrow(self, domain: SectionDomain) -> None:
        teachers = domain.section.teachers
        if teachers is not None:
            domain.keep_teachers(lambda teacher: teacher.id in teachers)

    def named(self, section: Section) -> Collection[Id] | None:
        return section.teachers

    def used(self, placed: Placed) -> Id:
        return placed.teacher.id
