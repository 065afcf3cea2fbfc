"""Pages of the guides, and of the search over all help."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from scheduler.core.extensions import login_manager
from scheduler.features.residents.guides.queries import PageAddresses, readable_guides, readable_roles
from scheduler.features.residents.guides.search import find_help
from scheduler.models import Role
from scheduler.web.access import public

blueprint = Blueprint("guides", __name__, url_prefix="/help")


@blueprint.get("")
@public
def index() -> str:
    """The guides that the reader may open, their own first, and what a search over all help says."""
    asked = request.args.get("q", "").strip()[:100]
    return render_template("guides/index.html", guides=readable_guides(), asked=asked, answers=find_help(asked))


@blueprint.get("/<guide>")
@public
def show(guide: str) -> ResponseReturnValue:
    """A guide; those for staff ask to sign in first, and are not there for residents."""
    if guide not in set(Role):
        abort(404)
    if guide not in readable_roles():
        if current_user.is_authenticated:
            abort(404)
        return login_manager.unauthorized()
    guides = readable_guides()
    shown = next(readable for readable in guides if readable.role == guide)
    return render_template("guides/show.html", guide=shown, guides=guides, addresses=PageAddresses())
