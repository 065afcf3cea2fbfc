"""SQLite's write lock is taken at the start of whatever may write, and by nothing else."""

import pytest
from flask import Flask, url_for

from scheduler.core.extensions import db
from scheduler.models import Unit
from tests.scheduler.statements import sent_statements

LOCKING, WAITING_FOR_NOBODY = "BEGIN IMMEDIATE", "BEGIN"


def beginnings(app: Flask, method: str | None, path: str = "/") -> list[str]:
    """How transactions begin that read something within a request, or outside any for no method."""
    db.session.rollback()
    with sent_statements() as sent:
        if method is None:
            db.session.query(Unit).count()
        else:
            with app.test_request_context(path, method=method):
                db.session.query(Unit).count()
    return [statement for statement in sent if statement.startswith("BEGIN")]


@pytest.mark.parametrize(
    ("method", "beginning"),
    [("GET", WAITING_FOR_NOBODY), ("HEAD", WAITING_FOR_NOBODY), ("POST", LOCKING), (None, LOCKING)],
)
def test_only_what_may_write_takes_the_lock(app: Flask, database_kind: str, method: str | None, beginning: str) -> None:
    assert beginnings(app, method) == ([beginning] if database_kind == "sqlite" else [])


def test_a_view_that_is_posted_to_but_only_reads_takes_no_lock(app: Flask, database_kind: str) -> None:
    with app.test_request_context():
        path = url_for("workbooks.stop", import_id=1)
    assert beginnings(app, "POST", path) == ([WAITING_FOR_NOBODY] if database_kind == "sqlite" else [])
