"""Which constraints have a price, by number.

The numbers run over the hours of rooms, the hours of teachers, the days of teachers, the weeks of teachers, the units
with a budget and the communities. An hour is a slot of ``Timing`` on a day; days are numbered weekday by weekday.
"""

from typing import NamedTuple

import numpy as np

from solver.model.cost_model import overwork_cost, uncovered_cost
from solver.search.candidates import Candidates
from solver.search.lagrangian.timing import Numbers, array

WEEKDAYS = 7


class Layout(NamedTuple):
    """Where the constraints of each kind begin, and how many there are of what they are about."""

    slots: int
    weeks: int
    rooms: int
    teachers: int
    teacher_hours: int
    teacher_days: int
    teacher_weeks: int
    budgets: int
    communities: int
    size: int


class ResourceLimits(NamedTuple):
    """Of each constraint: use must not exceed ``capacity``, or by up to ``slack`` at the given cost for each piece.

    Serving a community counts as a use of -1 with a capacity of -1.
    """

    capacity: Numbers
    slack: Numbers
    slack_cost: Numbers


def layout_of(candidates: Candidates, slots: int) -> Layout:
    """The numbering for a term."""
    term, weeks = candidates.term, candidates.term.calendar.weeks
    rooms, teachers = len(candidates.rooms), len(candidates.teachers)
    budgets = sum(unit.budget is not None for unit in term.units)
    sizes = [rooms * WEEKDAYS * slots * weeks, teachers * WEEKDAYS * slots * weeks, teachers * WEEKDAYS * weeks]
    sizes += [teachers * weeks, budgets, len(term.wanted_by)]
    return Layout(slots, weeks, rooms, teachers, *(int(end) for end in np.cumsum(sizes)))


def resource_limits_of(candidates: Candidates, layout: Layout) -> ResourceLimits:
    """The limits of all constraints."""
    term, weeks = candidates.term, layout.weeks
    capacity, slack, slack_cost = (np.zeros(layout.size, np.int64) for _ in range(3))
    capacity[: layout.teacher_days] = 1
    capacity[layout.teacher_days : layout.teacher_weeks] = np.repeat(
        array(teacher.max_day for teacher in term.teachers), WEEKDAYS * weeks
    )
    most = array(teacher.max_week for teacher in term.teachers)
    wanted_week = np.minimum(most, array(teacher.wanted_week for teacher in term.teachers))
    of_weeks = slice(layout.teacher_weeks, layout.budgets)
    capacity[of_weeks] = np.repeat(wanted_week, weeks)
    slack[of_weeks], slack_cost[of_weeks] = np.repeat(most - wanted_week, weeks), overwork_cost(term, sessions=1)
    capacity[layout.budgets : layout.communities] = array(unit.budget for unit in term.units if unit.budget is not None)
    capacity[layout.communities :] = -1
    slack[layout.communities :], slack_cost[layout.communities :] = 1, uncovered_cost(term, communities=1)
    return ResourceLimits(capacity, slack, slack_cost)


def rooms_among(layout: Layout, constraints: Numbers) -> Numbers:
    """The rooms that some constraints are about."""
    return constraints[constraints < layout.teacher_hours] // (WEEKDAYS * layout.slots * layout.weeks)


def teachers_among(layout: Layout, constraints: Numbers) -> Numbers:
    """The teachers that some constraints are about."""
    kinds = (
        (layout.teacher_hours, layout.teacher_days, WEEKDAYS * layout.slots * layout.weeks),
        (layout.teacher_days, layout.teacher_weeks, WEEKDAYS * layout.weeks),
        (layout.teacher_weeks, layout.budgets, layout.weeks),
    )
    of_kinds = [
        (constraints[(constraints >= first) & (constraints < end)] - first) // each for first, end, each in kinds
    ]
    return np.concatenate(of_kinds)
