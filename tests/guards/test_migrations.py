"""The migrations lead to exactly the tables of the models, on either database, and back."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from scheduler.core.database import Base
from scheduler.core.extensions import db
from tests.factories import build_town


def differences() -> list[object]:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, Base.metadata))


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_the_migrated_database_has_the_tables_of_the_models(app: Flask) -> None:
    assert tables() == set(Base.metadata.tables)
    assert differences() == []


def test_a_database_can_be_taken_back_and_brought_forward_again(app: Flask) -> None:
    downgrade(revision="base")
    assert tables() == set()
    upgrade()
    assert differences() == []
    build_town()
    db.session.commit()
