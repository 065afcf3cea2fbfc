"""The migrations lead from nothing to exactly the tables of the models, on either database, and back."""

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade

from scheduler.core.database import Base
from scheduler.core.extensions import db
from scheduler.migrations.writing import render_plainly
from tests.factories import build_town
from tests.scheduler.migrations.databases import OldDatabase
from tests.scheduler.migrations.description import GUARDS, describe


def lines() -> set[str]:
    with db.engine.connect() as connection:
        return describe(connection)


def test_the_migrated_database_is_that_of_the_models_but_for_what_these_cannot_state(
    app: Flask, fresh: set[str], old: OldDatabase
) -> None:
    Base.metadata.create_all(db.engine)
    guards = {line for line in fresh if GUARDS.match(line)}
    assert guards and fresh - guards == lines()


def test_a_database_can_be_taken_back_and_brought_forward_again(app: Flask, fresh: set[str], old: OldDatabase) -> None:
    upgrade()
    downgrade(revision="base")
    assert lines() == set()
    upgrade()
    assert lines() == fresh
    build_town()
    db.session.commit()


def test_a_migration_is_written_without_types_of_the_application(app: Flask, old: OldDatabase) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"render_item": render_plainly})
        changes = produce_migrations(context, Base.metadata).upgrade_ops
        assert changes is not None
        written = render_python_code(changes, render_item=render_plainly)
    assert "sa.DateTime()" in written and "scheduler" not in written
