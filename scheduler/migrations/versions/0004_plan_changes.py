"""changes of plans by hand, each numbered by the plan's version."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

NO_CHANGE = "changes of plans are only ever added to"
POSTGRESQL_GUARD = """CREATE TRIGGER plan_changes_append_only BEFORE UPDATE ON plan_changes
    FOR EACH ROW EXECUTE FUNCTION refuse_change()"""
SQLITE_GUARD = f"CREATE TRIGGER plan_changes_update BEFORE UPDATE ON plan_changes BEGIN SELECT RAISE(ABORT, '{NO_CHANGE}'); END"


def upgrade() -> None:
    """Number the changes of a plan and keep them."""
    # No batch: SQLite would rebuild the table, and dropping the old one would take the placements with it.
    op.execute(sa.text("ALTER TABLE plans ADD COLUMN version INTEGER DEFAULT '0' NOT NULL"))
    op.create_table(
        "plan_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("move", "undo", "redo", name="changekind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("cost", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plans.id"], name=op.f("fk_plan_changes_plan_id_plans"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["sections.id"], name=op.f("fk_plan_changes_section_id_sections")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_plan_changes_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_changes")),
        sa.UniqueConstraint("plan_id", "version", name=op.f("uq_plan_changes_plan_id_version")),
    )
    op.create_index(op.f("ix_plan_changes_section_id"), "plan_changes", ["section_id"])
    op.create_index(op.f("ix_plan_changes_user_id"), "plan_changes", ["user_id"])
    op.execute(sa.text(POSTGRESQL_GUARD if op.get_bind().dialect.name == "postgresql" else SQLITE_GUARD))


def downgrade() -> None:
    """Forget the changes; the plans stay as they are."""
    op.drop_table("plan_changes")
    op.execute(sa.text("ALTER TABLE plans DROP COLUMN version"))
