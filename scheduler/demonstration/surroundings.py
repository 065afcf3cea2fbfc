"""What lies near whom: rooms that a class could use, communities that could learn together."""

from collections import Counter

from scheduler.demonstration.network import Network, Town
from scheduler.maps.geography import Plane, middle
from scheduler.models import Community, Course, Room, Venue


class Surroundings:
    """Knows which rooms a class could use."""

    def __init__(self, network: Network, venues: list[Venue]) -> None:
        self._plane = Plane(middle([town.place for town in network.towns]))
        self._rooms = [room for venue in venues for room in venue.rooms]

    def nearest(self, town: Town, community: Community, count: int) -> list[Community]:
        """The communities of a town nearest to one of them, itself first."""
        return sorted(town.communities, key=lambda other: self._plane.street_metres(community, other))[:count]

    def has_room(
        self, course: Course, learners: Counter[Community], reach_metres: int, venue: Venue | None = None
    ) -> bool:
        """Whether some room, of that venue or of any, seats them all, has what they need and is in reach of half."""
        rooms = self._rooms if venue is None else venue.rooms
        return any(self._fits(room, course, learners, reach_metres) for room in rooms)

    def _fits(self, room: Room, course: Course, learners: Counter[Community], reach_metres: int) -> bool:
        if room.capacity < learners.total() or not set(course.needs) <= set(room.features):
            return False
        reached = sum(
            people for community, people in learners.items()
            if self._plane.street_metres(community, room.venue) <= reach_metres
        )
        return 2 * reached >= learners.total()
