"""Carries many items out with few writes, and still says of each one why it was refused."""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from sqlalchemy.exc import IntegrityError

from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.core.session import HoldingSession

T = TypeVar("T")
R = TypeVar("R")
Refusal = DomainError | IntegrityError

BLOCK: Final = 100
"""Items that are written at once: more would hardly be faster, and a stop would have to wait for them."""


def carry_out(items: Sequence[T], work: Callable[[T], R], refused: Callable[[T, Refusal], R]) -> list[R]:
    """What ``work`` makes of each item, in order; all of it is written at once.

    Where something is refused, by an operation or by the database, all is taken back and done again in halves, down to
    the single item that is to blame: ``refused`` says what becomes of that one.
    """
    if not items:
        return []
    session = db.session()
    assert isinstance(session, HoldingSession)
    try:
        with session.one_flush():
            return [work(item) for item in items]
    except (DomainError, IntegrityError) as error:
        if len(items) == 1:
            return [refused(items[0], error)]
    middle = len(items) // 2
    return [*carry_out(items[:middle], work, refused), *carry_out(items[middle:], work, refused)]
