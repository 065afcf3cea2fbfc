"""A teacher is in one place at a time and has time to travel."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from solver.model.base import Rule
from solver.model.timetable import TeacherDay
from solver.problem.violation import Violation, breaks

if TYPE_CHECKING:
    from solver.model.assignment_model import AssignmentModel


class TeacherOverlap(Rule[TeacherDay]):
    """A teacher's next session starts no earlier than the one before ends, plus the minutes of travel between them."""

    code = "teacher overlap or travel"
    about = TeacherDay

    def post(self, model: AssignmentModel) -> None:
        for _, days in model.teacher_days():
            for day in days:
                for group in day.simultaneous(pause=0):
                    model.at_most_one(group)
                for group in day.travel_conflicts(model.term.travel_minutes):
                    model.at_most_one(group)

    def check(self, subject: TeacherDay) -> Iterator[Violation]:
        for earlier, later in pairwise(subject.uses):
            travel = subject.term.travel_minutes(earlier.placed.venue, later.placed.venue)
            if earlier.end + travel > later.start:
                date = subject.term.calendar.date(subject.day)
                yield breaks(self.code, subject.teacher.id, date, earlier.name, later.name)
