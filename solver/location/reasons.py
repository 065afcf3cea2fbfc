"""Says of everybody who is left out why."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from solver.location.assignment import Sent
from solver.location.instance import LocationProblem
from solver.location.proposal import LeftOut, Why


def communities_left_out(
    instance: LocationProblem, ways: Mapping[tuple[str, str], int], sent: Sent
) -> Iterator[LeftOut]:
    """Those without a section, in the order of the communities."""
    study = _Study(instance, ways, sent)
    for community in instance.communities:
        if people := study.left.get(community.id, 0):
            yield LeftOut(community.id, people, study.why(community.id))


class _Study:
    """What the places could still do for those left out."""

    def __init__(self, instance: LocationProblem, ways: Mapping[tuple[str, str], int], sent: Sent) -> None:
        self.instance, self.counts = instance, sent.counts
        self.places = {place.id: place for place in instance.places}
        self.left = {each.id: each.people for each in instance.communities}
        self.load: defaultdict[str, int] = defaultdict(int)
        for (community, place), people in sent.flows.items():
            self.left[community] -= people
            self.load[place] += people
        self.reach: defaultdict[str, list[str]] = defaultdict(list)
        self.waiting: defaultdict[str, int] = defaultdict(int)
        for community, place in ways:
            self.reach[community].append(place)
            self.waiting[place] += self.left[community]

    def why(self, community: str) -> Why:
        """The reason that a coordinator can do most about."""
        places = self.reach[community]
        if not places:
            return Why.NO_PLACE
        if all(self._full(place) for place in places):
            return Why.PLACES_FULL
        open_places = [place for place in places if not self._full(place)]
        if all(self._too_few(place) for place in open_places):
            return Why.TOO_FEW
        return Why.LIMIT if self._limited(open_places) else Why.NOT_WORTH

    def _full(self, place: str) -> bool:
        most = self.places[place].most_sections
        return self.counts.get(place, 0) >= most and self.load[place] >= most * self._largest(place)

    def _too_few(self, place: str) -> bool:
        """Whether those who wait near do not fill one more section, and no section there has room for them."""
        room = self._largest(place) * self.counts.get(place, 0) - self.load[place]
        return self.waiting[place] < self.instance.minimum and room <= 0

    def _limited(self, places: list[str]) -> bool:
        limits = self.instance.limits
        opened = sum(self.counts.values())
        spent = sum(self.places[place].price * count for place, count in self.counts.items())
        cheapest = min(self.places[place].price for place in places)
        return (limits.sections is not None and opened >= limits.sections) or (
            limits.money is not None and spent + cheapest > limits.money
        )

    def _largest(self, place: str) -> int:
        return self.instance.largest(self.places[place])
