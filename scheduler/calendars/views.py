"""Stub."""

from flask import Blueprint

from scheduler.access import public

blueprint = Blueprint("calendars", __name__)


@blueprint.get("/calendar/community/<code>.ics")
@public
def community(**_: object) -> str:
    """Stub."""
    return "stub"
