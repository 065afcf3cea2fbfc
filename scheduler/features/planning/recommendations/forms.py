"""Forms of what would help."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice

from scheduler.web.choices import SEARCH_TIMES
from scheduler.web.forms import BaseForm


class AskForm(BaseForm):
    """How long to look."""

    seconds = RadioField(
        _l("How long may it take?"),
        coerce=int,
        choices=[SelectChoice(seconds, words) for seconds, words in SEARCH_TIMES.items()],
        default=60,
        description=_l("The longer, the more things are tried. You can stop at any time and keep what was found."),
    )
