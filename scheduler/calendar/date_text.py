"""Dates as people write them: lists and spans of dates, each with hours or a note, in one line or several.

2027-05-01, 05-02; 2027年5月1日-5日 劳动节; 2027-05-08 09:00-12:00. A note is free text that holds nothing like a date
or an hour: what looks like one is refused, unless the note stands between quotation marks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final

from flask_babel import gettext as _

from scheduler.calendar.date_lines import DateItem, DateLineReader, line_error
from scheduler.calendar.date_signs import WrittenDate
from scheduler.calendar.day_hours import MIDNIGHT, Span, TokenReader, read_day
from scheduler.calendar.hour_tokens import DayPart
from scheduler.core.clock import clock

MAXIMUM_DATES: Final = 400
WHOLE_DAY: Final[Span] = (0, MIDNIGHT)
PARTS_OF_DATES: Final[dict[DayPart, Span]] = {
    DayPart.MORNING: (0, 12 * 60), DayPart.AFTERNOON: (12 * 60, 18 * 60), DayPart.EVENING: (18 * 60, MIDNIGHT)
}
"""What is closed or away “in the morning” is so for all of it: more than hours that would be assumed to be open."""


@dataclass(frozen=True, order=True)
class UnavailableTime:
    """A date on which something cannot be had, from one minute to another, and why; all day unless said otherwise."""

    date: date
    start: int = 0
    end: int = MIDNIGHT
    note: str = ""

    @property
    def span(self) -> Span:
        """First and last minute."""
        return self.start, self.end

    @property
    def whole_day(self) -> bool:
        """Whether no minute of the date is left."""
        return self.span == WHOLE_DAY


@dataclass(frozen=True)
class UnavailableRun:
    """Neighbouring dates with the same hours and note; ``hours`` is "" for whole days."""

    first: date
    last: date
    hours: str
    note: str


def parse_dates(text: str) -> list[UnavailableTime]:
    """Dates in order, spans spelt out; ValueError that names the first wrong line otherwise."""
    times: dict[tuple[date, int, bool], UnavailableTime] = {}
    for number, item in _items(text):
        hours = _hours(item.hours, number)
        if len(times) + len(hours) * sum((last - first).days + 1 for first, last in item.spans) > MAXIMUM_DATES:
            raise ValueError(_("At most %(number)d dates.", number=MAXIMUM_DATES))
        for time in (UnavailableTime(day, *span, item.note) for day in _days(item) for span in hours):
            key = time.date, time.start, time.whole_day
            before = times.get(key, time)
            if before.end != time.end or (before.note and time.note not in {"", before.note}):
                raise ValueError(line_error(number, _("%(date)s stands here twice.", date=time.date.isoformat())))
            times[key] = time if time.note else before
    _refuse_overlaps(sorted(times.values()))
    return sorted(times.values())


def _items(text: str) -> Iterator[tuple[int, DateItem]]:
    """What stands in each line, with the line's number; a missing year follows from the date before, line by line."""
    before: WrittenDate | None = None
    for number, line in enumerate(text.splitlines(), 1):
        reader = DateLineReader(number, " ".join(line.split()), before)
        while not reader.over:
            yield number, reader.item()
        before = reader.before


def _days(item: DateItem) -> list[date]:
    """All dates of an item."""
    return [first + timedelta(step) for first, last in item.spans for step in range((last - first).days + 1)]


def _hours(text: str, number: int) -> list[Span]:
    """The hours of an item, all day where none are written."""
    if not text:
        return [WHOLE_DAY]
    reader = TokenReader(text)
    try:
        content = read_day(reader, False, PARTS_OF_DATES, WHOLE_DAY)
        if (token := reader.peek()) is not None:
            reader.refuse(token)
    except ValueError as error:
        raise ValueError(line_error(number, str(error))) from None
    return content.spans


def _refuse_overlaps(times: list[UnavailableTime]) -> None:
    """Two of a date's hours that overlap are a slip; a whole day beside them is not."""
    parts = [time for time in times if not time.whole_day]
    for earlier, later in pairwise(parts):
        if earlier.date == later.date and later.start < earlier.end:
            raise ValueError(_("%(date)s: its hours overlap.", date=later.date.isoformat()))


def runs(times: Iterable[UnavailableTime]) -> list[UnavailableRun]:
    """Dates in order; neighbouring dates with the same hours and note stand together."""
    found: list[UnavailableRun] = []
    for time in sorted(times, key=lambda time: (time.span, time.note, time.date)):
        hours = "" if time.whole_day else f"{clock(time.start)}-{clock(time.end)}"
        last = found[-1] if found else None
        if last and last.last + timedelta(1) == time.date and (last.hours, last.note) == (hours, time.note):
            found[-1] = UnavailableRun(last.first, time.date, hours, time.note)
        else:
            found.append(UnavailableRun(time.date, time.date, hours, time.note))
    return sorted(found, key=lambda run: (run.first, run.hours, run.last))


def format_dates(times: Iterable[UnavailableTime]) -> str:
    """The text that parse_dates reads back as these dates."""
    return "\n".join(
        " ".join(filter(None, (_written_dates(run), run.hours, _written_note(run.note, bool(run.hours)))))
        for run in runs(times)
    )


def _written_dates(run: UnavailableRun) -> str:
    return str(run.first) if run.first == run.last else f"{run.first}~{run.last}"


@lru_cache(maxsize=5_000)
def _written_note(note: str, behind_hours: bool) -> str:
    """The note, between quotation marks where it would be taken for something else without them."""
    line, hours = " ".join(note.split()), "09:00-12:00" if behind_hours else ""
    try:
        (item,) = (item for _number, item in _items(f"2000-01-03 {hours} {line}"))
    except ValueError:
        return f"“{line}”"
    monday = date(2000, 1, 3)
    plain = item == DateItem(((monday, monday),), hours, line)
    return line if plain else f"“{line}”"
