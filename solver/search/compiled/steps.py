"""Ruin and recreate: take a few related sections out, put each back where it adds least, keep what is better.

A worse plan is kept with a chance that falls with the temperature, so that the walk leaves dead ends while it is warm
(Schrimpf and others, 2000, "Record breaking optimization results using the ruin and recreate principle").
"""

from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver.search.compiled.chance import below, share, shuffle
from solver.search.compiled.changes import place, remove
from solver.search.compiled.compiler import compiled, door
from solver.search.compiled.insertion import best_placement
from solver.search.compiled.layout import NOBODY
from solver.search.compiled.neighbourhoods import NAMES, choose, join
from solver.search.compiled.state import PART, TOTAL, State
from solver.search.compiled.tables import Tables

LARGEST_PART = 10
RETRY_UNPLACED = 0.05
"""How often the sections left out are tried along."""
OVERLOOKED = 0.0
"""How often a pair that would do is passed over; more than nothing made no difference beyond chance."""
NO_LIMIT = 1 << 60
"""What a pinned section may add: it is placed at any price."""


@door
def walk(tables: Tables, state: State, steps: int, temperature: float, gains: NDArray[np.int64]) -> None:
    """Take so many steps. ``gains`` collects what each neighbourhood won."""
    for _ in range(steps):
        neighbourhood = below(state.chance, len(NAMES))
        first = below(state.chance, len(state.placements))
        if state.own[first]:
            gains[neighbourhood] += max(0, _step(tables, state, neighbourhood, first, temperature))


@compiled
def _step(tables: Tables, state: State, neighbourhood: int, first: int, temperature: float) -> Any:
    """Make a part anew; by how much the total fell, negative where it rose."""
    choose(tables, state, neighbourhood, first, 2 + below(state.chance, LARGEST_PART - 1))
    if share(state.chance) < RETRY_UNPLACED:
        _join_unplaced(state)
    before = state.scores[TOTAL]
    _put_in_order(tables, state)
    _take_out(tables, state)
    for at in range(state.scores[PART]):
        _put_in(tables, state, state.part[at])
    if _drops_a_pin(tables, state) or not _accepted(state, state.scores[TOTAL] - before, temperature):
        _undo(tables, state)
    return before - state.scores[TOTAL]


@compiled
def _accepted(state: State, worse: int, temperature: float) -> Any:
    # Metropolis: with the chance exp(-worse / temperature), drawn by comparing logarithms; a share is never 1
    return worse <= 0 or (temperature > 0 and worse < -temperature * log(1 - share(state.chance)))


@compiled
def _join_unplaced(state: State) -> None:
    """Add the sections left out."""
    for section in range(len(state.placements)):
        if state.placements[section].pair == NOBODY:
            join(state, section)


@compiled
def _put_in_order(tables: Tables, state: State) -> None:
    """Any order, or one in which sections that cost much left out tend to come first; pinned ones always do."""
    size = state.scores[PART]
    shuffle(state.chance, state.part, size)
    by_cost = share(state.chance) < 0.5
    for at in range(size):
        section = tables.sections[state.part[at]]
        urgency = section.unplaced_cost * share(state.chance) if by_cost else 0.0
        state.urgency[at] = urgency + section.pinned * NO_LIMIT
    # by insertion, which keeps the shuffled order of those that tie
    for end in range(1, size):
        at = end
        while at > 0 and state.urgency[at - 1] < state.urgency[at]:
            state.urgency[at - 1], state.urgency[at] = state.urgency[at], state.urgency[at - 1]
            state.part[at - 1], state.part[at] = state.part[at], state.part[at - 1]
            at -= 1


@compiled
def _take_out(tables: Tables, state: State) -> None:
    """Remove the part and note where its sections were."""
    for at in range(state.scores[PART]):
        section = state.part[at]
        placement, before = state.placements[section], state.before[at]
        before.pair, before.number = placement.pair, placement.number
        if placement.pair != NOBODY:
            remove(tables, state, section)


@compiled
def _put_in(tables: Tables, state: State, section: int) -> None:
    """Place a section where it adds least, if that is better than to leave it out; a pinned one in any case."""
    limit = NO_LIMIT if tables.sections[section].pinned else 0
    pair, number = best_placement(tables, state, section, limit, OVERLOOKED)
    if pair != NOBODY:
        place(tables, state, section, pair, number)


@compiled
def _drops_a_pin(tables: Tables, state: State) -> Any:
    for at in range(state.scores[PART]):
        section = state.part[at]
        if tables.sections[section].pinned and state.placements[section].pair == NOBODY:
            return True
    return False


@compiled
def _undo(tables: Tables, state: State) -> None:
    """Put the part back where it was."""
    # all out before any comes in: two may have taken each other's places
    for at in range(state.scores[PART]):
        if state.placements[state.part[at]].pair != NOBODY:
            remove(tables, state, state.part[at])
    for at in range(state.scores[PART]):
        if state.before[at].pair != NOBODY:
            place(tables, state, state.part[at], state.before[at].pair, state.before[at].number)


@door
def restore_placements(tables: Tables, state: State, placements: NDArray[np.int64]) -> None:
    """Take over a plan given by the pair and the series of each section; only what differs is moved."""
    for section in range(len(state.placements)):
        candidate = state.placements[section]
        if candidate.pair != NOBODY and (
            candidate.pair != placements[section, 0] or candidate.number != placements[section, 1]
        ):
            remove(tables, state, section)
    for section in range(len(state.placements)):
        if placements[section, 0] != NOBODY and state.placements[section].pair == NOBODY:
            place(tables, state, section, placements[section, 0], placements[section, 1])
