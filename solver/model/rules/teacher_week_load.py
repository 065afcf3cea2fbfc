"""A teacher gives only so many sessions a week."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from solver.model.base import Rule
from solver.model.timetable import TeacherWeek
from solver.problem.violation import Violation, breaks

if TYPE_CHECKING:
    from solver.model.assignment_model import AssignmentModel


class TeacherWeekLoad(Rule[TeacherWeek]):
    """At most ``max_week`` sessions of a teacher in one week."""

    code = "teacher week load"
    about = TeacherWeek

    def post(self, model: AssignmentModel) -> None:
        for teacher, weeks in model.teacher_weeks():
            for week in weeks:
                taken = max(model.fixed.sessions_in(teacher, number) for number in week.numbers)
                model.at_most(week.sessions, teacher.max_week - taken)

    def check(self, subject: TeacherWeek) -> Iterator[Violation]:
        if subject.sessions > subject.teacher.max_week:
            yield breaks(self.code, subject.teacher.id, subject.week)
