"""Cuts a course's communities into windows that are small enough to be solved well, along what divides them anyway."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from solver.location.instance import WaitingCommunity

LARGEST = 25
"""Communities in a window: CP-SAT covers so many in a fraction of a second."""


def neighbourhoods(
    communities: Sequence[WaitingCommunity], ways: Iterable[tuple[str, str]]
) -> list[list[WaitingCommunity]]:
    """Communities that have a place in common, directly or through others; those without any place are in none."""
    by_place: dict[str, str] = {}
    parent = {community.id: community.id for community in communities}

    def root(name: str) -> str:
        while parent[name] != name:
            # each name passed is hung one step higher, so that later ways are shorter (union-find)
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    reaching: set[str] = set()
    for community, place in ways:
        reaching.add(community)
        first = by_place.setdefault(place, community)
        parent[root(community)] = root(first)
    groups: defaultdict[str, list[WaitingCommunity]] = defaultdict(list)
    for each in communities:
        if each.id in reaching:
            groups[root(each.id)].append(each)
    return list(groups.values())


def cut_in_halves(group: list[WaitingCommunity], turn: int, largest: int = LARGEST) -> list[list[WaitingCommunity]]:
    """The group cut in two along its longer side until every piece is small enough.

    ``turn`` 0 cuts in the middle; 1 cuts first at a third, so that what was cut apart before lies within one piece.
    """
    if len(group) <= largest:
        return [group]
    wide = _spread(each.x for each in group) >= _spread(each.y for each in group)
    ordered = sorted(group, key=lambda each: ((each.x, each.y) if wide else (each.y, each.x), each.id))
    cut = len(ordered) // (3 if turn else 2)
    return [*cut_in_halves(ordered[:cut], 0, largest), *cut_in_halves(ordered[cut:], 0, largest)]


def _spread(values: Iterable[int]) -> int:
    numbers = list(values)
    return max(numbers) - min(numbers)
