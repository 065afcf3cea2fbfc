"""Divides the people sent to a place into its sections: classes of even size, neighbours together."""

from collections.abc import Iterator, Mapping

from solver.location.assignment import Sent
from solver.location.instance import LocationProblem, WaitingCommunity, metres
from solver.location.proposal import ProposedSection


def divided(instance: LocationProblem, ways: Mapping[tuple[str, str], int], sent: Sent) -> Iterator[ProposedSection]:
    """The sections of all places, in the order in which the instance names them."""
    communities = {community.id: community for community in instance.communities}
    for place in instance.places:
        if place.id not in sent.counts:
            continue
        people = {way[0]: number for way, number in sent.flows.items() if way[1] == place.id}
        chain = _chain([communities[name] for name in people], {name: ways[name, place.id] for name in people})
        for taken in _classes([(name, people[name]) for name in chain], sent.counts[place.id]):
            yield ProposedSection(
                place.id,
                tuple(taken.items()),
                sum(ways[name, place.id] * number for name, number in taken.items()),
                max(ways[name, place.id] for name in taken),
            )


def _chain(communities: list[WaitingCommunity], ways: Mapping[str, int]) -> list[str]:
    """From the farthest community on always to the nearest that is left, so that cuts part few neighbours."""
    left = sorted(communities, key=lambda each: (-ways[each.id], each.id))
    chain: list[WaitingCommunity] = []
    while left:
        following = min(left, key=lambda each: (metres(chain[-1], each), each.id)) if chain else left[0]
        chain.append(following)
        left.remove(following)
    return [each.id for each in chain]


def _classes(people: list[tuple[str, int]], count: int) -> Iterator[dict[str, int]]:
    """So many classes of the same size, give or take one."""
    total = sum(number for _name, number in people)
    # what does not divide evenly goes to the first classes, one each
    sizes = [total // count + (number < total % count) for number in range(count)]
    waiting = iter(people)
    name, left = next(waiting)
    for size in sizes:
        taken: dict[str, int] = {}
        seats = size
        while seats:
            if not left:
                name, left = next(waiting)
            taken[name] = min(seats, left)
            seats, left = seats - taken[name], left - taken[name]
        yield taken
