"""Requests that change no row: their transactions need not wait for somebody who writes."""

from collections.abc import Callable
from typing import Any, Final

from flask import Flask, current_app, g, has_request_context, request
from sqlalchemy import Connection, event

from scheduler.core.extensions import db

SAFE_METHODS: Final = {"GET", "HEAD", "OPTIONS"}


def reads_only(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view that is posted to but changes no row before it says so by ``begin_writing``."""
    view.reads_only = True  # type: ignore[attr-defined]
    return view


def begin_writing() -> None:
    """End the transaction in which this request has only read: what follows may change rows."""
    db.session.rollback()
    g.writes = True


def is_read_only() -> bool:
    """Whether this is a request that changes nothing, or nothing so far."""
    if not has_request_context() or g.get("writes", False):
        return False
    view = current_app.view_functions.get(request.endpoint or "")
    return request.method in SAFE_METHODS or getattr(view, "reads_only", False)


def _mark(connection: Connection) -> None:
    connection.execution_options(read_only=is_read_only())


def register(app: Flask) -> None:
    """Tell each connection that the database is asked through whether its request changes anything."""
    with app.app_context():
        event.listen(db.engine, "engine_connect", _mark)
