"""Sets of series as bits: all hours that sections of one kind can choose from, and which are in the way of others.

Bit i of a set stands for series i of the shape. Construction and improvement ask for the same sets again and again, so
that every answer is kept.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from solver.problem.plan import Meeting
from solver.problem.series import Series, holding, weekly_meetings
from solver.problem.term import Hours

MOST_KEPT = 100_000
"""Answers kept for each shape before all of them are forgotten."""

Levels = list[tuple[int, int]]
"""Sets of series by rising cost: pairs of a cost and the set of the series that cost so much."""


class TimePatterns:
    """All series of sections that have the same hours to choose from."""

    def __init__(self, series: list[Series], minutes: int) -> None:
        self.series = series
        self.minutes = minutes
        self.all = (1 << len(series)) - 1
        self.by_meeting: dict[Meeting, int] = {}
        self._by_day: dict[int, dict[int, int]] = {}
        self.loads: dict[int, int] = {}
        self._days = 0
        for index, one in enumerate(series):
            bit = 1 << index
            self._days |= one.days
            self.loads[one.load] = self.loads.get(one.load, 0) | bit
            for meeting in one.meetings:
                self.by_meeting[meeting] = self.by_meeting.get(meeting, 0) | bit
            for day, start in one.sessions:
                starts = self._by_day.setdefault(day, {})
                starts[start] = starts.get(start, 0) | bit
        self._kept: dict[Any, Any] = {}

    def within(self, hours: tuple[Hours, ...], off: tuple[int, ...]) -> int:
        """The series whose meetings lie in some hours and that have no session on some days."""
        key = hours, off
        if key not in self._kept:
            legal = self.all & ~self.on_days(off)
            for meeting, with_it in self.by_meeting.items():
                if not holding(hours, meeting, self.minutes):
                    legal &= ~with_it
            self._keep(key, legal)
        return int(self._kept[key])

    def on_days(self, days: Iterable[int]) -> int:
        """The series that have a session on any of some days."""
        found = 0
        for day in days:
            for bits in self._by_day.get(day, {}).values():
                found |= bits
        return found

    def on_full_days(self, days: int) -> int:
        """The series that have a session on a day of a set of days, given as bits."""
        if not days & self._days:
            return 0
        key = "days", days
        found: int | None = self._kept.get(key)
        if found is None:
            found = self.on_days(day for day in self._by_day if days >> day & 1)
            self._keep(key, found)
        return found

    def overlapping(self, series: Series, pause: int) -> int:
        """The series of this shape that overlap another one when each session takes a pause, in minutes, after it."""
        key = id(series), pause
        found: int | None = self._kept.get(key)
        if found is None:
            found = 0
            before, after = self.minutes + pause, series.minutes + pause
            for day, busy in series.sessions:
                for start, bits in self._by_day.get(day, {}).items():
                    if -before < start - busy < after:
                        found |= bits
            self._keep(key, found)
        return found

    def extra_load(self, load: int, wanted: int, most: int) -> Levels:
        """The series by the sessions above ``wanted`` a week they add to a packed load; none with over ``most``."""
        key = load, wanted, most
        found: Levels | None = self._kept.get(key)
        if found is None:
            found = levels(
                (above(load + extra, wanted) - above(load, wanted), bits)
                for extra, bits in self.loads.items()
                if max(weekly_meetings(load + extra), default=0) <= most
            )
            self._keep(key, found)
        return found

    def _keep(self, key: Any, answer: Any) -> None:
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[key] = answer


def levels(priced: Iterable[tuple[int, int]]) -> Levels:
    """Levels of sets that may share a cost; empty sets are left out."""
    sets: dict[int, int] = {}
    for cost, bits in priced:
        if bits:
            sets[cost] = sets.get(cost, 0) | bits
    return sorted(sets.items())


@lru_cache(maxsize=100_000)
def above(load: int, wanted: int) -> int:
    """The sessions of a packed load above so many a week, summed over the weeks."""
    return sum(count - wanted for count in weekly_meetings(load) if count > wanted)
