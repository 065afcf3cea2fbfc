"""A section may name the venues it can use."""

from collections.abc import Iterator

from solver.model.base import Rule
from solver.model.domain import SectionDomain
from solver.model.timetable import Placed
from solver.problem.violation import Violation, breaks


class VenueAllowed(Rule[Placed]):
    """The venue is among the section's ``venues`` where it names any."""

    code = "venue not allowed"
    about = Placed

    def narrow(self, domain: SectionDomain) -> None:
        venues = domain.section.venues
        if venues is not None:
            domain.keep_rooms(lambda room: room.venue in venues)

    def check(self, subject: Placed) -> Iterator[Violation]:
        venues = subject.section.venues
        if venues is not None and subject.venue.id not in venues:
            yield breaks(self.code, subject.section.id, subject.venue.id)
