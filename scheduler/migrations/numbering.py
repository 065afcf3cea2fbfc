"""Databases whose number tells something else than it does today are given the right one before they are migrated.

While several people added migrations at once, two of them were number 0003 for an hour: the one that came to be 0004
had no 0003 before it. For some minutes three migrations stood side by side, and whoever carried all of them out has a
number for each. Migration 0012 carries out what was left out on these ways.
"""

from sqlalchemy import Connection, inspect, text

VERSION = "alembic_version"
LAST_MOVED = "0011"
"""The last number under which something else was known for a while."""


def renumber(connection: Connection) -> None:
    """Correct the number of a database; nearly always it is right."""
    tables = set(inspect(connection).get_table_names())
    if VERSION not in tables:
        return
    numbers = sorted(connection.scalars(text(f"SELECT version_num FROM {VERSION}")))  # noqa: S608 - no value of a user
    if numbers == ["0003"] and "plan_changes" in tables and "imports" not in tables:
        _write(connection, "0004")
    elif len(numbers) > 1 and numbers[-1] <= LAST_MOVED:
        _write(connection, numbers[-1])


def _write(connection: Connection, number: str) -> None:
    connection.execute(text(f"DELETE FROM {VERSION}"))  # noqa: S608
    connection.execute(text(f"INSERT INTO {VERSION} (version_num) VALUES (:number)"), {"number": number})  # noqa: S608
