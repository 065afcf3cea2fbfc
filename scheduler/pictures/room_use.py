"""How much of the time in which rooms are open they are used: by weekday and hour, and room by room."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from scheduler.models import VenueKind

HOUR = 60
STEPS, SHADES = (1, 2, 5, 10, 20), 5
Cell = tuple[int, int]
"""A weekday from 0 (Monday) and an hour of the day."""
Span = tuple[int, int, int]
"""A weekday, and the minutes from which to which."""
Use = tuple[int, date, int, int]
"""A room, a date, and the minutes from which to which it is used."""


@dataclass(frozen=True)
class OpenRoom:
    """A room with its weekly windows (weekday, start, end) and the dates on which it is closed."""

    id: int
    name: str
    venue_id: int
    venue: str
    kind: VenueKind
    windows: tuple[tuple[int, int, int], ...]
    closed: frozenset[date] = frozenset()


@dataclass
class Minutes:
    """Minutes in which something is open, and in which of them it is used."""

    open: int = 0
    used: int = 0
    sessions: int = 0

    @property
    def share(self) -> float | None:
        """The used share of the open time, None where nothing is open."""
        return self.used / self.open if self.open else None


@dataclass
class RoomUse:
    """The minutes of a term by weekday and hour, and by room."""

    cells: dict[Cell, Minutes] = field(default_factory=dict)
    rooms: dict[int, Minutes] = field(default_factory=dict)

    @property
    def total(self) -> Minutes:
        """All rooms together."""
        rooms = self.rooms.values()
        return Minutes(
            sum(one.open for one in rooms), sum(one.used for one in rooms), sum(one.sessions for one in rooms)
        )

    @property
    def hours(self) -> range:
        """The hours of the day in which some room is open."""
        hours = [hour for (_weekday, hour), minutes in self.cells.items() if minutes.open]
        return range(min(hours), max(hours) + 1) if hours else range(0)


def room_use(rooms: Iterable[OpenRoom], days: Iterable[date], uses: Iterable[Use]) -> RoomUse:
    """Lays open windows and uses over the days on which anything is held; uses of other rooms do not count."""
    by_weekday: dict[int, list[date]] = {}
    for day in days:
        by_weekday.setdefault(day.weekday(), []).append(day)
    found, opened, used = RoomUse(), Counter[Span](), Counter[Span]()
    for room in rooms:
        minutes = found.rooms[room.id] = Minutes()
        for weekday, start, end in room.windows:
            days_open = by_weekday.get(weekday, [])
            dates = len(days_open) - sum(day in room.closed for day in days_open if room.closed)
            opened[weekday, start, end] += dates
            minutes.open += dates * (end - start)
    for room_id, day, start, end in uses:
        if room_id in found.rooms:
            minutes = found.rooms[room_id]
            used[day.weekday(), start, end] += 1
            minutes.used += end - start
            minutes.sessions += 1
    for span in opened.keys() | used.keys():
        _add(found.cells, span, opened[span], used[span])
    return found


def _add(cells: dict[Cell, Minutes], span: Span, opened: int, used: int) -> None:
    """Count a span, so many times open and so many times used, in every hour that it touches."""
    weekday, start, end = span
    for hour in range(start // HOUR, -(-end // HOUR)):
        minutes = min(end, (hour + 1) * HOUR) - max(start, hour * HOUR)
        cell = cells.setdefault((weekday, hour), Minutes())
        cell.open += minutes * opened
        cell.used += minutes * used


def teaching_days(first_day: date, weeks: int, closed: frozenset[date]) -> list[date]:
    """The dates of a term without its days off."""
    days = (first_day + timedelta(days=number) for number in range(7 * weeks))
    return [day for day in days if day not in closed]


def step_of(use: RoomUse) -> int:
    """How many percent a shade spans, so that five shades reach to the busiest hour."""
    busiest = max((minutes.share or 0 for minutes in use.cells.values()), default=0)
    return next(step for step in STEPS if step * SHADES >= 100 * busiest)


def shade(share: float | None, step: int) -> int:
    """The shade of a share, of so many percent each: 0 for nothing, 1 to 5."""
    return 0 if not share else min(SHADES, int(100 * share / step) + 1)
