"""What is pinned stays as it is pinned."""

from collections.abc import Iterator

from solver.model.base import Rule
from solver.model.domain import SectionDomain
from solver.model.timetable import Placed
from solver.problem.violation import Violation, breaks


class PinHolds(Rule[Placed]):
    """Week, meetings, room and teacher equal the pinned ones, where any are pinned."""

    code = "pin"
    about = Placed

    def narrow(self, domain: SectionDomain) -> None:
        pin = domain.section.pinned
        if pin is None:
            return
        if pin.week is not None:
            domain.keep_weeks(lambda week: week == pin.week)
        if pin.meetings is not None:
            domain.only_meetings = tuple(sorted(pin.meetings))
        if pin.room is not None:
            domain.keep_rooms(lambda room: room.id == pin.room)
        if pin.teacher is not None:
            domain.keep_teachers(lambda teacher: teacher.id == pin.teacher)

    def check(self, subject: Placed) -> Iterator[Violation]:
        pin, placement = subject.section.pinned, subject.placement
        if pin is None:
            return
        if pin.week is not None and placement.week != pin.week:
            yield breaks(self.code, subject.section.id, "week")
        if pin.meetings is not None and subject.meetings != sorted(pin.meetings):
            yield breaks(self.code, subject.section.id, "meetings")
        if pin.room is not None and placement.room != pin.room:
            yield breaks(self.code, subject.section.id, "room")
        if pin.teacher is not None and placement.teacher != pin.teacher:
            yield breaks(self.code, subject.section.id, "teacher")
