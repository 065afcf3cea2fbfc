"""Placing and removing sections, with the exact cost."""

from typing import Any

from solver.search.compiled.bits import ONE, ZERO, lowest
from solver.search.compiled.compiler import compiled
from solver.search.compiled.free import series_number
from solver.search.compiled.layout import NOBODY
from solver.search.compiled.overlap import overlap
from solver.search.compiled.state import CLOCK, TOTAL, State
from solver.search.compiled.tables import CLASH, DAY_WORDS, OVERWORK, UNCOVERED, WEEKS, Tables


@compiled
def place(tables: Tables, state: State, section: int, pair: int, number: int) -> None:
    """Give a place to a section that is not placed; whether it may is the caller's affair."""
    candidate = state.placements[section]
    candidate.pair, candidate.number = pair, number
    about = tables.pairs[pair]
    _join_room(state, about.room, section)
    _join_teacher(state, about.teacher, section)
    own = about.cost + tables.amounts[tables.sections[section].first_hour_cost + number]
    clashes = _clashes(tables, state, section)
    state.scores[TOTAL] += own - tables.sections[section].unplaced_cost + clashes + _count(tables, state, section, 1)


@compiled
def remove(tables: Tables, state: State, section: int) -> None:
    """Take a placed section out."""
    candidate = state.placements[section]
    pair, number = candidate.pair, candidate.number
    about = tables.pairs[pair]
    own = about.cost + tables.amounts[tables.sections[section].first_hour_cost + number]
    clashes = _clashes(tables, state, section)
    state.scores[TOTAL] -= own - tables.sections[section].unplaced_cost + clashes - _count(tables, state, section, -1)
    _leave_room(state, about.room, section)
    _leave_teacher(state, about.teacher, section)
    candidate.pair = candidate.number = NOBODY


@compiled
def _clashes(tables: Tables, state: State, section: int) -> Any:
    """The weighted people who want a placed section and others that overlap it."""
    about, found = tables.sections[section], 0
    series = series_number(tables, section, state.placements[section].number)
    minutes = tables.patterns[about.of_patterns].minutes
    for at in range(about.first_partner, about.first_partner + about.partners):
        other = tables.partners[at].section
        if state.placements[other].pair == NOBODY or other == section:
            continue
        theirs = series_number(tables, other, state.placements[other].number)
        if overlap(tables, series, theirs, minutes, tables.patterns[tables.sections[other].of_patterns].minutes):
            found += tables.partners[at].people
    return tables.amounts[CLASH] * found


@compiled
def _count(tables: Tables, state: State, section: int, sign: int) -> Any:
    """Count a placed section in or out of loads, days, spending and coverage; by how much their cost changes."""
    candidate, about = state.placements[section], tables.sections[section]
    pair, series = tables.pairs[candidate.pair], series_number(tables, section, candidate.number)
    extra = 0
    wanted, first_week = tables.teachers[pair.teacher].wanted_week, tables.loads[tables.series[series].load].first_week
    for week in range(tables.amounts[WEEKS]):
        now = state.load[pair.teacher, week]
        then = now + sign * tables.lists[first_week + week]
        extra += max(0, then - wanted) - max(0, now - wanted)
        state.load[pair.teacher, week] = then
    _count_days(tables, state, pair.teacher, series, sign)
    for at in range(about.first_payer, about.first_payer + about.payers):
        state.spent[tables.lists[at]] += sign * pair.fees
    return tables.amounts[OVERWORK] * extra + tables.amounts[UNCOVERED] * _count_served(tables, state, pair, sign)


@compiled
def _count_days(tables: Tables, state: State, teacher: int, series: int, sign: int) -> None:
    for word in range(tables.amounts[DAY_WORDS]):
        left = tables.sets[tables.series[series].day_word + word]
        while left != ZERO:
            state.on_day[teacher, 64 * word + lowest(left)] += sign
            left &= left - ONE


@compiled
def _count_served(tables: Tables, state: State, pair: Any, sign: int) -> Any:
    """Count who is served; how many more are served by nobody, negative where fewer."""
    change = 0
    for at in range(pair.first_reached, pair.first_reached + pair.reached):
        community = tables.lists[at]
        state.serving[community] += sign
        if sign > 0 and state.serving[community] == 1:
            change -= 1
        elif sign < 0 and state.serving[community] == 0:
            change += 1
    return change


@compiled
def _join_room(state: State, room: int, section: int) -> None:
    holder, candidate = state.room_holders[room], state.placements[section]
    candidate.next_in_room, candidate.previous_in_room = holder.first, NOBODY
    if holder.first != NOBODY:
        state.placements[holder.first].previous_in_room = section
    holder.first = section
    _renew(state, holder)


@compiled
def _join_teacher(state: State, teacher: int, section: int) -> None:
    holder, candidate = state.teacher_holders[teacher], state.placements[section]
    candidate.next_with_teacher, candidate.previous_with_teacher = holder.first, NOBODY
    if holder.first != NOBODY:
        state.placements[holder.first].previous_with_teacher = section
    holder.first = section
    _renew(state, holder)


@compiled
def _leave_room(state: State, room: int, section: int) -> None:
    holder, candidate = state.room_holders[room], state.placements[section]
    if candidate.next_in_room != NOBODY:
        state.placements[candidate.next_in_room].previous_in_room = candidate.previous_in_room
    if candidate.previous_in_room != NOBODY:
        state.placements[candidate.previous_in_room].next_in_room = candidate.next_in_room
    else:
        holder.first = candidate.next_in_room
    _renew(state, holder)


@compiled
def _leave_teacher(state: State, teacher: int, section: int) -> None:
    holder, candidate = state.teacher_holders[teacher], state.placements[section]
    if candidate.next_with_teacher != NOBODY:
        state.placements[candidate.next_with_teacher].previous_with_teacher = candidate.previous_with_teacher
    if candidate.previous_with_teacher != NOBODY:
        state.placements[candidate.previous_with_teacher].next_with_teacher = candidate.next_with_teacher
    else:
        holder.first = candidate.next_with_teacher
    _renew(state, holder)


@compiled
def _renew(state: State, holder: Any) -> None:
    """Give a room or teacher a version that nobody had."""
    state.scores[CLOCK] += 1
    holder.version = state.scores[CLOCK]
