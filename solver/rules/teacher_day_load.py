"""A teacher gives only so many sessions a day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from solver.rule import Rule
from solver.timetable import TeacherDay
from solver.violation import Violation, breaks

if TYPE_CHECKING:
    from solver.board import Board


class TeacherDayLoad(Rule[TeacherDay]):
    """At most ``max_day`` sessions of a teacher on one date."""

    about = TeacherDay

    def post(self, board: Board) -> None:
        for teacher, days in board.teacher_days():
            for day in days:
                taken = max(board.rest.sessions_on(teacher, number) for number in day.numbers)
                board.at_most(((use, 1) for use in day.uses), teacher.max_day - taken)

    def check(self, subject: TeacherDay) -> Iterator[Violation]:
        if len(subject.uses) > subject.teacher.max_day:
            yield breaks("teacher day load", subject.teacher.id, subject.term.calendar.date(subject.day))
