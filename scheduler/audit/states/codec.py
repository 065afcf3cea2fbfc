"""The state of a register's row as JSON: read, compared by its parts, written back."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, inspect, select
from sqlalchemy.orm import selectinload

from scheduler.audit.states.parts import Part, Row
from scheduler.core.database import Base, in_tuples
from scheduler.core.extensions import db

State = dict[str, Any]
"""Parts of a row by name, all of them or some."""
AT_ONCE = 500
"""Rows that one query finds."""


@dataclass(frozen=True)
class StateCodec:
    """The parts of the rows of one table, with those of the rows below that belong to them."""

    table: type[Base]
    parts: Mapping[str, Part]

    @property
    def name(self) -> str:
        """The register, which is called as its table."""
        return self.table.__tablename__

    def key_of(self, row: Row) -> str:
        """The primary key as the audit trail writes it; the row has been flushed."""
        return "/".join(map(str, inspect(self.table).primary_key_from_instance(row)))

    def read(self, row: Row, names: Collection[str] | None = None) -> State:
        """The parts of these names, or all."""
        return {name: part.read(row) for name, part in self.parts.items() if names is None or name in names}

    def write(self, row: Row, state: State, stands: State | None = None) -> None:
        """Let the row stand like this in the parts that the state has; what is the same already is not touched.

        ``stands`` is how it stands in these parts, where the caller has read it.
        """
        stands = self.read(row, state) if stands is None else stands
        loaded = {name: self.parts[name].load(value) for name, value in state.items() if stands[name] != value}
        with db.session.no_autoflush:
            for name, value in loaded.items():
                self.parts[name].write(row, value)

    def find(self, key: str) -> Row | None:
        """The row of a key."""
        return db.session.get(self.table, tuple(map(int, key.split("/"))))

    def find_all(self, keys: Iterable[str], lock: bool = False) -> dict[str, Row]:
        """The rows of these keys that there are; with ``lock`` as they stand at last, and nobody changes them then."""
        numbers = sorted({tuple(map(int, key.split("/"))) for key in keys})
        rows: dict[str, Row] = {}
        for start in range(0, len(numbers), AT_ONCE):
            statement = select(self.table).where(self._among(numbers[start:start + AT_ONCE])).options(*self._loads())
            if lock:
                statement = statement.with_for_update().execution_options(populate_existing=True)
            rows |= {self.key_of(row): row for row in db.session.scalars(statement)}
        return rows

    def make(self, key: str, state: State) -> Row:
        """A row that was there before, under its own key unless another row has that by now."""
        row = self.table()
        columns, own = inspect(self.table).primary_key, tuple(map(int, key.split("/")))
        taken = db.session.execute(select(*columns).where(self._among([own]))).first()  # asked of what stands by now
        if len(columns) > 1 or taken is None:
            for column, value in zip(columns, own, strict=True):
                setattr(row, inspect(self.table).get_property_by_column(column).key, value)
        self.write(row, state)
        db.session.add(row)
        return row

    def _among(self, keys: list[tuple[int, ...]]) -> ColumnElement[bool]:
        return in_tuples(inspect(self.table).primary_key, keys)

    def _loads(self) -> list[Any]:
        below = {part.relationship for part in self.parts.values() if part.relationship is not None}
        return [selectinload(getattr(self.table, name)) for name in sorted(below)]
