"""The SQL that something sends, for tests that look at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from scheduler.core.extensions import db


@contextmanager
def sent_statements() -> Iterator[list[str]]:
    """The SQL sent meanwhile, statement by statement."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_facts: Any) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
