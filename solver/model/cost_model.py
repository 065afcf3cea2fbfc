"""What single things cost, weighted: the one place that search, bounds, compiled tables and analysis read.

The parts of the cost (``solver.model.costs``) say what is counted; here it is weighed. Nothing else reads the weights
of a term by their names. Tests show that what follows from these costs is the cost that a plain check finds.
"""

from collections.abc import Sequence
from typing import Any

from solver.model.base import CostPart
from solver.model.costs import PAIR_COSTS, ROOM_COSTS, SERIES_COSTS
from solver.model.costs.clash import Clash
from solver.model.costs.overwork import Overwork
from solver.model.costs.uncovered import Uncovered
from solver.model.costs.unplaced import Unplaced, unplaced_amount
from solver.problem.plan import Meeting, Placement
from solver.problem.term import Room, Section, Teacher, Term
from solver.problem.time_patterns import extra_sessions

CostByPart = dict[str, int]
"""Weighted amounts by the name of a part of the cost."""

BEYOND_ANY_COST = 10**15
"""More than anything costs: a limit that lets everything pass."""

_CLASH, _OVERWORK, _UNCOVERED, _UNPLACED = Clash(), Overwork(), Uncovered(), Unplaced()


def room_costs(term: Term, section: Section, room: Room) -> CostByPart:
    """What a room costs for a section by itself."""
    return {part.name: _weight(term, part) * part.of_room(term, section, room) for part in ROOM_COSTS}


def pair_costs(term: Term, section: Section, room: Room, teacher: Teacher) -> CostByPart:
    """What a teacher costs in a room for a section, beyond the room."""
    return {part.name: _weight(term, part) * part.of_pair(term, section, room, teacher) for part in PAIR_COSTS}


def series_costs(term: Term, section: Section, week: int, meetings: Sequence[Meeting]) -> CostByPart:
    """What weekly meetings from a week on cost for a section by themselves."""
    return {part.name: _weight(term, part) * part.of_series(term, section, week, meetings) for part in SERIES_COSTS}


def room_cost(term: Term, section: Section, room: Room) -> int:
    """The sum of ``room_costs``."""
    return sum(room_costs(term, section, room).values())


def pair_cost(term: Term, section: Section, room: Room, teacher: Teacher) -> int:
    """The sum of ``pair_costs``."""
    return sum(pair_costs(term, section, room, teacher).values())


def series_cost(term: Term, section: Section, week: int, meetings: Sequence[Meeting]) -> int:
    """The sum of ``series_costs``."""
    return sum(series_costs(term, section, week, meetings).values())


def unplaced_cost(term: Term, section: Section) -> int:
    """What leaving a section out costs."""
    return _weight(term, _UNPLACED) * unplaced_amount(section)


def own_cost(term: Term, name: str, placement: Placement | None) -> int:
    """What a section costs whatever the others do: where it is, or left out."""
    section = term.section[name]
    if placement is None:
        return unplaced_cost(term, section)
    room, teacher = term.room[placement.room], term.teacher[placement.teacher]
    at_room = room_cost(term, section, room) + pair_cost(term, section, room, teacher)
    return at_room + series_cost(term, section, placement.week, placement.meetings)


def clash_cost(term: Term, people: int) -> int:
    """What it costs when so many people want two sections that overlap."""
    return _weight(term, _CLASH) * people


def overwork_cost(term: Term, sessions: int) -> int:
    """What so many sessions beyond what their teacher wants in a week cost."""
    return _weight(term, _OVERWORK) * sessions


def added_overwork_cost(term: Term, teacher: Teacher, load: int, added: int) -> int:
    """By how much overwork costs more when a teacher's packed load grows by another one."""
    return overwork_cost(term, extra_sessions(load, added, teacher.wanted_week))


def uncovered_cost(term: Term, communities: int) -> int:
    """What it costs when so many communities with learners are served by no section."""
    return _weight(term, _UNCOVERED) * communities


def empty_plan_cost(term: Term) -> int:
    """The cost of a plan that places no section."""
    return sum(unplaced_cost(term, section) for section in term.sections) + uncovered_cost(term, len(term.wanted_by))


def _weight(term: Term, part: CostPart[Any]) -> int:
    return part.weight(term.weights)
