"""Where a section fits beside the sections already placed, and what it adds to the total there."""

from collections.abc import Iterator
from random import Random

from solver.model.cost_model import clash_cost, overwork_cost
from solver.problem.time_patterns import Levels, levels
from solver.search.candidates import Pair
from solver.search.incumbent import CandidatePlacement, Incumbent

Opening = tuple[int, Pair, int]
"""What some placements of a section add to the total, their pair, and the set of their series."""


class Insertion:
    """The free placements of one section that is not placed; outdated as soon as the incumbent changes."""

    def __init__(self, incumbent: Incumbent, index: int) -> None:
        self._incumbent = incumbent
        self._candidates = incumbent.candidates.sections[index]
        self._rooms: dict[int, int] = {}
        self._teachers: dict[tuple[int, int], int] = {}
        self._gains: dict[int, int] = {}
        self._limit = 0

    def openings(self, limit: int) -> Iterator[Opening]:
        """The placements that add less than a limit, pairs that are cheap by themselves first."""
        incumbent, candidates = self._incumbent, self._candidates
        hours = self._priced_hours()
        if not hours:
            return
        self._limit = limit
        cheapest_hours = hours[0][0]
        highest_gain = incumbent.coverage_gain(candidates.section.learners)
        overwork = overwork_cost(incumbent.term, sessions=1)
        for pair in candidates.pairs:
            base = pair.cost - candidates.unplaced_cost
            # pairs stand in the order of their cost: no later one can stay below the limit either
            if base + cheapest_hours - highest_gain >= self._limit:
                return
            base -= self._gain(pair.venue)
            if base + cheapest_hours >= self._limit or not incumbent.affordable(candidates, pair.fees):
                continue
            free = self._free(pair)
            for extra, bearable in incumbent.extra_load(pair.teacher, candidates.patterns) if free else ():
                for cost, level in hours:
                    added = base + overwork * extra + cost
                    # ``best`` lowers the limit while it takes openings from here
                    if added >= self._limit:
                        break
                    if series := free & bearable & level:
                        yield added, pair, series

    def best(self, limit: int, random: Random | None = None) -> CandidatePlacement | None:
        """A placement that adds least and less than a limit; drawn among the hours that add as little."""
        chosen: tuple[Pair, int] | None = None
        for added, pair, series in self.openings(limit):
            self._limit = added
            chosen = pair, series
        if chosen is None:
            return None
        pair, series = chosen
        return self._incumbent.candidate(self._candidates.index, pair, _some_bit(series, random))

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
            gain = self._gains[venue] = self._incumbent.coverage_gain(self._candidates.reached[venue])
        return gain

    def _priced_hours(self) -> Levels:
        """The series by what they cost themselves and by the clashes they cause."""
        incumbent, candidates = self._incumbent, self._candidates
        hours = candidates.levels
        for other, people in incumbent.candidates.partners[candidates.index]:
            placed = incumbent.placements[other]
            if placed is not None:
                clashing = candidates.patterns.overlapping(placed.series, 0)
                price = clash_cost(incumbent.term, people)
                hours = levels(
                    split
                    for cost, bits in hours
                    for split in ((cost, bits & ~clashing), (cost + price, bits & clashing))
                )
        return hours


def _some_bit(bits: int, random: Random | None) -> int:
    """The place of one of the bits of a set that is not empty: any where chance is given, else the lowest."""
    # the first bit from a drawn place on: bits after gaps come more often, but no list of all bits has to be made
    skipped = random.randrange(bits.bit_length()) if random is not None else 0
    upper = bits >> skipped
    if not upper:
        upper, skipped = bits, 0
    return skipped + (upper & -upper).bit_length() - 1


def bits_of(bits: int) -> Iterator[int]:
    """The places of all bits of a set."""
    while bits:
        # of a number and its negative only the lowest bit is common
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low
