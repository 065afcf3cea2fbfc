"""Pages of one's own account: where one is signed in, and how one gets in."""

from flask import Blueprint, current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, ngettext
from flask_login import current_user

from scheduler.core.transaction import transaction
from scheduler.features.registers.accounts import operations, sign_ins
from scheduler.features.registers.accounts.browsers import in_words
from scheduler.models import User
from scheduler.web.access import signed_in

blueprint = Blueprint("own_account", __name__, url_prefix="/desk/account")
blueprint.add_app_template_global(in_words, "browser_in_words")


def _user() -> User:
    return current_user._get_current_object()


@blueprint.get("")
@signed_in
def show() -> str:
    """Where the user is signed in, each of which they can end."""
    return render_template(
        "accounts/own.html", rows=sign_ins.open_of(_user(), current_app.permanent_session_lifetime),
        present=g.sign_in[0],
    )


@blueprint.post("/sign-ins/<int:sign_in_id>/end")
@signed_in
@transaction
def end(sign_in_id: int) -> ResponseReturnValue:
    """End one of the user's own sessions."""
    if operations.end_sign_ins(_user(), sign_in_id):
        flash(_("That browser is signed out."), "success")
    return redirect(url_for("own_account.show"), 303)


@blueprint.post("/sign-ins/end-others")
@signed_in
@transaction
def end_others() -> ResponseReturnValue:
    """End all of the user's own sessions but this one."""
    ended = operations.end_sign_ins(_user(), but=g.sign_in[0])
    flash(ngettext("%(num)s other browser is signed out.", "%(num)s other browsers are signed out.", ended), "success")
    return redirect(url_for("own_account.show"), 303)
