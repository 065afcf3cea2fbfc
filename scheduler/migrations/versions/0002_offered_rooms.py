"""a venue that cannot give the room asked for may offer another one."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the room that is offered instead."""
    # No batch: SQLite would rebuild the table, and dropping the old one would take the booked sessions with it.
    op.execute(
        sa.text(
            "ALTER TABLE bookings ADD COLUMN offered_room_id INTEGER"
            " CONSTRAINT fk_bookings_offered_room_id_rooms REFERENCES rooms (id)"
        )
    )


def downgrade() -> None:
    """Forget what was offered."""
    op.execute(sa.text("ALTER TABLE bookings DROP COLUMN offered_room_id"))
