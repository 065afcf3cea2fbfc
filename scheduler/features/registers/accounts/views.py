"""Pages for signing in and out, for one's own password, for users and for the audit trail."""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import NotFound

from scheduler.audit import trail as audit
from scheduler.core.clock import parse_day, today
from scheduler.core.downloads import name_download
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db, limiter, login_manager
from scheduler.core.row_ids import row_id
from scheduler.core.transaction import transaction
from scheduler.features.registers.accounts import devices, entrance, kept_forms, operations, passwords, queries
from scheduler.features.registers.accounts.audit_trail.titles import EntryTitles
from scheduler.features.registers.accounts.audit_trail.workbook import MOST_ENTRIES, trail_workbook
from scheduler.features.registers.accounts.forms import (
    CodeForm,
    EditUserForm,
    GrantForm,
    PasswordForm,
    SignInForm,
    UserForm,
)
from scheduler.features.registers.accounts.second_factor import operations as second_factors
from scheduler.features.registers.accounts.trail import TABLES, table_word
from scheduler.features.registers.accounts.user_access import access_of
from scheduler.models import Action, Grant, Role, Unit, User
from scheduler.web.access import public, requires, signed_in
from scheduler.web.editing import editing
from scheduler.web.flash import redirect_saved, redirect_with
from scheduler.web.incoming.waiting import begin_writing
from scheduler.web.labels import words
from scheduler.web.navigation import home_of
from scheduler.web.pagination import paginate
from scheduler.web.read_only import reads_only
from scheduler.web.redirects import own_address

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
blueprint = Blueprint("accounts", __name__)
blueprint.add_app_template_filter(table_word)
login_manager.unauthorized_handler(kept_forms.ask_to_sign_in)
login_manager.session_protection = "basic"
login_manager.user_loader(entrance.signed_in_user)
blueprint.after_app_request(entrance.note_seen)
blueprint.app_errorhandler(CSRFError)(kept_forms.ask_to_sign_in)


def _sign_in_page(form: SignInForm) -> str:
    if kept_forms.kept_inputs():
        return kept_forms.page_with("accounts/sign_in_again.html", form)
    return render_template("accounts/sign_in.html", form=form, demonstration_users=queries.demonstration_users())


@blueprint.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """The sign-in form; the demonstration lists its accounts here."""
    return _sign_in_page(SignInForm())


@blueprint.post("/sign-in")
@public
@reads_only
@transaction
def sign_in_check() -> ResponseReturnValue:
    """Let the user in with the right password; nobody waits for a writer while it is compared."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form)
    attempt = entrance.attempt_of(form.username.data or "")
    user = operations.knows_password(attempt.username, form.password.data or "")
    begin_writing()
    if user is None:
        entrance.note_failure(attempt)
        form.form_errors.append(_("User name or password is wrong."))
        return _sign_in_page(form)
    operations.renew_hash(user, form.password.data or "")
    if second_factors.is_asked_for(user):
        entrance.wait_for_second_factor(user)
        if kept_forms.kept_inputs():
            return kept_forms.page_with("accounts/code.html", CodeForm(formdata=None))
        return redirect(url_for("second_factor.ask", next=own_address(request.args.get("next", ""))), 303)
    return kept_forms.resume_after(entrance.let_in(user), user)


@blueprint.post("/sign-out")
@public
@transaction
def sign_out() -> ResponseReturnValue:
    """End the session."""
    if current_user.is_authenticated:
        audit.record(db.session(), Action.SIGN_OUT, current_user._get_current_object())
    entrance.end_session()
    return redirect(url_for("portal.home"), 303)


@blueprint.get("/desk")
@signed_in
def desk() -> ResponseReturnValue:
    """Each role's own first page."""
    return redirect(home_of(current_user))


@blueprint.route("/desk/password", methods=["GET", "POST"])
@limiter.limit("10 per minute; 60 per hour", methods=["POST"])
@signed_in
@transaction
def password() -> ResponseReturnValue:
    """Another password for oneself; sessions elsewhere end, this one goes on."""
    form, user = PasswordForm(), current_user._get_current_object()
    if form.validate_on_submit() and form.apply(lambda: operations.change_password(user, **form.values("again"))):
        entrance.start_session(user)
        flash(_("Your password is changed. Wherever else you were signed in, you are signed out now."), "success")
        response = redirect(own_address(request.args.get("next", "")) or home_of(user), 303)
        devices.remember(response, user)
        return response
    return render_template("accounts/password.html", form=form)


@blueprint.get("/desk/users")
@requires(Role.ADMINISTRATOR)
def index() -> str:
    """All users, searchable."""
    search, role = request.args.get("q", "")[:100].strip(), request.args.get("role", None, Role)
    return render_template(
        "accounts/index.html", page=paginate(queries.users(search, role)), search=search, role=role, roles=Role
    )


