"""Forms for signing in and for users."""

from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import BooleanField, PasswordField, SelectField
from wtforms.validators import Length, Optional, Regexp, ValidationError

from scheduler.forms import BaseForm, Filled, TrimmedField
from scheduler.labels import options
from scheduler.models import Role

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200
password_length = Length(
    SHORTEST_PASSWORD, LONGEST_PASSWORD, message=_l("A password has 10 to 200 characters.")
)


class SignInForm(BaseForm):
    """User name and password."""

    username = TrimmedField(_l("User name"), [Filled(), Length(max=40)], render_kw={"autocomplete": "username"})
    password = PasswordField(
        _l("Password"), [Filled(), Length(max=LONGEST_PASSWORD)], render_kw={"autocomplete": "current-password"}
    )


class UserForm(BaseForm):
    """A new user."""

    username = TrimmedField(
        _l("User name"),
        [Filled(), Length(2, 40), Regexp(r"^[A-Za-z0-9._-]+$", message=_l("Use letters, digits, dots, dashes and underscores."))],
    )
    name = TrimmedField(
        _l("Name of the role or desk"), [Filled(), Length(max=200)], description=_l("For example “Coordinator, Yuelin”. No private data.")
    )
    password = PasswordField(_l("Password"), [Filled(), password_length], render_kw={"autocomplete": "new-password"})


class EditUserForm(BaseForm):
    """An existing user; an empty password keeps the old one."""

    name = TrimmedField(_l("Name of the role or desk"), [Filled(), Length(max=200)])
    password = PasswordField(
        _l("New password"), [Optional(), password_length], description=_l("Leave empty to keep the present one."),
        render_kw={"autocomplete": "new-password"},
    )
    active = BooleanField(_l("May sign in"))


class GrantForm(BaseForm):
    """A role and where it holds, written as its code or number."""

    role = SelectField(_l("Role"), choices=options(Role))
    place = TrimmedField(
        _l("Where"), [Length(max=40)],
        description=_l("A unit's code for a coordinator, a venue's number for a manager, a teacher's number for a teacher."),
    )

    def validate_place(self, field: TrimmedField) -> None:
        """Numbers only; which place it is, the view looks up."""
        if field.data and not field.data.isdigit():
            raise ValidationError(_("Write the code or number."))
