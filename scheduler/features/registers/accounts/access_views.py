"""What administrators do for users who cannot get in, or who should not be in any more."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, ngettext

from scheduler.core.extensions import db
from scheduler.core.transaction import transaction
from scheduler.features.registers.accounts import links, operations
from scheduler.features.registers.accounts.second_factor import operations as second_factors
from scheduler.models import Role, User
from scheduler.web.access import requires
from scheduler.web.forms import BaseForm
from scheduler.web.incoming.hosts import public_url

blueprint = Blueprint("user_access", __name__, url_prefix="/desk/users/<int:user_id>")


def _back(user: User) -> ResponseReturnValue:
    return redirect(url_for("accounts.edit", user_id=user.id), 303)


@blueprint.post("/sign-out")
@requires(Role.ADMINISTRATOR)
@transaction
def sign_out(user_id: int) -> ResponseReturnValue:
    """End all sessions of a user; their devices are strange from then on."""
    user = db.get_or_404(User, user_id)
    ended = operations.sign_out_everywhere(user)
    flash(ngettext("%(num)s browser is signed out.", "%(num)s browsers are signed out.", ended), "success")
    return _back(user)


@blueprint.post("/unlock")
@requires(Role.ADMINISTRATOR)
@transaction
def unlock(user_id: int) -> ResponseReturnValue:
    """Let a user try again whose name others, or the user, got wrong too often."""
    user = db.get_or_404(User, user_id)
    operations.unlock(user)
    flash(_("%(name)s can try again from anywhere.", name=user.username), "success")
    return _back(user)


@blueprint.post("/link")
@requires(Role.ADMINISTRATOR)
@transaction
def link(user_id: int) -> ResponseReturnValue:
    """Make a one-time link, which is shown by this answer and never again."""
    user, form = db.get_or_404(User, user_id), BaseForm()
    purpose = links.purpose_for(user)
    made = form.apply(lambda: links.make(user))
    if made is None:
        flash(" ".join(map(str, form.form_errors)), "error")
        return _back(user)
    key, expires_at = made
    address = public_url("account_links.show", key=key)
    return render_template(
        "accounts/link.html", user=user, purpose=purpose, address=address, expires_at=expires_at
    )


@blueprint.post("/second-factor/reset")
@requires(Role.ADMINISTRATOR)
@transaction
def reset_second_factor(user_id: int) -> ResponseReturnValue:
    """Let a user who lost the second factor in with the password alone; they can set up another."""
    user = db.get_or_404(User, user_id)
    if second_factors.reset(user):
        flash(_("%(name)s signs in with the password alone from now on.", name=user.username), "success")
    return _back(user)
