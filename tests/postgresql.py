"""The PostgreSQL server of the tests: the one of TEST_POSTGRESQL_URL, else one started for this test run."""

import os
from functools import cache


@cache
def _server() -> str:
    """Address of a server, without a database's name."""
    if url := os.environ.get("TEST_POSTGRESQL_URL"):
        return url.replace("postgresql://", "postgresql+psycopg://").rpartition("/")[0]
    raise RuntimeError("TEST_POSTGRESQL_URL is not set: run the tests by `make test`")


def server_url(database: str = "postgres") -> str:
    """The address of one database of the server."""
    return f"{_server()}/{database}"
