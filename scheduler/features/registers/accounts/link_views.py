"""The page that a one-time link opens. Opening it changes nothing: programs that look at links may do so."""

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from scheduler.core.extensions import limiter
from scheduler.core.transaction import transaction
from scheduler.features.registers.accounts import links
from scheduler.features.registers.accounts.forms import NewPasswordForm
from scheduler.models import AccountLink
from scheduler.web.access import public

blueprint = Blueprint("account_links", __name__, url_prefix="/choose-password")
GONE = 410


def _page(link: AccountLink | None, form: NewPasswordForm) -> Response:
    """The form, or what to do where the link is over; nobody keeps either."""
    if link is None:
        response = make_response(render_template("accounts/link_over.html"), GONE)
    else:
        response = make_response(render_template("accounts/choose_password.html", form=form, link=link))
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.get("/<key>")
@public
def show(key: str) -> ResponseReturnValue:
    """Ask for a password."""
    return _page(links.find(key), NewPasswordForm())


@blueprint.post("/<key>")
@public
@limiter.limit("10 per minute; 60 per hour")
@transaction
def choose(key: str) -> ResponseReturnValue:
    """Keep the password; the link is over then."""
    link, form = links.find(key), NewPasswordForm()
    password = form.password.data or ""
    if link and form.validate_on_submit() and (user := form.apply(lambda: links.use(link, password))):
        flash(_("Your password is kept. Sign in as %(name)s now.", name=user.username), "success")
        return redirect(url_for("accounts.sign_in"), 303)
    return _page(link, form)
