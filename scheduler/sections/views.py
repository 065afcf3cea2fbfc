"""Stub."""

from flask import Blueprint

from scheduler.access import public

blueprint = Blueprint("sections", __name__)


@blueprint.get("/desk/terms/<int:term_id>/sections")
@public
def index(**_: object) -> str:
    """Stub."""
    return "stub"
