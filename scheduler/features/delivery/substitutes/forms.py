"""Forms of the coordinator about sessions whose teacher cannot come."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Length

from scheduler.web.forms import BaseForm, Filled


class CancelForm(BaseForm):
    """Why a session is not held."""

    reason = TextAreaField(
        _l("What residents read"),
        [Filled(), Length(max=300)],
        description=_l("For example: The teacher is ill, and nobody could stand in."),
        render_kw={"rows": 3, "maxlength": 300},
    )
