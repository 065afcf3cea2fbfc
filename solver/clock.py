"""Time as bits: slots of the grid, day after day, so that two uses are compared by one ``and``.

All meetings start on the grid, so a use of some minutes covers exactly the slots it touches, rounded up:
two uses that both include the pause after them are apart exactly when their slots are disjoint.
"""

from collections.abc import Iterable
from functools import cache

from solver.series import Session
from solver.term import Term

WEEK_BITS = 16
"""Bits for the sessions of one week in a packed load: more than a week has minutes."""


class Clock:
    """The slots of a term: a day is as long as the latest meeting with the longest pause after it."""

    def __init__(self, term: Term) -> None:
        windows = [window for section in term.sections for window in section.windows]
        self.grid = term.calendar.grid_minutes
        self.weeks = term.calendar.weeks
        first = min((window.start for window in windows), default=0)
        self._origin = first // self.grid * self.grid
        self._span = max((window.end for window in windows), default=1440) - self._origin
        self._day_slots = -(-2 * self._span // self.grid) + 2
        self._ones = cache(lambda length: (1 << length) - 1)

    def starts(self, sessions: Iterable[Session]) -> int:
        """One bit at the start of each session."""
        mask = 0
        for day, start in sessions:
            mask |= 1 << (day * self._day_slots + (start - self._origin) // self.grid)
        return mask

    def busy(self, starts: int, minutes: int, pause: int = 0) -> int:
        """All bits from each start on, for so many minutes and a pause (both in minutes)."""
        length = -(-(minutes + min(pause, self._span)) // self.grid)
        return starts * int(self._ones(length))


def days_mask(days: Iterable[int]) -> int:
    """One bit for each day of the term; days before the term are left out."""
    mask = 0
    for day in days:
        if day >= 0:
            mask |= 1 << day
    return mask


def packed_load(sessions: Iterable[Session]) -> int:
    """The number of sessions of each week, packed into one integer of WEEK_BITS bits a week."""
    load = 0
    for day, _ in sessions:
        load += 1 << (WEEK_BITS * (day // 7))
    return load