@blueprint.route("/desk/users/new", methods=["GET", "POST"])
@requires(Role.ADMINISTRATOR)
@transaction
def create() -> ResponseReturnValue:
    """A form for a new user."""
    form = UserForm()
    if form.validate_on_submit() and (user := form.apply(lambda: _create(form))):
        text = _("%(name)s can sign in now. Give a role next.", name=user.name)
        if not passwords.is_set(user.password_hash):
            text = _("%(name)s is entered. Give a role, then make the link of the invitation below.", name=user.name)
        return redirect_with(text, url_for("accounts.edit", user_id=user.id))
    return render_template("accounts/create.html", form=form)


def _create(form: UserForm) -> User:
    return operations.create_user(**form.values(), must_change=True)


@blueprint.route("/desk/users/<int:user_id>", methods=["GET", "POST"])
@requires(Role.ADMINISTRATOR)
@transaction
def edit(user_id: int) -> ResponseReturnValue:
    """A user's name, password and roles."""
    user = db.get_or_404(User, user_id)
    form = editing(user, lambda: EditUserForm.showing(user, password=""))
    if form.validate_on_submit() and form.apply(lambda: operations.edit_user(user, current_user, **form.values())):
        return redirect_saved(url_for("accounts.edit", user_id=user.id))
    access = access_of(user, current_app.permanent_session_lifetime)
    return render_template("accounts/edit.html", form=form, user=user, roles=Role, access=access)


@blueprint.route("/desk/users/<int:user_id>/roles/<role>", methods=["GET", "POST"])
@requires(Role.ADMINISTRATOR)
@transaction
def add_grant(user_id: int, role: str) -> ResponseReturnValue:
    """Give the user a role, at a place where the role has one."""
    user, kind = db.get_or_404(User, user_id), _role(role)
    unit = _asked_unit()
    if queries.asks_for_unit(kind, unit):
        return _choose_unit(user, kind)
    form = _grant_form(kind, unit)
    if form.validate_on_submit() and form.apply(lambda: operations.grant(user, kind, **_place(kind, form))):
        return redirect_with(_("The role is given."), url_for("accounts.edit", user_id=user.id))
    return render_template("accounts/grant.html", form=form, user=user, role=kind)


def _role(text: str) -> Role:
    if text not in set(Role):
        raise NotFound
    return Role(text)


def _asked_unit() -> Unit | None:
    unit_id = request.args.get("unit", type=row_id)
    return None if unit_id is None else db.get_or_404(Unit, unit_id)


def _choose_unit(user: User, role: Role) -> str:
    """The page on which the administrator says in which county the role is to hold."""
    crumbs = [(_("Users"), url_for("accounts.index")), (user.username, url_for("accounts.edit", user_id=user.id))]
    return render_template(
        "choose_unit.html", title=_("Give the role: %(role)s", role=words(role)), lead=user.name, crumbs=crumbs,
        units=queries.units_below_cities(), arguments={},
    )


def _grant_form(role: Role, unit: Unit | None) -> GrantForm:
    """The form for a role: with the places to choose from, or without that field."""
    form, places = GrantForm(), queries.places(role, unit)
    if places is None:
        del form.place
    else:
        form.place.choices = places
    return form


def _place(role: Role, form: GrantForm) -> dict[str, int]:
    """The chosen place as the operation takes it."""
    fields = {Role.COORDINATOR: "unit_id", Role.VENUE_MANAGER: "venue_id", Role.TEACHER: "teacher_id"}
    return {fields[role]: int(form.place.data)} if role in fields else {}


@blueprint.post("/desk/grants/<int:grant_id>/revoke")
@requires(Role.ADMINISTRATOR)
@transaction
def revoke(grant_id: int) -> ResponseReturnValue:
    """Take a role away."""
    given = db.get_or_404(Grant, grant_id)
    user_id = given.user_id
    try:
        operations.revoke(given, current_user)
        flash(_("The role is taken away."), "success")
    except DomainError as error:
        flash(str(error), "error")
    return redirect(url_for("accounts.edit", user_id=user_id), 303)


@blueprint.get("/desk/audit")
@requires(Role.ADMINISTRATOR)
def trail() -> str:
    """Who changed what."""
    filters = _trail_filter()
    page = paginate(queries.entries(filters))
    return render_template(
        "accounts/trail.html", page=page, filters=filters, tables=TABLES, actions=Action,
        titles=EntryTitles(page.rows), most=MOST_ENTRIES,
    )


def _trail_filter() -> queries.TrailFilter:
    who, table, row = (request.args.get(name, "")[:100].strip() for name in ("q", "table", "row"))
    first, last = (request.args.get(name, type=parse_day) for name in ("first", "last"))
    return queries.TrailFilter(who, table, row, request.args.get("action", None, Action), first, last)


@blueprint.get("/desk/audit.xlsx")
@requires(Role.ADMINISTRATOR)
def download_trail() -> ResponseReturnValue:
    """The same as a workbook."""
    response = Response(trail_workbook(queries.entries(_trail_filter())), mimetype=XLSX)
    name_download(response, f"{_('Audit trail')} {today().isoformat()}.xlsx")
    return response
