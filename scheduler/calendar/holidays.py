"""Days off and make-up workdays in China, from the libraries that know them, each with its source."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar
import holidays
from flask_babel import LazyString, lazy_gettext as _l

from scheduler.models import DayKind
from scheduler.web.labels import WordedEnum


class DaySource(WordedEnum):
    """How firmly a year's days off are known."""

    ANNOUNCED = (
        "announced",
        _l("days off and make-up days as announced by the State Council (library chinesecalendar)"),
    )
    STATUTORY = (
        "statutory",
        _l("statutory days off only; the make-up days are not announced yet (library holidays)"),
    )


@dataclass(frozen=True)
class CalendarEntry:
    """A date that differs from the ordinary week, with the holiday's Chinese name."""

    date: date
    kind: DayKind
    name: str
    source: DaySource


NAMES: dict[str, LazyString] = {
    "元旦": _l("New Year's Day"),
    "春节": _l("Spring Festival"),
    "农历除夕": _l("Chinese New Year's Eve"),
    "清明节": _l("Tomb-Sweeping Day"),
    "劳动节": _l("Labour Day"),
    "端午节": _l("Dragon Boat Festival"),
    "中秋节": _l("Mid-Autumn Festival"),
    "国庆节": _l("National Day"),
}
FULL_NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}
IN_LIEU = "（补假）"


def source_of(year: int) -> DaySource:
    """Which source a year's days come from: the announcement once it is out, the law before that."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return DaySource.STATUTORY
    return DaySource.ANNOUNCED


def days_off(first: date, last: date) -> list[CalendarEntry]:
    """The days off and make-up workdays from ``first`` to ``last``, both included, in order."""
    readers = {DaySource.ANNOUNCED: _announced, DaySource.STATUTORY: _statutory}
    entries = (
        entry
        for year in range(first.year, last.year + 1)
        for entry in readers[source_of(year)](max(first, date(year, 1, 1)), min(last, date(year, 12, 31)))
    )
    return sorted(entries, key=lambda entry: entry.date)


def holiday_name(name: str) -> str:
    """A holiday's name in the reader's language; names that people typed stay as they are."""
    return str(NAMES.get(name, name))


def _announced(first: date, last: date) -> Iterator[CalendarEntry]:
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        off, english = chinese_calendar.get_holiday_detail(day)
        if english is not None:
            chinese = chinese_calendar.Holiday(english).chinese
            kind = DayKind.OFF if off else DayKind.MAKE_UP
            yield CalendarEntry(day, kind, FULL_NAMES.get(chinese, chinese), DaySource.ANNOUNCED)


def _statutory(first: date, last: date) -> Iterator[CalendarEntry]:
    for day, name in holidays.country_holidays("CN", years=first.year, language="zh_CN").items():
        if first <= day <= last:
            yield CalendarEntry(day, DayKind.OFF, name.removesuffix(IN_LIEU), DaySource.STATUTORY)
