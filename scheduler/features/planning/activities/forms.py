"""Forms of series."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from scheduler.domain.term_choices import CHOOSE, NARROW, community_choices, course_choices, term_unit_choices
from scheduler.models import ActivitySeries, Community, Course, Term, Unit, VenueKind
from scheduler.web.access import Scope
from scheduler.web.choices import chosen as chosen_rows, enumeration_choices, word_choices
from scheduler.web.forms import OPTIONAL_ENGLISH, BaseForm, Filled, TrimmedField
from scheduler.web.labels import PRIORITIES

NUMBER_NEEDED = InputRequired(_l("Write a whole number."))
OPTIONS = {"widget": ListWidget(prefix_label=False), "option_widget": CheckboxInput()}


class SeriesForm(BaseForm):
    """A series: what, how often, for whom and where."""

    title_zh = TrimmedField(_l("Title in Chinese"), [Filled(), Length(max=60)])
    title_en = TrimmedField(_l("Title in English"), [Length(max=120)], description=OPTIONAL_ENGLISH)
    content = SelectField(
        _l("Course that is held"), [Filled()], render_kw=NARROW,
        description=_l("Its subject, minutes, hours and room needs are taken over; how often it meets follows below."),
    )
    at_least_every = IntegerField(
        _l("At least once every … weeks"), [NUMBER_NEEDED, NumberRange(1, 26)], default=4,
        description=_l("4: in any four weeks of the term in a row there is one."),
    )
    unit = SelectField(
        _l("Unit"), [Filled()], render_kw=NARROW,
        description=_l("The series comes to all communities of the unit and of those below it."),
    )
    chosen = SelectMultipleField(_l("Only these communities"), description=_l("None chosen: all of them."), **OPTIONS)
    people = IntegerField(
        _l("People expected in each community"), [NUMBER_NEEDED, NumberRange(1, 1000)], default=20
    )
    per_thousand = IntegerField(
        _l("People of each 1,000 inhabitants"), [Optional(), NumberRange(1, 1000)],
        description=_l("Leave it empty to expect the same number everywhere."),
    )
    fewest = IntegerField(_l("At least"), [NUMBER_NEEDED, NumberRange(1, 1000)], default=10)
    most = IntegerField(_l("At most"), [NUMBER_NEEDED, NumberRange(1, 1000)], default=40)
    reach_metres = IntegerField(
        _l("How far people go, in metres"), [Optional(), NumberRange(100, 200_000)],
        description=_l("Leave it empty to take the reach of the course."),
    )
    venue_kinds = SelectMultipleField(
        _l("Only in these kinds of venues"), choices=enumeration_choices(VenueKind),
        description=_l("None chosen: any venue within reach of the community."), **OPTIONS,
    )
    sharing_metres = IntegerField(
        _l("Neighbours share an activity up to … metres"), [Optional(), NumberRange(100, 20_000)],
        description=_l("Leave it empty and every community has its own. Only communities of one street share."),
    )
    priority = RadioField(
        _l("Priority"), coerce=int, default=4,
        choices=word_choices(PRIORITIES),
    )

    def facts(self) -> dict[str, Any]:
        """What the form says, as ``save_series`` takes it, its choices read from the database."""
        content = chosen_rows(Course, [self.content.data])[0]
        return {
            **self.values("content", "unit", "chosen", "reach_metres"),
            "content": content,
            "unit": chosen_rows(Unit, [self.unit.data])[0],
            "chosen": chosen_rows(Community, self.chosen.data),
            "reach_metres": self.reach_metres.data or content.reach_metres,
        }

    @property
    def narrowed(self) -> bool:
        """Whether only certain communities are chosen, or an error stands there."""
        return bool(self.chosen.data or self.chosen.errors)

    @property
    def shared(self) -> bool:
        """Whether people are counted by inhabitants, or an error stands there."""
        wrong = any(field.errors for field in (self.per_thousand, self.fewest, self.most))
        return wrong or self.per_thousand.data is not None


class StepForm(BaseForm):
    """What was shown before it is done."""

    shown = HiddenField(validators=[InputRequired()])


def chosen_in(series: ActivitySeries) -> dict[str, Any]:
    """The keys of what is chosen in the form of an existing series."""
    return {
        "content": str(series.content_id),
        "unit": str(series.unit_id),
        "chosen": [str(community.id) for community in series.chosen],
    }


def offer_choices(
    form: SeriesForm, scope: Scope, term: Term, unit: Unit | None, series: ActivitySeries | None = None
) -> None:
    """Let the user choose courses, and units and communities that they cover, of ``unit``'s county where given."""
    chosen = [community.id for community in series.chosen] if series is not None else []
    form.content.choices = [CHOOSE, *course_choices(series.content_id if series is not None else None)]
    form.unit.choices = [CHOOSE, *term_unit_choices(scope, term, unit)]
    form.chosen.choices = named_communities(scope, term, chosen, unit)


def named_communities(scope: Scope, term: Term, keep: list[int], unit: Unit | None = None) -> list[SelectChoice]:
    """Communities with their street before them, for a long list that is narrowed by typing."""
    choices = community_choices(scope, term, keep, unit)
    return [SelectChoice(choice.value, f"{choice.optgroup} · {choice.label}") for choice in choices]
