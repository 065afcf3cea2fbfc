"""A map of a course's proposed sections without tiles: gathering places, who goes there, and who is left out."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from scheduler.geography import Place, Plane, middle
from scheduler.map_labels import Label, Labels
from scheduler.models import Community, PlaceSource, Proposal, Venue
from scheduler.proposals.queries import Unserved

WIDTH, MOST_HEIGHT, LEAST_HEIGHT, MARGIN = 960, 640, 320, 48
SMALLEST_METRES = 1500
SMALLEST, LARGEST, CROWDED = 4.0, 14.0, 0.55
MOST_NAMES, MOST_NUMBERS = 14, 40
"""Up to so many gathering places their names and their numbers of the table are written; a fuller map has neither."""
RULERS = (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)


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
    label: Label | None


@dataclass(frozen=True)
class Way:
    """From a community to where its people gather."""

    x: float
    y: float
    to_x: float
    to_y: float


@dataclass(frozen=True)
class Picture:
    """The map: ``ruler_metres`` are ``ruler`` units of the view box long."""

    spots: list[Spot]
    dots: list[Dot]
    ways: list[Way]
    width: int
    height: int
    ruler_metres: int
    ruler: float
    assumed: bool
    crowded: bool


class _Sheet:
    """Where places stand in the picture, north up."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.plane = Plane(middle(places))
        points = [self.plane.metres(place) for place in places]
        left, right = min(x for x, _y in points), max(x for x, _y in points)
        low, high = min(y for _x, y in points), max(y for _x, y in points)
        self.scale = min(
            (WIDTH - 2 * MARGIN) / max(SMALLEST_METRES, right - left),
            (MOST_HEIGHT - 3 * MARGIN) / max(SMALLEST_METRES // 2, high - low),
        )
        self.height = max(LEAST_HEIGHT, round((high - low) * self.scale) + 3 * MARGIN)
        self._middle = (left + right) / 2, (low + high) / 2

    def at(self, place: Place) -> tuple[float, float]:
        """In units of the view box."""
        x, y = self.plane.metres(place)
        return (
            round(WIDTH / 2 + (x - self._middle[0]) * self.scale, 1),
            round((self.height - MARGIN) / 2 - (y - self._middle[1]) * self.scale, 1),
        )


def picture(numbered: Sequence[tuple[int, Proposal]], unserved: Sequence[Unserved]) -> Picture | None:
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
    sheet = _Sheet(places)
    most = max([*served.values(), *left.values()])
    crowded = len(by_place) > MOST_NUMBERS
    scale = CROWDED if crowded else 1.0
    dots = [
        _dot(sheet, community, scale * _radius(people, most), people, left_out)
        for group, left_out in ((served, False), (left, True)) for community, people in group.items()
    ]
    ruler = max((metres for metres in RULERS if metres * sheet.scale <= WIDTH / 4), default=RULERS[0])
    return Picture(
        _spots(sheet, by_place), dots, _ways(sheet, by_place), WIDTH, sheet.height, ruler,
        round(ruler * sheet.scale, 1), any(place.place_source is PlaceSource.ASSUMED for place in places), crowded,
    )


def _radius(people: int, most: int) -> float:
    """So that areas are about as large as the people are many."""
    return SMALLEST + (LARGEST - SMALLEST) * sqrt(people / most)


def _dot(sheet: _Sheet, community: Community, radius: float, people: int, left_out: bool) -> Dot:
    return Dot(community.name, people, *sheet.at(community), round(radius, 1), left_out)


def _spots(sheet: _Sheet, by_place: dict[Venue | Community, list[tuple[int, Proposal]]]) -> list[Spot]:
    labels = Labels(WIDTH, sheet.height, [sheet.at(place) for place in by_place])
    named = len(by_place) <= MOST_NAMES
    return [
        Spot(
            place.name, _numbers([number for number, _proposal in held]), *sheet.at(place),
            labels.place(place.name, *sheet.at(place)) if named else None,
        )
        for place, held in by_place.items()
    ]


def _numbers(numbers: list[int]) -> str:
    """Such as 4, or 4–6: the sections of a place stand side by side in the table."""
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"


def _ways(sheet: _Sheet, by_place: dict[Venue | Community, list[tuple[int, Proposal]]]) -> list[Way]:
    pairs = {
        (entry.community, place)
        for place, held in by_place.items() for _number, proposal in held for entry in proposal.learners
    }
    return sorted(
        (Way(*sheet.at(community), *sheet.at(place)) for community, place in pairs),
        key=lambda way: (way.x, way.y, way.to_x, way.to_y),
    )
