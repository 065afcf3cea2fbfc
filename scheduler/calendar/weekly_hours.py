"""Weekly hours: read from what people type, as one line that groups equal days, and as a week drawn in bars."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Protocol

from flask_babel import gettext as _

from scheduler.calendar.day_hours import Span, TokenReader, read_day, read_minute
from scheduler.core.clock import clock
from scheduler.web.labels import weekday_name

FIRST_MINUTE, LAST_MINUTE, TICK_MINUTES = 8 * 60, 20 * 60, 120
LONGEST_DAY: Final = 300
"""Letters of one day's hours; what is longer is refused, never cut."""


@dataclass(frozen=True)
class Hours:
    """A weekly window: ``weekday`` 0 (Monday) to 6, minutes since midnight."""

    weekday: int
    start: int
    end: int


def minute_of(text: str) -> int | None:
    """Minutes since midnight of a time like ``09:30``, ``9.30``, ``下午2点`` or ``24:00``; None where it is none."""
    return read_minute(text)


def parse_hours(weekday: int, text: str) -> list[Hours]:
    """Windows of one weekday from text like ``09:00-12:00, 14:00-17:30``; ValueError with a message otherwise."""
    if len(text) > LONGEST_DAY:
        raise ValueError(_("This is longer than %(number)d letters.", number=LONGEST_DAY))
    reader = TokenReader(text)
    content = read_day(reader, day_named=True)
    if (token := reader.peek()) is not None:
        reader.refuse(token)
    return joined(Hours(weekday, *span) for span in content.spans)


def joined(hours: Iterable[Hours]) -> list[Hours]:
    """Hours of one day in their order; those that touch become one, so that a session may run over the seam.

    ValueError where they overlap.
    """
    windows: list[Hours] = []
    for window in sorted(hours, key=lambda window: window.start):
        if windows and window.start < windows[-1].end:
            raise ValueError(_("The hours of this day overlap."))
        if windows and window.start == windows[-1].end:
            windows[-1] = Hours(window.weekday, windows[-1].start, window.end)
        else:
            windows.append(window)
    return windows


class Window(Protocol):
    """A weekly window: ``weekday`` 0 (Monday) to 6, minutes since midnight."""

    weekday: int
    start_minute: int
    end_minute: int


def spans_by_day(windows: Iterable[Window]) -> list[list[Span]]:
    """For Monday to Sunday the open (start, end) minutes in order; windows that touch or overlap become one."""
    days: list[list[Span]] = [[] for _weekday in range(7)]
    for window in sorted(windows, key=lambda window: (window.weekday, window.start_minute)):
        spans = days[window.weekday]
        if spans and window.start_minute <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], window.end_minute))
        else:
            spans.append((window.start_minute, window.end_minute))
    return days


def summary(windows: Iterable[Window]) -> str:
    """One line such as “Mon–Fri 08:30–21:00; Sat, Sun 09:00–17:00”; empty when there is no window."""
    days = spans_by_day(windows)
    runs = [(spans, list(run)) for spans, run in groupby(range(7), key=lambda weekday: days[weekday]) if spans]
    return _("; ").join(f"{_days_text(run)} {_spans_text(spans)}" for spans, run in runs)


def _days_text(weekdays: Sequence[int]) -> str:
    if len(weekdays) == 7:
        return _("daily")
    names = [weekday_name(weekday, "abbreviated") for weekday in weekdays]
    if len(names) <= 2:
        return _(", ").join(names)
    return _("%(first)s to %(last)s", first=names[0], last=names[-1])


def _spans_text(spans: Iterable[Span]) -> str:
    return _(", ").join(f"{clock(start)}–{clock(end)}" for start, end in spans)


@dataclass(frozen=True)
class Bar:
    """An open span as shares (0 to 100) of the drawn part of the day."""

    left: float
    width: float


@dataclass(frozen=True)
class WeekdayHours:
    """One weekday: its name, its hours in words ("" when closed) and as bars."""

    name: str
    text: str
    bars: list[Bar]


@dataclass(frozen=True)
class WeekHours:
    """A week to be drawn; ``ticks`` are (share, time of day) of the lines behind the bars."""

    days: list[WeekdayHours]
    ticks: list[tuple[float, str]]

    @classmethod
    def of(cls, windows: Iterable[Window]) -> "WeekHours":
        """The week of these windows; the drawn day grows with early and late hours."""
        days = spans_by_day(windows)
        first = min((start for spans in days for start, _end in spans), default=FIRST_MINUTE)
        last = max((end for spans in days for _start, end in spans), default=LAST_MINUTE)
        first = min(first, FIRST_MINUTE) // TICK_MINUTES * TICK_MINUTES
        last = -(-max(last, LAST_MINUTE) // TICK_MINUTES) * TICK_MINUTES
        share = 100 / (last - first)
        return cls(
            [
                WeekdayHours(
                    weekday_name(weekday), _spans_text(spans),
                    [Bar(round((start - first) * share, 2), round((end - start) * share, 2)) for start, end in spans],
                )
                for weekday, spans in enumerate(days)
            ],
            [(round((minute - first) * share, 2), clock(minute)) for minute in range(first, last + 1, TICK_MINUTES)],
        )
