"""how users get in: signed-in browsers, one-time links, second factors, failed attempts, passwords to be changed."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

PURPOSES = ("invitation", "reset")
TABLES = ("failed_attempts", "recovery_codes", "second_factors", "account_links", "sign_ins")


def upgrade() -> None:
    """Make the tables; nobody has to change their password."""
    op.add_column(
        "users", sa.Column("must_change_password", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    _create(
        "sign_ins", sa.Column("id", sa.Integer(), nullable=False), _user(), _digest("key_digest"),
        _moment("created_at"), _moment("seen_at"), _moment("ended_at", nullable=True),
        *(sa.Column(name, sa.String(length=40), nullable=False) for name in ("browser", "system", "network")),
        sa.UniqueConstraint("key_digest", name=op.f("uq_sign_ins_key_digest")),
        indexed=("seen_at", "user_id"),
    )
    purpose = sa.Enum(*PURPOSES, name="linkpurpose", native_enum=False, create_constraint=True, length=40)
    _create(
        "account_links", sa.Column("id", sa.Integer(), nullable=False), _user(),
        sa.Column("purpose", purpose, nullable=False), _digest("key_digest"),
        _moment("created_at"), _moment("expires_at"), _moment("used_at", nullable=True),
        sa.UniqueConstraint("key_digest", name=op.f("uq_account_links_key_digest")),
        indexed=("user_id",),
    )
    _create(
        "second_factors", _user(), sa.Column("secret", sa.String(length=200), nullable=False),
        _moment("confirmed_at", nullable=True), sa.Column("last_step", sa.Integer(), nullable=False), key="user_id",
    )
    _create(
        "recovery_codes", sa.Column("id", sa.Integer(), nullable=False), _user(), _digest("code_digest"),
        indexed=("user_id",),
    )
    _create(
        "failed_attempts", sa.Column("id", sa.Integer(), nullable=False), _moment("at"), _digest("subject"),
        of_user=False, indexed=("at", "subject"),
    )


def downgrade() -> None:
    """Forget all of it; everybody signs in anew."""
    for table in TABLES:
        op.drop_table(table)
    op.execute(sa.text("ALTER TABLE users DROP COLUMN must_change_password"))


def _create(
    table: str, *columns: sa.schema.SchemaItem, key: str = "id", of_user: bool = True, indexed: tuple[str, ...] = ()
) -> None:
    belonging = [
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f(f"fk_{table}_user_id"), ondelete="CASCADE")
    ]
    key_rule = sa.PrimaryKeyConstraint(key, name=op.f(f"pk_{table}"))
    op.create_table(table, *columns, *(belonging if of_user else []), key_rule)
    for column in indexed:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _user() -> sa.Column:
    return sa.Column("user_id", sa.Integer(), autoincrement=False, nullable=False)


def _digest(name: str) -> sa.Column:
    return sa.Column(name, sa.String(length=64), nullable=False)


def _moment(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(), nullable=nullable)
