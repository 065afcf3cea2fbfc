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
    placement = state.placements[section]
    placement.pair, placement.number = pair, number
    choice = tables.pairs[pair]
    _join_room(state, choice.room, section)
    _join_teacher(state, choice.teacher, section)
    own = choice.cost + tables.amounts[tables.sections[section].first_hour_cost + number]
    clashes = _clashes(tables, state, section)
    state.scores[TOTAL] += own - tables.sections[section].unplaced_cost + clashes + _count(tables, state, section, 1)


@compiled
def remove(tables: Tables, state: State, section: int) -> None:
    """Take a placed section out."""
    placement = state.placements[section]
    pair, number = placement.pair, placement.number
    choice = tables.pairs[pair]
    own = choice.cost + tables.amounts[tables.sections[section].first_hour_cost + number]
    clashes = _clashes(tables, state, section)
    # counting out answers a change of the cost, which is the negative of what the section had added
    state.scores[TOTAL] -= own - tables.sections[section].unplaced_cost + clashes - _count(tables, state, section, -1)
    _leave_room(state, choice.room, section)
    _leave_teacher(state, choice.teacher, section)
    placement.pair = placement.number = NOBODY


@compiled
def _clashes(tables: Tables, state: State, section: int) -> Any:
    """The weighted people who want a placed section and others that overlap it."""
    about, clashing = tables.sections[section], 0
    series = series_number(tables, section, state.placements[section].number)
    minutes = tables.patterns[about.of_patterns].minutes
    for at in range(about.first_partner, about.first_partner + about.partners):
        other = tables.partners[at].section
        if state.placements[other].pair == NOBODY or other == section:
            continue
        other_series = series_number(tables, other, state.placements[other].number)
        if overlap(tables, series, other_series, minutes, tables.patterns[tables.sections[other].of_patterns].minutes):
            clashing += tables.partners[at].people
    return tables.amounts[CLASH] * clashing


@compiled
def _count(tables: Tables, state: State, section: int, sign: int) -> Any:
    """Count a placed section in or out of loads, days, spending and coverage; by how much their cost changes."""
    placement, about = state.placements[section], tables.sections[section]
    pair, series = tables.pairs[placement.pair], series_number(tables, section, placement.number)
    extra = 0
    wanted_week = tables.teachers[pair.teacher].wanted_week
    first_week = tables.loads[tables.series[series].load].first_week
    for week in range(tables.amounts[WEEKS]):
        now = state.load[pair.teacher, week]
        then = now + sign * tables.lists[first_week + week]
        extra += max(0, then - wanted_week) - max(0, now - wanted_week)
        state.load[pair.teacher, week] = then
    _count_days(tables, state, pair.teacher, series, sign)
    for at in range(about.first_payer, about.first_payer + about.payers):
        state.spent[tables.lists[at]] += sign * pair.fees
    return tables.amounts[OVERWORK] * extra + tables.amounts[UNCOVERED] * _count_served(tables, state, pair, sign)


@compiled
def _count_days(tables: Tables, state: State, teacher: int, series: int, sign: int) -> None:
    for word in range(tables.amounts[DAY_WORDS]):
        days_left = tables.sets[tables.series[series].day_word + word]
        while days_left != ZERO:
            state.on_day[teacher, 64 * word + lowest(days_left)] += sign
            days_left &= days_left - ONE  # the lowest bit is taken out


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
    holder, placement = state.room_holders[room], state.placements[section]
    placement.next_in_room, placement.previous_in_room = holder.first, NOBODY
    if holder.first != NOBODY:
        state.placements[holder.first].previous_in_room = section
    holder.first = section
    _renew(state, holder)


@compiled
def _join_teacher(state: State, teacher: int, section: int) -> None:
    holder, placement = state.teacher_holders[teacher], state.placements[section]
    placement.next_with_teacher, placement.previous_with_teacher = holder.first, NOBODY
    if holder.first != NOBODY:
        state.placements[holder.first].previous_with_teacher = section
    holder.first = section
    _renew(state, holder)


@compiled
def _leave_room(state: State, room: int, section: int) -> None:
    holder, placement = state.room_holders[room], state.placements[section]
    if placement.next_in_room != NOBODY:
        state.placements[placement.next_in_room].previous_in_room = placement.previous_in_room
    if placement.previous_in_room != NOBODY:
        state.placements[placement.previous_in_room].next_in_room = placement.next_in_room
    else:
        holder.first = placement.next_in_room
    _renew(state, holder)


@compiled
def _leave_teacher(state: State, teacher: int, section: int) -> None:
    holder, placement = state.teacher_holders[teacher], state.placements[section]
    if placement.next_with_teacher != NOBODY:
        state.placements[placement.next_with_teacher].previous_with_teacher = placement.previous_with_teacher
    if placement.previous_with_teacher != NOBODY:
        state.placements[placement.previous_with_teacher].next_with_teacher = placement.next_with_teacher
    else:
        holder.first = placement.next_with_teacher
    _renew(state, holder)


@compiled
def _renew(state: State, holder: Any) -> None:
    """Give a room or teacher a version that nobody had."""
    state.scores[CLOCK] += 1
    holder.version = state.scores[CLOCK]
