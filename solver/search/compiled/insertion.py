"""Where a section that is not placed adds least to the total beside the sections that are."""

from typing import Any

from solver.search.compiled.bits import ZERO, count, nth
from solver.search.compiled.chance import below as drawn_below, share
from solver.search.compiled.compiler import compiled
from solver.search.compiled.free import load_levels, room_free, series_number, visit_free
from solver.search.compiled.layout import NOBODY
from solver.search.compiled.overlap import find_overlapping
from solver.search.compiled.state import LEVELS, State
from solver.search.compiled.tables import CLASH, FIRST_BUDGET, OVERWORK, UNCOVERED, Tables


@compiled
def best_placement(tables: Tables, state: State, section: int, limit: int, overlooked: float) -> Any:
    """The pair and series number of a place that adds least and less than ``limit``; NOBODY twice where none does.

    Each pair is passed over with the chance ``overlooked`` (a "blink" of Christiaens and Vanden Berghe, 2020, "Slack
    induction by string removals for vehicle routing problems"). Among hours that add as little, chance decides.
    """
    about = tables.sections[section]
    words, best, best_pair, best_number = tables.patterns[about.of_patterns].words, limit, NOBODY, NOBODY
    price_hours(tables, state, section)
    cheapest = state.level_costs[0] - about.unplaced_cost
    highest_gain = _gain(tables, state, about.first_home, about.homes)
    for pair in range(about.first_pair, about.first_pair + about.pairs):
        choice = tables.pairs[pair]
        # pairs stand in the order of their cost: no later one can be better either
        if choice.cost + cheapest - highest_gain >= best:
            break
        base = choice.cost - about.unplaced_cost - _gain(tables, state, choice.first_reached, choice.reached)
        if base + state.level_costs[0] >= best or not affordable(tables, state, section, choice.fees):
            continue
        if (overlooked > 0 and share(state.chance) < overlooked) or not _meet(tables, state, pair, words):
            continue
        added = _cheapest_hours(tables, state, choice.visit_slot, words, base, best)
        if added < best:
            best, best_pair, best_number = added, pair, _draw_cheapest(state, words)
    return best_pair, best_number


@compiled
def _draw_cheapest(state: State, words: int) -> Any:
    """Any of the series that ``_cheapest_hours`` left in the found set."""
    size = 0
    for at in range(words):
        size += count(state.work[at])
    return nth(state.work, 0, words, drawn_below(state.chance, size) if size > 1 else 0)


@compiled
def _meet(tables: Tables, state: State, pair: int, words: int) -> Any:
    """Whether room and teacher of a pair have free series in common, which stand behind the found set then."""
    choice = tables.pairs[pair]
    room, visit = room_free(tables, state, choice.room_slot), visit_free(tables, state, choice.visit_slot)
    some = ZERO
    for at in range(words):
        word = state.sets[room + at] & state.sets[visit + at]
        state.work[words + at] = word
        some |= word
    return some != ZERO


@compiled
def _cheapest_hours(tables: Tables, state: State, visit_slot: int, words: int, base: int, best: int) -> Any:
    """The least that a pair's free series add, where it is below ``best``; these series are the found set then."""
    slot = tables.visit_slots[visit_slot].teacher_slot
    extras, teacher = load_levels(tables, state, slot), tables.teacher_slots[slot]
    for extra in range(extras):
        work = base + tables.amounts[OVERWORK] * state.extras[teacher.first_extra + extra]
        for level in range(state.scores[LEVELS]):
            added = work + state.level_costs[level]
            # levels rise: no later one can be better beside this extra work
            if added >= best:
                break
            if _hold(state, words, teacher.level_word + extra * words, (2 + level) * words):
                best = added
                break
    return best


@compiled
def _hold(state: State, words: int, load_set: int, level_set: int) -> Any:
    """Whether free series are in two sets as well; if so, they are the found set."""
    some = ZERO
    for at in range(words):
        some |= state.work[words + at] & state.sets[load_set + at] & state.work[level_set + at]
    if some == ZERO:
        return False
    for at in range(words):
        state.work[at] = state.work[words + at] & state.sets[load_set + at] & state.work[level_set + at]
    return True


@compiled
def affordable(tables: Tables, state: State, section: int, fees: int) -> Any:
    """Whether all units that pay for a section can bear more fees."""
    about = tables.sections[section]
    for at in range(about.first_payer, about.first_payer + about.payers):
        unit = tables.lists[at]
        if fees > 0 and state.spent[unit] + fees > tables.amounts[tables.amounts[FIRST_BUDGET] + unit]:
            return False
    return True


@compiled
def _gain(tables: Tables, state: State, first: int, size: int) -> Any:
    """What it is worth to serve those communities of some that nobody serves yet."""
    unserved = 0
    for at in range(first, first + size):
        if state.serving[tables.lists[at]] == 0:
            unserved += 1
    return tables.amounts[UNCOVERED] * unserved


@compiled
def price_hours(tables: Tables, state: State, section: int) -> None:
    """Write down the series by what they cost themselves and by the clashes they cause, in rising order."""
    about = tables.sections[section]
    words = tables.patterns[about.of_patterns].words
    state.scores[LEVELS] = about.levels
    for level in range(about.levels):
        given = tables.levels[about.first_level + level]
        state.level_costs[level] = given.cost
        for at in range(words):
            state.work[(2 + level) * words + at] = tables.sets[given.word + at]
    for at in range(about.first_partner, about.first_partner + about.partners):
        partner = tables.partners[at]
        if state.placements[partner.section].pair != NOBODY:
            _price_clashes(tables, state, section, partner.section, tables.amounts[CLASH] * partner.people)
    if about.partners > 0:
        _sort_levels(state, words)


@compiled
def _price_clashes(tables: Tables, state: State, section: int, other: int, price: int) -> None:
    """Let the series that overlap another section's cost more."""
    patterns = tables.sections[section].of_patterns
    series = series_number(tables, other, state.placements[other].number)
    minutes = tables.patterns[tables.sections[other].of_patterns].minutes
    find_overlapping(tables, state, patterns, series, minutes, 0)
    # the end is read once: levels that are made on the way hold clashing series already and are not raised again
    for level in range(state.scores[LEVELS]):
        _raise(state, tables.patterns[patterns].words, level, price)


@compiled
def _raise(state: State, words: int, level: int, price: int) -> None:
    """Move what clashes of a level to a new one, or raise the level where that is all of it."""
    clashing = others = ZERO
    for at in range(words):
        clashing |= state.work[(2 + level) * words + at] & state.overlap[at]
        others |= state.work[(2 + level) * words + at] & ~state.overlap[at]
    if clashing == ZERO:
        return
    if others == ZERO:
        state.level_costs[level] += price
        return
    new = state.scores[LEVELS]
    state.scores[LEVELS] += 1
    state.level_costs[new] = state.level_costs[level] + price
    for at in range(words):
        moved = state.work[(2 + level) * words + at] & state.overlap[at]
        state.work[(2 + new) * words + at] = moved
        state.work[(2 + level) * words + at] &= ~moved


@compiled
def _sort_levels(state: State, words: int) -> None:
    # by insertion: levels are few and nearly in order, and compiled functions may make no arrays
    for level in range(1, state.scores[LEVELS]):
        at = level
        while at > 0 and state.level_costs[at - 1] > state.level_costs[at]:
            costs, sets, first = state.level_costs, state.work, (2 + at) * words
            costs[at - 1], costs[at] = costs[at], costs[at - 1]
            for word in range(first, first + words):
                sets[word - words], sets[word] = sets[word], sets[word - words]
            at -= 1
