"""Parts of a plan that are worth making anew together, in the words of the domain.

A neighbourhood starts from one section, which leads the part, and adds others that have to do with it in the plan in
the making; it may stay below the size asked for. A new one is a function, a line in ``choose`` and a name.
"""

from typing import Any

from solver.search.compiled.chance import below, fading, share
from solver.search.compiled.compiler import compiled
from solver.search.compiled.free import venue_of
from solver.search.compiled.layout import NOBODY
from solver.search.compiled.state import PART, State
from solver.search.compiled.tables import Tables

NAMES = ("rivals", "shared learners", "same teachers", "same venue", "budget rivals", "same course")
"""The names of the neighbourhoods, in the order of their numbers."""

FAVOURED = 0.12
"""How fast interest in a section's costlier candidates fades, by their rank."""


@compiled
def choose(tables: Tables, state: State, neighbourhood: int, first: int, size: int) -> None:
    """Make a part of at most so many sections that the walk may touch."""
    state.scores[PART] = 0
    join(state, first)
    if neighbourhood == 0:
        _rivals(tables, state, size)
    elif neighbourhood == 1:
        _shared_learners(tables, state, size)
    elif neighbourhood == 2:
        _same_teachers(tables, state, size)
    elif neighbourhood == 3:
        _same_venue(tables, state, size)
    elif neighbourhood == 4:
        about = tables.sections[first]
        _some_of(tables, state, about.first_of_unit, about.of_unit, size)
    else:
        about = tables.sections[first]
        _some_of(tables, state, about.first_of_subject, about.of_subject, size)


@compiled
def join(state: State, section: int) -> Any:
    """Add a section to the part if the walk may touch it and it is no member yet; whether it was added."""
    if not state.own[section]:
        return False
    for at in range(state.scores[PART]):
        if state.part[at] == section:
            return False
    state.part[state.scores[PART]] = section
    state.scores[PART] += 1
    return True


@compiled
def _rivals(tables: Tables, state: State, size: int) -> None:
    """Sections that hold, one after the other, the teachers and rooms which sections of the part would like."""
    # many draws add nobody, as what is liked may be free or its holder a member already: their number is bounded
    for _ in range(4 * size):
        if state.scores[PART] >= size:
            break
        about = tables.sections[_member(state)]
        if about.pairs == 0:
            break
        pair = tables.pairs[about.first_pair + min(about.pairs - 1, fading(state.chance, FAVOURED))]
        if share(state.chance) < 0.5:
            _join_one_in_room(state, pair.room)
        else:
            _join_one_with_teacher(state, pair.teacher)


@compiled
def _shared_learners(tables: Tables, state: State, size: int) -> None:
    """Sections that some people want both, and whoever they meet with the same teachers."""
    for _ in range(2 * size):
        if state.scores[PART] >= size:
            break
        section = _member(state)
        about = tables.sections[section]
        if about.partners > 0 and share(state.chance) < 0.5:
            join(state, tables.partners[about.first_partner + below(state.chance, about.partners)].section)
        elif state.placements[section].pair != NOBODY:
            _join_one_with_teacher(state, tables.pairs[state.placements[section].pair].teacher)


@compiled
def _same_teachers(tables: Tables, state: State, size: int) -> None:
    """All sections of some teachers who could do each other's work, the first section's best ones first."""
    about = tables.sections[state.part[0]]
    for pair in range(about.first_pair, about.first_pair + min(about.pairs, 3 * size)):
        if share(state.chance) < 0.5:
            section = state.teacher_holders[tables.pairs[pair].teacher].first
            while section != NOBODY and state.scores[PART] < size:
                join(state, section)
                section = state.placements[section].next_with_teacher


@compiled
def _same_venue(tables: Tables, state: State, size: int) -> None:
    """Sections in the rooms of the venue that the first one is in or would like."""
    about = tables.sections[state.part[0]]
    if state.placements[state.part[0]].pair != NOBODY:
        venue = tables.venues[venue_of(tables, state, state.part[0])]
    elif about.pairs > 0:
        venue = tables.venues[tables.rooms[tables.pairs[about.first_pair].room].venue]
    else:
        return
    for _ in range(2 * size):
        if state.scores[PART] < size:
            _join_one_in_room(state, tables.lists[venue.first_room + below(state.chance, venue.rooms)])


@compiled
def _some_of(tables: Tables, state: State, first: int, count: int, size: int) -> None:
    """Any sections of a list."""
    for _ in range(size - 1):
        join(state, tables.lists[first + below(state.chance, count)])


@compiled
def _member(state: State) -> Any:
    """Any section of the part."""
    return state.part[below(state.chance, state.scores[PART])]


@compiled
def _join_one_in_room(state: State, room: int) -> None:
    """Add one of the sections in a room."""
    # the k-th section seen is chosen with a chance of 1 / k, which makes all equally likely without counting first
    section, seen, chosen = state.room_holders[room].first, 0, NOBODY
    while section != NOBODY:
        seen += 1
        if below(state.chance, seen) == 0:
            chosen = section
        section = state.placements[section].next_in_room
    if chosen != NOBODY:
        join(state, chosen)


@compiled
def _join_one_with_teacher(state: State, teacher: int) -> None:
    """Add one of the sections of a teacher."""
    section, seen, chosen = state.teacher_holders[teacher].first, 0, NOBODY
    while section != NOBODY:
        seen += 1
        if below(state.chance, seen) == 0:
            chosen = section
        section = state.placements[section].next_with_teacher
    if chosen != NOBODY:
        join(state, chosen)
