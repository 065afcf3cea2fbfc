"""What a placement adds to each part of the cost of a plan, worked out once for all places a section may go."""

from collections.abc import Mapping

from solver.analysis.plan_index import PlanIndex
from solver.model.costs import PAIR_COSTS, ROOM_COSTS, SERIES_COSTS
from solver.model.costs.unplaced import urgency
from solver.problem.plan import Placement
from solver.problem.series import Series, series_of
from solver.problem.term import Room, Section, Teacher, Venue, distance
from solver.problem.time_patterns import above

Parts = dict[str, int]
"""Weighted amounts by the name of a part of the cost; parts that are nothing are left out."""


class PlacementPrices:
    """The exact cost of one section at any place beside a plan that does not place it."""

    def __init__(self, around: PlanIndex, section: Section) -> None:
        self._around = around
        self._term = around.term
        self._section = section
        self._rooms: dict[str, Parts] = {}
        self._pairs: dict[tuple[str, str], Parts] = {}
        self._hours: dict[int, tuple[Series, Parts]] = {}
        self._gains: dict[str, int] = {}
        self._loads: dict[str, int] = {}

    def left_out(self) -> Parts:
        """What the section costs when it has no place."""
        return _some({"unplaced": self._term.weights.unplaced * urgency(self._section)})

    def at(self, placement: Placement | None) -> Parts:
        """What any placement costs, or none; also one that breaks rules."""
        if placement is None:
            return self.left_out()
        term, section = self._term, self._section
        series = series_of(term.calendar, section, placement.week, placement.meetings)
        if series is None:
            series = Series(placement.week, tuple(sorted(placement.meetings)), section.minutes, (), 0, 0)
        return self.parts(term.room[placement.room], term.teacher[placement.teacher], series)

    def parts(self, room: Room, teacher: Teacher, series: Series) -> Parts:
        """What a room, a teacher and a series cost together."""
        coupled = {
            "overwork": self.overwork(teacher, series),
            "uncovered": -self.gain(self._term.venue[room.venue]),
        }
        return _some({**self.of_room(room), **self.of_pair(room, teacher), **self.of_series(series), **coupled})

    def of_room(self, room: Room) -> Parts:
        """What the room costs by itself."""
        if room.id not in self._rooms:
            self._rooms[room.id] = {
                part.name: part.weight(self._term.weights) * part.of_room(self._term, self._section, room)
                for part in ROOM_COSTS
            }
        return self._rooms[room.id]

    def of_pair(self, room: Room, teacher: Teacher) -> Parts:
        """What the teacher costs in the room, beyond the room."""
        key = room.id, teacher.id
        if key not in self._pairs:
            self._pairs[key] = {
                part.name: part.weight(self._term.weights) * part.of_pair(self._term, self._section, room, teacher)
                for part in PAIR_COSTS
            }
        return self._pairs[key]

    def of_series(self, series: Series) -> Parts:
        """What the hours cost by themselves and by the people who also want a section held then."""
        key = id(series)
        if key not in self._hours:
            term, weights = self._term, self._term.weights
            parts = {
                part.name: part.weight(weights) * part.of_series(term, self._section, series.week, series.meetings)
                for part in SERIES_COSTS
            }
            # the series is kept with its parts: its id stays its own
            self._hours[key] = series, parts | {"clash": weights.clash * self._clashing(series)}
        return self._hours[key][1]

    def overwork(self, teacher: Teacher, series: Series) -> int:
        """What the sessions beyond the teacher's wish cost."""
        if teacher.id not in self._loads:
            self._loads[teacher.id] = self._around.load(teacher.id)
        load, wish = self._loads[teacher.id], teacher.wanted_week
        return self._term.weights.overwork * (above(load + series.load, wish) - above(load, wish))

    def gain(self, venue: Venue) -> int:
        """What is gained by serving the communities near the venue that no other section serves."""
        if venue.id not in self._gains:
            section, community = self._section, self._term.community
            near = (name for name in section.learners if distance(community[name], venue) <= section.max_metres)
            self._gains[venue.id] = self._term.weights.uncovered * sum(not self._around.serves(name) for name in near)
        return self._gains[venue.id]

    def _clashing(self, series: Series) -> int:
        """How many people would want two sections at once."""
        people = 0
        for other, number in self._term.shared_with.get(self._section.id, ()):
            theirs = self._around.series_of(other)
            if theirs is not None and series.overlaps(theirs):
                people += number
        return people


def cost_rise(before: Mapping[str, int], after: Mapping[str, int]) -> Parts:
    """By how much each part grows from one placement to another; negative where it falls."""
    return _some({part: after.get(part, 0) - before.get(part, 0) for part in (*before, *after)})


def _some(parts: Mapping[str, int]) -> Parts:
    return {part: amount for part, amount in parts.items() if amount}
