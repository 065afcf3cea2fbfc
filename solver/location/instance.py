"""What is known before sections of a course are proposed: people, places, sizes, limits and weights.

Units: metres on a plane, people, yuan. A distance is the street distance |dx| + |dy|.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product

MAX_PEOPLE = 100_000
FARTHEST = 10_000_000
HEAVIEST = 1_000_000


@dataclass(frozen=True)
class WaitingCommunity:
    """Where people live who want the course and have no section yet."""

    id: str
    x: int
    y: int
    people: int


@dataclass(frozen=True)
class GatheringPlace:
    """Where sections may gather: seats for each, how many at most, and what one section there costs in yuan."""

    id: str
    x: int
    y: int
    seats: int = 1000
    most_sections: int = 100
    price: int = 0


@dataclass(frozen=True)
class OpeningLimits:
    """The most sections to open and the most yuan to spend on them; None does not limit."""

    sections: int | None = None
    money: int | None = None


@dataclass(frozen=True)
class LocationWeights:
    """What is weighed against one person's metre of way.

    ``left_out`` for a person without a section, ``section`` for opening one. Fairness: ``unfair`` is added for each
    person above half of a community who is left out, and twice that again above three quarters, so that the last
    people of a community weigh most.
    """

    distance: int = 1
    left_out: int = 9_000
    section: int = 30_000
    unfair: int = 3_000


@dataclass(frozen=True)
class LocationProblem:
    """One course. ``minimum`` and ``maximum`` are class sizes, nobody goes farther than ``reach`` metres.

    Raises ValueError when it contradicts itself.
    """

    communities: tuple[WaitingCommunity, ...]
    places: tuple[GatheringPlace, ...]
    minimum: int
    maximum: int
    reach: int
    limits: OpeningLimits = OpeningLimits()
    weights: LocationWeights = field(default_factory=LocationWeights)

    def __post_init__(self) -> None:
        _unique("community", (community.id for community in self.communities))
        _unique("place", (place.id for place in self.places))
        _within("class sizes", self.minimum, 1, self.maximum)
        _within("class sizes", self.maximum, self.minimum, MAX_PEOPLE)
        _within("reach", self.reach, 0, FARTHEST)
        for community in self.communities:
            _within(f"people of {community.id}", community.people, 0, MAX_PEOPLE)
        for place in self.places:
            _within(f"seats of {place.id}", place.seats, 0, MAX_PEOPLE)
            _within(f"sections at {place.id}", place.most_sections, 0, MAX_PEOPLE)
            _within(f"price of {place.id}", place.price, 0, HEAVIEST)
        placements: list[WaitingCommunity | GatheringPlace] = [*self.communities, *self.places]
        for candidate in placements:
            _within(f"place of {candidate.id}", max(abs(candidate.x), abs(candidate.y)), 0, FARTHEST)
        weights = self.weights
        for weight in (weights.distance, weights.left_out, weights.section, weights.unfair):
            _within("a weight", weight, 0, HEAVIEST)

    def largest(self, place: GatheringPlace) -> int:
        """The largest class at a place; 0 where not even the smallest fits."""
        most = min(self.maximum, place.seats)
        return most if most >= self.minimum else 0

    def ways(self) -> dict[tuple[str, str], int]:
        """Metres by community and place, for those who want the course and the places in their reach that can be used.

        In the order of the communities, the nearest place first.
        """
        usable = [place for place in self.places if self.largest(place) and place.most_sections]
        wanting = [community for community in self.communities if community.people]
        ways = (
            (community.id, metres(community, place), place.id) for community, place in product(wanting, usable)
        )
        near = [way for way in ways if way[1] <= self.reach]
        rank = {community.id: number for number, community in enumerate(wanting)}
        near.sort(key=lambda way: (rank[way[0]], way[1], way[2]))
        return {(community, place): way for community, way, place in near}


def metres(start: WaitingCommunity | GatheringPlace, end: WaitingCommunity | GatheringPlace) -> int:
    """The street distance."""
    return abs(start.x - end.x) + abs(start.y - end.y)


def _unique(kind: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise ValueError(f"{kind} {name} is given twice")
        seen.add(name)


def _within(what: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise ValueError(f"{what}: {value} does not lie between {least} and {most}")
