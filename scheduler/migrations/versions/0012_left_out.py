"""what databases left out whose migrations came in another order, and teachers who were never asked.

Before this one, migrations were renumbered and put into other chains after databases had carried them out. Such a
database has the number of a migration whose predecessors it never saw. Here each of them is carried out if its first
trace is missing; they touch different things, so that their order does not matter.
"""

from collections import defaultdict
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

FIRST_TRACES = {
    "0003": ("imports", None),
    "0005": ("demand_sources", None),
    "0006": ("activity_series", None),
    "0007": ("solve_runs", "scope"),
    "0008": ("scenarios", None),
    "0009": ("assignments", None),
}
DATE_INDEX = "ix_booked_sessions_date"
NEVER_ASKED = """
SELECT plan_id, section_id, teacher_id, room_id, week FROM placements
WHERE plan_id IN (SELECT id FROM plans WHERE status = 'published') AND NOT EXISTS (
    SELECT 1 FROM assignments WHERE assignments.section_id = placements.section_id
    AND (assignments.plan_id = placements.plan_id OR assignments.status IN ('asked', 'agreed'))
)
"""


def upgrade() -> None:
    """Carry out what was left out, then ask the teachers whom 0009 did not ask in its first form."""
    for number, (table, column) in FIRST_TRACES.items():
        if not _is_there(table, column):
            _carry_out(number)
    if DATE_INDEX not in {index["name"] for index in sa.inspect(op.get_bind()).get_indexes("booked_sessions")}:
        _carry_out("0010")
    _ask_those_never_asked()


def downgrade() -> None:
    """Leave all as it is: the migrations before expect just this."""


def _is_there(table: str, column: str | None) -> bool:
    inspector = sa.inspect(op.get_bind())
    return inspector.has_table(table) and (
        column is None or column in {each["name"] for each in inspector.get_columns(table)}
    )


def _carry_out(number: str) -> None:
    op.get_context().script.get_revision(number).module.upgrade()


def _ask_those_never_asked() -> None:
    """A published plan asks about each of its placements; whoever was asked, whatever the answer, is not asked again."""
    connection = op.get_bind()
    placed = connection.execute(sa.text(NEVER_ASKED)).mappings().all()
    if not placed:
        return
    hours = defaultdict(list)
    for plan, section, weekday, start in connection.execute(
        sa.text("SELECT plan_id, section_id, weekday, start_minute FROM meetings")
    ):
        hours[plan, section].append([weekday, start])
    names = ("plan_id", "section_id", "teacher_id", "room_id", "week", "status", "note")
    table = sa.table(
        "assignments", *(sa.column(name) for name in names),
        sa.column("meetings", sa.JSON()), sa.column("asked_at", sa.DateTime()),
    )
    asked = {"status": "asked", "note": "", "asked_at": datetime.now(UTC).replace(tzinfo=None)}
    op.bulk_insert(
        table,
        [{**row, **asked, "meetings": sorted(hours[row["plan_id"], row["section_id"]])} for row in placed],
    )
