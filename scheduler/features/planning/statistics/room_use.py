"""How much of the time in which rooms are open they are used: by weekday and hour, and room by room."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from scheduler.features.planning.statistics.dated_placements import Span
from scheduler.models import VenueKind

HOUR = 60
STEPS, SHADES = (1, 2, 5, 10, 20), 5
Cell = tuple[int, int]
"""A weekday from 0 (Monday) and an hour of the day."""
Opened = tuple[int, Span, int]
"""A room, or a county with all its rooms, open at these hours on so many dates."""
Use = tuple[int, Span, int]
"""A room, or a county with all its rooms, used at these hours so many times."""


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
    closed_hours: tuple[tuple[date, int, int], ...] = ()
    """Hours of other dates (date, start, end) at which it is closed, too."""


@dataclass
class Minutes:
    """Minutes in which rooms are open, and in which of them they are used."""

    open: int = 0
    used: int = 0
    sessions: int = 0
    rooms: int = 1

    @property
    def share(self) -> float | None:
        """The used share of the open time, None where nothing is open."""
        return self.used / self.open if self.open else None


@dataclass
class RoomUse:
    """The minutes of a term by weekday and hour, and by room or county."""

    cells: dict[Cell, Minutes] = field(default_factory=dict)
    rooms: dict[int, Minutes] = field(default_factory=dict)

    @property
    def total(self) -> Minutes:
        """All rooms together."""
        rooms = self.rooms.values()
        return Minutes(
            sum(room.open for room in rooms), sum(room.used for room in rooms), sum(room.sessions for room in rooms)
        )

    @property
    def hours(self) -> range:
        """The hours of the day in which some room is open."""
        hours = [hour for (_weekday, hour), minutes in self.cells.items() if minutes.open]
        return range(min(hours), max(hours) + 1) if hours else range(0)


def room_use(rooms: Iterable[OpenRoom], days: Iterable[date], uses: Iterable[Use]) -> RoomUse:
    """Lays the open windows of rooms and their uses over the days on which anything is held."""
    weekday_dates = by_weekday(days)
    parts, opened = dict[int, int](), list[Opened]()
    for room in rooms:
        parts[room.id] = 1
        for span in room.windows:
            dates = weekday_dates[span[0]]
            closed = sum(day in room.closed for day in dates) if room.closed else 0
            opened.append((room.id, span, len(dates) - closed))
            opened += [(room.id, part, -1) for part in closed_parts(span, room.closed_hours, dates)]
    return use_of(parts, opened, uses)


def closed_parts(span: Span, hours: Iterable[tuple[date, int, int]], dates: Collection[date]) -> Iterator[Span]:
    """The parts of a weekly window that hours of some dates (date, start, end) take away."""
    weekday, opens, closes = span
    for day, start, end in hours:
        if day.weekday() == weekday and day in dates and start < closes and opens < end:
            yield weekday, max(opens, start), min(closes, end)


def use_of(parts: Mapping[int, int], opened: Iterable[Opened], uses: Iterable[Use]) -> RoomUse:
    """Adds up what is open and used by part, such as a room or a county, each with its number of rooms.

    Uses of other parts do not count.
    """
    use, open_spans, used_spans = RoomUse(), Counter[Span](), Counter[Span]()
    use.rooms = {part: Minutes(rooms=number) for part, number in parts.items()}
    for part, span, times in opened:
        open_spans[span] += times
        use.rooms[part].open += times * (span[2] - span[1])
    for part, span, times in uses:
        if part in use.rooms:
            used_spans[span] += times
            use.rooms[part].used += times * (span[2] - span[1])
            use.rooms[part].sessions += times
    for span in open_spans.keys() | used_spans.keys():
        _add(use.cells, span, open_spans[span], used_spans[span])
    return use


def by_weekday(days: Iterable[date]) -> list[list[date]]:
    """The dates of each weekday from Monday on."""
    dates: list[list[date]] = [[] for _weekday in range(7)]
    for day in days:
        dates[day.weekday()].append(day)
    return dates


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
