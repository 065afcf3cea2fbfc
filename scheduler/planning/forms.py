"""Forms of the planning pages."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, RadioField, SelectChoice
from wtforms.validators import Length

from scheduler.choices import SEARCH_TIMES
from scheduler.forms import BaseForm, Filled, TrimmedField


class PlanForm(BaseForm):
    """How long to search, and whether to stay close to the published plan."""

    seconds = RadioField(
        _l("How long may planning take?"),
        coerce=int,
        choices=[SelectChoice(seconds, words) for seconds, words in SEARCH_TIMES.items()],
        default=60,
        description=_l(
            "Half a minute gives a first look; take longer for the plan to publish. "
            "You can stop at any time and keep the best plan found until then."
        ),
    )
    repair = BooleanField(
        _l("Change as little as possible of the published plan"),
        default=True,
        description=_l("Hours, rooms and teachers that people already know are kept where that works."),
    )


class NameForm(BaseForm):
    """Another name for a plan."""

    name = TrimmedField(_l("Name"), [Filled(), Length(max=200)])


class UploadForm(BaseForm):
    """A plan that was made elsewhere."""

    has_files = True

    document = FileField(
        _l("Plan document"),
        [FileRequired(_l("Choose the file of a plan."))],
        description=_l("A JSON file in the format plan/1 for this term, at most 8 MB."),
    )
    name = TrimmedField(
        _l("Name"), [Length(max=200)], description=_l("Leave it empty and the plan gets the next number.")
    )


class PublishForm(BaseForm):
    """Nothing to fill in: only what publishing refuses is shown on it."""
