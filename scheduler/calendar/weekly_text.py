"""Weekly hours and times as one readable text: 周一至周五 08:30-11:30；周六 09:00-12:00."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NoReturn

from flask_babel import gettext as _

from scheduler.calendar.day_hours import MIDNIGHT, DayContent, Span, TokenReader, minute_at, read_day, read_time
from scheduler.calendar.hour_tokens import WHOLE_WEEK, HourToken, TokenKind, TypedTime, days_between
from scheduler.calendar.weekly_hours import Hours, joined
from scheduler.core.clock import clock
from scheduler.web.labels import weekday_name

NAMES = TokenKind.DAYS, TokenKind.SIGN
LONGEST_TEXT = 4_000
"""Letters of a week; what is longer is refused, never cut."""


@dataclass(frozen=True)
class WeekEntry:
    """Some weekdays with what stands for them; ``days`` is None where none was named."""

    days: list[int] | None
    content: DayContent


def write_days(texts: Mapping[int, str]) -> str:
    """Texts by weekday as one line; neighbouring days with the same text stand together."""
    runs = [list(run) for text, run in groupby(range(7), key=lambda day: texts.get(day, "")) if text]
    return _("; ").join(f"{_days_text(run)} {texts[run[0]]}" for run in runs)


def _days_text(days: list[int]) -> str:
    first, last = weekday_name(days[0], "abbreviated"), weekday_name(days[-1], "abbreviated")
    return first if len(days) == 1 else _("%(first)s to %(last)s", first=first, last=last)


def example() -> str:
    """A text of this form in the reader's language."""
    return write_days({0: "08:30-11:30", 2: "14:00-17:00"})


def read_hours(text: str) -> dict[int, str]:
    """Hours by weekday, as the forms write them, from such a text; ValueError with a message otherwise.

    Hours without any weekday are those of every day; a day that is said to be closed has none, whatever the hours of
    the days around it.
    """
    entries = _entries(text)
    closed = {day for entry in entries if entry.content.closed for day in entry.days or WHOLE_WEEK}
    spans: dict[int, list[Span]] = {}
    for entry in entries:
        days = WHOLE_WEEK if entry.days is None else entry.days
        if entry.content.spans and closed.issuperset(days):
            raise ValueError(_("%(day)s is both open and closed here.", day=weekday_name(days[0])))
        for day in dict.fromkeys(days):
            spans.setdefault(day, []).extend(entry.content.spans)
    windows = {day: joined(Hours(day, *span) for span in spans[day]) for day in sorted(spans) if day not in closed}
    return {
        day: ", ".join(f"{clock(window.start)}-{clock(window.end)}" for window in windows[day])
        for day in windows if windows[day]
    }


def _entries(text: str) -> list[WeekEntry]:
    """What stands for which weekdays, in the order of the text."""
    if len(text) > LONGEST_TEXT:
        raise ValueError(_("This is longer than %(number)d letters.", number=LONGEST_TEXT))
    reader, entries = TokenReader(text), list[WeekEntry]()
    reader.skip(TokenKind.COMMA, TokenKind.BREAK)
    while (first := reader.peek()) is not None:
        days = read_days(reader)
        content = read_day(reader, day_named=days is not None)
        if content.empty:
            _refuse_start(text, first)
        entries.append(WeekEntry(days, content))
    without_days = [entry for entry in entries if entry.days is None]
    if without_days and any(entry.content.spans for entry in entries if entry.days is not None):
        _refuse_start(text, None)
    return entries


def _refuse_start(text: str, token: HourToken | None) -> NoReturn:
    part = text.strip() if token is None else text[token.start:]
    raise ValueError(
        _("“%(text)s” does not begin with a weekday and hours. Write it like %(example)s.",
          text=part[:40], example=example())
    )


def read_days(reader: TokenReader) -> list[int] | None:
    """The weekdays that come next, such as “mon to fri” or “周六、日”; None where no weekday does."""
    first = reader.peek()
    if first is None or first.kind is not TokenKind.DAYS:
        if first is not None and first.kind in {TokenKind.WORD, TokenKind.SIGN}:
            raise ValueError(
                _("“%(text)s” is no weekday. Write it like %(example)s.", text=first.text[:40], example=example())
            )
        return None
    days = list(reader.take().days)
    while (token := reader.peek()) is not None:
        ahead = reader.peek(1)
        if token.kind in NAMES:
            days += reader.take().days
        elif token.kind is TokenKind.COMMA and ahead is not None and ahead.kind in {*NAMES, TokenKind.COMMA}:
            reader.take()
        elif token.kind is TokenKind.DASH and ahead is not None and ahead.kind in NAMES:
            _extend(reader, days, first)
        else:
            break
    return days


def _extend(reader: TokenReader, days: list[int], first: HourToken) -> None:
    """Take the dash and the weekday up to which it leads; a second dash behind it leads nowhere."""
    reader.take()
    last = reader.take()
    if len(last.days) != 1 or reader.next_is(TokenKind.DASH):
        raise ValueError(_("“%(text)s” is no span of weekdays.", text=reader.between(first, last)[:40]))
    days += days_between(days[-1], last.days[0])[1:]


def read_times(text: str) -> dict[int, str]:
    """A time of day by weekday from a text like 周二 09:00；周四 09:00; ValueError with a message otherwise."""
    reader, times = TokenReader(text), dict[int, str]()
    while True:
        reader.skip(TokenKind.COMMA, TokenKind.BREAK)
        if (first := reader.peek()) is None:
            return dict(sorted(times.items()))
        days = read_days(reader)
        if days is None:
            _refuse_start(text, first)
        written = _beginning(reader, first)
        for day in days:
            if day in times:
                raise ValueError(_("%(day)s stands here twice.", day=weekday_name(day)))
            times[day] = written


def _beginning(reader: TokenReader, first: HourToken) -> str:
    """The time at which something begins, written as the forms do."""
    reader.skip(TokenKind.COMMA)
    start = reader.peek()
    if start is None or start.kind not in {TokenKind.TIME, TokenKind.PART}:
        raise ValueError(_no_time(reader.between(first, start or reader.tokens[-1])))
    time = read_time(reader)
    text = reader.between(start, reader.tokens[reader.place - 1])
    if reader.next_is(TokenKind.DASH, TokenKind.TIME, TokenKind.WORD, TokenKind.PART):
        raise ValueError(_no_time(reader.text[start.start:]))
    _refuse_bare(time, text)
    minute = minute_at(time, text)
    if minute == MIDNIGHT:
        raise ValueError(_no_time(text))
    return clock(minute)


def _refuse_bare(time: TypedTime, text: str) -> None:
    if time.bare or (not time.exact and time.part is None and 0 < time.hour < 7):
        raise ValueError(_no_time(text))


def _no_time(text: str) -> str:
    return _("“%(text)s” is no time. Write one such as 09:30.", text=text[:40])
