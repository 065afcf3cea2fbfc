"""Whole numbers and degrees as people write them: 1，200, 40人, ￥30, 四十, 29°39'N; or why they are none."""

import re
from collections.abc import Mapping
from typing import Final, NoReturn
from unicodedata import normalize

from flask_babel import gettext as _

LONGEST_NUMBER: Final = 15
"""Digits that every machine counts with exactly."""
_DIGITS: Final = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "\u3007": 0}
_POWERS: Final = {"十": 10, "百": 100, "千": 1000}
_GROUPED: Final = re.compile(r"\d{1,3}(?:[, ]\d{3})+(?:\.0+)?", re.ASCII)
_PLAIN: Final = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_SCIENTIFIC: Final = re.compile(r"(\d)(?:\.(\d+))?e\+?(\d{1,2})", re.ASCII)
_DEGREES: Final = re.compile(
    r"(\d{1,3}(?:\.\d+)?)\s*(?:[°度]\s*(?:(\d{1,2}(?:\.\d+)?)\s*['\u2032\u2019\u2018分]\s*"
    r"(?:(\d{1,2}(?:\.\d+)?)\s*(?:[\"\u201c\u201d秒]|''|\u2032\u2032)\s*)?)?)?",
    re.ASCII,
)
_PAIR: Final = re.compile(r"(-?\d{1,3}\.\d+)\s*[,;、/\s]\s*(-?\d{1,3}\.\d+)", re.ASCII)
HEMISPHERES: Final = {
    "latitude": {"n": 1, "北纬": 1, "s": -1, "南纬": -1}, "longitude": {"e": 1, "东经": 1, "w": -1, "西经": -1},
}
FREE: Final = frozenset({"免费", "免", "不收费", "free", "free of charge"})
Units = Mapping[str, int]
"""Words that may stand behind a number, each with what one of it counts: {"米": 1, "公里": 1000}."""
PEOPLE: Final[Units] = dict.fromkeys(("人", "位", "名", "座", "个", "个座位", "people", "seats", "persons"), 1)
YUAN: Final[Units] = dict.fromkeys(("元", "块", "圆", "元整", "元/次", "元/课次", "yuan", "rmb", "cny"), 1)
MINUTES: Final[Units] = dict.fromkeys(("分钟", "分", "min", "minutes"), 1) | dict.fromkeys(("小时", "h", "hours"), 60)
METRES: Final[Units] = dict.fromkeys(("米", "m", "metres"), 1) | dict.fromkeys(("公里", "千米", "km"), 1000)
TIMES: Final[Units] = dict.fromkeys(("次", "节", "课次", "节课", "次课", "sessions", "times"), 1)
WEEKS: Final[Units] = dict.fromkeys(("周", "weeks", "week"), 1)
DAYS: Final[Units] = dict.fromkeys(("天", "日", "days"), 1)
PERCENT: Final[Units] = {"%": 1}
NO_UNITS: Final[Units] = {}


def narrow(text: str) -> str:
    """The text with narrow, small letters and single blanks."""
    return " ".join(normalize("NFKC", text).lower().split())


def whole_number(text: str, units: Units = NO_UNITS, free: bool = False) -> int:
    """The number of a text, in the smallest unit; ``free`` reads 免费 as 0. ValueError with a message otherwise."""
    plain = narrow(text)
    if free and plain in FREE:
        return 0
    sign, plain = (-1, plain[1:]) if plain[:1] in ("-", "\u2212") else (1, plain.removeprefix("+"))
    plain, factor = _without_unit(plain.strip(), units)
    value = _value(plain, factor)
    if value is None:
        raise ValueError(_("Write a whole number."))
    return sign * value


def _without_unit(plain: str, units: Units) -> tuple[str, int]:
    """The text without what is counted, and how much that is."""
    if units is YUAN:
        plain = re.sub(r"^(?:¥|rmb|cny|人民币)\s*", "", plain)
    if units is WEEKS:
        plain = plain.removeprefix("第").removeprefix("week ")
    for unit in sorted(units, key=len, reverse=True):
        if plain.endswith(unit):
            return plain.removesuffix(unit).strip(), units[unit]
    return plain, 1


