"""The stored schemas: which there are, and the statements that make a database of one of them. See stored/README.md."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

STORE = Path(__file__).parent / "stored"
LIST = STORE / "schemas.txt"
KINDS = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Schema:
    """A schema that databases of some kinds have had.

    ``numbers`` is what alembic_version held, nearly always one; ``steps`` are the names of files of statements.
    """

    name: str
    numbers: tuple[str, ...]
    kinds: tuple[str, ...]
    steps: tuple[str, ...]

    def scripts(self, kind: str, rows: bool = True) -> Iterator[str]:
        """The statements of each step for a kind of database, and at last its number; its rows only if wanted."""
        for step in self.steps:
            if rows or (STORE / kind / f"{step}.sql").exists():
                yield _script(kind, step)
        yield "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);"
        for number in self.numbers:
            yield f"INSERT INTO alembic_version VALUES ('{number}');"  # noqa: S608 - written in the list


@cache
def stored_schemas() -> dict[str, Schema]:
    """All of them by name, in the order of the list."""
    schemas: dict[str, Schema] = {}
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, numbers, kinds, first, *steps = line.split()
            before = schemas[first].steps if first in schemas else (first,)
            chosen = KINDS if kinds == "both" else (kinds,)
            schemas[name] = Schema(name, tuple(numbers.split("+")), chosen, (*before, *steps))
    return schemas


def last_stored() -> Schema:
    """The schema that was stored last; it is one of both kinds, as all are that migrations make in their order."""
    return [schema for schema in stored_schemas().values() if schema.kinds == KINDS and len(schema.numbers) == 1][-1]


@cache
def _script(kind: str, step: str) -> str:
    """A step's statements; bytes are written in rows as ``BINARY '…'`` and in each database otherwise."""
    made, rows = STORE / kind / f"{step}.sql", STORE / "rows" / f"{step}.sql"
    if made.exists():
        return made.read_text(encoding="utf-8")
    binary = r"X'\1'" if kind == "sqlite" else r"'\\x\1'"
    return re.sub(r"BINARY '([0-9a-f]*)'", binary, rows.read_text(encoding="utf-8"))
