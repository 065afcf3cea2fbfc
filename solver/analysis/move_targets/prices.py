"""What a placement adds to each part of the cost of a plan, worked out once for all places a section may go."""

from collections.abc import Mapping

from solver.analysis.plan_index import PlanIndex
from solver.model.cost_model import (
    CostByPart,
    added_overwork_cost,
    clash_cost,
    pair_costs,
    room_costs,
    series_costs,
    uncovered_cost,
    unplaced_cost,
)
from solver.problem.plan import Placement
from solver.problem.reach import reached_communities
from solver.problem.series import Series, series_of
from solver.problem.term import Room, Section, Teacher, Venue


class PlacementPrices:
    """The exact cost of one section at any place beside a plan that does not place it."""

    def __init__(self, plan_index: PlanIndex, section: Section) -> None:
        self._plan_index = plan_index
        self._term = plan_index.term
        self._section = section
        self._rooms: dict[str, CostByPart] = {}
        self._pairs: dict[tuple[str, str], CostByPart] = {}
        self._hours: dict[int, tuple[Series, CostByPart]] = {}
        self._gains: dict[str, int] = {}

    def left_out(self) -> CostByPart:
        """What the section costs when it has no place."""
        return _some({"unplaced": unplaced_cost(self._term, self._section)})

    def at(self, placement: Placement | None) -> CostByPart:
        """What any placement costs, or none; also one that breaks rules."""
        if placement is None:
            return self.left_out()
        term, section = self._term, self._section
        series = series_of(term.calendar, section, placement.week, placement.meetings)
        if series is None:
            series = Series(placement.week, tuple(sorted(placement.meetings)), section.minutes, (), 0, 0)
        return self.parts(term.room[placement.room], term.teacher[placement.teacher], series)

    def parts(self, room: Room, teacher: Teacher, series: Series) -> CostByPart:
        """What a room, a teacher and a series cost together."""
        coupled = {
            "overwork": self.overwork(teacher, series),
            "uncovered": -self.gain(self._term.venue[room.venue]),
        }
        return _some({**self.of_room(room), **self.of_pair(room, teacher), **self.of_series(series), **coupled})

    def of_room(self, room: Room) -> CostByPart:
        """What the room costs by itself."""
        if room.id not in self._rooms:
            self._rooms[room.id] = room_costs(self._term, self._section, room)
        return self._rooms[room.id]

    def of_pair(self, room: Room, teacher: Teacher) -> CostByPart:
        """What the teacher costs in the room, beyond the room."""
        key = room.id, teacher.id
        if key not in self._pairs:
            self._pairs[key] = pair_costs(self._term, self._section, room, teacher)
        return self._pairs[key]

    def of_series(self, series: Series) -> CostByPart:
        """What the hours cost by themselves and by the people who also want a section held then."""
        key = id(series)
        if key not in self._hours:
            costs = series_costs(self._term, self._section, series.week, series.meetings)
            # the series is kept with its costs: its id stays its own
            self._hours[key] = series, costs | {"clash": clash_cost(self._term, self._clashing(series))}
        return self._hours[key][1]

    def overwork(self, teacher: Teacher, series: Series) -> int:
        """What the sessions beyond the teacher's wish cost."""
        return added_overwork_cost(self._term, teacher, self._plan_index.load(teacher.id), series.load)

    def gain(self, venue: Venue) -> int:
        """What is gained by serving the communities near the venue that no other section serves."""
        if venue.id not in self._gains:
            reached = reached_communities(self._term, self._section, venue)
            self._gains[venue.id] = uncovered_cost(self._term, self._plan_index.count_unserved(reached))
        return self._gains[venue.id]

    def _clashing(self, series: Series) -> int:
        """How many people would want two sections at once."""
        people = 0
        for other, number in self._term.shared_with.get(self._section.id, ()):
            other_series = self._plan_index.series_of(other)
            if other_series is not None and series.overlaps(other_series):
                people += number
        return people


def cost_rise(before: Mapping[str, int], after: Mapping[str, int]) -> CostByPart:
    """By how much each part grows from one placement to another; negative where it falls."""
    return _some({part: after.get(part, 0) - before.get(part, 0) for part in (*before, *after)})


def _some(parts: Mapping[str, int]) -> CostByPart:
    return {part: amount for part, amount in parts.items() if amount}
