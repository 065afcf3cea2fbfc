"""For whom a series is held together: each community by itself, or neighbours who share an activity."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from scheduler.activity_coverage import communities_of
from scheduler.extensions import db
from scheduler.geography import Plane, middle
from scheduler.models import ActivitySeries, Community, Room, Term, Unit, Venue
from scheduler.term_scope import near

MOST_PEOPLE = 1000
"""What a section takes of one community, and the largest activity."""


@dataclass(frozen=True)
class Group:
    """The communities of one section, the first of which names it, and the venues where all of them can come.

    ``venues`` is empty where no venue within reach of all has a room that is large enough.
    """

    people: dict[Community, int]
    venues: list[Venue]

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


def groups_of(series: ActivitySeries, known: Mapping[str, Collection[int]]) -> list[Group]:
    """All groups of a series; ``known`` are the communities, by id, of the groups for which sections are open.

    Whoever shares an activity already goes on sharing it as long as the rules of today allow it, so that a new
    community changes no more than it must.
    """
    return _Neighbours(series, known).groups()


class _Neighbours:
    """Puts communities together, first where sections are open."""

    def __init__(self, series: ActivitySeries, known: Mapping[str, Collection[int]]) -> None:
        self.series, self.known = series, known
        self.left = {community.code: community for community in communities_of(series)}
        self.seats = _seats(series)
        places: list[Community | Venue] = [*self.left.values(), *self.seats]
        plane = Plane(middle(places))
        self.places = {place: plane.metres(place) for place in places}

    def groups(self) -> list[Group]:
        """Every community in exactly one group, in the order of the network."""
        order = {code: number for number, code in enumerate(self.left)}
        found = [[self.left.pop(code)] for code in self.known if code in self.left]
        for members in found:
            self._extend(members, [self.left[code] for code in self._companions(members[0])])
        for members in found:
            self._extend(members, self._nearest(members[0]))
        while self.left:
            members = [self.left.pop(next(iter(self.left)))]
            self._extend(members, self._nearest(members[0]))
            found.append(members)
        return [self._group(members) for members in sorted(found, key=lambda some: order[some[0].code])]

    def _companions(self, first: Community) -> list[str]:
        ids = self.known[first.code]
        return [code for code, community in self.left.items() if community.id in ids]

    def _nearest(self, first: Community) -> list[Community]:
        return sorted(self.left.values(), key=lambda other: (self._metres(first, other), other.code))

    def _extend(self, members: list[Community], others: Sequence[Community]) -> None:
        """Let others join who live near the first member, pay from the same purse and leave a room for all."""
        within = self.series.sharing_metres
        for other in others if within is not None else ():
            near_enough = other.unit_id == members[0].unit_id and self._metres(members[0], other) <= (within or 0)
            if near_enough and self._group([*members, other]).venues:
                members.append(self.left.pop(other.code))

    def _group(self, members: Iterable[Community]) -> Group:
        people = {community: expected_people(self.series, community) for community in members}
        size, reach = sum(people.values()), self.series.reach_metres
        seating = [venue for venue, seats in self.seats.items() if size <= min(seats, MOST_PEOPLE)]
        venues = [venue for venue in seating if all(self._metres(community, venue) <= reach for community in people)]
        return Group(people, venues)

    def _metres(self, here: Community, there: Community | Venue) -> int:
        (x, y), (other_x, other_y) = self.places[here], self.places[there]
        return abs(x - other_x) + abs(y - other_y)


def _seats(series: ActivitySeries) -> dict[Venue, int]:
    """Venues of the wanted kinds that a plan may use: the seats of the largest room with what the content needs."""
    wanted, kinds = set(series.content.needs), set(series.venue_kinds)
    found: dict[Venue, int] = {}
    loaded = selectinload(Room.features), joinedload(Room.venue)
    for room in db.session.scalars(_rooms_near(series.term).options(*loaded)):
        if wanted <= set(room.features) and (not kinds or room.venue.kind in kinds):
            found[room.venue] = max(room.capacity, found.get(room.venue, 0))
    return dict(sorted(found.items(), key=lambda entry: entry[0].id))


def _rooms_near(term: Term) -> Select[Room]:
    standing = Room.archived_at.is_(None) & Venue.archived_at.is_(None)
    return select(Room).join(Room.venue).join(Venue.unit).where(near(term), standing).order_by(Room.id)
