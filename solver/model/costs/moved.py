"""What differs from the plan already published."""

from collections.abc import Iterator, Sequence

from solver.model.base import PairCost, RoomCost, SeriesCost
from solver.model.timetable import Placed
from solver.problem.plan import Meeting
from solver.problem.term import Room, Section, Teacher, Term


class MovedTime(SeriesCost):
    """Counts the learners of sections whose first week or meetings changed."""

    name = "moved_time"
    about = Placed

    def of_series(self, term: Term, section: Section, week: int, meetings: Sequence[Meeting]) -> int:
        before = term.previous.get(section.id)
        if before is None or (before.week == week and sorted(before.meetings) == sorted(meetings)):
            return 0
        return section.size

    def amounts(self, subject: Placed) -> Iterator[int]:
        before = subject.term.previous.get(subject.section.id)
        now = (subject.placement.week, subject.meetings)
        if before and (before.week, sorted(before.meetings)) != now:
            yield subject.section.size


class MovedRoom(RoomCost):
    """Counts the learners of sections whose room changed."""

    name = "moved_room"

    def of_room(self, term: Term, section: Section, room: Room) -> int:
        before = term.previous.get(section.id)
        return 0 if before is None or before.room == room.id else section.size

    def amounts(self, subject: Placed) -> Iterator[int]:
        before = subject.term.previous.get(subject.section.id)
        if before and before.room != subject.placement.room:
            yield subject.section.size


class MovedTeacher(PairCost):
    """Counts the learners of sections whose teacher changed."""

    name = "moved_teacher"

    def of_pair(self, term: Term, section: Section, room: Room, teacher: Teacher) -> int:
        before = term.previous.get(section.id)
        return 0 if before is None or before.teacher == teacher.id else section.size

    def amounts(self, subject: Placed) -> Iterator[int]:
        before = subject.term.previous.get(subject.section.id)
        if before and before.teacher != subject.placement.teacher:
            yield subject.section.size
