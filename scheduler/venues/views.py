"""Stub."""

from flask import Blueprint

from scheduler.access import public

blueprint = Blueprint("venues", __name__)


@blueprint.get("/desk/venues")
@public
def index(**_: object) -> str:
    """Stub."""
    return "stub"
