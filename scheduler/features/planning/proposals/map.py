"""A map of a course's proposed sections: gathering places, who goes there, and who is left out."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from scheduler.features.planning.proposals.queries import Unserved
from scheduler.maps.frame import MapFrame
from scheduler.maps.label_placement import Caption, Captions
from scheduler.models import Community, PlaceSource, Proposal, Venue

WIDTH, HEIGHTS, MARGIN = 1000, (360, 700), 80
SMALLEST_METRES = 1500
SMALLEST, LARGEST, CROWDED = 4.0, 14.0, 0.55
MAX_NAMES, MAX_NUMBERS = 14, 40
"""Up to so many gathering places their names and their numbers of the table are written; a fuller map has neither."""


@dataclass(frozen=True)
class Dot:
    """A community: ``radius`` by its people; those left out are told apart by shape as well as by colour."""

    name: str
    people: int
    x: float
    y: float
    radius: float
    left_out: bool


@dataclass(frozen=True)
class Spot:
    """A gathering place, with the numbers of its sections in the table and its name where there is room for them."""

    name: str
    numbers: str
    x: float
    y: float
    caption: Caption | None


@dataclass(frozen=True)
class GatheringWay:
    """From a community to where its people gather."""

    x: float
    y: float
    to_x: float
    to_y: float


@dataclass(frozen=True)
class ProposalMap:
    """All that is drawn within its frame; ``crowded`` when there is no room for names and numbers."""

    spots: list[Spot]
    dots: list[Dot]
    ways: list[GatheringWay]
    frame: MapFrame
    assumed: bool
    crowded: bool


def map_of(numbered: Sequence[tuple[int, Proposal]], unserved: Sequence[Unserved]) -> ProposalMap | None:
    """The map of these proposals, each with its number in the table; None where there is nothing to show."""
    by_place: defaultdict[Venue | Community, list[tuple[int, Proposal]]] = defaultdict(list)
    for number, proposal in numbered:
        if proposal.place is not None:
            by_place[proposal.place].append((number, proposal))
    served: defaultdict[Community, int] = defaultdict(int)
    for _number, proposal in numbered:
        for entry in proposal.learners:
            served[entry.community] += entry.people
    left = {row.community: row.people for row in unserved}
    places = [*by_place, *served, *left]
    if not places:
        return None
    frame = MapFrame.around(places, WIDTH, HEIGHTS, MARGIN, SMALLEST_METRES)
    most = max([*served.values(), *left.values()])
    crowded = len(by_place) > MAX_NUMBERS
    scale = CROWDED if crowded else 1.0
    dots = [
        _dot(frame, community, scale * _radius(people, most), people, left_out)
        for group, left_out in ((served, False), (left, True)) for community, people in group.items()
    ]
    assumed = any(place.place_source is PlaceSource.ASSUMED for place in places)
    return ProposalMap(_spots(frame, by_place), dots, _ways(frame, by_place), frame, assumed, crowded)


def _radius(people: int, most: int) -> float:
    """So that areas are about as large as the people are many."""
    return SMALLEST + (LARGEST - SMALLEST) * sqrt(people / most)


def _dot(frame: MapFrame, community: Community, radius: float, people: int, left_out: bool) -> Dot:
    return Dot(community.name, people, *frame.point(community), round(radius, 1), left_out)


def _spots(frame: MapFrame, by_place: dict[Venue | Community, list[tuple[int, Proposal]]]) -> list[Spot]:
    captions = Captions(frame.width, frame.height, [frame.point(place) for place in by_place])
    named = len(by_place) <= MAX_NAMES
    return [
        Spot(
            place.name, _numbers([number for number, _proposal in proposals]), *frame.point(place),
            captions.place(place.name, *frame.point(place)) if named else None,
        )
        for place, proposals in by_place.items()
    ]


def _numbers(numbers: list[int]) -> str:
    """Such as 4, or 4–6: the sections of a place stand side by side in the table."""
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"


def _ways(frame: MapFrame, by_place: dict[Venue | Community, list[tuple[int, Proposal]]]) -> list[GatheringWay]:
    pairs = {
        (entry.community, place)
        for place, proposals in by_place.items() for _number, proposal in proposals for entry in proposal.learners
    }
    return sorted(
        (GatheringWay(*frame.point(community), *frame.point(place)) for community, place in pairs),
        key=lambda way: (way.x, way.y, way.to_x, way.to_y),
    )
