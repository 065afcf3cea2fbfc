"""When rooms are free and teachers can work beside the sections already placed.

Answers are kept for each slot until the version of the room or teacher changes.
"""

from typing import Any

from solver.search.compiled.compiler import compiled
from solver.search.compiled.layout import NOBODY
from solver.search.compiled.overlap import find_overlapping
from solver.search.compiled.state import State
from solver.search.compiled.tables import METRES_PER_MINUTE, OVERHEAD, STEP, WEEKS, Tables


@compiled
def travel(tables: Tables, start: int, end: int) -> Any:
    """Minutes from one venue to another, as a pause rounded up to the step; 0 inside one."""
    if start == end:
        return 0
    venue, other = tables.venues[start], tables.venues[end]
    metres = abs(venue.x - other.x) + abs(venue.y - other.y)
    minutes = -(-metres // tables.amounts[METRES_PER_MINUTE]) + tables.amounts[OVERHEAD]
    return -(-minutes // tables.amounts[STEP]) * tables.amounts[STEP]


@compiled
def room_free(tables: Tables, state: State, slot: int) -> Any:
    """Where in ``State.sets`` the series begin at which a room is open and not taken."""
    about = tables.room_slots[slot]
    holder, memo = state.room_holders[about.room], state.memos[about.memo]
    if memo.version == holder.version:
        return about.free_word
    memo.version = holder.version
    for at in range(tables.patterns[about.of_patterns].words):
        state.sets[about.free_word + at] = tables.sets[about.legal_word + at]
    section = holder.first
    while section != NOBODY:
        _take(tables, state, about.free_word, about.of_patterns, section, tables.rooms[about.room].turnaround)
        section = state.placements[section].next_in_room
    return about.free_word


@compiled
def visit_free(tables: Tables, state: State, slot: int) -> Any:
    """Where in ``State.sets`` the series begin that a teacher can give at a venue, the load of the week aside."""
    about = tables.visit_slots[slot]
    slot_of_teacher = tables.teacher_slots[about.teacher_slot]
    holder, memo = state.teacher_holders[slot_of_teacher.teacher], state.memos[about.memo]
    if memo.version == holder.version:
        return about.free_word
    memo.version = holder.version
    for at in range(tables.patterns[slot_of_teacher.of_patterns].words):
        state.sets[about.free_word + at] = tables.sets[slot_of_teacher.legal_word + at]
    section, sections = holder.first, 0
    while section != NOBODY:
        pause = travel(tables, about.venue, venue_of(tables, state, section))
        _take(tables, state, about.free_word, slot_of_teacher.of_patterns, section, pause)
        section = state.placements[section].next_with_teacher
        sections += 1
    # a section meets at most once a day: with fewer sections than sessions allowed on a day, no day can be full
    if sections >= tables.teachers[slot_of_teacher.teacher].max_day:
        _take_full_days(tables, state, about.free_word, slot_of_teacher.of_patterns, slot_of_teacher.teacher)
    return about.free_word


@compiled
def venue_of(tables: Tables, state: State, section: int) -> Any:
    """The venue of a placed section."""
    return tables.rooms[tables.pairs[state.placements[section].pair].room].venue


@compiled
def series_number(tables: Tables, section: int, number: int) -> Any:
    """The number among all series of a series of a section's time patterns."""
    return tables.patterns[tables.sections[section].of_patterns].first_series + number


@compiled
def _take(tables: Tables, state: State, word: int, patterns: int, section: int, pause: int) -> None:
    """Take from a kept set what a placed section is in the way of."""
    series = series_number(tables, section, state.placements[section].number)
    minutes = tables.patterns[tables.sections[section].of_patterns].minutes
    find_overlapping(tables, state, patterns, series, minutes, pause)
    for at in range(tables.patterns[patterns].words):
        state.sets[word + at] &= ~state.overlap[at]


@compiled
def _take_full_days(tables: Tables, state: State, word: int, patterns: int, teacher: int) -> None:
    """Take from a kept set the series with a session on a day on which the teacher gives as many as they may."""
    most, about = tables.teachers[teacher].max_day, tables.patterns[patterns]
    for day in range(state.on_day.shape[1]):
        if state.on_day[teacher, day] >= most:
            source = about.day_word + day * about.words
            for at in range(about.words):
                state.sets[word + at] &= ~tables.sets[source + at]


@compiled
def load_levels(tables: Tables, state: State, slot: int) -> Any:
    """How many levels of extra work a teacher slot has; series above the teacher's greatest load are in none."""
    about = tables.teacher_slots[slot]
    holder, memo = state.teacher_holders[about.teacher], state.memos[about.memo]
    if memo.version == holder.version:
        return memo.levels
    memo.version = holder.version
    patterns, count = tables.patterns[about.of_patterns], 0
    for load in range(patterns.first_load, patterns.first_load + patterns.loads):
        extra = extra_work(tables, state, about.teacher, load)
        if extra >= 0:
            count = _sort_in(tables, state, slot, count, extra, tables.loads[load].word)
    memo.levels = count
    return count


@compiled
def extra_work(tables: Tables, state: State, teacher: int, load: int) -> Any:
    """Sessions above the wanted ones that a load adds; -1 where it is more than the teacher may give."""
    about, extra = tables.teachers[teacher], 0
    for week in range(tables.amounts[WEEKS]):
        more = tables.lists[tables.loads[load].first_week + week]
        if more > 0:
            now = state.load[teacher, week]
            if now + more > about.max_week:
                return -1
            extra += max(0, now + more - about.wanted_week) - max(0, now - about.wanted_week)
    return extra


@compiled
def _sort_in(tables: Tables, state: State, slot: int, count: int, extra: int, source: int) -> Any:
    """Add a set to the level of its extra work, new or not, so that levels rise; how many there are then."""
    about = tables.teacher_slots[slot]
    words, first = tables.patterns[about.of_patterns].words, about.first_extra
    at = 0
    while at < count and state.extras[first + at] < extra:
        at += 1
    level_word = about.level_word + at * words
    if at < count and state.extras[first + at] == extra:
        for word in range(words):
            state.sets[level_word + word] |= tables.sets[source + word]
        return count
    # the later levels move up by one, the last first, so that none is written over before it has moved
    for later in range(count, at, -1):
        state.extras[first + later] = state.extras[first + later - 1]
    for word in range(about.level_word + count * words - 1, level_word - 1, -1):
        state.sets[word + words] = state.sets[word]
    state.extras[first + at] = extra
    for word in range(words):
        state.sets[level_word + word] = tables.sets[source + word]
    return count + 1
