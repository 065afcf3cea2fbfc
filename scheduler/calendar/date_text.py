"""Dates as people write them: lists and spans of dates, each with a note, in one line or several.

2027-05-01, 05-02; 2027年5月1日-5日 劳动节. A note is free text that holds nothing like a date or an hour: what looks
like one is refused, unless the note stands between quotation marks.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from flask_babel import gettext as _

from scheduler.calendar.date_lines import DateItem, DateLineReader, line_error
from scheduler.calendar.date_signs import WrittenDate

MAXIMUM_DATES: Final = 400


def parse_dates(text: str) -> list[tuple[date, str]]:
    """(date, note) pairs in order, spans spelt out; ValueError that names the first wrong line otherwise."""
    notes: dict[date, str] = {}
    for number, item in _items(text):
        if item.hours:
            raise ValueError(
                line_error(number, _("“%(text)s”: only whole days can be written here.", text=item.hours[:40]))
            )
        for day in _days(item, len(notes)):
            if notes.get(day) and item.note and notes[day] != item.note:
                raise ValueError(line_error(number, _("%(date)s stands here twice.", date=day.isoformat())))
            notes[day] = item.note or notes.get(day, "")
    return sorted(notes.items())


def _items(text: str) -> Iterator[tuple[int, DateItem]]:
    """What stands in each line, with the line's number; a missing year follows from the date before, line by line."""
    before: WrittenDate | None = None
    for number, line in enumerate(text.splitlines(), 1):
        reader = DateLineReader(number, " ".join(line.split()), before)
        while not reader.over:
            yield number, reader.item()
        before = reader.before


def _days(item: DateItem, known: int) -> list[date]:
    """All dates of an item."""
    if known + sum((last - first).days + 1 for first, last in item.spans) > MAXIMUM_DATES:
        raise ValueError(_("At most %(number)d dates.", number=MAXIMUM_DATES))
    return [first + timedelta(step) for first, last in item.spans for step in range((last - first).days + 1)]


def spans(days: Iterable[tuple[date, str]]) -> list[tuple[date, date, str]]:
    """(first, last, note) of the days in order; neighbouring days with the same note are one span."""
    runs: list[tuple[date, date, str]] = []
    for day, note in sorted(days):
        if runs and runs[-1][1] + timedelta(1) == day and runs[-1][2] == note:
            runs[-1] = (runs[-1][0], day, note)
        else:
            runs.append((day, day, note))
    return runs


def format_dates(days: Iterable[tuple[date, str]]) -> str:
    """The text that parse_dates reads back as these days."""
    return "\n".join(
        f"{first}{'' if first == last else f'~{last}'} {_written_note(note)}".strip()
        for first, last, note in spans(days)
    )


@lru_cache(maxsize=5_000)
def _written_note(note: str) -> str:
    """The note, between quotation marks where it would be taken for something else without them."""
    line = " ".join(note.split())
    try:
        (item,) = (item for _number, item in _items(f"2000-01-03 {line}"))
    except ValueError:
        return f"“{line}”"
    plain = item.note == line and not item.hours and len(item.spans) == 1 and item.spans[0][0] == item.spans[0][1]
    return line if plain else f"“{line}”"
