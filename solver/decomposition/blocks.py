"""The pieces of a city that a cut leaves whole: the sections that one unit pays for, unless they are too many."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, sin
from typing import TypeVar

from solver.problem.term import Section, Term

Place = tuple[float, float]
"""Metres on the plane of the term."""

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Block:
    """Sections of one unit that stay together, and where their learners live on average."""

    unit: str
    sections: tuple[Section, ...]
    place: Place

    @cached_property
    def subjects(self) -> frozenset[str]:
        """What the block learns."""
        return frozenset(section.subject for section in self.sections)


def blocks_of(term: Term, most: int) -> list[Block]:
    """All sections of a term in blocks of at most so many; blocks of one unit are neighbours."""
    homes = {community.id: (community.x, community.y) for community in term.communities}
    anywhere = middle(list(homes.values()))
    by_unit: dict[str, list[tuple[Place, Section]]] = {}
    for section in term.sections:
        lived_in = [homes[name] for name in section.learners]
        by_unit.setdefault(section.unit, []).append((middle(lived_in) if lived_in else anywhere, section))
    return [
        Block(unit, tuple(section for _, section in part), middle([place for place, _ in part]))
        for unit, placed in by_unit.items()
        for part in _cut(placed, most)
    ]


def _cut(placed: list[tuple[Place, Section]], most: int) -> list[list[tuple[Place, Section]]]:
    if len(placed) <= most:
        return [placed]
    first, second = halves(placed, place=lambda entry: entry[0], weight=lambda entry: 1)
    return [*_cut(first, most), *_cut(second, most)]


def middle(places: Sequence[Place]) -> Place:
    """The average of some places."""
    count = max(1, len(places))
    return sum(x for x, _ in places) / count, sum(y for _, y in places) / count


def halves(
    things: Sequence[Thing],
    place: Callable[[Thing], Place],
    weight: Callable[[Thing], int],
    turn: float = 0.0,
    share: float = 0.5,
) -> tuple[list[Thing], list[Thing]]:
    """Two or more things cut in two by a straight line, across the direction in which they spread most.

    ``turn`` rotates the two directions there are to choose from, in radians; ``share`` is the first half's part of
    the weight. Neither half is empty.
    """
    along = [place(thing)[0] * cos(turn) + place(thing)[1] * sin(turn) for thing in things]
    across = [place(thing)[1] * cos(turn) - place(thing)[0] * sin(turn) for thing in things]
    wider = along if max(along) - min(along) >= max(across) - min(across) else across
    order = sorted(range(len(things)), key=lambda at: wider[at])
    goal, reached, count = share * sum(map(weight, things)), 0, 0
    for at in order[:-1]:
        # a thing across the goal goes to the half in which more of it lies
        if count and reached + weight(things[at]) / 2 > goal:
            break
        reached += weight(things[at])
        count += 1
    return [things[at] for at in order[:count]], [things[at] for at in order[count:]]
