"""Switches in the page header."""

from flask import Blueprint, abort, make_response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from scheduler.web.access import public
from scheduler.web.i18n import LANGUAGES
from scheduler.web.redirects import own_address, parts_of

blueprint = Blueprint("preferences", __name__)
VIEWS = ("normal", "large")
YEAR = 365 * 24 * 3600


def _back() -> str:
    """The page the visitor came from, on this site."""
    came_from = parts_of(request.referrer or "")
    if came_from.netloc != request.host:
        return url_for("portal.home")
    return own_address(came_from._replace(scheme="", netloc="").geturl()) or url_for("portal.home")


@blueprint.post("/language/<code>")
@public
def language(code: str) -> ResponseReturnValue:
    """Switch the interface's language."""
    if code not in LANGUAGES:
        abort(404)
    session["language"] = code
    return redirect(_back(), 303)


@blueprint.post("/view/<name>")
@public
def view(name: str) -> ResponseReturnValue:
    """Switch between the normal view and the large one for the elderly."""
    if name not in VIEWS:
        abort(404)
    response = make_response(redirect(_back(), 303))
    response.set_cookie("view", name, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure)
    return response
