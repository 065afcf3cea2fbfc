"""Commands of ``flask --app scheduler.app``: prepare the installation, work, serve."""

import click
from flask import Flask
from flask_migrate import upgrade

from scheduler.accounts import operations
from scheduler.extensions import db
from scheduler.models import Role


@click.command("create-administrator")
@click.argument("username")
@click.password_option()
def create_administrator(username: str, password: str) -> None:
    """Create the first user, who may then create the others."""
    user = operations.create_user(username, username, password)
    operations.grant(user, Role.ADMINISTRATOR)
    db.session.commit()
    click.echo(f"{username} can sign in.")


@click.command("migrate-database")
def migrate_database() -> None:
    """Bring the database to the newest schema."""
    upgrade()


def register(app: Flask) -> None:
    """Add the commands."""
    for command in (create_administrator, migrate_database):
        app.cli.add_command(command)
