"""How far the learners within reach go."""

from collections.abc import Iterator

from solver.model.base import RoomCost
from solver.model.timetable import Placed
from solver.problem.reach import reached_communities
from solver.problem.term import Room, Section, Term, distance


class LearnerDistance(RoomCost):
    """Counts person-kilometres of the learners within reach, rounded down for each section."""

    name = "distance"

    def of_room(self, term: Term, section: Section, room: Room) -> int:
        venue = term.venue[room.venue]
        reached = reached_communities(term, section, venue)
        return sum(section.learners[name] * distance(term.community[name], venue) for name in reached) // 1000

    def amounts(self, subject: Placed) -> Iterator[int]:
        yield sum(people * subject.metres[name] for name, people in subject.reached.items()) // 1000
