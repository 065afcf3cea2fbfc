"""tables as today's migrations make them, also where a first form of a migration made them otherwise.

Five migrations were changed after databases had carried them out. Each difference is looked for and mended alone.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

STATES = "'draft', 'published', 'superseded', 'discarded', 'scenario'"
REFERENCES_WITHOUT_DELETING = {
    ("plans", "fk_plans_scenario_id"): "FOREIGN KEY (scenario_id) REFERENCES scenarios (id)",
    ("solve_runs", "fk_solve_runs_base_plan_id_plans"): "FOREIGN KEY (base_plan_id) REFERENCES plans (id)",
}
IN_SQLITE = {
    "plans": {
        r"CONSTRAINT ck_plans_planstatus CHECK \(status IN \([^)]*\)\)":
            f"CONSTRAINT ck_plans_planstatus CHECK (status IN ({STATES}))",
        r"(fk_plans_scenario_id REFERENCES scenarios \(id\)) ON DELETE CASCADE": r"\1",
    },
    "solve_runs": {
        r"(fk_solve_runs_base_plan_id_plans REFERENCES plans \(id\)) ON DELETE SET NULL": r"\1",
        r"draft_name VARCHAR\(200\) DEFAULT '' NOT NULL": "draft_name VARCHAR(200)",
        r"reasons JSON DEFAULT '\[\]' NOT NULL": "reasons JSON NOT NULL",
    },
    "import_rows": {
        r"clashes BOOLEAN NOT NULL": "clashes JSON NOT NULL",
        r"clashing BOOLEAN DEFAULT false NOT NULL": "clashing BOOLEAN NOT NULL",
    },
}
"""How the words are changed with which SQLite made a table."""


def upgrade() -> None:
    """Mend what is otherwise; good databases stay as they are."""
    _feed_events()
    _reasons_of_runs()
    _names_of_drafts()
    _clashes_of_imports()
    if op.get_bind().dialect.name == "sqlite":
        _change_words_of_sqlite()
    else:
        _refer_without_deleting()


def downgrade() -> None:
    """Leave all as it is: the migrations before expect just this."""


def _columns(table: str) -> dict[str, dict]:
    return {column["name"]: column for column in sa.inspect(op.get_bind()).get_columns(table)}


def _feed_events() -> None:
    """Events had no session at first; nothing was ever written then, as no page published anything."""
    if "fingerprint" not in _columns("feed_events"):
        return
    op.drop_table("feed_events")
    states = sa.Enum(
        "tentative", "confirmed", "cancelled", name="feedstatus", native_enum=False, create_constraint=True, length=40
    )
    op.create_table(
        "feed_events",
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("status", states, nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("start_minute", sa.Integer(), nullable=False),
        sa.Column("end_minute", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_feed_events_number")),
        sa.CheckConstraint("sequence >= 0", name=op.f("ck_feed_events_sequence")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_feed_events_room_id")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["sections.id"], name=op.f("fk_feed_events_section_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("section_id", "number", name=op.f("pk_feed_events")),
        sa.UniqueConstraint("uid", name=op.f("uq_feed_events_uid")),
    )
    op.create_index(op.f("ix_feed_events_room_id"), "feed_events", ["room_id"])
    # As 0009 does it, which takes the column away again: SQLite lets no column go that a rule of the table names.
    op.execute(
        sa.text(
            "ALTER TABLE feed_events ADD COLUMN substitute_id INTEGER"
            " CONSTRAINT fk_feed_events_substitute_id_teachers REFERENCES teachers (id)"
        )
    )


def _reasons_of_runs() -> None:
    """Runs until then said nothing of what they left out."""
    if "reasons" not in _columns("solve_runs"):
        _add_required("solve_runs", "reasons", "JSON", "'[]'")


def _names_of_drafts() -> None:
    """No name was an empty one."""
    if _columns("solve_runs")["draft_name"]["nullable"]:
        return
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.text("ALTER TABLE solve_runs ALTER draft_name DROP DEFAULT, ALTER draft_name DROP NOT NULL"))
    else:
        _change_words_of_sqlite()
    op.execute(sa.text("UPDATE solve_runs SET draft_name = NULL WHERE draft_name = ''"))


def _clashes_of_imports() -> None:
    """Rows knew only whether their room was taken; which pins clash is found out anew before they are taken over."""
    if "clashing" in _columns("import_rows"):
        return
    _add_required("import_rows", "clashing", "BOOLEAN", "false")
    op.execute(sa.text("UPDATE import_rows SET clashing = clashes"))
    pins = """CASE WHEN clashes THEN '["pinned_room"]' ELSE '[]' END"""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.text(f"ALTER TABLE import_rows ALTER clashes TYPE JSON USING ({pins})::json"))
    else:
        op.execute(sa.text(f"UPDATE import_rows SET clashes = {pins}"))
    waiting = "SELECT id FROM imports WHERE status IN ('checking', 'checked')"
    op.execute(
        sa.text(
            "UPDATE import_rows SET state = 'pending', key = '', warned = false, warnings = '[]', messages = '[]',"
            f" clashes = '[]', clashing = false, slot = NULL WHERE import_id IN ({waiting})"
        )
    )
    op.execute(sa.text("UPDATE imports SET status = 'checking' WHERE status = 'checked'"))


def _add_required(table: str, column: str, kind: str, default: str) -> None:
    """Add a column that nobody need fill in until it is there; SQLite's default goes with the other words."""
    op.execute(sa.text(f"ALTER TABLE {table} ADD COLUMN {column} {kind} DEFAULT {default} NOT NULL"))
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.text(f"ALTER TABLE {table} ALTER {column} DROP DEFAULT"))
    else:  # without a default SQLite would read nothing from rows that it has not written since
        op.execute(sa.text(f"UPDATE {table} SET {column} = {default}"))


def _refer_without_deleting() -> None:
    """What is referred to is not deleted with what refers to it."""
    for (table, name), reference in REFERENCES_WITHOUT_DELETING.items():
        found = {key["name"]: key["options"] for key in sa.inspect(op.get_bind()).get_foreign_keys(table)}
        if found[name].get("ondelete"):
            op.execute(sa.text(f"ALTER TABLE {table} DROP CONSTRAINT {name}, ADD CONSTRAINT {name} {reference}"))


def _change_words_of_sqlite() -> None:
    """Change rules where they are written, as SQLite's manual advises: what is stored does not change with them.

    A new table in the place of the old one would take with it what refers to the old one.
    """
    connection = op.get_bind()
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    for table, changes in IN_SQLITE.items():
        words = changed = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).scalar()
        for old, new in changes.items():
            changed = re.sub(old, new, changed)
        if changed != words:
            connection.exec_driver_sql(
                "UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?", (changed, table)
            )
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")
