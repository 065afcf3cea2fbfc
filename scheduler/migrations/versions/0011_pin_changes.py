"""pins set and let go on the board are changes of the plan, too, so that they can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

CHECK = "ck_plan_changes_changekind"
BEFORE = "kind IN ('move', 'undo', 'redo')"
AFTER = "kind IN ('move', 'pin', 'undo', 'redo')"


def upgrade() -> None:
    """Let changes be of the kind “pin”."""
    _replace_check(BEFORE, AFTER)


def downgrade() -> None:
    """Forget what was pinned when."""
    guarded = op.get_bind().dialect.name == "postgresql"
    if guarded:
        op.execute(sa.text("ALTER TABLE plan_changes DISABLE TRIGGER plan_changes_append_only"))
    op.execute(sa.text("DELETE FROM plan_changes WHERE kind = 'pin'"))
    if guarded:
        op.execute(sa.text("ALTER TABLE plan_changes ENABLE TRIGGER plan_changes_append_only"))
    _replace_check(AFTER, BEFORE)


def _replace_check(old: str, new: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f(CHECK), "plan_changes", type_="check")
        op.create_check_constraint(op.f(CHECK), "plan_changes", new)
    else:
        _make_anew(old, new)


def _make_anew(old: str, new: str) -> None:
    """SQLite cannot change a check: the table, to which nothing refers, is made again with its indexes and triggers."""
    made = "SELECT sql FROM sqlite_master WHERE tbl_name = 'plan_changes' AND sql IS NOT NULL ORDER BY type != 'table'"
    statements = op.get_bind().scalars(sa.text(made)).all()
    op.execute(sa.text("CREATE TABLE kept_changes AS SELECT * FROM plan_changes"))
    op.execute(sa.text("DROP TABLE plan_changes"))
    for statement in statements:
        op.execute(sa.text(statement.replace(old, new)))
    op.execute(sa.text("INSERT INTO plan_changes SELECT * FROM kept_changes"))
    op.execute(sa.text("DROP TABLE kept_changes"))
