"""How single dates are written: 2027-05-01, 2027年5月1日, 20270501, May 1, 2027, or parts of one behind another."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from scheduler.calendar.hour_tokens import DAY_SIGNS

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EXCEL_DAY_ZERO: Final = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 36_526, 73_050
"""Excel's numbers of 2000-01-01 and 2099-12-31; others are no dates that anybody plans."""
_MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
FULL: Final = re.compile(
    r"(\d{4}) ?([-/.年]) ?(\d{1,2}) ?[-/.月] ?(\d{1,2})(?!\d)(?! ?[:.点时]\d)(?: ?[日号])?"
    r"(?:[ t]00?:00:00(?! ?[-~至到]))?"
)
"""With the midnight that programs write behind a date."""
COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
SERIAL: Final = re.compile(r"(\d{5})(?!\d)")
MONTH_FIRST: Final = re.compile(rf"{_MONTH} ?{_DAY}(?!\d)(?:,? ?(?P<year>\d{{4}})(?!\d))?")
DAY_FIRST: Final = re.compile(rf"{_DAY} (?:of )?{_MONTH}(?:,? ?(?P<year>\d{{4}})(?!\d))?")
MONTH_AND_DAY: Final = re.compile(r"(\d{1,2}) ?([-/.月]) ?(\d{1,2})(?![\d:])(?!\.\d| ?[点时])(?: ?[日号])?")
_DAY_SIGN: Final = r" ?(?:日(?![游间内后])|号(?![楼馆厅门线教会机院室]))"
DAY_ALONE: Final = re.compile(rf"(\d{{1,2}})(?:{_DAY_SIGN}|(?=(?: ?[-、,和及~至到] ?\d{{1,2}})*{_DAY_SIGN}))")
"""Not the days of a 三日游 nor a 3号楼."""
WEEKDAY: Final = re.compile(
    rf" ?\(?(?:(?:周|星期|礼拜)([{DAY_SIGNS}天])|(mon|tue|wed|thu|fri|sat|sun)(?:s|rs|nes|ur|urs)?(?:day)?\b\.?)\)?"
)


@dataclass(frozen=True)
class WrittenDate:
    """A date as it stands in a text: up to where, and by which sign its parts are divided."""

    date: date
    end: int
    sign: str = ""


class NoYearError(ValueError):
    """The date has no year, and none can follow from the date before it."""


class NoDateError(ValueError):
    """There is no such date."""


def date_at(text: str, place: int, before: WrittenDate | None, follows: str) -> WrittenDate | None:
    """The date that begins at a place of a narrowed text, None where none does.

    ``before`` is the date before it, from which a missing year or month follows; ``follows`` is the sign between the
    two: "" for none, " " for a blank alone, "," or "-". NoYearError and NoDateError where it is no whole date.
    """
    return _with_year(text, place) or _in_english(text, place, before) or _continued(text, place, before, follows)


def begins_date(text: str, place: int) -> bool:
    """Whether a date with its year, or one in words, begins there; so that a list goes on behind a note."""
    return any(pattern.match(text, place) for pattern in (FULL, COMPACT, MONTH_FIRST, DAY_FIRST)) or bool(
        re.compile(r"\d{1,2} ?月 ?\d").match(text, place)
    )


def weekday_at(text: str, place: int) -> tuple[int, int] | None:
    """The weekday that stands at a place, with or without brackets, and where it ends."""
    match = WEEKDAY.match(text, place)
    if match is None:
        return None
    sign, word = match.groups()
    return (WEEKDAYS.index(word) if word else DAY_SIGNS.index(sign.replace("天", "日"))), match.end()


def _with_year(text: str, place: int) -> WrittenDate | None:
    if match := FULL.match(text, place):
        year, sign, month, day = match.groups()
        return WrittenDate(_date(int(year), int(month), int(day)), match.end(), sign)
    if match := COMPACT.match(text, place):
        return WrittenDate(_date(*map(int, match.groups())), match.end())
    match = SERIAL.match(text, place)
    if match and FIRST_SERIAL <= int(match[1]) <= LAST_SERIAL:
        return WrittenDate(EXCEL_DAY_ZERO + timedelta(int(match[1])), match.end())
    return None


def _in_english(text: str, place: int, before: WrittenDate | None) -> WrittenDate | None:
    match = MONTH_FIRST.match(text, place) or DAY_FIRST.match(text, place)
    if match is None:
        return None
    month, day = MONTHS.index(match["month"][:3]) + 1, int(match["day"])
    found = _date(int(match["year"]), month, day) if match["year"] else _after(before, month, day)
    return WrittenDate(found, match.end(), match["month"])


def _continued(text: str, place: int, before: WrittenDate | None, follows: str) -> WrittenDate | None:
    match = MONTH_AND_DAY.match(text, place)
    if match:
        month, sign, day = match.groups()
        # 05-02 or 5.2 behind a blank alone could be hours
        if sign == "月" or (before is not None and sign == before.sign and follows in ("-", ",")):
            return WrittenDate(_after(before, int(month), int(day)), match.end(), sign)
        if before is None or follows != " ":
            raise NoYearError(match[0])
    match = DAY_ALONE.match(text, place)
    if match is None or before is None or follows not in ("-", ","):
        return None
    return WrittenDate(_after(before, before.date.month, int(match[1])), match.end(), before.sign)


def _after(before: WrittenDate | None, month: int, day: int) -> date:
    """The date of this month and day in the year of the one before; it has to come later, or the year is not clear."""
    if before is None:
        raise NoYearError
    later = _date(before.date.year, month, day)
    if later <= before.date:
        raise NoYearError
    return later


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NoDateError(str(error)) from error
