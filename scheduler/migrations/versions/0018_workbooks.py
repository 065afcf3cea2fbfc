"""what workbooks have changed is kept with all other changes.

What stood in their rows as texts becomes states. Workbooks that can still be taken back can be after the upgrade.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

State = dict[str, Any]
Read = Callable[[Any], Any]
SETS = sa.table(
    "change_sets", *map(sa.column, ("user_id", "kind", "term_id", "subject", "subject_id", "backward")),
    sa.column("id", sa.Integer()), sa.column("at", sa.DateTime()), sa.column("facts", sa.JSON()),
)
ENTRIES = sa.table(
    "change_entries", *map(sa.column, ("change_set_id", "position", "register", "row", "title")),
    sa.column("before", sa.JSON(none_as_null=True)), sa.column("after", sa.JSON(none_as_null=True)),
)


def upgrade() -> None:
    """Move what was kept with the rows of workbooks that were taken over."""
    connection, metadata = op.get_bind(), sa.MetaData()
    metadata.reflect(connection, only=["imports", "import_rows"])
    imports, rows = metadata.tables["imports"], metadata.tables["import_rows"]
    for imported in connection.execute(sa.select(imports).where(imports.c.status == "applied").order_by(imports.c.id)):
        about = {
            "at": imported.created_at, "user_id": imported.user_id, "kind": "workbook_taken_over", "facts": {},
            "term_id": imported.term_id, "subject": "imports", "subject_id": imported.id, "backward": False,
        }
        connection.execute(sa.insert(SETS).values(about))
        key = connection.scalar(sa.select(sa.func.max(SETS.c.id)))
        changing = rows.c.import_id == imported.id, rows.c.state.in_(("new", "changed"))
        of_import = connection.execute(sa.select(rows).where(*changing).order_by(rows.c.position))
        entries = [{**_entry(row), "change_set_id": key, "position": place} for place, row in enumerate(of_import)]
        if entries:
            connection.execute(sa.insert(ENTRIES), entries)
    # SQLite would rebuild the table otherwise.
    for column in ("after", "marks"):
        op.execute(sa.text(f'ALTER TABLE import_rows DROP COLUMN "{column}"'))


def _entry(row: Any) -> State:
    before = None if row.before is None else {**_state(row.sheet, row.before), **row.marks}
    key, title = str(row.target_id or 0), row.title[:200]
    return {"register": row.sheet, "row": key, "title": title, "before": before, "after": _state(row.sheet, row.after)}


def _state(sheet: str, values: State | None) -> State:
    """The state of an entry, of which the values of the columns are texts."""
    state: State = {}
    for column, value in (values or {}).items():
        if column == "best_hours":
            state["windows"] = sorted(_windows(values or {}))
        elif column not in ("possible_hours", "possible_cost"):
            read: Read = READ.get(column, str)
            state[PARTS.get(column, column)] = read(value)
    return state if sheet in ("demand", "demand_sources") else {**state, "archived": False}


def _number(text: Any) -> int | None:
    return int(text) if text else None


def _numbers(texts: Any) -> list[int]:
    return sorted(map(int, texts))


def _hours(by_day: dict[str, str]) -> list[list[int]]:
    return sorted(
        [int(day), *map(_minute, span.split("-"))]
        for day, spans in by_day.items() for span in spans.split(", ") if span
    )


def _minute(text: str) -> int:
    hour, minute = text.split(":")
    return 60 * int(hour) + int(minute)


def _windows(values: State) -> Iterator[list[int]]:
    for column, cost in (("best_hours", 0), ("possible_hours", int(values.get("possible_cost") or 1))):
        yield from ([*span, cost] for span in _hours(values.get(column) or {}))


def _meetings(by_day: dict[str, str]) -> list[list[int]]:
    return sorted([int(day), _minute(text)] for day, text in by_day.items() if text)


def _learners(by_community: dict[str, str]) -> dict[str, int]:
    return {key: int(by_community[key]) for key in sorted(by_community, key=int)}


def _dates(text: str) -> dict[str, str]:
    """Each line is a date, or a first and a last one, and a note."""
    notes = {}
    for line in text.splitlines():
        days, _space, note = line.partition(" ")
        first, _tilde, last = days.partition("~")
        begin = date.fromisoformat(first)
        for number in range((date.fromisoformat(last or first) - begin).days + 1):
            notes[(begin + timedelta(number)).isoformat()] = note
    return notes


PARTS = {"unit_id": "unit", "absences": "absent", "closures": "closed"}
"""What columns are called among the parts of a state, where that is something else."""
WHOLE = (
    "capacity", "turnaround_minutes", "fee", "max_day", "max_week", "wanted_week", "reach_metres", "minutes", "sessions",
    "per_week", "day_gap", "every_weeks", "minimum_size", "maximum_size", "earliest_week", "latest_week", "priority",
    "pinned_week", "people", "percent", "unit", "unit_id", "venue", "course", "community", "pinned_room",
    "pinned_teacher",
)
READ: dict[str, Read] = {
    **dict.fromkeys(WHOLE, _number),
    **dict.fromkeys(("latitude", "longitude"), float),
    **dict.fromkeys(("features", "subjects", "needs"), sorted),
    **dict.fromkeys(("closures", "absences"), _dates),
    "step_free": {"yes": True, "no": False}.get,
    "hours": _hours,
    "learners": _learners,
    "pinned_meetings": _meetings,
    "venues": _numbers,
    "teachers": _numbers,
}
"""How the text of a column is read; all others stay as they are."""


def downgrade() -> None:
    """Forget what can be taken back; what was changed stays."""
    op.execute(sa.text("DELETE FROM change_sets WHERE subject = 'imports'"))
    op.execute(sa.text('ALTER TABLE import_rows ADD COLUMN "after" JSON'))
    op.execute(sa.text("ALTER TABLE import_rows ADD COLUMN marks JSON DEFAULT '{}' NOT NULL"))
