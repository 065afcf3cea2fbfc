"""A room is used only while it is open."""

from collections.abc import Sequence

from solver.model.domain import SectionDomain
from solver.model.resource_rules import HoursRule
from solver.model.timetable import Placed
from solver.problem.plan import Id
from solver.problem.term import Hours


class RoomOpen(HoursRule):
    """Every meeting lies inside one open window of its room."""

    code = "room open"

    def narrow(self, domain: SectionDomain) -> None:
        domain.room_hours = lambda room: room.open

    def hours(self, placed: Placed) -> tuple[Id, Sequence[Hours]]:
        return placed.room.id, placed.room.open
