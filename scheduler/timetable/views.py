"""Stub."""

from flask import Blueprint

from scheduler.access import public

blueprint = Blueprint("timetable", __name__)


@blueprint.get("/desk/my-weeks")
@public
def mine(**_: object) -> str:
    """Stub."""
    return "stub"
