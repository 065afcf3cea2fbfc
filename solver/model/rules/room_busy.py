"""Nobody meets in a room at hours of a date at which it is busy."""

from solver.model.domain import SectionDomain
from solver.model.resource_rules import BusyRule
from solver.model.timetable import Placed
from solver.problem.busy import Busy
from solver.problem.plan import Id
from solver.problem.term import Room


class RoomBusy(BusyRule):
    """No session is held while its room is busy, nor in the pause before and after."""

    code = "room busy"

    def narrow(self, domain: SectionDomain) -> None:
        domain.room_busy = _busy

    def busy(self, placed: Placed) -> tuple[Id, Busy]:
        return placed.room.id, _busy(placed.room)


def _busy(room: Room) -> Busy:
    return [(hours, hours.pause) for hours in room.busy]
