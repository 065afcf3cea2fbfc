"""runs that plan only some sections and keep all others as a plan has them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

# No batch: SQLite would rebuild the table, and dropping the old one would take the points of the runs with it.
COLUMNS = {
    "base_document": "{binary}",
    "unit_id": "INTEGER CONSTRAINT fk_solve_runs_unit_id_units REFERENCES units (id)",
    "base_plan_id": "INTEGER CONSTRAINT fk_solve_runs_base_plan_id_plans REFERENCES plans (id)",
    "kept": "INTEGER DEFAULT '0' NOT NULL",
    "draft_name": "VARCHAR(200)",
    "scope": "VARCHAR(40) DEFAULT 'whole' NOT NULL"
    " CONSTRAINT ck_solve_runs_runscope CHECK (scope IN ('whole', 'unit', 'selection', 'unplaced'))"
    " CONSTRAINT ck_solve_runs_base CHECK ((scope = 'whole') = (base_document IS NULL))"
    " CONSTRAINT ck_solve_runs_unit CHECK ((scope = 'unit') = (unit_id IS NOT NULL))",
}


def upgrade() -> None:
    """Say what each run plans; those until now planned the whole term."""
    binary = "BYTEA" if op.get_bind().dialect.name == "postgresql" else "BLOB"
    for name, kind in COLUMNS.items():
        op.execute(sa.text(f"ALTER TABLE solve_runs ADD COLUMN {name} {kind.format(binary=binary)}"))
    op.create_table(
        "solve_run_sections",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["solve_runs.id"], name=op.f("fk_solve_run_sections_run_id_solve_runs"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["sections.id"], name=op.f("fk_solve_run_sections_section_id_sections"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", "section_id", name=op.f("pk_solve_run_sections")),
    )
    op.create_index(op.f("ix_solve_run_sections_section_id"), "solve_run_sections", ["section_id"])


def downgrade() -> None:
    """Forget what runs were about."""
    op.drop_table("solve_run_sections")
    for name in reversed(COLUMNS):
        op.execute(sa.text(f"ALTER TABLE solve_runs DROP COLUMN {name}"))
