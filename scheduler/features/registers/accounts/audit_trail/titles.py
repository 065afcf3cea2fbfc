"""What the entries of the trail are about, by the names of today."""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from scheduler.core.extensions import db
from scheduler.features.registers.accounts.trail import table_word
from scheduler.models import (
    ActivitySeries,
    AuditEntry,
    Community,
    Course,
    Event,
    EventItem,
    Plan,
    Room,
    Scenario,
    Section,
    Teacher,
    Term,
    Unit,
    User,
    Venue,
)

NAMES: Final[dict[str, InstrumentedAttribute[str]]] = {
    "activity_series": ActivitySeries.title_zh, "communities": Community.name, "courses": Course.title_zh,
    "event_items": EventItem.title_zh, "events": Event.title_zh, "plans": Plan.name, "rooms": Room.name,
    "scenarios": Scenario.name, "sections": Section.name, "teachers": Teacher.name, "terms": Term.name,
    "units": Unit.name, "users": User.name, "venues": Venue.name,
}
"""By table the column with the name of its rows; all of these tables have a number as their key."""
OWNERS: Final = {
    "teacher_id": "teachers", "room_id": "rooms", "venue_id": "venues", "course_id": "courses",
    "section_id": "sections", "term_id": "terms", "unit_id": "units", "community_id": "communities",
    "plan_id": "plans", "user_id": "users",
}
"""Columns that say what a row belongs to, the nearest first, and the table they refer to."""
Key = tuple[str, str]


class EntryTitles:
    """The words for what each of some entries is about: the kind of row, and its name or that of what it belongs to."""

    def __init__(self, entries: Iterable[AuditEntry]) -> None:
        asked: dict[str, set[int]] = {}
        for table, row in {key for entry in entries for key in _keys(entry)}:
            if table in NAMES and row.isdecimal():
                asked.setdefault(table, set()).add(int(row))
        self._names: dict[Key, str] = {}
        for table, ids in asked.items():
            column = NAMES[table]
            statement = select(column.class_.id, column).where(column.class_.id.in_(ids))
            self._names |= {(table, str(key)): name for key, name in db.session.execute(statement)}

    def of(self, entry: AuditEntry) -> str:
        """Such as “teacher 王佳宁”; a row without a name of its own is called after what it belongs to."""
        found = next((self._names[key] for key in _keys(entry) if key in self._names), None)
        return f"{table_word(entry.table)} {found or entry.row}".strip()


def _keys(entry: AuditEntry) -> Iterable[Key]:
    """The row itself, then what its changes say that it belongs to."""
    yield entry.table, entry.row
    for column, table in OWNERS.items():
        values: list[Any] = entry.changes.get(column, [])
        yield from ((table, str(value)) for value in values if value is not None)
