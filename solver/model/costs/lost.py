"""Learners who live beyond reach of the venue."""

from collections.abc import Iterator

from solver.model.base import RoomCost
from solver.model.timetable import Placed
from solver.problem.reach import reached_learners
from solver.problem.term import Room, Section, Term


class Lost(RoomCost):
    """Counts the learners whose way to the venue is longer than the section's ``max_metres``."""

    name = "lost"

    def of_room(self, term: Term, section: Section, room: Room) -> int:
        return section.size - reached_learners(term, section, term.venue[room.venue])

    def amounts(self, subject: Placed) -> Iterator[int]:
        yield subject.lost
