"""Dates as people write them: one date, or a first and a last one, to a line, each with an optional note."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from flask_babel import gettext as _

MAXIMUM_DATES = 400
LONGEST_NOTE = 200
_DAY = r"(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?日?"
_HALF_SPAN = r" ?[-~～–—至到] ?\d"  # such as “2027-05-01 - 05-03”, which must not pass for a date with a note
_LINE = re.compile(rf"^{_DAY}(?:(?: ?[~～–—至到] ?| - ){_DAY})?(?:[ ,，:：](?!{_HALF_SPAN})(.*))?$")


def parse_dates(text: str) -> list[tuple[date, str]]:
    """(date, note) pairs in order, spans spelt out; ValueError that names the first wrong line otherwise."""
    notes: dict[date, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not (words := " ".join(line.split())):
            continue
        try:
            first, last, note = _read(words)
        except ValueError:
            message = _("Line %(number)d: “%(text)s” is not a date. Write it like 2027-05-01.")
            raise ValueError(message % {"number": number, "text": words[:20]}) from None
        if last < first:
            raise ValueError(_("Line %(number)d: the last date lies before the first.", number=number))
        if len(notes) + (last - first).days >= MAXIMUM_DATES:
            raise ValueError(_("At most %(number)d dates.", number=MAXIMUM_DATES))
        notes.update((first + timedelta(days), note) for days in range((last - first).days + 1))
    return sorted(notes.items())


def _read(line: str) -> tuple[date, date, str]:
    match = _LINE.match(line)
    if match is None:
        raise ValueError(line)
    numbers, note = match.groups()[:6], match.group(7) or ""
    first = date(*map(int, numbers[:3]))
    last = date(*map(int, numbers[3:])) if numbers[3] else first
    return first, last, note.strip()[:LONGEST_NOTE]


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
        f"{first}{'' if first == last else f'~{last}'} {note}".strip() for first, last, note in spans(days)
    )
