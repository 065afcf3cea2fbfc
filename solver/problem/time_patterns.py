"""Sets of series as bits: all hours that sections of one kind can choose from, and which are in the way of others.

Bit i of a set stands for series i of the patterns. Construction and improvement ask for the same sets again and again,
so that every answer is cached.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from solver.problem.busy import BusyHours
from solver.problem.overlap import sessions_overlap
from solver.problem.plan import Meeting
from solver.problem.series import Series, holding, sessions_by_week
from solver.problem.term import Hours

MAX_CACHED = 100_000
"""Answers cached for each set of patterns before all of them are forgotten."""

Levels = list[tuple[int, int]]
"""Sets of series by rising cost: pairs of a cost and the set of the series that cost so much."""


class TimePatterns:
    """All series of sections that have the same hours to choose from."""

    def __init__(self, series: list[Series], minutes: int) -> None:
        self.series = series
        self.minutes = minutes
        self.all = (1 << len(series)) - 1
        self.by_meeting: dict[Meeting, int] = {}
        """For each weekly meeting the series that have it."""
        self.loads: dict[int, int] = {}
        """For each packed load the series that have it."""
        self._by_day: dict[int, dict[int, int]] = {}
        """For each day and each start on it the series with this session."""
        self._days = 0
        for number, pattern in enumerate(series):
            bit = 1 << number
            self._days |= pattern.days
            self.loads[pattern.load] = self.loads.get(pattern.load, 0) | bit
            for meeting in pattern.meetings:
                self.by_meeting[meeting] = self.by_meeting.get(meeting, 0) | bit
            for day, start in pattern.sessions:
                starts = self._by_day.setdefault(day, {})
                starts[start] = starts.get(start, 0) | bit
        self._answers: dict[Any, Any] = {}

    def within(self, hours: tuple[Hours, ...], off: tuple[int, ...]) -> int:
        """The series whose meetings lie in some hours and that have no session on some days."""
        key = hours, off
        if key not in self._answers:
            legal = self.all & ~self.on_days(off)
            for meeting, with_meeting in self.by_meeting.items():
                if not holding(hours, meeting, self.minutes):
                    legal &= ~with_meeting
            self._cache(key, legal)
        return int(self._answers[key])

    def on_days(self, days: Iterable[int]) -> int:
        """The series that have a session on any of some days."""
        meeting_then = 0
        for day in days:
            for bits in self._by_day.get(day, {}).values():
                meeting_then |= bits
        return meeting_then

    def during(self, hours: BusyHours, days: Iterable[int], pause: int) -> int:
        """The series with a session on any of some days that lies within busy hours or less than a pause from them."""
        meeting_then = 0
        minutes, other_minutes = self.minutes + pause, hours.minutes + pause
        for day in days:
            for start, bits in self._by_day.get(day, {}).items():
                if sessions_overlap(start - hours.start, minutes, other_minutes):
                    meeting_then |= bits
        return meeting_then

    def on_full_days(self, days: int) -> int:
        """The series that have a session on a day of a set of days, given as bits."""
        if not days & self._days:
            return 0
        key = "days", days
        on_full_days: int | None = self._answers.get(key)
        if on_full_days is None:
            on_full_days = self.on_days(day for day in self._by_day if days >> day & 1)
            self._cache(key, on_full_days)
        return on_full_days

    def overlapping(self, series: Series, pause: int) -> int:
        """The series of these patterns that overlap another one when each session takes a pause, in minutes, after it.

        Answers are cached by the identity of the other series, which has to outlive these patterns.
        """
        key = id(series), pause
        overlapping: int | None = self._answers.get(key)
        if overlapping is None:
            overlapping = 0
            minutes, other_minutes = self.minutes + pause, series.minutes + pause
            for day, other_start in series.sessions:
                for start, bits in self._by_day.get(day, {}).items():
                    if sessions_overlap(start - other_start, minutes, other_minutes):
                        overlapping |= bits
            self._cache(key, overlapping)
        return overlapping

    def extra_load(self, load: int, wanted_week: int, most: int) -> Levels:
        """The series by the sessions above ``wanted_week`` they add to a packed load; none over ``most`` a week."""
        key = load, wanted_week, most
        by_extra: Levels | None = self._answers.get(key)
        if by_extra is None:
            by_extra = levels(
                (extra_sessions(load, added, wanted_week), bits)
                for added, bits in self.loads.items()
                if max(sessions_by_week(load + added), default=0) <= most
            )
            self._cache(key, by_extra)
        return by_extra

    def _cache(self, key: Any, answer: Any) -> None:
        if len(self._answers) >= MAX_CACHED:
            self._answers.clear()
        self._answers[key] = answer


def levels(priced: Iterable[tuple[int, int]]) -> Levels:
    """Levels of sets that may share a cost; empty sets are left out."""
    sets: dict[int, int] = {}
    for cost, bits in priced:
        if bits:
            sets[cost] = sets.get(cost, 0) | bits
    return sorted(sets.items())


def extra_sessions(load: int, added: int, wanted_week: int) -> int:
    """By how many sessions above ``wanted_week`` a packed load grows when another one is added to it."""
    return _sessions_above(load + added, wanted_week) - _sessions_above(load, wanted_week)


@lru_cache(maxsize=100_000)
def _sessions_above(load: int, wanted_week: int) -> int:
    """The sessions of a packed load above so many a week, summed over the weeks."""
    return sum(count - wanted_week for count in sessions_by_week(load) if count > wanted_week)
