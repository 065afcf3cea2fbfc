"""Alembic's environment: migrates the application's database on its own connection."""

from alembic import context
from flask import current_app

from scheduler.core.database import Base
from scheduler.core.extensions import db
from scheduler.migrations.numbering import renumber
from scheduler.migrations.writing import render_plainly

assert Base.metadata is db.metadatas[None]


def run_migrations() -> None:
    """Apply the migrations asked for, each in its transaction."""
    with db.engine.connect() as connection:
        with connection.begin():
            renumber(connection)
        context.configure(
            connection=connection, target_metadata=Base.metadata, transaction_per_migration=True,
            render_item=render_plainly, **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run_migrations()
