"""How far teachers go from home."""

from collections.abc import Iterator

from solver.model.base import PairCost
from solver.model.timetable import Placed
from solver.problem.term import Room, Section, Teacher, Term, distance


class TeacherDistance(PairCost):
    """Counts kilometres from the teacher's home to the venue over all sessions, rounded down for each section."""

    name = "teacher_distance"

    def of_pair(self, term: Term, section: Section, room: Room, teacher: Teacher) -> int:
        return distance(teacher, term.venue[room.venue]) * section.sessions // 1000

    def amounts(self, subject: Placed) -> Iterator[int]:
        yield distance(subject.teacher, subject.venue) * subject.section.sessions // 1000
