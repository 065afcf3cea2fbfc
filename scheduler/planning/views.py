"""Stub."""

from flask import Blueprint

from scheduler.access import public

blueprint = Blueprint("planning", __name__)


@blueprint.get("/desk/terms/<int:term_id>/plan")
@public
def show(**_: object) -> str:
    """Stub."""
    return "stub"
