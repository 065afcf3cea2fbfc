"""Stub."""

from flask import Blueprint

from scheduler.access import public

blueprint = Blueprint("portal", __name__)


@blueprint.get("/")
@public
def home(**_: object) -> str:
    """Stub."""
    return "stub"
