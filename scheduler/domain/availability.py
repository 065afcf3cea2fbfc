"""When rooms are open and when teachers can teach: weekly hours, and single dates without them or without some.

What stays the same keeps its row, so that the audit trail tells only of what has changed.
"""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from scheduler.calendar.date_text import UnavailableTime
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


def times_of(dates: Iterable[UnavailableDate]) -> list[UnavailableTime]:
    """Stored dates as forms show them."""
    return [UnavailableTime(row.date, *row.span, row.reason) for row in dates]


def dates_for(kind: type[D], before: Iterable[D], times: Iterable[UnavailableTime]) -> list[D]:
    """The rows that store these dates with hours and reasons, those from before that begin at the same minute."""
    stored, rows = {(row.date, row.start_minute): row for row in before}, list[D]()
    for time in times:
        start, end = (None, None) if time.whole_day else time.span
        row = stored.get((time.date, start)) or kind(date=time.date, start_minute=start)
        row.end_minute, row.reason = end, time.note
        rows.append(row)
    return rows


def closed_at(dates: Iterable[D], day: date, start: int, end: int) -> D | None:
    """The first of these dates that takes any of a day's minutes, None where they can all be had."""
    return next((row for row in dates if row.touches(day, start, end)), None)
