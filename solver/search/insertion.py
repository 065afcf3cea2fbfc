"""Where a section fits beside the sections already placed, and what it adds to the total there."""

from collections.abc import Iterator
from random import Random

from solver.problem.time_patterns import Levels, levels
from solver.search.candidates import Pair
from solver.search.incumbent import CandidatePlacement, Incumbent

Opening = tuple[int, Pair, int]
"""What some spots of a section add to the total, their pair, and the set of their series."""


class Insertion:
    """The free spots of one section that is not placed; outdated as soon as the ledger changes."""

    def __init__(self, incumbent: Incumbent, index: int) -> None:
        self._incumbent = incumbent
        self._candidates = incumbent.candidates.sections[index]
        self._rooms: dict[int, int] = {}
        self._teachers: dict[tuple[int, int], int] = {}
        self._gains: dict[int, int] = {}
        self._below = 0

    def openings(self, below: int) -> Iterator[Opening]:
        """The spots that add less than ``below``."""
        incumbent, candidates = self._incumbent, self._candidates
        hours = self._priced_hours()
        if not hours:
            return
        self._below = below
        unplaced, cheapest = incumbent.unplaced_cost[candidates.index], hours[0][0]
        highest_gain = incumbent.coverage_gain(candidates.section.learners)
        overwork = incumbent.candidates.term.weights.overwork
        for pair in candidates.pairs:
            base = pair.cost - unplaced
            if base + cheapest - highest_gain >= self._below:
                return
            base -= self._gain(pair.venue)
            if base + cheapest >= self._below or not incumbent.affordable(candidates, pair.fees):
                continue
            free = self._free(pair)
            for extra, bearable in incumbent.extra_load(pair.teacher, candidates.patterns) if free else ():
                for cost, level in hours:
                    added = base + overwork * extra + cost
                    if added >= self._below:
                        break
                    if found := free & bearable & level:
                        yield added, pair, found

    def best(self, below: int, random: Random | None = None) -> CandidatePlacement | None:
        """A spot that adds least to the total and less than ``below``; drawn among the hours that add as little."""
        chosen: tuple[Pair, int] | None = None
        for added, pair, found in self.openings(below):
            self._below = added
            chosen = pair, found
        if chosen is None:
            return None
        pair, found = chosen
        return self._incumbent.candidate(self._candidates.index, pair, _some_bit(found, random))

    def _free(self, pair: Pair) -> int:
        """The series at which room and teacher of a pair are free."""
        incumbent, patterns = self._incumbent, self._candidates.patterns
        room = self._rooms.get(pair.room)
        if room is None:
            room = self._rooms[pair.room] = incumbent.room_free(pair.room, patterns)
        key = pair.teacher, pair.venue
        teacher = self._teachers.get(key)
        if teacher is None:
            teacher = self._teachers[key] = incumbent.teacher_free(pair.teacher, pair.venue, patterns)
        return pair.legal & room & teacher

    def _gain(self, venue: int) -> int:
        gain = self._gains.get(venue)
        if gain is None:
            gain = self._gains[venue] = self._incumbent.coverage_gain(self._candidates.near[venue])
        return gain

    def _priced_hours(self) -> Levels:
        """The series by what they cost themselves and by the clashes they cause."""
        incumbent, candidates = self._incumbent, self._candidates
        hours = candidates.levels
        for other, people in incumbent.candidates.partners[candidates.index]:
            candidate = incumbent.placements[other]
            if candidate is not None:
                clashing = candidates.patterns.overlapping(candidate.series, 0)
                price = incumbent.candidates.term.weights.clash * people
                hours = levels(
                    split
                    for cost, bits in hours
                    for split in ((cost, bits & ~clashing), (cost + price, bits & clashing))
                )
        return hours


def _some_bit(bits: int, random: Random | None) -> int:
    """The place of one of the bits of a set that is not empty: any where chance is given, else the lowest."""
    skipped = random.randrange(bits.bit_length()) if random is not None else 0
    upper = bits >> skipped
    if not upper:
        upper, skipped = bits, 0
    return skipped + (upper & -upper).bit_length() - 1


def bits_of(bits: int) -> Iterator[int]:
    """The places of all bits of a set."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low