def _value(plain: str, factor: int) -> int | None:
    """A whole number of the smallest unit, None where it is none or too long to be counted exactly."""
    if _GROUPED.fullmatch(plain):
        plain = re.sub(r"[, ]", "", plain)
    if scientific := _SCIENTIFIC.fullmatch(plain):
        first, others, power = scientific[1], scientific[2] or "", int(scientific[3])
        # 1.2E5 may be any number around it: all digits have to stand there
        if len(others) < power or others[power:].strip("0"):
            return None
        return int(first + others[:power])
    if not _PLAIN.fullmatch(plain):
        return spoken_number(plain)
    whole, _point, decimals = plain.partition(".")
    if max(len(whole), len(decimals)) > LONGEST_NUMBER:
        return None
    scaled, digits = int(whole + decimals) * factor, 10 ** len(decimals)
    return scaled // digits if scaled % digits == 0 else None


def spoken_number(word: str) -> int | None:
    """四十, 一百二十, 一万两千: a number in Chinese numerals, None where it is none."""
    if not word or set(word) - {*_DIGITS, *_POWERS, "万"} or word.count("万") > 1:
        return None
    high, _ten_thousand, low = word.rpartition("万")
    parts = [_below_ten_thousand(part) for part in (high, low) if part]
    # 一万二 means 12,000 to most people
    if None in parts or ("万" in word and not high) or (high and len(low) == 1):
        return None
    numbers = [part or 0 for part in parts]
    return sum(number * (10_000 if high and not place else 1) for place, number in enumerate(numbers))


def _below_ten_thousand(word: str) -> int | None:
    """一千二百三十四; powers stand from the largest to the smallest."""
    total, digit, last = 0, None, 10_000
    for place, sign in enumerate(word):
        if sign in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[sign]
            continue
        power = _POWERS[sign]
        if power >= last or (digit is None and (power != 10 or place)):
            return None
        total, digit, last = total + power * (1 if digit is None else digit), None, power
    # 一百二 means 120 to most people, and 102 to some
    if digit and last > 10 and total and "零" not in word:
        return None
    return total + (digit or 0)


def degrees(text: str, axis: str) -> float:
    """The degrees of a latitude or longitude (``axis``); ValueError that says what to do otherwise."""
    plain = narrow(text)
    if pair := _PAIR.fullmatch(plain):
        _refuse_pair(*pair.groups())
    sign, plain = _hemisphere(plain, axis, text)
    match = _DEGREES.fullmatch(plain)
    if match is None:
        raise ValueError(_("Write degrees, such as 29.6555."))
    whole, minutes, seconds = match[1], float(match[2] or 0), float(match[3] or 0)
    if minutes >= 60 or seconds >= 60 or (match[2] and "." in whole):
        raise ValueError(_("Write degrees, such as 29.6555."))
    value = float(whole) + minutes / 60 + seconds / 3600
    return sign * (round(value, 7) if match[2] else value)


def _hemisphere(plain: str, axis: str, text: str) -> tuple[int, str]:
    """The sign of a place, by the letter or word before or behind its degrees; and these."""
    for of, signs in HEMISPHERES.items():
        for name, sign in signs.items():
            if plain.startswith(name) or plain.endswith(name):
                if of != axis:
                    message = _("“%(text)s” is a latitude.") if of == "latitude" else _("“%(text)s” is a longitude.")
                    raise ValueError(message % {"text": text.strip()[:40]})
                return sign, plain.removeprefix(name).removesuffix(name).strip(" :")
    return (-1, plain[1:].strip()) if plain[:1] in ("-", "\u2212") else (1, plain.removeprefix("+"))


def _refuse_pair(first: str, second: str) -> NoReturn:
    """Two numbers were pasted where one belongs; which of them is the latitude is told by its size."""
    latitude, longitude = (second, first) if abs(float(first)) > 90 else (first, second)
    raise ValueError(_(
        "Two numbers stand here. Write %(latitude)s as the latitude and %(longitude)s as the longitude.",
        latitude=latitude, longitude=longitude,
    ))
