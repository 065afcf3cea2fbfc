"""What no password may be: one set of rules for every form and for the command line."""

import re
from functools import cache
from pathlib import Path
from typing import Final

from flask_babel import gettext as _

from scheduler.core.errors import DomainError

SHORTEST, LONGEST = 10, 200
LEAST_REST: Final = 6
"""Characters that must be left of a password without words that everybody guesses and without runs."""
COMMON: Final = Path(__file__).with_name("common_passwords.txt")
GUESSED: Final = (
    "learning city scheduler", "learning city", "learningcity", "scheduler", "community education", "lifelong learning",
    "administrator", "password", "passwort", "welcome", "mima", "shequjiaoyu", "xuexichengshi", "paike", "学习城市",
    "社区教育", "终身学习", "排课", "管理员", "密码",
)
"""Words of the product, of what it is used for, and of passwords; longer ones stand before what they contain."""
ROWS: Final = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn")
"""Keys that lie beside each other."""
SHORTEST_NAME: Final = 3
"""A name of fewer letters may stand in any password."""


def refuse_weak(password: str, *names: str) -> None:
    """Raise DomainError for a password that is too short or long, or is easily guessed by who knows the names."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise DomainError(_("A password has 10 to 200 characters."), "password")
    folded = password.casefold()
    if _is_common(folded):
        raise DomainError(_("Many people use this password, so it is tried first. Think of another one."), "password")
    if len(_without_runs(folded)) < LEAST_REST:
        raise DomainError(_("This is little but a run of neighbouring or equal signs. Think of another."), "password")
    if len(_without_runs(_without_words(folded, names))) < LEAST_REST:
        raise DomainError(
            _("This is little but your own name or a word of this site. Add words that nobody would guess."), "password"
        )


@cache
def _common() -> frozenset[str]:
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("# ") and line != "#")


def _is_common(folded: str) -> bool:
    """Whether many use it, be it with digits and signs before or behind."""
    bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", folded)
    return not _common().isdisjoint({folded, bare})


def _without_words(folded: str, names: tuple[str, ...]) -> str:
    parts = {part for name in names for part in (name, *re.split(r"[\W_]+", name))}
    own = sorted((part.casefold() for part in parts if len(part) >= SHORTEST_NAME), key=len, reverse=True)
    for word in (*own, *GUESSED):
        folded = folded.replace(word, "").replace(word.replace(" ", ""), "")
    return folded


def _without_runs(text: str) -> str:
    """The text without each letter or digit that follows from the one before: equal, next to it, or beside its key."""
    return "".join(
        after for before, after in zip(" " + text, text, strict=False) if not _follows(before, after)
    )


def _follows(before: str, after: str) -> bool:
    if before.isalnum() and after.isalnum() and abs(ord(before) - ord(after)) <= 1:
        return True
    return any(before + after in keys or after + before in keys for keys in ROWS)
