"""Stub."""

from flask import Blueprint

from scheduler.access import public

blueprint = Blueprint("courses", __name__)


@blueprint.get("/desk/courses")
@public
def index(**_: object) -> str:
    """Stub."""
    return "stub"
