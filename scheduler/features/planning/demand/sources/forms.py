"""Forms for sources of demand."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from scheduler.domain.term_choices import CHOOSE
from scheduler.features.planning.demand.forms import PEOPLE, CourseAndCommunityForm
from scheduler.models import SourceKind, Term
from scheduler.web.choices import enumeration_choices
from scheduler.web.forms import BaseForm, Filled

PERCENT = [InputRequired(_l("Write a whole number.")), NumberRange(1, 100, _l("Write a number from 1 to 100."))]
TAKEN_OVER_KINDS = (SourceKind.PAST, SourceKind.WAITING, SourceKind.INTEREST)
"""What an earlier term can give: its learners, and the lists of those who did not become any."""


class SourceForm(CourseAndCommunityForm):
    """What one source says of a course and a community."""

    kind = SelectField(
        _l("Source"), choices=enumeration_choices(SourceKind), coerce=SourceKind, default=SourceKind.SURVEY,
        description=_l("Past learners come from an earlier term, the interest list also from residents themselves."),
    )
    people = IntegerField(_l("People"), PEOPLE, render_kw={"min": 1})
    percent = IntegerField(
        _l("Counted of a hundred"), PERCENT, default=100,
        description=_l("Only for a survey: of a hundred who said yes, how many are expected to come. 100 otherwise."),
    )


class RestoreSourceForm(SourceForm):
    """A source that was removed, as it comes back."""


class TakeOverForm(BaseForm):
    """An earlier term, and which of its lists become sources here."""

    source = SelectField(_l("Earlier term"), [Filled()])
    kinds = SelectMultipleField(
        _l("What to take over"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        choices=[
            SelectChoice(SourceKind.PAST.value, _l("learners of its sections, as past learners")),
            SelectChoice(SourceKind.WAITING.value, _l("its waiting list")),
            SelectChoice(SourceKind.INTEREST.value, _l("its interest list")),
        ],
        validators=[Filled()],
        default=[SourceKind.PAST.value],
        description=_l("What stands here from the same source is replaced; all else stays. You can undo it."),
    )


class WorkOutForm(BaseForm):
    """Whether numbers that somebody typed are replaced, too."""

    all_typed = BooleanField(_l("Replace all numbers that were typed"))


def term_choices(terms: Sequence[Term]) -> list[SelectChoice]:
    """Terms from which sources may be taken over."""
    return [CHOOSE, *(SelectChoice(str(term.id), term.name) for term in terms)]
