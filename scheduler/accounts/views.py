"""Pages for signing in and out, for users and for the audit trail."""

from urllib.parse import urlsplit

from flask import Blueprint, Flask, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, lazy_gettext as _l
from flask_login import current_user, login_user, logout_user
from sqlalchemy import select

from scheduler import audit
from scheduler.access import public, requires
from scheduler.accounts import operations, queries
from scheduler.accounts.forms import EditUserForm, GrantForm, SignInForm, UserForm
from scheduler.extensions import db, limiter, login_manager
from scheduler.models import Action, Grant, Role, Unit, User
from scheduler.navigation import home_of
from scheduler.pagination import paginate
from scheduler.transaction import transaction

blueprint = Blueprint("accounts", __name__)
login_manager.login_view = "accounts.sign_in"
login_manager.login_message = _l("Sign in to open this page.")
login_manager.login_message_category = "info"
login_manager.session_protection = "basic"
login_manager.user_loader(queries.user_by_session_key)


def _next_page(user: User) -> str:
    """The page asked for before signing in, when it is one of ours."""
    target = request.args.get("next", "")
    parts = urlsplit(target)
    ours = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return target if ours else home_of(user)


def _sign_in_page(form: SignInForm) -> str:
    return render_template("accounts/sign_in.html", form=form, demonstration_users=queries.demonstration_users())


@blueprint.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """The sign-in form; the demonstration lists its accounts here."""
    return _sign_in_page(SignInForm())


@blueprint.post("/sign-in")
@public
@limiter.limit("10 per minute; 60 per hour")
@transaction
def sign_in_check() -> ResponseReturnValue:
    """Let the user in with the right password."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form)
    user = operations.authenticate(form.username.data or "", form.password.data or "")
    if user is None:
        audit.record_refused_sign_in(db.session(), form.username.data or "")
        form.form_errors.append(_("User name or password is wrong."))
        return _sign_in_page(form), 200
    session.clear()
    session.permanent = True
    login_user(user)
    audit.record(db.session(), Action.SIGN_IN, user)
    return redirect(_next_page(user), 303)


@blueprint.post("/sign-out")
@public
@transaction
def sign_out() -> ResponseReturnValue:
    """End the session."""
    if current_user.is_authenticated:
        audit.record(db.session(), Action.SIGN_OUT, current_user._get_current_object())
    logout_user()
    session.clear()
    return redirect(url_for("portal.home"), 303)


@blueprint.get("/desk")
@requires(*Role)
def desk() -> ResponseReturnValue:
    """Each role's own first page."""
    return redirect(home_of(current_user))


@blueprint.get("/desk/users")
@requires(Role.ADMINISTRATOR)
def index() -> str:
    """All users, searchable."""
    search = request.args.get("q", "")[:100]
    return render_template("accounts/index.html", page=paginate(queries.users(search)), search=search)


@blueprint.route("/desk/users/new", methods=["GET", "POST"])
@requires(Role.ADMINISTRATOR)
@transaction
def create() -> ResponseReturnValue:
    """A form for a new user."""
    form = UserForm()
    if form.validate_on_submit() and (user := form.apply(lambda: operations.create_user(**form.values()))):
        flash(_("%(name)s can sign in now. Give a role next.", name=user.name), "success")
        return redirect(url_for("accounts.edit", user_id=user.id), 303)
    return render_template("accounts/create.html", form=form)


@blueprint.route("/desk/users/<int:user_id>", methods=["GET", "POST"])
@requires(Role.ADMINISTRATOR)
@transaction
def edit(user_id: int) -> ResponseReturnValue:
    """A user's name, password and roles."""
    user = db.get_or_404(User, user_id)
    form = EditUserForm(obj=user)
    if form.validate_on_submit():
        operations.edit_user(user, **form.values())
        flash(_("Saved."), "success")
        return redirect(url_for("accounts.edit", user_id=user.id), 303)
    return render_template("accounts/edit.html", form=form, user=user)


@blueprint.route("/desk/users/<int:user_id>/roles", methods=["GET", "POST"])
@requires(Role.ADMINISTRATOR)
@transaction
def add_grant(user_id: int) -> ResponseReturnValue:
    """Give the user a role."""
    user = db.get_or_404(User, user_id)
    form = GrantForm()
    if form.validate_on_submit() and form.apply(lambda: operations.grant(user, *_place(form))):
        flash(_("The role is given."), "success")
        return redirect(url_for("accounts.edit", user_id=user.id), 303)
    return render_template("accounts/grant.html", form=form, user=user)


def _place(form: GrantForm) -> tuple[Role, int | None, int | None, int | None]:
    """Role, unit, venue and teacher that the form names."""
    role = Role(form.role.data)
    text = form.place.data or ""
    unit_id = db.session.scalar(select(Unit.id).where(Unit.code == text)) if role is Role.COORDINATOR else None
    number = int(text) if text and role in (Role.VENUE_MANAGER, Role.TEACHER) else None
    return role, unit_id, number if role is Role.VENUE_MANAGER else None, number if role is Role.TEACHER else None


@blueprint.post("/desk/grants/<int:grant_id>/revoke")
@requires(Role.ADMINISTRATOR)
@transaction
def revoke(grant_id: int) -> ResponseReturnValue:
    """Take a role away."""
    given = db.get_or_404(Grant, grant_id)
    user_id = given.user_id
    operations.revoke([given], current_user)
    flash(_("The role is taken away."), "success")
    return redirect(url_for("accounts.edit", user_id=user_id), 303)


@blueprint.get("/desk/audit")
@requires(Role.ADMINISTRATOR)
def trail() -> str:
    """Who changed what."""
    table, row = request.args.get("table", "")[:40], request.args.get("row", "")[:40]
    page = paginate(queries.entries(table, row, request.args.get("user", None, int)))
    return render_template("accounts/trail.html", page=page, table=table, row=row)
