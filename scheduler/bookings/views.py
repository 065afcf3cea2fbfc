"""Stub."""

from flask import Blueprint

from scheduler.access import public

blueprint = Blueprint("bookings", __name__)


@blueprint.get("/desk/requests")
@public
def inbox(**_: object) -> str:
    """Stub."""
    return "stub"
