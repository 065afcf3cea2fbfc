"""A small map without tiles: the venue, the visitor's community and the communities whose learners are expected."""

from dataclasses import dataclass

from scheduler.geography import Plane, middle
from scheduler.map_labels import Label, Labels
from scheduler.models import Community, PlaceSource, Venue
from scheduler.portal.offers import Offer

WIDTH, HEIGHT, MARGIN = 420, 300, 60
SMALLEST_METRES = 600
RULERS = (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)


@dataclass(frozen=True)
class Mark:
    """A place in the picture, ``x`` and ``y`` in the units of its view box, and where its name is written."""

    name: str
    x: float
    y: float
    label: Label


@dataclass(frozen=True)
class Picture:
    """The venue, the visitor (if known), the other communities, and a ruler: ``ruler_metres`` are ``ruler`` long."""

    venue: Mark
    here: Mark | None
    communities: list[Mark]
    ruler_metres: int
    ruler: float
    assumed: bool
    width: int = WIDTH
    height: int = HEIGHT


def surroundings(offer: Offer, here: Community | None) -> Picture:
    """The surroundings of an offer's venue, north up, all places inside the picture."""
    venue = offer.placement.room.venue
    communities = [entry.community for entry in offer.section.learners if here is None or entry.community.id != here.id]
    places: list[Venue | Community] = [venue, *communities, *([here] if here is not None else [])]
    plane = Plane(middle(places))
    points = [plane.metres(place) for place in places]
    spread_x = max(SMALLEST_METRES, *(abs(x) * 2 for x, _y in points))
    spread_y = max(SMALLEST_METRES * HEIGHT // WIDTH, *(abs(y) * 2 for _x, y in points))
    scale = min((WIDTH - 2 * MARGIN) / spread_x, (HEIGHT - 2 * MARGIN) / spread_y)

    drawn = [(round(WIDTH / 2 + x * scale, 1), round(HEIGHT / 2 - y * scale, 1)) for x, y in points]
    labels = Labels(WIDTH, HEIGHT, drawn)

    def mark(place: Venue | Community) -> Mark:
        x, y = drawn[places.index(place)]
        return Mark(place.name, x, y, labels.place(place.name, x, y))

    ruler = max((metres for metres in RULERS if metres * scale <= WIDTH / 3), default=RULERS[0])
    return Picture(
        mark(venue), mark(here) if here is not None else None, [mark(community) for community in communities], ruler,
        round(ruler * scale, 1),
        any(place.place_source is PlaceSource.ASSUMED for place in places),
    )
