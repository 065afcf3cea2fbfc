"""an index for what is held from a date on, which the first page of the portal asks for."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Find sessions by their date."""
    op.create_index("ix_booked_sessions_date", "booked_sessions", ["date"])


def downgrade() -> None:
    """Find them by room and date only."""
    op.drop_index("ix_booked_sessions_date", table_name="booked_sessions")
