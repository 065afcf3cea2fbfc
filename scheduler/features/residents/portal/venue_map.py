"""A small map: the venue, the visitor's community and the communities whose learners are expected."""

from dataclasses import dataclass

from scheduler.features.residents.portal.offers import PortalOffer
from scheduler.maps.frame import MapFrame
from scheduler.maps.label_placement import Label, Labels
from scheduler.models import Community, PlaceSource, Venue

WIDTH, HEIGHT, MARGIN = 420, 300, 60


@dataclass(frozen=True)
class VenueMapMark:
    """A place in the map, ``x`` and ``y`` in the units of its view box, and where its name is written."""

    name: str
    x: float
    y: float
    label: Label


@dataclass(frozen=True)
class VenueMap:
    """The venue, the visitor (if known) and the other communities within their frame."""

    venue: VenueMapMark
    visitor: VenueMapMark | None
    communities: list[VenueMapMark]
    frame: MapFrame
    assumed: bool


def surroundings(offer: PortalOffer, home: Community | None) -> VenueMap:
    """The surroundings of an offer's venue, north up, all places inside the map."""
    venue = offer.placement.room.venue
    communities = [entry.community for entry in offer.section.learners if home is None or entry.community.id != home.id]
    places: list[Venue | Community] = [venue, *communities, *([home] if home is not None else [])]
    frame = MapFrame.around(places, WIDTH, (HEIGHT, HEIGHT), MARGIN)
    labels = Labels(WIDTH, HEIGHT, [frame.point(place) for place in places])

    def mark(place: Venue | Community) -> VenueMapMark:
        x, y = frame.point(place)
        return VenueMapMark(place.name, x, y, labels.place(place.name, x, y))

    return VenueMap(
        mark(venue),
        mark(home) if home is not None else None,
        [mark(community) for community in communities],
        frame,
        any(place.place_source is PlaceSource.ASSUMED for place in places),
    )
