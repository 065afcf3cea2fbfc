"""Teachers who give more sessions a week than they want."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from solver.model.base import CostPart
from solver.model.timetable import TeacherWeek

if TYPE_CHECKING:
    from solver.model.assignment_model import AssignmentModel
    from solver.model.expression import Expression


class Overwork(CostPart[TeacherWeek]):
    """Counts sessions of a teacher in a week above ``wanted_week``."""

    name = "overwork"
    about = TeacherWeek

    def express(self, model: AssignmentModel) -> Expression:
        amount: Expression = 0
        for teacher, weeks in model.teacher_weeks():
            for week in weeks:
                taken = Counter(model.fixed.sessions_in(teacher, number) for number in week.numbers)
                for sessions, repeated in taken.items():
                    amount += repeated * model.excess(week.sessions, teacher.wanted_week - sessions)
        return amount

    def amounts(self, subject: TeacherWeek) -> Iterator[int]:
        yield max(0, subject.sessions - subject.teacher.wanted_week)
