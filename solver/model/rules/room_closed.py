"""Nobody meets in a room on a date it is closed."""

from collections.abc import Collection
from datetime import date

from solver.model.domain import SectionDomain
from solver.model.resource_rules import DatesRule
from solver.model.timetable import Placed
from solver.problem.plan import Id


class RoomClosed(DatesRule):
    """No session is held on a closed date of its room."""

    code = "room closed"

    def narrow(self, domain: SectionDomain) -> None:
        domain.room_closed = lambda room: room.closed

    def dates(self, placed: Placed) -> tuple[Id, Collection[date]]:
        return placed.room.id, placed.room.closed
