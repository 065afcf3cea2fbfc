"""The cheapest choice of every section at given prices, compiled. All numbers are whole, so that nothing is rounded."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver.search.compiled.compiler import compiled, door
from solver.search.lagrangian.layout import WEEKDAYS, Layout
from solver.search.lagrangian.offers import FORBIDDEN, Menus, Offers
from solver.search.lagrangian.timing import Numbers, Timing

NONE = -1
"""A section that is left out has neither pair nor series."""


@door
def sum_hours(price: Numbers, first: int, owners: Numbers, layout: Layout, sums: NDArray[np.int64]) -> None:
    """Prices of the hours of some owners, summed: ``sums[7 * owner + weekday, slot, week]`` holds all before both."""
    slots, weeks = layout.slots, layout.weeks
    for at in range(len(owners)):
        for day in range(owners[at] * WEEKDAYS, (owners[at] + 1) * WEEKDAYS):
            for slot in range(slots):
                of_slot = 0
                for week in range(weeks):
                    of_slot += price[first + (day * slots + slot) * weeks + week]
                    sums[day, slot + 1, week + 1] = sums[day, slot, week + 1] + of_slot


@door
def sum_days(price: Numbers, owners: Numbers, layout: Layout, sums: NDArray[np.int64]) -> None:
    """Prices of the days and weeks of some teachers, summed: ``sums[7 * teacher + weekday, week]`` holds all before."""
    weeks = layout.weeks
    for at in range(len(owners)):
        for day in range(owners[at] * WEEKDAYS, (owners[at] + 1) * WEEKDAYS):
            for week in range(weeks):
                of_day = price[layout.teacher_days + day * weeks + week]
                of_week = price[layout.teacher_weeks + owners[at] * weeks + week]
                sums[day, week + 1] = sums[day, week] + of_day + of_week


@door
def price_menus(
    menus: Menus,
    chosen: Numbers,
    timing: Timing,
    hours: NDArray[np.int64],
    days: NDArray[np.int64],
    prices: Numbers,
    least: Numbers,
) -> None:
    """What each series that some menus have costs by the prices of the menu's owner, and the least of them."""
    # a strand is priced once for each menu: its series share most strands
    priced_for = np.full(len(timing.slot), NONE)
    strand_price = np.zeros(len(timing.slot), np.int64)
    for at in range(len(chosen)):
        menu = chosen[at]
        owner, lowest = menus.owner[menu], FORBIDDEN
        for place in range(menus.first_legal[menu], menus.first_legal[menu + 1]):
            number, price = menus.legal[place], 0
            series = timing.first_series[menus.patterns[menu]] + number
            for entry in range(timing.first_strand[series], timing.first_strand[series + 1]):
                strand = timing.strands[entry]
                if priced_for[strand] != menu:
                    priced_for[strand] = menu
                    strand_price[strand] = _price_of(timing, strand, owner, menus.pause[owner], hours, days)
                price += strand_price[strand]
            prices[menus.first[menu] + number] = price
            lowest = min(lowest, price)
        least[menu] = lowest


@compiled
def _price_of(timing: Timing, strand: int, owner: int, pause: int, hours: Any, days: Any) -> Any:
    day, slot, end, price = owner * WEEKDAYS + timing.weekday[strand], timing.slot[strand], timing.end[pause, strand], 0
    for span in range(timing.first_span[strand], timing.first_span[strand + 1]):
        since, until = timing.since[span], timing.until[span]
        # a rectangle of slots and weeks, from the sums of all that lies before its four corners
        price += hours[day, end, until] - hours[day, slot, until] - hours[day, end, since] + hours[day, slot, since]
        if len(days):
            price += days[day, until] - days[day, since]
    return price


