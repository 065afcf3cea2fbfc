"""A section may name the venues it can use."""

from collections.abc import Collection

from solver.model.domain import SectionDomain
from solver.model.resource_rules import ChoiceRule
from solver.model.timetable import Placed
from solver.problem.plan import Id
from solver.problem.term import Section


class VenueAllowed(ChoiceRule):
    """The venue is among the section's ``venues`` where it names any."""

    code = "venue not allowed"

    def narrow(self, domain: SectionDomain) -> None:
        venues = domain.section.venues
        if venues is not None:
            domain.keep_rooms(lambda room: room.venue in venues)

    def named(self, section: Section) -> Collection[Id] | None:
        return section.venues

    def used(self, placed: Placed) -> Id:
        return placed.venue.id
