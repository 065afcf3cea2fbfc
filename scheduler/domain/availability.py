"""When rooms are open and when teachers can teach: weekly hours, and single dates without any.

What stays the same keeps its row, so that the audit trail tells only of what has changed.
"""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from scheduler.calendar.weekly_hours import Hours
from scheduler.models import UnavailableDate, WeeklyWindow

W = TypeVar("W", bound=WeeklyWindow)
D = TypeVar("D", bound=UnavailableDate)


def hours_of(windows: Iterable[WeeklyWindow]) -> list[Hours]:
    """Stored windows as forms show them."""
    return [Hours(window.weekday, window.start_minute, window.end_minute) for window in windows]


def windows_for(kind: type[W], before: Iterable[W], hours: Iterable[Hours]) -> list[W]:
    """The windows that store these hours, those from before where they say the same."""
    stored = {(window.weekday, window.start_minute, window.end_minute): window for window in before}
    return [
        stored.get((span.weekday, span.start, span.end))
        or kind(weekday=span.weekday, start_minute=span.start, end_minute=span.end)
        for span in hours
    ]


def dates_for(kind: type[D], before: Iterable[D], reasons: Iterable[tuple[date, str]]) -> list[D]:
    """The rows that store these dates with their reasons, those from before where the date stays."""
    stored, reason_of = {row.date: row for row in before}, dict(reasons)
    rows = [stored.get(day) or kind(date=day) for day in reason_of]
    for row in rows:
        row.reason = reason_of[row.date]
    return rows
