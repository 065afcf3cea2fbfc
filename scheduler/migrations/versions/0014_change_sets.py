"""changes that belong together are kept in one place, whatever they are, and taken back from there."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0011"

KINDS = (
    "section_moved", "section_pinned", "series_updated", "series_archived", "scenario_taken_over", "demand_worked_out",
    "sources_taken_over", "sections_opened", "entry_removed", "workbook_taken_over",
)
NO_CHANGE = "what was changed is only ever added to"
GUARDED = ("change_sets", "change_entries")


def upgrade() -> None:
    """Add the sets and their entries."""
    _sets()
    _entries()
    _guard()


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


def _guard() -> None:
    """Let nobody change what was written down; it goes with what it belongs to."""
    for table in GUARDED:
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


def downgrade() -> None:
    """Forget what belongs together; what was changed stays."""
    op.drop_table("change_entries")
    op.drop_table("change_sets")
