"""Requests that change no row: their transactions need not wait for somebody who writes."""

from collections.abc import Callable
from typing import Any, Final

from flask import Flask, current_app, has_request_context, request
from sqlalchemy import Connection, event

from scheduler.core.extensions import db

SAFE_METHODS: Final = {"GET", "HEAD", "OPTIONS"}


def reads_only(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view that is posted to but changes no row."""
    view.reads_only = True  # type: ignore[attr-defined]
    return view


def is_read_only() -> bool:
    """Whether this is a request that changes nothing."""
    if not has_request_context():
        return False
    view = current_app.view_functions.get(request.endpoint or "")
    return request.method in SAFE_METHODS or getattr(view, "reads_only", False)


def _mark(connection: Connection) -> None:
    connection.execution_options(read_only=is_read_only())


def register(app: Flask) -> None:
    """Tell each connection that the database is asked through whether its request changes anything."""
    with app.app_context():
        event.listen(db.engine, "engine_connect", _mark)