@door
def choose_placements(
    offers: Offers,
    scale: int,
    price: Numbers,
    layout: Layout,
    rooms: Menus,
    room_prices: Numbers,
    room_least: Numbers,
    teachers: Menus,
    teacher_prices: Numbers,
    teacher_least: Numbers,
    chosen: NDArray[np.int64],
    value: Numbers,
) -> None:
    """The cheapest pair and series of each section, into ``chosen[section]``, and what it then pays, into ``value``."""
    gains = np.zeros(len(offers.first_served), np.int64)
    for reach in range(len(offers.first_served) - 1):
        for entry in range(offers.first_served[reach], offers.first_served[reach + 1]):
            gains[reach] += price[layout.communities + offers.served[entry]]
    for section in range(len(offers.left_out)):
        hours = offers.hour_cost[offers.first_hour[section] : offers.first_hour[section + 1]] * scale
        cheapest_hour = hours.min() if len(hours) else 0
        per_yuan = 0
        for entry in range(offers.first_payer[section], offers.first_payer[section + 1]):
            per_yuan += price[layout.budgets + offers.payer[entry]]
        left_out = offers.left_out[section]
        best, chosen[section, 0] = (FORBIDDEN if left_out == FORBIDDEN else left_out * scale), NONE
        for pair in range(offers.first_pair[section], offers.first_pair[section + 1]):
            room, teacher = offers.room_menu[pair], offers.teacher_menu[pair]
            base = offers.cost[pair] * scale + per_yuan * offers.fees[pair] - gains[offers.reach[pair]]
            # no series of the pair can pay less than hours, room and teacher each do at their cheapest
            if base + cheapest_hour + room_least[room] + teacher_least[teacher] < best:
                in_room, with_teacher = rooms.first[room], teachers.first[teacher]
                for series in range(len(hours)):
                    pays = base + hours[series] + room_prices[in_room + series] + teacher_prices[with_teacher + series]
                    if pays < best:
                        best, chosen[section, 0], chosen[section, 1] = pays, pair, series
        value[section] = best


@door
def use(
    chosen: NDArray[np.int64],
    sign: int,
    offers: Offers,
    timing: Timing,
    rooms: Menus,
    teachers: Menus,
    layout: Layout,
    used: Numbers,
) -> None:
    """Count what the chosen pairs and series use of each constraint in, or with a sign of -1 out again."""
    for section in range(len(chosen)):
        pair, number = chosen[section, 0], chosen[section, 1]
        if pair == NONE:
            continue
        room, teacher = rooms.owner[offers.room_menu[pair]], teachers.owner[offers.teacher_menu[pair]]
        series = timing.first_series[rooms.patterns[offers.room_menu[pair]]] + number
        for entry in range(timing.first_strand[series], timing.first_strand[series + 1]):
            strand = timing.strands[entry]
            _use_strand(timing, strand, rooms.pause[room], room, teacher, sign, layout, used)
        for entry in range(offers.first_payer[section], offers.first_payer[section + 1]):
            used[layout.budgets + offers.payer[entry]] += sign * offers.fees[pair]
        reach = offers.reach[pair]
        for entry in range(offers.first_served[reach], offers.first_served[reach + 1]):
            used[layout.communities + offers.served[entry]] -= sign


@compiled
def _use_strand(
    timing: Timing, strand: int, pause: int, room: int, teacher: int, sign: int, layout: Layout, used: Numbers
) -> None:
    weeks, slots, weekday = layout.weeks, layout.slots, timing.weekday[strand]
    in_room, with_teacher = room * WEEKDAYS + weekday, teacher * WEEKDAYS + weekday
    for span in range(timing.first_span[strand], timing.first_span[strand + 1]):
        for week in range(timing.since[span], timing.until[span]):
            for slot in range(timing.slot[strand], timing.end[pause, strand]):
                used[(in_room * slots + slot) * weeks + week] += sign
            for slot in range(timing.slot[strand], timing.end[0, strand]):
                used[layout.teacher_hours + (with_teacher * slots + slot) * weeks + week] += sign
            used[layout.teacher_days + with_teacher * weeks + week] += sign
            used[layout.teacher_weeks + teacher * weeks + week] += sign
