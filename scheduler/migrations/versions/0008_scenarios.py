"""scenarios of a term, the runs that plan them, and the runs that say what would help a plan."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

OLD_STATES = "'draft', 'published', 'superseded', 'discarded'"
NEW_STATES = f"{OLD_STATES}, 'scenario'"
ACTIVE = "status IN ('queued', 'running')"
COLUMNS = {
    "plans": ["scenario_id INTEGER CONSTRAINT fk_plans_scenario_id REFERENCES scenarios (id)"],
    "solve_runs": [
        "scenario_id INTEGER CONSTRAINT fk_solve_runs_scenario_id REFERENCES scenarios (id)",
        "asked_plan_id INTEGER CONSTRAINT fk_solve_runs_asked_plan_id REFERENCES plans (id)",
        "start_plan {binary}",
        "fingerprint VARCHAR(64)",
        "findings JSON",
    ],
}
INDEXED = (("plans", "scenario_id"), ("solve_runs", "scenario_id"), ("solve_runs", "asked_plan_id"))


def upgrade() -> None:
    """Keep scenarios; let a run be of one of them or of a question about a plan."""
    op.create_table(
        "scenarios",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_over_at", sa.DateTime(), nullable=True),
        sa.Column("replaced", sa.JSON(), nullable=False),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_scenarios_term_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("fk_scenarios_created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenarios")),
        sa.UniqueConstraint("term_id", "name", name=op.f("uq_scenarios_term_id_name")),
    )
    op.create_index(op.f("ix_scenarios_term_id"), "scenarios", ["term_id"])
    binary = "BYTEA" if _on_postgresql() else "BLOB"
    for table, columns in COLUMNS.items():
        for column in columns:  # no batch: SQLite would rebuild the table and take what refers to it with it
            op.execute(sa.text(f"ALTER TABLE {table} ADD COLUMN {column.format(binary=binary)}"))
    for table, name in INDEXED:
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name])
    _allow_states(OLD_STATES, NEW_STATES)
    op.drop_index("uq_solve_runs_active", "solve_runs")
    _index("uq_solve_runs_active", "term_id", f"{ACTIVE} AND scenario_id IS NULL AND asked_plan_id IS NULL")
    _index("uq_solve_runs_active_scenario", "scenario_id", f"{ACTIVE} AND scenario_id IS NOT NULL")
    _index("uq_solve_runs_active_question", "asked_plan_id", f"{ACTIVE} AND asked_plan_id IS NOT NULL")


def downgrade() -> None:
    """Forget the scenarios with their plans and runs."""
    op.execute(sa.text("DELETE FROM solve_runs WHERE scenario_id IS NOT NULL OR asked_plan_id IS NOT NULL"))
    op.execute(sa.text("DELETE FROM plans WHERE status = 'scenario'"))
    for name in ("uq_solve_runs_active_question", "uq_solve_runs_active_scenario", "uq_solve_runs_active"):
        op.drop_index(name, "solve_runs")
    _index("uq_solve_runs_active", "term_id", ACTIVE)
    _allow_states(NEW_STATES, OLD_STATES)
    for table, name in INDEXED:
        op.drop_index(op.f(f"ix_{table}_{name}"), table)
    for table, columns in COLUMNS.items():
        for column in columns:
            op.execute(sa.text(f"ALTER TABLE {table} DROP COLUMN {column.split()[0]}"))
    op.drop_table("scenarios")


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _index(name: str, column: str, where: str) -> None:
    condition = sa.text(where)
    op.create_index(
        name, "solve_runs", [column], unique=True, sqlite_where=condition, postgresql_where=condition
    )


def _allow_states(before: str, after: str) -> None:
    """Let a plan be in other states; in SQLite the rule is changed where it is written, as its manual advises.

    What is stored does not change with a CHECK, and a new table in the place of the old one would lose the placements.
    """
    if _on_postgresql():
        op.execute(sa.text("ALTER TABLE plans DROP CONSTRAINT ck_plans_planstatus"))
        op.execute(sa.text(f"ALTER TABLE plans ADD CONSTRAINT ck_plans_planstatus CHECK (status IN ({after}))"))
        return
    version = op.get_bind().exec_driver_sql("PRAGMA schema_version").scalar()
    op.get_bind().exec_driver_sql("PRAGMA writable_schema = ON")
    op.get_bind().exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = 'plans'",
        (f"({before})", f"({after})"),
    )
    op.get_bind().exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    op.get_bind().exec_driver_sql("PRAGMA writable_schema = OFF")
