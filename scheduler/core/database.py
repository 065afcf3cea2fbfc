"""The declarative base, column types and engine behaviour shared by all tables."""

import sqlite3
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import psycopg
from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    SQLColumnExpression,
    String,
    TypeDecorator,
    and_,
    event,
    tuple_,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry

PATIENCE = 120_000
"""Milliseconds that a writer waits for others, unless whoever connects says otherwise."""
SQLITE_PRAGMAS = ("foreign_keys = ON", "journal_mode = WAL", "synchronous = NORMAL", f"busy_timeout = {PATIENCE}")


class Base(DeclarativeBase):
    """Parent of every table; constraints get predictable names, which errors.py turns into messages."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware and in UTC in Python, without zone in the database (SQLite knows none)."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone, store it as UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


def choice(kind: type[StrEnum]) -> Enum:
    """A column type for a StrEnum, stored as its value and checked by the database."""
    return Enum(
        kind, native_enum=False, create_constraint=True, length=40, name=kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


class Archivable:
    """Mixin: rows that leave the lists but stay in history."""

    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)

    @property
    def archived(self) -> bool:
        """Whether the row has left the lists."""
        return self.archived_at is not None


Code = String(40)
Name = String(200)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """SQLite enforces foreign keys and lets readers and a writer work at once only when told so."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "connect")
def _plan_for_values(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """PostgreSQL plans each statement for its values; prepared ones get plans for any value, at times far slower."""
    if isinstance(connection, psycopg.Connection):
        connection.prepare_threshold = None


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    """Take SQLite's write lock at the start of whatever may write, so that two writers wait instead of failing.

    Whoever connects says with the option ``read_only`` that nothing will be written, and with ``patience`` how many
    milliseconds it waits for other writers.
    """
    if connection.dialect.name != "sqlite":
        return
    options = connection.get_execution_options()
    if options.get("read_only", False):
        connection.exec_driver_sql("BEGIN")
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(options.get('patience', PATIENCE))}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@event.listens_for(Engine, "begin")
def _limit_waiting(connection: Connection) -> None:
    """PostgreSQL waits for locks of rows as long as it has to, but for whoever says how long they have ``patience``."""
    patience = connection.get_execution_options().get("patience")
    if connection.dialect.name == "postgresql" and patience is not None:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {max(1, int(patience))}")


def in_tuples(columns: Sequence[SQLColumnExpression[Any]], keys: Collection[tuple[Any, ...]]) -> ColumnElement[bool]:
    """Whether columns are one of these keys; also each of them alone, as SQLite has no use of an index for pairs."""
    alone = (column.in_({key[position] for key in keys}) for position, column in enumerate(columns))
    return and_(*alone, tuple_(*columns).in_(keys))


def column_values(row: Base) -> dict[str, Any]:
    """The row's own columns, by attribute name."""
    return {attribute.key: getattr(row, attribute.key) for attribute in row.__mapper__.column_attrs}
