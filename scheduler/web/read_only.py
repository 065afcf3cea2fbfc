"""Requests that change no row: their transactions need not wait for somebody who writes."""

from collections.abc import Callable
from typing import Any, Final

from flask import Flask, current_app, g, has_request_context, request
from sqlalchemy import Connection, event

from scheduler.core.extensions import db

SAFE_METHODS: Final = {"GET", "HEAD", "OPTIONS"}
PATIENCE: Final = 20_000
"""Milliseconds that a request which writes waits for others who write."""


def reads_only(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view that is posted to but changes no row before it says so by ``begin_writing``."""
    view.reads_only = True  # type: ignore[attr-defined]
    return view


def from_now_on(writes: bool) -> None:
    """End the transaction so far, and say whether what this request does from now on may change rows."""
    db.session.rollback()
    g.writes = writes


def is_read_only() -> bool:
    """Whether this is a request that changes nothing, or nothing at this point."""
    if not has_request_context():
        return False
    if "writes" in g:
        return not g.writes
    view = current_app.view_functions.get(request.endpoint or "")
    return request.method in SAFE_METHODS or getattr(view, "reads_only", False)


def _mark(connection: Connection) -> None:
    if is_read_only():
        connection.execution_options(read_only=True)
    elif has_request_context():
        connection.execution_options(patience=PATIENCE)


def register(app: Flask) -> None:
    """Tell each connection that the database is asked through whether its request changes anything."""
    with app.app_context():
        event.listen(db.engine, "engine_connect", _mark)
