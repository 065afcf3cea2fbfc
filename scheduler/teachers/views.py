"""Stub."""

from flask import Blueprint

from scheduler.access import public

blueprint = Blueprint("teachers", __name__)


@blueprint.get("/desk/teachers")
@public
def index(**_: object) -> str:
    """Stub."""
    return "stub"
