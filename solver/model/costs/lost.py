"""Learners who live beyond reach of the venue."""

from collections.abc import Iterator

from solver.model.base import RoomCost
from solver.model.timetable import Placed
from solver.problem.term import Room, Section, Term, distance


class Lost(RoomCost):
    """Counts the learners whose way to the venue is longer than the section's ``max_metres``."""

    name = "lost"

    def of_room(self, term: Term, section: Section, room: Room) -> int:
        venue = term.venue[room.venue]
        return sum(
            people
            for name, people in section.learners.items()
            if distance(term.community[name], venue) > section.max_metres
        )

    def amounts(self, subject: Placed) -> Iterator[int]:
        yield subject.lost
