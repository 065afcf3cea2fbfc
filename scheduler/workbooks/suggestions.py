"""What somebody may have meant by a name that is not known: the one that differs least."""

from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import nsmallest
from typing import Final

from flask_babel import gettext as _

from scheduler.workbooks.words import folded

LEAST_ALIKE: Final = 0.6
LEAST_ALIKE_SHORT: Final = 0.5
SHORT: Final = 3
"""Letters up to which a name may differ in half of them: most Chinese words have two."""
MOST_COMPARED: Final = 40


class Suggestions:
    """Names to be compared with; those that share no letter with a text are never looked at."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = list(dict.fromkeys(names))
        self._folded = [folded(name) for name in self.names]
        self._with: dict[str, list[int]] = {}
        for place, name in enumerate(self._folded):
            for letter in set(name):
                self._with.setdefault(letter, []).append(place)
        self.closest = lru_cache(maxsize=1_000)(self._closest)

    def _closest(self, text: str) -> str | None:
        """The name most like the text, None where none is like it."""
        meant = folded(text)
        shared = Counter(place for letter in set(meant) for place in self._with.get(letter, ()))

        def differs(place: int) -> tuple[int, int]:
            return abs(len(self._folded[place]) - len(meant)) - shared[place], place

        likely = nsmallest(MOST_COMPARED, shared, differs)
        compared = [(_likeness(meant, self._folded[place]), -place) for place in likely]
        likeness, place = max(compared, default=(0.0, 0))
        return self.names[-place] if likeness >= (LEAST_ALIKE_SHORT if len(meant) <= SHORT else LEAST_ALIKE) else None


def _likeness(text: str, name: str) -> float:
    return SequenceMatcher(None, text, name).ratio()


def did_you_mean(name: str | None) -> list[str]:
    """The question whether this was meant; none without a name."""
    return [] if name is None else [_("Did you mean “%(name)s”?", name=name)]
