"""Two uses of a room never overlap, and leave its turnaround between them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from solver.model.base import Rule
from solver.model.timetable import RoomDay
from solver.problem.violation import Violation, breaks

if TYPE_CHECKING:
    from solver.model.assignment_model import AssignmentModel


class RoomOverlap(Rule[RoomDay]):
    """The next use of a room starts no earlier than a use's end plus ``turnaround``."""

    code = "room overlap"
    about = RoomDay

    def post(self, model: AssignmentModel) -> None:
        for room, days in model.room_days():
            for day in days:
                for group in day.simultaneous(pause=room.turnaround):
                    model.at_most_one(group)

    def check(self, subject: RoomDay) -> Iterator[Violation]:
        for earlier, later in pairwise(subject.uses):
            if earlier.end + subject.room.turnaround > later.start:
                date = subject.term.calendar.date(subject.day)
                yield breaks(self.code, subject.room.id, date, earlier.name, later.name)
