"""A plan in the making over tables: who is where, what follows from it, and what was worked out and is still true."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.search.compiled import layout
from solver.search.compiled.bits import Words
from solver.search.compiled.layout import NOBODY, Records
from solver.search.compiled.tables import COMMUNITIES, EMPTY, FIRST_BUDGET, WEEKS, Tables


class State(NamedTuple):
    """See ``layout`` for the records."""

    placements: Records
    room_holders: Records
    teacher_holders: Records
    load: NDArray[np.int32]
    """Sessions of each teacher in each week."""
    on_day: NDArray[np.int32]
    """Sessions of each teacher on each day."""
    serving: NDArray[np.int32]
    """Placed sections within reach of each community."""
    spent: NDArray[np.int64]
    """Yuan of each unit with a budget."""
    scores: NDArray[np.int64]
    """Single numbers, see the constants below."""
    memos: Records
    extras: NDArray[np.int64]
    """For each teacher slot the extra sessions of its levels, rising."""
    sets: Words
    """What slots keep."""
    overlap: Words
    """Room for a set: the series that overlap another one."""
    level_costs: NDArray[np.int64]
    """Room for the priced hours of the section that is being placed; their sets stand in ``work``."""
    work: Words
    """Room for two sets, then for the sets of the priced hours."""
    own: NDArray[np.bool_]
    """Which sections the walk may touch."""
    part: NDArray[np.int64]
    """The sections that are being placed anew."""
    urgency: NDArray[np.float64]
    """Which of the part comes first."""
    before: Records
    """Where the sections of the part were before it was taken out, in the same order."""
    chance: NDArray[np.uint64]


TOTAL, CLOCK, LEVELS, PART = range(4)
"""Places in ``State.scores``: the cost of the plan; the last version given out; how many
 levels the priced hours have; how many sections the part has."""


def empty_state(tables: Tables) -> State:
    """A plan without placements."""
    weeks, teachers = int(tables.amounts[WEEKS]), len(tables.teachers)
    most_words = int(tables.patterns.words.max(initial=1))
    most_levels = int(tables.patterns.series.max(initial=1)) + 1
    patterns = tables.patterns[tables.teacher_slots.of_patterns]
    visited = tables.patterns.words[tables.teacher_slots.of_patterns[tables.visit_slots.teacher_slot]]
    in_rooms = tables.patterns.words[tables.room_slots.of_patterns]
    words = in_rooms.sum() + visited.sum() + (patterns.words * patterns.loads).sum()
    memos = len(tables.room_slots) + len(tables.teacher_slots) + len(tables.visit_slots)
    state = State(
        placements=_nobody(layout.PLACEMENT, len(tables.sections)),
        room_holders=_nobody(layout.HOLDER, len(tables.rooms)),
        teacher_holders=_nobody(layout.HOLDER, teachers),
        load=np.zeros((teachers, weeks), np.int32),
        on_day=np.zeros((teachers, 7 * weeks), np.int32),
        serving=np.zeros(int(tables.amounts[COMMUNITIES]), np.int32),
        spent=np.zeros(len(tables.amounts) - int(tables.amounts[FIRST_BUDGET]), np.int64),
        scores=np.zeros(4, np.int64),
        # holders begin with the version NOBODY: with one less no answer counts as known
        memos=np.full(memos, np.array((NOBODY - 1, 0), layout.MEMO)).view(np.recarray),
        extras=np.zeros(int(patterns.loads.sum()), np.int64),
        sets=np.zeros(int(words), np.uint64),
        overlap=np.zeros(most_words, np.uint64),
        level_costs=np.zeros(most_levels, np.int64),
        work=np.zeros((2 + most_levels) * most_words, np.uint64),
        own=np.ones(len(tables.sections), np.bool_),
        part=np.zeros(len(tables.sections), np.int64),
        urgency=np.zeros(len(tables.sections), np.float64),
        before=_nobody(layout.BEFORE, len(tables.sections)),
        chance=np.zeros(1, np.uint64),
    )
    state.scores[TOTAL] = tables.amounts[EMPTY]
    return state


def _nobody(kind: "np.dtype[np.void]", size: int) -> Records:
    """So many records with NOBODY in every field."""
    return np.full(size, np.array((NOBODY,) * len(kind.names or ()), kind)).view(np.recarray)
