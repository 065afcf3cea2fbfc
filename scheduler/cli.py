"""Commands of ``flask --app scheduler.app``: prepare the installation, work, serve."""

from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext
from flask_migrate import upgrade

from scheduler.core.extensions import db
from scheduler.demonstration import accounts as demonstration_accounts, first_plan, operations as demonstration
from scheduler.features.registers.accounts import operations
from scheduler.migrations.state import SchemaState, refuse_other_tables
from scheduler.models import Role, RowState, Term
from scheduler.server.supervisor import serve_command
from scheduler.server.worker import work
from scheduler.workbooks import workbook_import


@click.command("create-administrator")
@click.argument("username")
@click.password_option()
@with_appcontext
def create_administrator(username: str, password: str) -> None:
    """Create the first user, who may then create the others."""
    refuse_other_tables(db.engine)
    user = operations.create_user(username, username, password)
    operations.grant(user, Role.ADMINISTRATOR)
    db.session.commit()
    click.echo(f"{username} can sign in.")


@click.command("migrate-database")
@with_appcontext
def migrate_database() -> None:
    """Bring the database to the newest schema."""
    _migrate()


@click.command("import-workbook")
@click.argument("name")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--user", required=True, help="User name of the administrator or coordinator who takes it over.")
@with_appcontext
def import_workbook(name: str, file: Path, user: str) -> None:
    """Take a workbook over as its page does: NAME is network, venues, rooms, teachers or courses."""
    refuse_other_tables(db.engine)
    try:
        counts = workbook_import.import_file(name, file, user, click.echo)
    except workbook_import.ImportRefusedError as refused:
        for sentence in refused.sentences:
            click.echo(sentence, err=True)
        raise SystemExit(1) from refused
    click.echo(f"{counts.of(RowState.NEW)} new, {counts.of(RowState.CHANGED)} changed.")


@click.command("prepare")
@click.option(
    "--seconds", default=first_plan.SECONDS, show_default=True, help="Time to search for the demonstration's plan."
)
@with_appcontext
def prepare(seconds: int) -> None:
    """Bring the database to the newest schema; fill an empty one with a demonstration, planned and published."""
    _migrate()
    if demonstration.is_empty():
        click.echo("The database is empty: loading the demonstration (奉化区, spring 2027) …")
        demonstration.load()
        db.session.commit()
    term = first_plan.unpublished_term()
    if term is not None:
        _plan_demonstration(term, seconds)


def _migrate() -> None:
    refuse_other_tables(db.engine, SchemaState.EMPTY, SchemaState.OLDER)
    upgrade()


def _plan_demonstration(term: Term, seconds: int) -> None:
    click.echo(f"Planning its term for {seconds} seconds …")
    plan = first_plan.plan_and_publish(term, seconds, click.echo)
    if plan is None:
        click.echo("No plan was found; the planning page says why.", err=True)
        return
    click.echo(f"Published: {len(plan.placements)} sections placed, {len(plan.reasons)} left out.")
    click.echo(f"Sign in as coordinator, library, teacher …; the password is {demonstration_accounts.PASSWORD}")


def register(app: Flask) -> None:
    """Add the commands."""
    for command in (create_administrator, migrate_database, import_workbook, prepare, serve_command, work):
        app.cli.add_command(command)
