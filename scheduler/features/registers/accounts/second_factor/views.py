"""Pages of the second factor: asked for after the password, set up and taken away on one's own account."""

import segno
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from scheduler.core.extensions import limiter
from scheduler.core.transaction import transaction
from scheduler.features.registers.accounts import entrance, kept_forms
from scheduler.features.registers.accounts.forms import CodeForm
from scheduler.features.registers.accounts.second_factor import operations as second_factors
from scheduler.features.registers.accounts.second_factor.one_time_codes import address_for
from scheduler.models import User
from scheduler.web.access import public, signed_in
from scheduler.web.flash import redirect_with

blueprint = Blueprint("second_factor", __name__)
ISSUER = "Learning City Scheduler"
GUESSES = "10 per minute; 60 per hour"


def _user() -> User:
    return current_user._get_current_object()


def _start_again() -> ResponseReturnValue:
    flash(_("Sign in once more: the code has to come within ten minutes of the password."), "info")
    return redirect(url_for("accounts.sign_in", next=request.args.get("next")), 303)


@blueprint.get("/sign-in/code")
@public
def ask() -> ResponseReturnValue:
    """Ask for the code after the right password."""
    if entrance.halfway_user() is None:
        return _start_again()
    return kept_forms.page_with("accounts/code.html", CodeForm())


@blueprint.post("/sign-in/code")
@public
@transaction
def check() -> ResponseReturnValue:
    """Let the user in with the right code."""
    form, user = CodeForm(), entrance.halfway_user()
    if user is None:
        return _start_again()
    if not form.validate_on_submit():
        return kept_forms.page_with("accounts/code.html", form)
    attempt = entrance.attempt_of(user.username)
    if not second_factors.passes(user, form.code.data):
        entrance.note_failure(attempt)
        form.code.errors = [_("This code is wrong or was used already. Wait for the next one.")]
        return kept_forms.page_with("accounts/code.html", form)
    return kept_forms.resume_after(entrance.let_in(user), user)


@blueprint.route("/desk/account/second-factor", methods=["GET", "POST"])
@limiter.limit(GUESSES, methods=["POST"])
@signed_in
@transaction
def show() -> ResponseReturnValue:
    """Set a second factor up: the secret to scan or to type, then the first code; at last the recovery codes, once."""
    form, user = CodeForm(), _user()
    secret = second_factors.secret_of(user)
    if secret and form.validate_on_submit() and (codes := form.apply(lambda: _confirm(form))):
        return _recovery_codes(codes)
    square = segno.make(address_for(secret, user.username, ISSUER), error="m") if secret else None
    return render_template(
        "accounts/second_factor.html", form=form if secret else None, secret=secret,
        square=square.svg_data_uri(scale=5, border=3) if square else None, in_use=second_factors.is_asked_for(user),
        left=second_factors.recovery_codes_left(user),
    )


def _confirm(form: CodeForm) -> list[str]:
    return second_factors.confirm(_user(), form.code.data)


def _renew(form: CodeForm) -> list[str]:
    return second_factors.renew_recovery_codes(_user(), form.code.data)


def _recovery_codes(codes: list[str]) -> str:
    return render_template("accounts/recovery_codes.html", codes=codes)


@blueprint.post("/desk/account/second-factor/begin")
@signed_in
@transaction
def begin() -> ResponseReturnValue:
    """Make a secret."""
    second_factors.begin(_user())
    return redirect(url_for("second_factor.show"), 303)


@blueprint.route("/desk/account/second-factor/recovery-codes", methods=["GET", "POST"])
@limiter.limit(GUESSES, methods=["POST"])
@signed_in
@transaction
def renew() -> ResponseReturnValue:
    """Other recovery codes, for whoever has the second factor; those so far are over."""
    form = CodeForm()
    if form.validate_on_submit() and (codes := form.apply(lambda: _renew(form))):
        return _recovery_codes(codes)
    return render_template("accounts/renew_codes.html", form=form)


@blueprint.route("/desk/account/second-factor/remove", methods=["GET", "POST"])
@limiter.limit(GUESSES, methods=["POST"])
@signed_in
@transaction
def remove() -> ResponseReturnValue:
    """Sign in without a second factor from now on."""
    form, user = CodeForm(), _user()
    if form.validate_on_submit() and form.apply(lambda: second_factors.remove(user, form.code.data)):
        return redirect_with(_("From now on you sign in with your password alone."), url_for("own_account.show"))
    return render_template("accounts/remove_factor.html", form=form)
