"""rooms can be closed, and teachers away, for some hours of a date."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

OWNERS = {"room_closures": "room_id", "teacher_absences": "teacher_id"}
HOURS = (
    "(start_minute IS NULL) = (end_minute IS NULL) AND (start_minute IS NULL"
    " OR (0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440))"
)


def upgrade() -> None:
    """Let dates have hours, and several of them that do not begin at the same minute."""
    for table, owner in OWNERS.items():
        # SQLite makes the table anew; nothing refers to it, so that nothing is lost with the old one.
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("start_minute", sa.Integer(), nullable=True))
            batch.add_column(sa.Column("end_minute", sa.Integer(), nullable=True))
            batch.drop_constraint(op.f(f"uq_{table}_{owner}_date"), type_="unique")
            batch.create_unique_constraint(op.f(f"uq_{table}_{owner}_date_start_minute"), [owner, "date", "start_minute"])
            batch.create_check_constraint(op.f(f"ck_{table}_hours"), HOURS)
        whole_day = sa.text("start_minute IS NULL")
        op.create_index(
            f"uq_{table}_whole_day", table, [owner, "date"], unique=True,
            sqlite_where=whole_day, postgresql_where=whole_day,
        )


def downgrade() -> None:
    """What was closed for some hours is closed all day."""
    for table, owner in OWNERS.items():
        op.drop_index(f"uq_{table}_whole_day", table_name=table)
        op.execute(sa.text(
            f"DELETE FROM {table} WHERE EXISTS (SELECT 1 FROM {table} AS other WHERE other.{owner} = {table}.{owner}"
            f" AND other.date = {table}.date AND other.id <> {table}.id"
            f" AND (other.start_minute IS NULL OR (other.id < {table}.id AND {table}.start_minute IS NOT NULL)))"
        ))
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"ck_{table}_hours"), type_="check")
            batch.drop_constraint(op.f(f"uq_{table}_{owner}_date_start_minute"), type_="unique")
            batch.drop_column("end_minute")
            batch.drop_column("start_minute")
            batch.create_unique_constraint(op.f(f"uq_{table}_{owner}_date"), [owner, "date"])
