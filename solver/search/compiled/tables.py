"""Candidates as flat arrays: all that the compiled walk needs to know of a term, never changed."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.search.compiled.bits import Words
from solver.search.compiled.layout import Records


class Tables(NamedTuple):
    """Arrays of the records of ``layout`` that have their names, and what these records refer to."""

    sections: Records
    pairs: Records
    patterns: Records
    starts: Records
    series: Records
    meetings: Records
    loads: Records
    levels: Records
    partners: Records
    rooms: Records
    teachers: Records
    venues: Records
    room_slots: Records
    teacher_slots: Records
    visit_slots: Records
    lists: NDArray[np.int32]
    """Communities, rooms, sections, units, sessions of weeks: whatever a record has several of."""
    amounts: NDArray[np.int64]
    """First single numbers, see the constants below; then the hours' costs of sections and the budgets of units."""
    sets: Words
    """Sets of series and of days; first, for each weekday, the set of its days."""


SINGLE_NUMBERS = 11
CLASH, UNCOVERED, OVERWORK, EMPTY, METRES_PER_MINUTE, OVERHEAD, STEP, WEEKS, DAY_WORDS, COMMUNITIES, FIRST_BUDGET = (
    range(SINGLE_NUMBERS)
)
"""Places in ``Tables.amounts``: what one clash, one community served by nobody and one session too many cost, and a
plan without placements; travel; the step on which all meetings start and end; weeks of the term; words of a set of
days; communities; and where budgets begin."""
