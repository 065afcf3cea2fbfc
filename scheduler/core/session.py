"""A database session that can hold back what is to be written, so that many rows are written at once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from flask_sqlalchemy.session import Session
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState


class HoldingSession(Session):
    """The session of the application; ``one_flush`` makes it hold back."""

    _held = False

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Write what is to be written, unless it is held back."""
        if not self._held:
            super().flush(objects)

    @contextmanager
    def one_flush(self) -> Iterator[None]:
        """A savepoint within which a flush waits for the next query, or for the end.

        Rows that are new within have no numbers yet. What the database refuses is raised at the end, or by the query,
        and all of it is taken back.
        """
        with self.begin_nested():
            self._held = True
            try:
                yield
            finally:
                self._held = False
            self.flush()

    def write_held(self) -> None:
        """Write what was held back so far."""
        if self._held:
            self._held = False
            try:
                self.flush()
            finally:
                self._held = True


@event.listens_for(HoldingSession, "do_orm_execute")
def _write_before_reading(state: ORMExecuteState) -> None:
    """Every query sees what was done before it."""
    if isinstance(state.session, HoldingSession):
        state.session.write_held()
