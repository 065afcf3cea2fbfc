"""Whether a database has the tables that this program works with, and what to do where it has others."""

from enum import StrEnum
from pathlib import Path
from typing import Final

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from click import ClickException
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import OperationalError

VERSION: Final = "alembic_version"
COMMAND: Final = "flask --app scheduler.app"


class SchemaState(StrEnum):
    """What a database is to this program."""

    NEWEST = "newest"
    EMPTY = "empty"
    OLDER = "older"
    NEWER = "newer"
    UNKNOWN = "unknown"


ADVICE: Final = {
    SchemaState.EMPTY: (
        "The database is empty. `{command} migrate-database` makes its tables, `{command} prepare` also loads the"
        " demonstration."
    ),
    SchemaState.OLDER: (
        "The database has the tables of an earlier version ({there}; this one needs {known}). Make a copy of it, then"
        " bring it up to date: `{command} migrate-database`"
    ),
    SchemaState.NEWER: (
        "The database has the tables of a later version ({there}; this one knows {known}). Start that version, or go"
        " back to a copy from before."
    ),
    SchemaState.UNKNOWN: (
        "The database has tables, but no number of their version. Is DATABASE_URL the address of another program's"
        " database?"
    ),
}


def refuse_other_tables(engine: Engine, *fit: SchemaState) -> None:
    """Raise ClickException, which says what to do, unless the database is the newest or in one of these states.

    A database that does not answer is let through: whoever asks it next waits for it or tells of it.
    """
    scripts = ScriptDirectory(str(Path(__file__).parent))
    try:
        state, numbers = _state(engine, scripts)
    except OperationalError:
        return
    if state not in {SchemaState.NEWEST, *fit}:
        known = scripts.get_current_head()
        raise ClickException(ADVICE[state].format(command=COMMAND, there=", ".join(numbers), known=known))


def _state(engine: Engine, scripts: ScriptDirectory) -> tuple[SchemaState, tuple[str, ...]]:
    """The state of a database and the numbers of its version, nearly always one."""
    with engine.connect().execution_options(read_only=True) as connection:
        numbers = MigrationContext.configure(connection).get_current_heads()
        tables = set(inspect(connection).get_table_names()) - {VERSION}
    if not numbers:
        return SchemaState.UNKNOWN if tables else SchemaState.EMPTY, numbers
    if not set(numbers) <= {script.revision for script in scripts.walk_revisions()}:
        return SchemaState.NEWER, numbers
    return SchemaState.NEWEST if numbers == tuple(scripts.get_heads()) else SchemaState.OLDER, numbers
