"""A database for tests that can be put back to what it once held, which is far quicker than making another one."""

import json
import os
import shutil
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from scheduler.core.database import Base
from scheduler.models import AuditEntry
from tests.postgresql import server_url

TABLES = Base.metadata.sorted_tables
APPEND_ONLY = {AuditEntry.__tablename__}
"""Tables whose trigger refuses to have rows deleted."""


class Database(ABC):
    """One database of a test process; its schema is made once, by the migrations, and is not put back.

    The process itself may have no transaction open while rows are kept or put back.
    """

    url: str

    @abstractmethod
    def keep(self, name: str) -> None:
        """Remember all rows under a name."""

    @abstractmethod
    def put_back(self, name: str) -> None:
        """Hold exactly the rows kept under the name, and number new ones as after these."""

    @abstractmethod
    def drop(self) -> None:
        """Remove what the operating system does not remove with the tests' folder."""


class SQLite(Database):
    """A file; what it held is a copy beside it."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "test.sqlite3"
        self.url = f"sqlite:///{self._file}"

    def keep(self, name: str) -> None:
        """Copy the file."""
        shutil.copy(self._file, self._file.with_name(name))

    def put_back(self, name: str) -> None:
        """Copy it back, without the journal that a connection may have left."""
        for left in self._file.parent.glob(f"{self._file.name}-*"):
            left.unlink()
        shutil.copy(self._file.with_name(name), self._file)

    def drop(self) -> None:
        """Nothing: the file goes with its folder."""


class PostgreSQL(Database):
    """A database of the tests' server; what it held is a script that empties all tables and fills some.

    The script needs no right but that of the owner. Making a database anew would cost as much as a test.
    """

    def __init__(self) -> None:
        self._name = f"test_{os.getpid()}"
        self._scripts: dict[str, sql.Composed] = {}
        _administer(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(self._name)))
        self._connection = _connect(self._name)
        self.url = server_url(self._name)

    def keep(self, name: str) -> None:
        """Write the script."""
        statements = [
            sql.SQL(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            ),
            *(_emptying(table.name) for table in reversed(TABLES)),
        ]
        for table in TABLES:
            statements += self._filling(table.name)
            if table.autoincrement_column is not None:
                statements.append(self._numbering(table.name, table.autoincrement_column.name))
        self._scripts[name] = sql.SQL(";").join(statements)

    def put_back(self, name: str) -> None:
        """Run the script, as one transaction, after ending what a test has left connected."""
        self._connection.execute(self._scripts[name])

    def drop(self) -> None:
        """Drop the database."""
        self._connection.close()
        _administer(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(self._name)))

    def _filling(self, table: str) -> list[sql.Composed]:
        name = sql.Identifier(table)
        rows = self._value(sql.SQL("SELECT json_agg(held) FROM {} AS held").format(name))
        filling = sql.SQL("INSERT INTO {} SELECT * FROM json_populate_recordset(NULL::{}, {})")
        return [filling.format(name, name, sql.Literal(json.dumps(rows)))] if rows else []

    def _numbering(self, table: str, column: str) -> sql.Composed:
        highest = self._value(sql.SQL("SELECT max({}) FROM {}").format(sql.Identifier(column), sql.Identifier(table)))
        return sql.SQL("SELECT setval(pg_get_serial_sequence({}, {}), {}, false)").format(
            sql.Literal(table), sql.Literal(column), sql.Literal((highest or 0) + 1)
        )

    def _value(self, query: sql.Composed) -> Any:
        row = self._connection.execute(query).fetchone()
        return row and row[0]


def _emptying(table: str) -> sql.Composed:
    # Truncating makes new files for a table and its indexes, which takes longer than deleting a few rows.
    how = "TRUNCATE {}" if table in APPEND_ONLY else "DELETE FROM {}"
    return sql.SQL(how).format(sql.Identifier(table))


def _connect(database: str = "postgres") -> psycopg.Connection:
    return psycopg.connect(server_url(database, driver="postgresql"), autocommit=True)


def _administer(statement: sql.Composed) -> None:
    with _connect() as connection:
        connection.execute(statement)
