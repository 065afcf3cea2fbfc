"""A database of each kind for earlier schemas, beside the one of the other tests; it holds one after the other."""

import os
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import psycopg
from psycopg import sql

from tests.postgresql import server_url

NUMBER_ON = """
DO $$ DECLARE each record; BEGIN
    FOR each IN SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_default LIKE 'nextval%'
    LOOP
        EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, %L), coalesce(max(%I), 0) + 1, false) FROM %I',
            each.table_name, each.column_name, each.column_name, each.table_name);
    END LOOP;
END $$
"""
"""Number new rows as after those there are."""


class OldDatabase(ABC):
    """One database of a test process; nobody else may be connected while it is made to hold something."""

    url: str

    @abstractmethod
    def hold(self, scripts: Iterable[str]) -> None:
        """Hold what these statements make, and nothing else."""

    @abstractmethod
    def drop(self) -> None:
        """Remove what the operating system does not remove with the tests' folder."""


class SQLite(OldDatabase):
    """A file."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "old.sqlite3"
        self.url = f"sqlite:///{self._file}"

    def hold(self, scripts: Iterable[str]) -> None:
        """Write it anew; each script on a connection of its own, as a rule that is rewritten counts for the next."""
        for left in self._file.parent.glob(f"{self._file.name}*"):
            left.unlink()
        for script in scripts:
            with closing(sqlite3.connect(self._file)) as connection:
                connection.executescript(f"PRAGMA synchronous = OFF; BEGIN; {script} COMMIT;")

    def drop(self) -> None:
        """Nothing: the file goes with its folder."""


class PostgreSQL(OldDatabase):
    """A database of the tests' server; its tables stand in one namespace, which is dropped and made again."""

    def __init__(self) -> None:
        self._name = f"old_{os.getpid()}"
        self._administer("CREATE DATABASE {}")
        self.url = server_url(self._name)

    def hold(self, scripts: Iterable[str]) -> None:
        """Make all in one transaction."""
        with psycopg.connect(server_url(self._name, driver="postgresql")) as connection:
            connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
            for script in scripts:
                connection.execute(script.encode())
            connection.execute(NUMBER_ON)

    def drop(self) -> None:
        """Drop the database."""
        self._administer("DROP DATABASE {} WITH (FORCE)")

    def _administer(self, statement: str) -> None:
        with psycopg.connect(server_url("postgres", driver="postgresql"), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(self._name)))
