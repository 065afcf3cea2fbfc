"""Who changed a row, or what hangs on it, since a moment: told to somebody who was editing it at the same time."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import select

from scheduler.audit.trail import key_of, table_of
from scheduler.core.database import Base
from scheduler.core.extensions import db
from scheduler.models import AuditEntry

MOST_ENTRIES: Final = 500
"""A form lies open for minutes or hours; beyond this many changes of these tables nobody is named."""


def changes_since(row: Base, moment: datetime) -> list[AuditEntry]:
    """The changes of a row and of the rows that belong to it, since a moment, the newest first."""
    dependents = {
        relationship.entity.class_.__tablename__: [column.key for column in relationship.remote_side]
        for relationship in row.__mapper__.relationships
        if relationship.uselist and relationship.secondary is None
    }
    entries = db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.at >= moment, AuditEntry.table.in_([table_of(row), *dependents]))
        .order_by(AuditEntry.id.desc())
        .limit(MOST_ENTRIES)
    ).all()
    key = key_of(row)
    return [
        entry for entry in entries
        if (entry.table == table_of(row) and entry.row == key)
        or _names(entry, dependents.get(entry.table, ()), key)
    ]


def _names(entry: AuditEntry, columns: Iterable[str | None], key: str) -> bool:
    """Whether a row that was made, changed or deleted belongs to the one with this key."""
    return any(key in map(str, entry.changes.get(column or "", ())) for column in columns)


def newest_of(entries: Iterable[AuditEntry], names: Iterable[str]) -> AuditEntry | None:
    """The newest change of one of these columns, or of rows of one of these tables."""
    stored = set(names)
    return next((entry for entry in entries if entry.table in stored or stored & entry.changes.keys()), None)
