"""Which series overlap one another, by the days and the weekly meetings that they have in common."""

from typing import Any

from solver.problem.overlap import sessions_overlap
from solver.search.compiled.bits import ONE, WORD, ZERO, lowest
from solver.search.compiled.compiler import compiled
from solver.search.compiled.state import State
from solver.search.compiled.tables import DAY_WORDS, Tables

overlap_on_day = compiled(sessions_overlap)
"""The definition that the rest of the solver reads, as machine code."""


@compiled
def overlap(tables: Tables, first: int, second: int, minutes: int, other_minutes: int) -> Any:
    """Whether sessions of two series overlap."""
    series, other = tables.series[first], tables.series[second]
    for at in range(series.first_meeting, series.first_meeting + series.meetings):
        meeting = tables.meetings[at]
        for place in range(other.first_meeting, other.first_meeting + other.meetings):
            other_meeting = tables.meetings[place]
            later_by = meeting.start - other_meeting.start
            same_hours = meeting.weekday == other_meeting.weekday and overlap_on_day(later_by, minutes, other_minutes)
            if same_hours and _common_day(tables, series.day_word, other.day_word, meeting.weekday):
                return True
    return False


@compiled
def _common_day(tables: Tables, days: int, others: int, weekday: int) -> Any:
    """Whether two sets of days have one in common that is a certain weekday."""
    for at in range(tables.amounts[DAY_WORDS]):
        common = tables.sets[days + at] & tables.sets[others + at]
        while common != ZERO:
            if (WORD * at + lowest(common)) % 7 == weekday:
                return True
            common &= common - ONE  # the lowest bit is taken out
    return False


@compiled
def find_overlapping(tables: Tables, state: State, patterns: int, series: int, minutes: int, pause: int) -> None:
    """Write into ``State.overlap`` which series of time patterns overlap one that lasts so many minutes.

    Each session takes a pause after it. A series is in the way if it meets on the same weekday at about the same time
    and has a session on the same date: no series has two meetings on one weekday.
    """
    about, other = tables.patterns[patterns], tables.series[series]
    for at in range(about.words):
        state.overlap[at] = ZERO
    for place in range(other.first_meeting, other.first_meeting + other.meetings):
        _find_meeting(tables, state, about, tables.meetings[place], about.minutes + pause, minutes + pause)


@compiled
def _find_meeting(tables: Tables, state: State, patterns: Any, meeting: Any, minutes: int, other_minutes: int) -> None:
    """Add the series of time patterns that overlap one weekly meeting on one of its dates."""
    together = patterns.together_word + meeting.dates * patterns.words
    week = patterns.week + meeting.weekday
    for place in range(tables.lists[week], tables.lists[week + 1]):
        start = tables.starts[place]
        if overlap_on_day(start.start - meeting.start, minutes, other_minutes):
            for at in range(patterns.words):
                state.overlap[at] |= tables.sets[start.word + at] & tables.sets[together + at]
