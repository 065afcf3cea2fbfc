"""Forms for signing in, for one's own password, and for users."""

from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import BooleanField, PasswordField, SelectField
from wtforms.validators import Length, ValidationError

from scheduler.domain.term_choices import NARROW
from scheduler.features.registers.accounts.password_rules import LONGEST
from scheduler.web.forms import BaseForm, Filled, TrimmedField

GOOD_PASSWORD = _l("10 characters or more. A sentence is easy to keep and hard to guess.")
NEW, PRESENT = {"autocomplete": "new-password"}, {"autocomplete": "current-password"}


class SignInForm(BaseForm):
    """User name and password."""

    username = TrimmedField(
        _l("User name"), [Filled(), Length(max=40)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(_l("Password"), [Filled(), Length(max=LONGEST)], render_kw=PRESENT)


class _TypedTwice(BaseForm):
    """A form in which a new password is typed twice."""

    def validate_again(self, field: PasswordField) -> None:
        """Both must be the same."""
        if field.data != self._fields["password"].data:
            raise ValidationError(_("The two new passwords differ. Type the new password once more."))


class NewPasswordForm(_TypedTwice):
    """A password for oneself, by a one-time link."""

    password = PasswordField(_l("New password"), [Filled()], render_kw=NEW, description=GOOD_PASSWORD)
    again = PasswordField(_l("New password once more"), [Filled()], render_kw=NEW)


class PasswordForm(_TypedTwice):
    """Another password for oneself."""

    present = PasswordField(_l("Present password"), [Filled(), Length(max=LONGEST)], render_kw=PRESENT)
    password = PasswordField(_l("New password"), [Filled()], render_kw=NEW, description=GOOD_PASSWORD)
    again = PasswordField(_l("New password once more"), [Filled()], render_kw=NEW)


class CodeForm(BaseForm):
    """A code of the moment, or a recovery code."""

    code = TrimmedField(
        _l("Code"), [Filled(), Length(max=40)],
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"},
        description=_l("The six digits that your application shows at this moment."),
    )


class UserForm(BaseForm):
    """A new user."""

    username = TrimmedField(
        _l("User name"), [Filled()], render_kw={"autocapitalize": "none"},
        description=_l("With it they sign in. Letters, digits, dots, dashes and underscores."),
    )
    name = TrimmedField(
        _l("Name of the role or desk"), [Filled(), Length(max=200)],
        description=_l("For example “Coordinator, Yuelin”. No private data."),
    )
    password = PasswordField(
        _l("Password"), render_kw=NEW,
        description=_l(
            "Leave empty to invite the user by a link. Whoever signs in with a password set here has to choose another."
        ),
    )


class EditUserForm(BaseForm):
    """An existing user; an empty password keeps the old one."""

    name = TrimmedField(_l("Name of the role or desk"), [Filled(), Length(max=200)])
    password = PasswordField(
        _l("New password"), render_kw=NEW,
        description=_l("Leave empty to keep the present one. Whoever signs in with it has to choose another one."),
    )
    active = BooleanField(_l("May sign in"))


class GrantForm(BaseForm):
    """Where a role holds; a role that holds everywhere has no such field."""

    place = SelectField(_l("Where"), [Filled()], render_kw=NARROW)
