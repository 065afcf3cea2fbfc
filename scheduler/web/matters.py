"""What needs a user today: each feature says what it knows of, and the first page after signing in lists it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from scheduler.models import User

URGENCY: Final = ("conflict", "waiting", "neutral", "good")
"""The tones of matters, what presses most first."""


@dataclass(frozen=True)
class Matter:
    """What it is about, where it stands in a word with its tone, what to do, and the page on which that is done."""

    about: str
    stage: str
    tone: str
    sentence: str
    action: str
    url: str


_sources: list[Callable[[User], Iterable[Matter]]] = []


def matters(source: Callable[[User], Iterable[Matter]]) -> Callable[[User], Iterable[Matter]]:
    """Mark a function that knows what needs a user."""
    _sources.append(source)
    return source


def matters_of(user: User) -> list[Matter]:
    """All that needs a user, what presses most first."""
    found = [matter for source in _sources for matter in source(user)]
    return sorted(found, key=lambda matter: URGENCY.index(matter.tone))
