"""Forms of what would help."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from scheduler.web.choices import SEARCH_TIMES, word_choices
from scheduler.web.forms import BaseForm


class AskForm(BaseForm):
    """How long to look."""

    seconds = RadioField(
        _l("How long may it take?"),
        coerce=int,
        choices=word_choices(SEARCH_TIMES),
        default=60,
        description=_l("The longer, the more things are tried. You can stop at any time and keep what was found."),
    )
