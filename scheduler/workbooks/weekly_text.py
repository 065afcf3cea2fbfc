"""Weekly hours and times as one readable text: 周一至周五 08:30-11:30；周六 09:00-12:00."""

import re
from collections.abc import Mapping
from functools import cache
from itertools import groupby

from babel.dates import get_day_names
from flask_babel import gettext as _

from scheduler.calendar.weekly_hours import MIDNIGHT, minute_of, parse_hours
from scheduler.core.clock import clock
from scheduler.web.i18n import LANGUAGES
from scheduler.web.labels import weekday_name
from scheduler.workbooks.words import folded, pieces

RANGE = re.compile(r"\s*(?:至|到|~|–|—|-|\bto\b)\s*")
DAYS_FIRST = re.compile(r"^([^\d]+?)[\s:]*(\d.*)$")
SHORT_DAYS = "一二三四五六日"


@cache
def _weekdays() -> dict[str, int]:
    """Every usual name of a weekday, as it is compared, with its number."""
    numbers: dict[str, int] = {"周天": 6, "星期天": 6, "礼拜天": 6, "tues": 1, "weds": 2, "thur": 3, "thurs": 3}
    for width in ("wide", "abbreviated"):
        for language in LANGUAGES:
            names = get_day_names(width, "stand-alone", language)
            numbers |= {folded(str(names[day])): day for day in range(7)}
    for day, sign in enumerate(SHORT_DAYS):
        numbers |= {f"{start}{sign}": day for start in ("周", "星期", "礼拜")}
    return numbers


def write_days(texts: Mapping[int, str]) -> str:
    """Texts by weekday as one line; neighbouring days with the same text stand together."""
    runs = [list(run) for text, run in groupby(range(7), key=lambda day: texts.get(day, "")) if text]
    return _("; ").join(f"{_days_text(run)} {texts[run[0]]}" for run in runs)


def _days_text(days: list[int]) -> str:
    first, last = weekday_name(days[0], "abbreviated"), weekday_name(days[-1], "abbreviated")
    return first if len(days) == 1 else _("%(first)s to %(last)s", first=first, last=last)


def read_hours(text: str) -> dict[int, str]:
    """Hours by weekday, as the forms write them, from such a text; ValueError with a message otherwise."""
    texts: dict[int, list[str]] = {}
    for days, times in _entries(text):
        for day in days:
            texts.setdefault(day, []).append(times)
    windows = {day: parse_hours(day, ", ".join(times)) for day, times in texts.items()}
    return {
        day: ", ".join(f"{clock(window.start)}-{clock(window.end)}" for window in windows[day])
        for day in sorted(windows)
        if windows[day]
    }


def read_times(text: str) -> dict[int, str]:
    """A time of day by weekday from a text like 周二 09:00；周四 09:00; ValueError with a message otherwise."""
    texts: dict[int, str] = {}
    for days, times in _entries(text):
        minute = minute_of(times)
        if minute is None or minute == MIDNIGHT:
            raise ValueError(_("“%(text)s” is no time. Write one such as 09:30.", text=times[:40]))
        for day in days:
            if day in texts:
                raise ValueError(_("%(day)s stands here twice.", day=weekday_name(day)))
            texts[day] = clock(minute)
    return dict(sorted(texts.items()))


def _entries(text: str) -> list[tuple[list[int], str]]:
    """(weekdays, what follows them) of each piece."""
    return [_entry(piece) for piece in pieces(text)]


def _entry(piece: str) -> tuple[list[int], str]:
    match = DAYS_FIRST.match(folded(piece))
    if match is None:
        raise ValueError(
            _("“%(text)s” does not begin with a weekday and hours. Write it like %(example)s.",
              text=piece[:40], example=example())
        )
    return _days(match[1]), match[2].strip()


def _days(text: str) -> list[int]:
    """The weekdays that words such as “mon to fri” or “周六、周日” name."""
    if text.strip() in {"每天", "daily", "every day"}:
        return list(range(7))
    days: list[int] = []
    for part in filter(None, re.split(r"[,、]|\s+and\s+|和", text)):
        ends = [_day(word) for word in RANGE.split(part.strip(" :"))]
        if len(ends) > 2 or ends[0] > ends[-1]:
            raise ValueError(_("“%(text)s” is no span of weekdays.", text=part.strip()[:40]))
        days += range(ends[0], ends[-1] + 1)
    return days


def _day(word: str) -> int:
    day = _weekdays().get(word.strip(" .:"))
    if day is None:
        raise ValueError(_("“%(text)s” is no weekday. Write it like %(example)s.", text=word[:40], example=example()))
    return day


def example() -> str:
    """A text of this form in the reader's language."""
    return write_days({0: "08:30-11:30", 2: "14:00-17:00"})
