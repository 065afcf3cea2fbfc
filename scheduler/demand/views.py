"""Stub."""

from flask import Blueprint

from scheduler.access import public

blueprint = Blueprint("demand", __name__)


@blueprint.get("/desk/terms/<int:term_id>/demand")
@public
def index(**_: object) -> str:
    """Stub."""
    return "stub"
