"""More of a room, a teacher or a budget."""

from datetime import date

from msgspec.structs import replace

from solver.analysis.relaxations.base import (
    Relaxation,
    RoomRelaxation,
    TeacherRelaxation,
    half_hours,
    with_changed,
    without,
    without_closures,
)
from solver.problem.hours import merged_hours
from solver.problem.plan import Id
from solver.problem.term import Hours, Room, Teacher, Term

METRES_A_POINT = 250
YUAN_A_POINT = 100


class OpenRoom(RoomRelaxation, frozen=True, tag="open room"):
    """A room is open at more hours of the week."""

    hours: tuple[Hours, ...]

    @property
    def effort(self) -> int:
        return half_hours(self.hours)

    def loosened(self, room: Room) -> Room:
        return replace(room, open=merged_hours((*room.open, *self.hours)))


class OpenRoomOn(RoomRelaxation, frozen=True, tag="open room on"):
    """A room is open on dates on which it was to be closed, all day or for some hours."""

    dates: tuple[date, ...]

    @property
    def effort(self) -> int:
        return 2 * len(self.dates)

    def loosened(self, room: Room) -> Room:
        busy = without_closures(room.busy, self.dates)
        return replace(room, closed=without(room.closed, self.dates), busy=busy)


class ExtendAvailability(TeacherRelaxation, frozen=True, tag="extend availability"):
    """A teacher has time at more hours of the week."""

    hours: tuple[Hours, ...]

    @property
    def effort(self) -> int:
        return 2 * half_hours(self.hours)

    def loosened(self, teacher: Teacher) -> Teacher:
        return replace(teacher, available=merged_hours((*teacher.available, *self.hours)))


class AttendOn(TeacherRelaxation, frozen=True, tag="attend on"):
    """A teacher comes on dates on which they were to be absent, all day or for some hours."""

    dates: tuple[date, ...]

    @property
    def effort(self) -> int:
        return 3 * len(self.dates)

    def loosened(self, teacher: Teacher) -> Teacher:
        busy = without_closures(teacher.busy, self.dates)
        return replace(teacher, absent=without(teacher.absent, self.dates), busy=busy)


class RaiseWeek(TeacherRelaxation, frozen=True, tag="raise week"):
    """A teacher gives so many more sessions a week."""

    sessions: int

    @property
    def effort(self) -> int:
        return 3 * self.sessions

    def loosened(self, teacher: Teacher) -> Teacher:
        return replace(teacher, max_week=teacher.max_week + self.sessions)


class RaiseDay(TeacherRelaxation, frozen=True, tag="raise day"):
    """A teacher gives so many more sessions a day."""

    sessions: int

    @property
    def effort(self) -> int:
        return 3 * self.sessions

    def loosened(self, teacher: Teacher) -> Teacher:
        return replace(teacher, max_day=teacher.max_day + self.sessions)


class ExtendTeacherReach(TeacherRelaxation, frozen=True, tag="extend teacher reach"):
    """A teacher goes so many metres farther from home."""

    metres: int

    @property
    def effort(self) -> int:
        return -(-self.metres // METRES_A_POINT)

    def loosened(self, teacher: Teacher) -> Teacher:
        return replace(teacher, max_metres=teacher.max_metres + self.metres)


class TeachSubject(TeacherRelaxation, frozen=True, tag="teach subject"):
    """A teacher teaches one more subject."""

    subject: str

    @property
    def effort(self) -> int:
        return 12

    def loosened(self, teacher: Teacher) -> Teacher:
        return replace(teacher, subjects=(*teacher.subjects, self.subject))


class RaiseBudget(Relaxation, frozen=True, tag="raise budget"):
    """A unit has so many yuan more for the term; one without a limit stays without."""

    unit: Id
    yuan: int

    @property
    def effort(self) -> int:
        return -(-self.yuan // YUAN_A_POINT)

    def apply(self, term: Term) -> Term:
        unit = term.unit[self.unit]
        return with_changed(
            term, "units", replace(unit, budget=None if unit.budget is None else unit.budget + self.yuan)
        )
