"""uploaded files stay with what was passed over in them, and headings that users have given a meaning are remembered."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0019"


def upgrade() -> None:
    """Add the files of workbooks, the choices of headings, and what cannot be read in single cells."""
    op.create_table(
        "import_files",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name=op.f("fk_import_files_import_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("import_id", name=op.f("pk_import_files")),
    )
    op.create_table(
        "heading_choices",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("register", sa.String(length=40), nullable=False),
        sa.Column("heading", sa.String(length=200), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_heading_choices_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "register", "heading", name=op.f("pk_heading_choices")),
    )
    op.execute(sa.text("ALTER TABLE import_rows ADD COLUMN troubles JSON DEFAULT '{}' NOT NULL"))


def downgrade() -> None:
    """Forget them."""
    op.execute(sa.text("ALTER TABLE import_rows DROP COLUMN troubles"))
    op.drop_table("heading_choices")
    op.drop_table("import_files")
