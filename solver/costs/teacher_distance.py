"""How far teachers go from home."""

from collections.abc import Iterator

from solver.rule import PairCost
from solver.term import Room, Section, Teacher, Term, distance
from solver.timetable import Placed


class TeacherDistance(PairCost):
    """Counts kilometres from the teacher's home to the venue over all sessions, rounded down for each section."""

    name = "teacher_distance"

    def of_pair(self, term: Term, section: Section, room: Room, teacher: Teacher) -> int:
        return distance(teacher, term.venue[room.venue]) * section.sessions // 1000

    def amounts(self, subject: Placed) -> Iterator[int]:
        yield distance(subject.teacher, subject.venue) * subject.section.sessions // 1000
