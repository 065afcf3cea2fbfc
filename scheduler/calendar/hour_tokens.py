"""The words and signs of which people make weekly hours and times, in either language, one after the other.

Full-width and traditional signs mean what the others mean. What is no such word is a token of its own kind, so that
a reader can name it instead of passing over it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Final
from unicodedata import normalize

from babel.dates import get_day_names

from scheduler.web.i18n import LANGUAGES

DAY_SIGNS: Final = "一二三四五六日"
WHOLE_WEEK: Final = tuple(range(7))
WORKING_DAYS: Final = tuple(range(5))
WEEKEND: Final = (5, 6)
SIMPLIFIED: Final = str.maketrans("週禮點時閉館開鐘間雙營業號與關門", "周礼点时闭馆开钟间双营业号与关门")
DASHES: Final = dict.fromkeys(map(ord, "\u2010\u2011\u2012–—\u2015\u2212\u301c～→"), "-")
ZERO: Final = "\u3007"
NUMERALS: Final = {sign: number for number, sign in enumerate("零一二三四五六七八九十")} | {ZERO: 0, "两": 2}


class TokenKind(StrEnum):
    """What a token is for."""

    DAYS = "days"
    SIGN = "sign"
    TIME = "time"
    PART = "part"
    ALL_DAY = "all day"
    ALWAYS = "always"
    CLOSED = "closed"
    DASH = "dash"
    COMMA = "comma"
    BREAK = "break"
    WORD = "word"


class DayPart(StrEnum):
    """What stands before or after a time of twelve hours, or for hours by itself."""

    NIGHT = "night"
    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    AM = "am"
    PM = "pm"


@dataclass(frozen=True)
class TypedTime:
    """A time as typed: ``exact`` with minutes, ``bare`` without them and without any word; ``part`` stands with it."""

    hour: int
    minute: int = 0
    bare: bool = False
    exact: bool = False
    part: DayPart | None = None


@dataclass(frozen=True)
class HourToken:
    """A word or sign with its place in the text; ``days``, ``time`` and ``part`` by its kind."""

    kind: TokenKind
    text: str
    start: int
    end: int
    days: tuple[int, ...] = ()
    time: TypedTime | None = None
    part: DayPart | None = None


PARTS: Final = {
    "凌晨": DayPart.NIGHT,
    **dict.fromkeys(("清晨", "早上", "早晨", "上午", "早", "morning", "mornings"), DayPart.MORNING),
    **dict.fromkeys(("中午", "正午"), DayPart.NOON),
    **dict.fromkeys(("下午", "傍晚", "afternoon", "afternoons"), DayPart.AFTERNOON),
    **dict.fromkeys(("晚上", "晚间", "夜间", "晚", "evening", "evenings"), DayPart.EVENING),
}
NAMED_DAYS: Final = {
    **dict.fromkeys(("周末", "双休日", "weekend", "weekends"), WEEKEND),
    **dict.fromkeys(("工作日", "weekday", "weekdays", "working days"), WORKING_DAYS),
    **dict.fromkeys(("每天", "每日", "天天", "daily", "every day", "everyday"), WHOLE_WEEK),
    "tues": (1,), "weds": (2,), "thur": (3,), "thurs": (3,),
}  # fmt: skip
COMPACT_DAYS: Final = {"m": 0, "tu": 1, "t": 1, "w": 2, "th": 3, "f": 4, "sa": 5, "su": 6}
_COMPACT: Final = re.compile(r"m|tu|t(?=th)|w|th|f|sa|su")


def narrowed(text: str) -> str:
    """The text with narrow, small and simplified letters and one dash, each in the place of what was typed."""
    return "".join(map(_narrow, text.translate(DASHES))).translate(SIMPLIFIED)


@cache
def _narrow(letter: str) -> str:
    narrow = normalize("NFKC", letter).lower()
    return narrow if len(narrow) == 1 else letter


def tokens(text: str) -> list[HourToken]:
    """All words and signs of a text, blanks left out; letters that mean nothing here stand together as one word."""
    read: list[HourToken] = []
    for token in _tokens(text):
        before = read[-1] if read else None
        if before and token.kind is before.kind is TokenKind.WORD and before.end == token.start:
            read[-1] = replace(before, text=before.text + token.text, end=token.end)
        else:
            read.append(token)
    return read


def _tokens(text: str) -> Iterator[HourToken]:
    for match in _pattern().finditer(narrowed(text)):
        name = match.lastgroup or ""
        if name != "blank":
            plain = HourToken(TokenKind.WORD, text[match.start():match.end()], match.start(), match.end())
            yield _MAKERS[name](plain, match[name])


def _named_days(token: HourToken, word: str) -> HourToken:
    return replace(token, kind=TokenKind.DAYS, days=NAMED_DAYS[" ".join(word.split())])


def _signed_days(token: HourToken, word: str) -> HourToken:
    """周一三五: several signs after one word for weekdays."""
    return replace(token, kind=TokenKind.DAYS, days=tuple(map(_day_of, re.sub(r"每|逢|周|星期|礼拜", "", word))))


def _numbered_days(token: HourToken, word: str) -> HourToken:
    """周1-5: numbers after a word for weekdays are weekdays."""
    numbers = [int(number) - 1 for number in re.findall(r"\d", word)]
    return replace(token, kind=TokenKind.DAYS, days=days_between(numbers[0], numbers[-1]))


def _sign(token: HourToken, word: str) -> HourToken:
    return replace(token, kind=TokenKind.SIGN, days=(_day_of(word),))


def _time(token: HourToken, word: str) -> HourToken:
    """9:00, 9.00, 9点半, 九点一刻, 9, each with am or pm where it stands behind."""
    match = re.fullmatch(r"(\d{1,2}|\D{1,3}?)(?:\s*[:.]\s*(\d{2})(?::00)?|[点时]\s*(.*?))?\s*([ap]\.?m\.?)?", word)
    assert match is not None
    hour, minutes, spoken, suffix = match.groups()
    part = None if suffix is None else DayPart(suffix.replace(".", ""))
    bare = minutes is None and spoken is None and part is None
    minute = int(minutes) if minutes else _spoken_minutes(spoken or "")
    time = TypedTime(_number(hour), minute, bare, minutes is not None, part)
    return replace(token, kind=TokenKind.TIME, time=time)


def _spoken_minutes(word: str) -> int:
    quarters = {"半": 30, "一刻": 15, "三刻": 45, "整": 0, "钟": 0, "": 0}
    return quarters[word] if word in quarters else _number(word.removesuffix("分"))


def _number(word: str) -> int:
    """Digits or Chinese numerals below a hundred."""
    if word.isdecimal():
        return int(word)
    tens, ten, ones = word.rpartition("十")
    return 10 * (NUMERALS[tens] if tens else 1 if ten else 0) + (NUMERALS[ones[-1]] if ones else 0)


def _part(token: HourToken, word: str) -> HourToken:
    return replace(token, kind=TokenKind.PART, part=PARTS[word])


def _plain(kind: TokenKind) -> Callable[[HourToken, str], HourToken]:
    return lambda token, _word: replace(token, kind=kind)


def days_between(first: int, last: int) -> tuple[int, ...]:
    """The weekdays from one to another, over the end of the week where the last comes before the first."""
    return tuple((first + step) % 7 for step in range((last - first) % 7 + 1))


def _day_of(sign: str) -> int:
    return DAY_SIGNS.index(sign.replace("天", "日"))


@cache
def _day_words() -> dict[str, tuple[int, ...]]:
    """Every usual name of a weekday, as it is compared, with its number."""
    names = dict(NAMED_DAYS)
    for width in ("wide", "abbreviated"):
        for language in LANGUAGES:
            words = get_day_names(width, "stand-alone", language)
            names |= {str(words[day]).lower(): (day,) for day in range(7)}
    return names | {f"{name}s": days for name, days in names.items() if name.endswith("day") and len(days) == 1}


def _compact_days(word: str) -> tuple[int, ...]:
    """MWF, TuTh: weekdays as letters in the order of the week; none where it is no such word."""
    letters = _COMPACT.findall(word)
    days = tuple(COMPACT_DAYS[letter] for letter in letters)
    return days if "".join(letters) == word and list(days) == sorted(set(days)) else ()


def _word(token: HourToken, word: str) -> HourToken:
    plain = word.removesuffix(".")
    if plain in PARTS:
        return _part(token, plain)
    days = _day_words().get(plain) or _compact_days(plain)
    return replace(token, kind=TokenKind.DAYS, days=days) if days else token


_MAKERS: Final[dict[str, Callable[[HourToken, str], HourToken]]] = {
    "signs": _signed_days,
    "numbered": _numbered_days,
    "named": _named_days,
    "always": _plain(TokenKind.ALWAYS),
    "all_day": _plain(TokenKind.ALL_DAY),
    "closed": _plain(TokenKind.CLOSED),
    "part": _part,
    "dash": _plain(TokenKind.DASH),
    "time": _time,
    "sign": _sign,
    "break_": _plain(TokenKind.BREAK),
    "comma": _plain(TokenKind.COMMA),
    "word": _word,
    "other": _plain(TokenKind.WORD),
}


@cache
def _pattern() -> re.Pattern[str]:
    """All tokens; of two that could stand in a place the first one does."""
    week, signs, numerals = "(?:周|星期|礼拜)", f"[{DAY_SIGNS}天]", f"[{ZERO}零一二两三四五六七八九十]"
    minutes = rf"(?:\s*(?:\d{{1,2}}分?(?!\d|[:.点时])|半|一刻|三刻|整|钟|{numerals}{{1,3}}分))?"
    suffix = r"(?:\s*[ap]\.?m\b\.?)?"
    times = (
        rf"(?<!\d)(?<!\d[:.])\d{{1,2}}\s*[:.]\s*\d{{2}}(?::00)?(?![\d:]){suffix}",
        rf"(?<!\d)(?<!\d[:.])\d{{1,2}}\s*[点时]{minutes}",
        rf"{numerals}{{1,3}}[点时]{minutes}",
        rf"(?<!\d)(?<!\d[:.])\d{{1,2}}(?![\d:.]){suffix}",
    )
    chinese_parts = sorted((word for word in PARTS if not word.isascii()), key=len, reverse=True)
    groups = {
        "signs": rf"(?:每逢|每|逢)?{week}{signs}+(?![点时])",
        "numbered": rf"{week}[1-7]\s*(?:[-~至到]\s*{week}?[1-7])?(?!\d|\s*[:.点时]\s*\d)",
        "named": r"周末|双休日|工作日|每天|每日|天天|every\s+day\b|working\s+days\b",
        "always": r"24\s*小时|全天候|24\s*h(?:(?:ou)?rs?)?\b|24/7",
        "all_day": r"全天|全日|整天|all\s+day\b",
        "closed": r"休息|闭馆|休馆|不开放|关闭|关门|停用|closed\b",
        "part": "|".join(chinese_parts),
        "dash": r"-{2,}|[-~至到]|\b(?:to|until|till|through|thru)\b",
        "time": "|".join(times),
        "sign": signs,
        "break_": r"[;\n\r。]",
        "comma": r"[,、/()\[\]【】:&+和及与]|以及|\band\b|开放|营业|\bopen\b|\bfrom\b",
        "blank": r"\s+",
        "word": r"[a-z]+\.?",
        "other": r"\d[\d:.]*|.",
    }
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in groups.items()), re.DOTALL)
