"""For whom a series is held together: each community by itself, or neighbours who share an activity."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

from sqlalchemy import ColumnElement, func, select

from scheduler.core.extensions import db
from scheduler.domain.series_coverage import communities_of
from scheduler.domain.term_scope import near
from scheduler.maps.geography import Plane, middle
from scheduler.models import ActivitySeries, Community, Feature, Room, Unit, Venue, VenueKind

P = TypeVar("P")
K = TypeVar("K", bound=Hashable)
MAX_PEOPLE = 1000
"""What a section takes of one community, and the largest activity."""


@dataclass(frozen=True, eq=False)
class Seating:
    """A venue of a wanted kind by its id: where it lies, and the seats of its largest room with what is needed."""

    id: int
    latitude: float
    longitude: float
    seats: int


@dataclass(frozen=True)
class Group:
    """The communities of one section, the first of which names it, and the venues where all of them can come.

    ``venues`` is empty where no venue within reach of all has a room that is large enough.
    """

    people: dict[Community, int]
    venues: list[Seating]

    @property
    def first(self) -> Community:
        """The community that names the group."""
        return next(iter(self.people))

    @property
    def code(self) -> str:
        """The code of the first community."""
        return self.first.code

    @property
    def unit(self) -> Unit:
        """The unit that pays: that of the first community."""
        return self.first.unit

    @property
    def size(self) -> int:
        """People of all communities."""
        return sum(self.people.values())


def expected_people(series: ActivitySeries, community: Community) -> int:
    """How many people of a community are expected."""
    if series.per_thousand is None:
        return series.people
    share = round(community.population * series.per_thousand / 1000)
    return max(series.fewest, min(share, series.most))


def groups_of(series: ActivitySeries, open_groups: Mapping[str, Collection[int]]) -> list[Group]:
    """All groups of a series; ``open_groups`` are the communities, by id, of the groups for which sections are open.

    Whoever shares an activity already goes on sharing it as long as the rules of today allow it, so that a new
    community changes no more than it must.
    """
    return _Neighbours(series, open_groups).groups()


class _Neighbours:
    """Puts communities together, first where sections are open.

    So that a whole city can be looked through, each community is compared only with those of its street, and with the
    venues of its own and the surrounding squares of the map, each as wide as people go.
    """

    def __init__(self, series: ActivitySeries, open_groups: Mapping[str, Collection[int]]) -> None:
        self.series, self.open_groups = series, open_groups
        self.left = {community.code: community for community in communities_of(series)}
        venues = _venues_to_choose_from(series)
        places: list[Community | Seating] = [*self.left.values(), *venues]
        plane = Plane(middle(places))
        self.places = {place: plane.metres(place) for place in places}
        self.streets = _arranged(self.left.values(), lambda community: community.unit_id)
        self.squares = _arranged(venues, self._square)

    def groups(self) -> list[Group]:
        """Every community in exactly one group, in the order of the network."""
        order = {code: number for number, code in enumerate(self.left)}
        groups_of_members = [[self.left.pop(code)] for code in self.open_groups if code in self.left]
        for members in groups_of_members:
            self._extend(members, self._companions(members[0]))
        for members in groups_of_members:
            self._extend(members, self._nearest(members[0]))
        while self.left:
            members = [self.left.pop(next(iter(self.left)))]
            self._extend(members, self._nearest(members[0]))
            groups_of_members.append(members)
        return [self._group(members) for members in sorted(groups_of_members, key=lambda some: order[some[0].code])]

    def _companions(self, first: Community) -> list[Community]:
        return [other for other in self._left_in_street(first) if other.id in self.open_groups[first.code]]

    def _nearest(self, first: Community) -> list[Community]:
        return sorted(self._left_in_street(first), key=lambda other: (self._metres(first, other), other.code))

    def _left_in_street(self, first: Community) -> list[Community]:
        """Those without a group who pay from the same purse, in the order of the network."""
        return [other for other in self.streets[first.unit_id] if other.code in self.left]

    def _extend(self, members: list[Community], others: Sequence[Community]) -> None:
        """Let others of the street join who live near the first member and leave a room for all."""
        within = self.series.sharing_metres
        for other in others if within is not None else ():
            if self._metres(members[0], other) <= (within or 0) and self._group([*members, other]).venues:
                members.append(self.left.pop(other.code))

    def _group(self, members: Sequence[Community]) -> Group:
        people = {community: expected_people(self.series, community) for community in members}
        size, reach = sum(people.values()), self.series.reach_metres
        seating = [venue for venue in self._venues_around(members[0]) if size <= min(venue.seats, MAX_PEOPLE)]
        venues = [venue for venue in seating if all(self._metres(community, venue) <= reach for community in people)]
        return Group(people, sorted(venues, key=lambda venue: venue.id))

    def _venues_around(self, community: Community) -> Iterator[Seating]:
        """All venues within reach of a community, and some that lie further away."""
        column, row = self._square(community)
        for square in product(range(column - 1, column + 2), range(row - 1, row + 2)):
            yield from self.squares.get(square, ())

    def _square(self, place: Community | Seating) -> tuple[int, int]:
        x, y = self.places[place]
        return x // self.series.reach_metres, y // self.series.reach_metres

    def _metres(self, community: Community, place: Community | Seating) -> int:
        (x, y), (other_x, other_y) = self.places[community], self.places[place]
        return abs(x - other_x) + abs(y - other_y)


def _arranged(places: Iterable[P], key: Callable[[P], K]) -> dict[K, list[P]]:
    """Places by what they have in common, each list in the order of the places."""
    arranged = defaultdict(list)
    for place in places:
        arranged[key(place)].append(place)
    return dict(arranged)


def _venues_to_choose_from(series: ActivitySeries) -> list[Seating]:
    """By id, those that a plan may use; as plain values, for a city has thousands."""
    standing = Room.archived_at.is_(None) & Venue.archived_at.is_(None)
    statement = (
        select(Venue.id, Venue.latitude, Venue.longitude, func.max(Room.capacity))
        .join(Venue.rooms)
        .join(Venue.unit)
        .where(near(series.term), standing, *_wishes(series))
        .group_by(Venue.id)
        .order_by(Venue.id)
    )
    return [Seating(*row) for row in db.session.execute(statement)]


def _wishes(series: ActivitySeries) -> Iterator[ColumnElement[bool]]:
    """Conditions on ``rooms`` and ``venues``: of a wanted kind, with what the content needs."""
    if series.venue_kinds:
        yield Venue.kind.in_([VenueKind(kind) for kind in series.venue_kinds])
    for feature in series.content.needs:
        yield Room.features.any(Feature.code == feature.code)
