"""Stub."""

from flask import Blueprint

from scheduler.access import public

blueprint = Blueprint("terms", __name__)


@blueprint.get("/desk/terms")
@public
def index(**_: object) -> str:
    """Stub."""
    return "stub"
