"""Telephone numbers as people write them: 0574-88881234转801, two of them, full-width digits, — for none."""

import re
from typing import Final
from unicodedata import normalize

from flask_babel import gettext as _

LONGEST_TELEPHONE: Final = 40
FEWEST_DIGITS: Final = 3
"""Of two numbers each has as many; 0574-88881234/5 would be another one."""
NONE: Final = frozenset({"-", "--", "/", "无", "没有", "暂无", "none", "n/a"})
DASHES: Final = dict.fromkeys(map(ord, "\u2010\u2011\u2012–—\u2015\u2212"), "-")
_NUMBER: Final = re.compile(r"([+(]?\d[\d() -]*?) ?(?:(转|分机|(?:ext(?:ension)?\.?|x)(?= ?\d)) ?(\d{1,6}))?", re.ASCII)
_BETWEEN: Final = re.compile(r" ?(?:[,、;/\n]|或|\bor\b) ?")
_LANDLINES: Final = re.compile(r"(10|2\d)(\d{8})|([3-9]\d\d)(\d{7,8})", re.ASCII)
_FREE_OF_CHARGE: Final = ("400", "800")


def telephone(text: str) -> str:
    """The number or numbers of a text in one form, "" where it says that there is none; ValueError otherwise."""
    lines = normalize("NFKC", text).translate(DASHES).splitlines()
    plain = "\n".join(" ".join(line.split()) for line in lines).strip()
    if plain.lower() in NONE:
        return ""
    numbers = [_number(" ".join(part.split())) for part in _BETWEEN.split(plain) if part.strip()]
    few = len(numbers) > 1 and any(len(re.findall(r"\d", number)) < FEWEST_DIGITS for number in numbers)
    written = ", ".join(numbers)
    if few or len(written) > LONGEST_TELEPHONE:
        raise ValueError(_refusal())
    return written


def _number(part: str) -> str:
    match = _NUMBER.fullmatch(part.lower())
    if match is None:
        raise ValueError(_refusal())
    number, word, extension = match.groups()
    if extension is None:
        return number.strip()
    return f"{number}转{extension}" if word in {"转", "分机"} else f"{number} ext. {extension}"


def _refusal() -> str:
    return _("Use digits, blanks and dashes, such as 0574-8858 0000 or 0574-88580000转801; at most two numbers.")


def with_lost_zero(written: str) -> str:
    """The numbers with the zeros that Excel takes from landlines in cells for numbers; "" where none is missing.

    57488881234 begins with the area code 574, which is dialled as 0574; mobile and free numbers stay as they are.
    """
    numbers = written.split(", ")
    mended = [_mended(number) for number in numbers]
    return ", ".join(mended) if mended != numbers else ""


def _mended(number: str) -> str:
    match = _LANDLINES.fullmatch(number)
    if match is None or (len(number) == 10 and number.startswith(_FREE_OF_CHARGE)):
        return number
    code, rest = (match[1], match[2]) if match[1] else (match[3], match[4])
    return f"0{code}-{rest}"
