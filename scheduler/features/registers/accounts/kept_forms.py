"""Forms sent after the session has ended: kept in the page that asks to sign in, and shown again after it.

What was written goes back to the browser that sent it and nowhere else, and nothing is saved before it is sent again.
"""

from typing import Final

from flask import current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, login_url
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from scheduler.core.errors import error_page
from scheduler.features.registers.accounts.forms import CodeForm, SignInForm
from scheduler.models import User
from scheduler.web.access import PUBLIC
from scheduler.web.forms import RESUMED
from scheduler.web.redirects import own_address, parts_of

BEFORE_NAME: Final = "kept-"
"""What stands before the names of kept inputs, so that none is taken for one of the sign-in's own."""
MOST_INPUTS: Final = 2000
MOST_CHARACTERS: Final = 500_000
NEVER_KEPT: Final = frozenset({"csrf_token", "password", "again", "present", "code", RESUMED})

Inputs = list[tuple[str, str]]


def ask_to_sign_in(error: CSRFError | None = None) -> ResponseReturnValue:
    """The answer to a form that came without a session, or with the token of an earlier one."""
    if request.method != "POST" or not _sent_from_here() or request.headers.get("HX-Request") or _is_public():
        return _refused(error)
    address = request.full_path.rstrip("?")
    if not current_app.url_map.bind("").test(request.path, method="GET"):
        flash(_("You were signed out meanwhile, and nothing was changed. Sign in, then do it once more."), "info")
        return redirect(url_for("accounts.sign_in", next=own_address(parts_of(request.referrer or "").path)), 303)
    inputs = _inputs_to_keep()
    if current_user.is_authenticated:
        return _resume_page(address, inputs)
    flash(_("You were signed out meanwhile. Sign in again: what you have written is kept."), "info")
    response = make_response(page_with("accounts/sign_in_again.html", SignInForm(formdata=None), inputs, address), 401)
    response.cache_control.no_store = True
    return response


def kept_inputs() -> Inputs:
    """The inputs that a page on the way through the sign-in has kept, under their own names."""
    sent = request.form.items(multi=True)
    return [(name.removeprefix(BEFORE_NAME), text) for name, text in sent if name.startswith(BEFORE_NAME)]


def page_with(
    template: str, form: SignInForm | CodeForm, inputs: Inputs | None = None, following: str | None = None
) -> str:
    """A page on the way through the sign-in that keeps a form, by default that of this request."""
    return render_template(
        template, form=form, inputs=kept_inputs() if inputs is None else inputs, before_name=BEFORE_NAME,
        following=following or own_address(request.args.get("next", "")),
    )


def resume_after(response: Response, user: User) -> Response:
    """Instead of leading on after a sign-in: the way back to a form that was kept, if one was."""
    inputs, address = kept_inputs(), own_address(request.args.get("next", ""))
    if inputs and address and not user.must_change_password:
        del response.headers["Location"]
        response.status_code = 200
        response.set_data(_resume_page(address, inputs))
    return response


def _resume_page(address: str, inputs: Inputs) -> str:
    """A page that sends a kept form to its own page, which shows it and saves nothing."""
    return render_template("accounts/resume.html", address=address, inputs=inputs, resumed=RESUMED)


def _inputs_to_keep() -> Inputs:
    inputs = [(name, text) for name, text in request.form.items(multi=True) if name not in NEVER_KEPT]
    too_long = sum(len(name) + len(text) for name, text in inputs) > MOST_CHARACTERS
    return [] if too_long or len(inputs) > MOST_INPUTS else inputs


def _sent_from_here() -> bool:
    """Whether the form stood on a page of this site; browsers say so, and other sites cannot make them lie."""
    site = request.headers.get("Sec-Fetch-Site")
    return site == "same-origin" if site else request.headers.get("Origin") == request.host_url.rstrip("/")


def _is_public() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "required_roles", PUBLIC) == PUBLIC


def _refused(error: CSRFError | None) -> ResponseReturnValue:
    """As every request is refused that nobody has to be spared the trouble of writing anew."""
    if error is not None:
        return error_page(error)
    flash(_("Sign in to open this page."), "info")
    return redirect(login_url("accounts.sign_in", request.url))
