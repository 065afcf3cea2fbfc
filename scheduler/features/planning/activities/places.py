"""Who comes to which of the places in which an item of an event is held."""

from collections.abc import Callable, Sequence

from scheduler.models import Community

People = dict[Community, int]


def regions(communities: Sequence[Community], count: int) -> list[list[Community]]:
    """The communities in so many neighbourhoods of about the same number, none of them empty.

    There must be at least as many communities. What is more extended from north to south is cut there, else from
    west to east, again and again.
    """
    if count == 1:
        return [list(communities)]
    first = count // 2
    share = len(communities) * first // count
    ordered = sorted(communities, key=_along(communities))
    return regions(ordered[:share], first) + regions(ordered[share:], count - first)


def _along(communities: Sequence[Community]) -> Callable[[Community], tuple[float, str]]:
    tall = _extent([community.latitude for community in communities]) > _extent(
        [community.longitude for community in communities]
    )
    if tall:
        return lambda community: (community.latitude, community.code)
    return lambda community: (community.longitude, community.code)


def _extent(degrees: Sequence[float]) -> float:
    return max(degrees) - min(degrees)


def shared_out(people: int, communities: Sequence[Community]) -> People:
    """So many people from communities in proportion to their inhabitants; those from which nobody comes are left out.

    Whole numbers by the largest remainders.
    """
    weights = {community: max(1, community.population) for community in communities}
    total = sum(weights.values())
    shares = {community: people * weight // total for community, weight in weights.items()}
    rest = people - sum(shares.values())
    by_remainder = sorted(communities, key=lambda community: (-(people * weights[community] % total), community.code))
    for community in by_remainder[:rest]:
        shares[community] += 1
    return {community: count for community, count in shares.items() if count}


def visitors(people: int, communities: Sequence[Community], count: int) -> list[People]:
    """The people of each of so many places: neighbours together, in all as many as are expected."""
    parts = regions(communities, count)
    inhabitants = [sum(max(1, community.population) for community in part) for part in parts]
    numbers = _in_proportion(people, inhabitants)
    return [shared_out(number, part) for number, part in zip(numbers, parts, strict=True)]


def _in_proportion(people: int, weights: Sequence[int]) -> list[int]:
    """At least one for each, the rest in proportion to the weights."""
    free, total = people - len(weights), sum(weights)
    ends = [free * sum(weights[: number + 1]) // total for number in range(len(weights))]
    return [1 + end - before for end, before in zip(ends, [0, *ends], strict=False)]
