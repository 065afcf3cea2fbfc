"""What is proposed: sections with their people, and who stays without one, and why."""

from dataclasses import dataclass
from enum import StrEnum

from solver.location.objective import LocationCost


class Why(StrEnum):
    """The reason why people of a community are left out."""

    NO_PLACE = "no_place"
    """No gathering place lies in their reach."""
    TOO_FEW = "too_few"
    """Too few people without a section live within reach of any place in their reach."""
    PLACES_FULL = "places_full"
    """Every place in their reach holds as many sections and people as it can."""
    LIMIT = "limit"
    """The limit on sections or on money is reached."""
    NOT_WORTH = "not_worth"
    """One more section would cost more than it would serve."""


@dataclass(frozen=True)
class ProposedSection:
    """A section that gathers at a place; ``taken`` are (community, people), ``metres`` the sum of all their ways."""

    place: str
    taken: tuple[tuple[str, int], ...]
    metres: int
    farthest: int

    @property
    def size(self) -> int:
        """People of all communities."""
        return sum(people for _community, people in self.taken)


@dataclass(frozen=True)
class LeftOut:
    """People of a community who stay without a section."""

    community: str
    people: int
    why: Why


@dataclass(frozen=True)
class LocationProposal:
    """Sections in the order of their places; ``proven`` says that no cheaper proposal exists."""

    sections: tuple[ProposedSection, ...]
    left_out: tuple[LeftOut, ...]
    cost: LocationCost
    proven: bool
