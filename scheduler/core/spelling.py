"""How Chinese names are spelled, by which lists are ordered and found on any keyboard."""

from collections.abc import Iterator
from typing import Any, ClassVar, Final

from pypinyin import lazy_pinyin
from sqlalchemy import Connection, Text, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

SURNAMES = {
    "万俟": "mo qi", "尉迟": "yu chi", "单": "shan", "解": "xie", "仇": "qiu", "查": "zha", "区": "ou", "曾": "zeng",
    "朴": "piao", "盖": "ge", "华": "hua", "任": "ren", "乐": "yue", "缪": "miao", "纪": "ji", "折": "she", "黑": "he",
}
"""Surnames that are read otherwise than the same sign elsewhere."""
LONGEST = 200
"""Characters that are spelled, the length of a name."""


def spelling(text: str, of_person: bool = False) -> str:
    """The syllables of a name, then all of them in one word, then their first letters, without tones.

    Chinese dictionaries order by the first; the others are what people type: “feng hua|fenghua|fh”.
    """
    text = text[:LONGEST].lower().replace("|", " ")
    surname = next((name for name in SURNAMES if of_person and text.startswith(name)), "")
    syllables = [*SURNAMES.get(surname, "").split(), *_syllables(text.removeprefix(surname))]
    return "|".join((" ".join(syllables), "".join(syllables), "".join(syllable[0] for syllable in syllables)))


def _syllables(text: str) -> Iterator[str]:
    for part in lazy_pinyin(text):
        yield from part.lower().split()


SPELLING: Final = "spelling"
"""The column of every table of names with their spelling."""


class Spelled:
    """Mixin: rows that are ordered and found by the spelling of their name, which follows the name by itself."""

    SPELLED_FROM: ClassVar[str] = "name"
    NAMES_PERSON: ClassVar[bool] = False
    __audit_ignores__ = frozenset({"spelling"})

    spelling: Mapped[str] = mapped_column(Text, default="", server_default="")


@event.listens_for(Spelled, "before_insert", propagate=True)
@event.listens_for(Spelled, "before_update", propagate=True)
def _spell(_mapper: Mapper[Any], _connection: Connection, row: Any) -> None:
    spelled = spelling(getattr(row, row.SPELLED_FROM) or "", row.NAMES_PERSON)
    if row.spelling != spelled:
        row.spelling = spelled
