"""A teacher gives only so many sessions a day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from solver.model.base import Rule
from solver.model.timetable import TeacherDay
from solver.problem.violation import Violation, breaks

if TYPE_CHECKING:
    from solver.model.assignment_model import AssignmentModel


class TeacherDayLoad(Rule[TeacherDay]):
    """At most ``max_day`` sessions of a teacher on one date."""

    code = "teacher day load"
    about = TeacherDay

    def post(self, model: AssignmentModel) -> None:
        for teacher, days in model.teacher_days():
            for day in days:
                taken = max(model.fixed.sessions_on(teacher, number) for number in day.numbers)
                model.at_most(((option, 1) for option in day.options()), teacher.max_day - taken)

    def check(self, subject: TeacherDay) -> Iterator[Violation]:
        if len(subject.uses) > subject.teacher.max_day:
            yield breaks(self.code, subject.teacher.id, subject.term.calendar.date(subject.day))
