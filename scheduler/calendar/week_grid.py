"""Lays what is held in a week out in columns of days, so that hours which overlap stand side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from scheduler.core.clock import clock, today
from scheduler.models import MINUTES_PER_DAY
from scheduler.web.labels import weekday_name

MINUTES_PER_ROW = 5
MORNING, SHORTEST = 8 * 60, 6 * 60
WORKDAYS, DAYS = 5, 7


@dataclass(frozen=True)
class GridEntry:
    """What is held on a weekday from ``start`` to ``end`` (minutes since midnight), as the grid and the list show it.

    ``category`` gives the hue; ``state`` is "" or a class of the style sheet, such as "waiting"; ``note`` says the
    same in words. ``lines`` stand below the title.
    """

    weekday: int
    start: int
    end: int
    title: str
    lines: tuple[str, ...] = ()
    url: str = ""
    category: str = ""
    state: str = ""
    note: str = ""

    @property
    def hours(self) -> str:
        """09:00–10:30."""
        return f"{clock(self.start)}–{clock(self.end)}"


@dataclass(frozen=True)
class GridEvent:
    """An entry in its column: ``lane`` counts from 0 among the ``lanes`` that stand side by side."""

    entry: GridEntry
    lane: int
    lanes: int


@dataclass(frozen=True)
class GridDay:
    """One column; ``date`` is None in a typical week, ``off`` and ``make_up`` name an unusual day."""

    weekday: int
    events: list[GridEvent]
    date: date | None
    off: str | None = None
    make_up: str | None = None

    @property
    def name(self) -> str:
        """The weekday in the reader's language."""
        return weekday_name(self.weekday)

    @property
    def is_today(self) -> bool:
        """Whether this is the present date."""
        return self.date == today()


@dataclass(frozen=True)
class WeekGrid:
    """The columns of a week and its first and last minute shown, both on the hour."""

    days: list[GridDay]
    first: int
    last: int

    @property
    def rows(self) -> int:
        """Rows of five minutes."""
        return (self.last - self.first) // MINUTES_PER_ROW

    @property
    def hours(self) -> list[int]:
        """The minutes of the full hours that are named at the side."""
        return list(range(self.first, self.last, 60))

    @property
    def empty(self) -> bool:
        """Whether nothing is held."""
        return not any(day.events for day in self.days)

    def row(self, minute: int) -> int:
        """The grid line of a minute; the first line is the days' heading."""
        return 2 + (minute - self.first) // MINUTES_PER_ROW

    def span(self, entry: GridEntry) -> int:
        """Rows that an entry takes."""
        return max(1, (entry.end - entry.start) // MINUTES_PER_ROW)


@dataclass(frozen=True)
class SpecialDays:
    """What differs in a calendar: names of days off and of make-up days by date."""

    off: Mapping[date, str] = field(default_factory=dict)
    make_up: Mapping[date, str] = field(default_factory=dict)


def lay_out(entries: Iterable[GridEntry], monday: date | None = None, special: SpecialDays | None = None) -> WeekGrid:
    """A typical week, or with its ``monday`` a dated one; Saturday and Sunday appear when something happens then.

    The hours shown are those in which something is held, at least six of them.
    """
    by_day: list[list[GridEntry]] = [[] for _weekday in range(DAYS)]
    for entry in sorted(entries, key=lambda entry: (entry.start, entry.end, entry.title)):
        by_day[entry.weekday].append(entry)
    days = [_day(of_day, weekday, monday, special or SpecialDays()) for weekday, of_day in enumerate(by_day)]
    weekend = any(day.events or day.make_up is not None for day in days[WORKDAYS:])
    first = min((entry.start // 60 * 60 for of_day in by_day for entry in of_day), default=MORNING)
    last = max((-(-entry.end // 60) * 60 for of_day in by_day for entry in of_day), default=MORNING)
    first = min(first, MINUTES_PER_DAY - SHORTEST)
    return WeekGrid(days if weekend else days[:WORKDAYS], first, max(last, first + SHORTEST))


def _day(entries: Sequence[GridEntry], weekday: int, monday: date | None, special: SpecialDays) -> GridDay:
    if monday is None:
        return GridDay(weekday, _side_by_side(entries), None)
    day = monday + timedelta(days=weekday)
    return GridDay(weekday, _side_by_side(entries), day, special.off.get(day), special.make_up.get(day))


def _side_by_side(entries: Sequence[GridEntry]) -> list[GridEvent]:
    """Entries in order of their start; each run of overlapping ones shares the width of the column."""
    events: list[GridEvent] = []
    run: list[tuple[GridEntry, int]] = []
    ends: list[int] = []
    for entry in entries:
        if run and entry.start >= max(ends):
            events += [GridEvent(member, lane, len(ends)) for member, lane in run]
            run, ends = [], []
        lane = next((lane for lane, end in enumerate(ends) if end <= entry.start), len(ends))
        ends[lane : lane + 1] = [entry.end]
        run.append((entry, lane))
    return events + [GridEvent(member, lane, len(ends)) for member, lane in run]
