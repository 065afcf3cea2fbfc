"""teachers have a telephone and an address for messages."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Nobody's is known yet."""
    op.add_column("teachers", sa.Column("phone", sa.String(40), server_default="", nullable=False))
    op.add_column("teachers", sa.Column("email", sa.String(200), server_default="", nullable=False))


def downgrade() -> None:
    """Forget them."""
    op.drop_column("teachers", "email")
    op.drop_column("teachers", "phone")
