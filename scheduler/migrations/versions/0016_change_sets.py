"""changes that belong together are kept in one place, whatever they are, and taken back from there.

The first are those of plans by hand, which keep their numbers and with these their entries in the trail.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

KINDS = (
    "section_moved", "section_pinned", "series_updated", "series_archived", "scenario_taken_over", "demand_worked_out",
    "sources_taken_over", "sections_opened", "workbook_taken_over",
)
NO_CHANGE = "what was changed is only ever added to"
GUARDED = ("change_sets", "change_entries")


def upgrade() -> None:
    """Add the sets and their entries, and move the changes of plans there."""
    _sets()
    _entries()
    _guard(*GUARDED)
    _move()
    op.drop_table("plan_changes")


def _sets() -> None:
    kinds = sa.Enum(*KINDS, name="changesetkind", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "change_sets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("kind", kinds, nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("takes_back_id", sa.Integer(), nullable=True),
        sa.Column("backward", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_change_sets_user_id")),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_change_sets_term_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["takes_back_id"], ["change_sets.id"], name=op.f("fk_change_sets_takes_back_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_sets")),
        sa.UniqueConstraint(
            "subject", "subject_id", "version", name=op.f("uq_change_sets_subject_subject_id_version")
        ),
        sa.UniqueConstraint("takes_back_id", name=op.f("uq_change_sets_takes_back_id")),
    )
    op.create_index(op.f("ix_change_sets_user_id"), "change_sets", ["user_id"])
    op.create_index(op.f("ix_change_sets_term_id"), "change_sets", ["term_id"])


def _entries() -> None:
    op.create_table(
        "change_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_set_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("register", sa.String(length=40), nullable=False),
        sa.Column("row", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_sets.id"], name=op.f("fk_change_entries_change_set_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_entries")),
    )
    op.create_index(op.f("ix_change_entries_change_set_id"), "change_entries", ["change_set_id"])
    op.create_index("ix_change_entries_register_row", "change_entries", ["register", "row"])


def _guard(*tables: str) -> None:
    """Let nobody change what was written down; it goes with what it belongs to."""
    for table in tables:
        if op.get_bind().dialect.name == "postgresql":
            op.execute(sa.text(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            ))
        else:
            op.execute(sa.text(
                f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{NO_CHANGE}'); END"
            ))


State = dict[str, Any]
SETS = sa.table(
    "change_sets", *map(sa.column, (
        "id", "user_id", "kind", "term_id", "subject", "subject_id", "version", "takes_back_id", "backward",
    )), sa.column("at", sa.DateTime()), sa.column("facts", sa.JSON()),
)
ENTRIES = sa.table(
    "change_entries", *map(sa.column, ("change_set_id", "position", "register", "row", "title")),
    sa.column("before", sa.JSON(none_as_null=True)), sa.column("after", sa.JSON(none_as_null=True)),
)


def _move() -> None:
    """Move the changes of plans: what took which back is found as the board found it, by the order of a user's own."""
    connection, metadata = op.get_bind(), sa.MetaData()
    metadata.reflect(connection, only=["plan_changes", "plans", "sections"])
    changes, plans, sections = (metadata.tables[name] for name in ("plan_changes", "plans", "sections"))
    rows = connection.execute(
        sa.select(changes, plans.c.term_id, sections.c.name)
        .join_from(changes, plans, changes.c.plan_id == plans.c.id)
        .join(sections, changes.c.section_id == sections.c.id)
        .order_by(changes.c.plan_id, changes.c.version)
    ).all()
    if not rows:
        return
    taken_back = _taken_back(rows)
    connection.execute(sa.insert(SETS), [_set(row, taken_back.get(row.id)) for row in rows])
    connection.execute(sa.insert(ENTRIES), [_entry(row) for row in rows])
    if connection.dialect.name == "postgresql":
        last = max(row.id for row in rows)
        op.execute(sa.text(f"SELECT setval(pg_get_serial_sequence('change_sets', 'id'), {last})"))


def _taken_back(rows: Sequence[Any]) -> dict[int, int]:
    """Which change was taken back by another, or that one in its turn."""
    done, undone, taken_back = defaultdict[Any, list[int]](list), defaultdict[Any, list[int]](list), dict[int, int]()
    for row in rows:
        own = row.plan_id, row.user_id
        if row.kind == "undo" and done[own]:
            taken_back[row.id] = done[own].pop()
            undone[own].append(row.id)
        elif row.kind == "redo" and undone[own]:
            taken_back[row.id] = undone[own].pop()
            done[own].append(row.id)
        else:
            done[own].append(row.id)
            undone[own].clear()
    return taken_back


def _set(row: Any, taken_back: int | None) -> State:
    return {
        "id": row.id, "at": row.at, "user_id": row.user_id, "term_id": row.term_id,
        "kind": "section_pinned" if _pins(row) else "section_moved", "subject": "plans", "subject_id": row.plan_id,
        "version": row.version, "takes_back_id": taken_back, "facts": {"cost": row.cost, "reason": row.reason},
        "backward": row.kind == "undo" and taken_back is not None,
    }


def _entry(row: Any) -> State:
    entry = {"change_set_id": row.id, "position": 0}
    if not _pins(row):
        place = {"register": "placements", "row": f"{row.plan_id}/{row.section_id}", "title": ""}
        return {**entry, **place, "before": row.before, "after": row.after}
    before, after = (
        {f"pinned_{part}": value for part, value in state["pinned"].items()} for state in (row.before, row.after)
    )
    pins = {"register": "sections", "row": str(row.section_id), "title": row.name[:200]}
    return {**entry, **pins, "before": before, "after": after}


def _pins(row: Any) -> bool:
    return row.after is not None and "pinned" in row.after


def downgrade() -> None:
    """Forget what can be taken back; what was changed stays."""
    op.drop_table("change_entries")
    op.drop_table("change_sets")
    kinds = sa.Enum("move", "pin", "undo", "redo", name="changekind", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "plan_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", kinds, nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("cost", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_plan_changes_plan_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["section_id"], ["sections.id"], name=op.f("fk_plan_changes_section_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_plan_changes_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_changes")),
        sa.UniqueConstraint("plan_id", "version", name=op.f("uq_plan_changes_plan_id_version")),
    )
    op.create_index(op.f("ix_plan_changes_section_id"), "plan_changes", ["section_id"])
    op.create_index(op.f("ix_plan_changes_user_id"), "plan_changes", ["user_id"])
    _guard("plan_changes")
