"""What each section may take, as flat arrays.

A menu is the legal hours of one room, or of one teacher, for sections with the same time patterns: most sections share
menus, so that each is priced once.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from solver.search.candidates import Candidates, SectionCandidates
from solver.search.lagrangian.timing import Numbers, Strands, array, starts_of


class Menus(NamedTuple):
    """Menu m is of room or teacher ``owner[m]`` for sections of ``patterns[m]``.

    The prices of all series of the time patterns stand from ``first[m]`` to before ``first[m + 1]``;
    ``legal[first_legal[m]:first_legal[m + 1]]`` are the numbers of the series that the menu has.
    """

    owner: Numbers
    patterns: Numbers
    first: Numbers
    first_legal: Numbers
    legal: Numbers
    pause: Numbers
    """For each owner which of the pauses of ``Timing.end`` follows a session."""


class Offers(NamedTuple):
    """Pairs of section s are ``first_pair[s]`` to ``first_pair[s + 1]``; the other lists are cut in the same way."""

    left_out: Numbers
    """What each section costs when it is not placed; FORBIDDEN where it must be."""
    first_pair: Numbers
    room_menu: Numbers
    teacher_menu: Numbers
    cost: Numbers
    fees: Numbers
    reach: Numbers
    """Which of the lists of communities each pair serves."""
    first_hour: Numbers
    hour_cost: Numbers
    """What each series of the section's time patterns costs by itself."""
    first_payer: Numbers
    payer: Numbers
    first_served: Numbers
    served: Numbers


FORBIDDEN = 1 << 60
"""More than anything costs."""


class MenuBook:
    """Collects menus; equal ones get one number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, int, int, int], int] = {}

    def number(self, owner: int, patterns: int, series: int, legal: int) -> int:
        """The menu of an owner for time patterns with so many series, of which those in a set are legal."""
        return self._numbers.setdefault((owner, patterns, series, legal), len(self._numbers))

    def menus(self, pause: Numbers) -> Menus:
        """The arrays of all that was collected."""
        keys = list(self._numbers)
        return Menus(
            owner=array(key[0] for key in keys),
            patterns=array(key[1] for key in keys),
            first=np.cumsum(array([0, *(key[2] for key in keys)])),
            first_legal=np.cumsum(array([0, *(key[3].bit_count() for key in keys)])),
            legal=np.concatenate([np.zeros(0, np.int64), *(_places(key[3], key[2]) for key in keys)]),
            pause=pause,
        )


class OfferBook:
    """Collects the offers of sections one by one."""

    def __init__(self, candidates: Candidates, strands: Strands) -> None:
        self._strands = strands
        term = candidates.term
        self._community = {name: number for number, name in enumerate(term.wanted_by)}
        budgets = (unit.id for unit in term.units if unit.budget is not None)
        self._budget = {unit: number for number, unit in enumerate(budgets)}
        self.rooms, self.teachers = MenuBook(), MenuBook()
        self._pairs: list[list[tuple[int, int, int, int, int]]] = []
        self._hour_costs: list[list[int]] = []
        self._payers: list[list[int]] = []
        self._served: list[list[int]] = []
        self._left_out: list[int] = []

    def add(self, section: SectionCandidates) -> None:
        """The next section."""
        reach = {venue: len(self._served) + at for at, venue in enumerate(section.reached)}
        self._served += ([self._community[name] for name in names] for names in section.reached.values())
        self._pairs.append(list(self._pairs_of(section, reach)))
        self._hour_costs.append(section.series_cost)
        self._payers.append([self._budget[unit] for unit in section.payers if unit in self._budget])
        must_be_placed = section.section.pinned is not None and bool(section.pairs)
        self._left_out.append(FORBIDDEN if must_be_placed else section.unplaced_cost)

    def offers(self) -> Offers:
        """The arrays of all sections."""
        rows = np.array([row for rows in self._pairs for row in rows], np.int64).reshape(-1, 5)
        room_menu, teacher_menu, cost, fees, reach = (rows[:, at].copy() for at in range(5))
        return Offers(
            left_out=array(self._left_out),
            first_pair=np.cumsum(array([0, *(len(rows) for rows in self._pairs)])),
            room_menu=room_menu,
            teacher_menu=teacher_menu,
            cost=cost,
            fees=fees,
            reach=reach,
            first_hour=starts_of(self._hour_costs),
            hour_cost=array(cost for costs in self._hour_costs for cost in costs),
            first_payer=starts_of(self._payers),
            payer=array(unit for units in self._payers for unit in units),
            first_served=starts_of(self._served),
            served=array(name for names in self._served for name in names),
        )

    def _pairs_of(self, section: SectionCandidates, reach: dict[int, int]) -> Iterator[tuple[int, int, int, int, int]]:
        patterns, series = self._strands.patterns(section.patterns), len(section.patterns.series)
        rooms: dict[int, int] = {}
        teachers: dict[int, int] = {}
        for pair in section.pairs:
            rooms[pair.room] = rooms.get(pair.room, 0) | pair.legal
            teachers[pair.teacher] = teachers.get(pair.teacher, 0) | pair.legal
        room_menu = {room: self.rooms.number(room, patterns, series, legal) for room, legal in rooms.items()}
        teacher_menu = {
            teacher: self.teachers.number(teacher, patterns, series, legal) for teacher, legal in teachers.items()
        }
        for pair in section.pairs:
            yield room_menu[pair.room], teacher_menu[pair.teacher], pair.cost, pair.fees, reach[pair.venue]


def _places(bits: int, size: int) -> Numbers:
    """The places of the bits of a set of numbers below ``size``."""
    packed = np.frombuffer(bits.to_bytes(-(-size // 8), "little"), np.uint8)
    return np.flatnonzero(np.unpackbits(packed, bitorder="little"))
