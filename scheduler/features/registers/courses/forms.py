"""Forms of the catalogue."""

from collections.abc import Sequence
from typing import Any, ClassVar

from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import IntegerField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Length, NumberRange, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from scheduler.calendar.week_hours_field import WeekHoursField
from scheduler.calendar.weekly_hours import Hours
from scheduler.features.registers.courses.following import TermFollowers
from scheduler.features.registers.courses.presets import Preset
from scheduler.models import Category, Course, TargetGroup
from scheduler.web.choices import enumeration_choices
from scheduler.web.forms import OPTIONAL_ENGLISH, BaseForm, Filled, TrimmedField

CODE = Regexp(r"^[a-z][a-z0-9 -]*$", message=_l("Use small letters, digits, blanks and dashes."))
WHOLE_NUMBER = InputRequired(_l("Write a whole number."))


class CourseForm(BaseForm):
    """A course of the catalogue."""

    STORED_IN: ClassVar = dict.fromkeys(("best_hours", "possible_hours", "possible_cost"), "course_windows")

    title_zh = TrimmedField(_l("Title in Chinese"), [Filled(), Length(max=200)])
    title_en = TrimmedField(_l("Title in English"), [Length(max=200)], description=OPTIONAL_ENGLISH)
    subject_code = SelectField(
        _l("Subject"), [Filled()], description=_l("Teachers of this subject can teach the course.")
    )
    target_group = SelectField(_l("For whom"), choices=enumeration_choices(TargetGroup))
    minutes = IntegerField(_l("Minutes of a session"), [WHOLE_NUMBER, NumberRange(15, 480)], default=90)
    sessions = IntegerField(_l("Sessions in all"), [WHOLE_NUMBER, NumberRange(1, 300)], default=14)
    per_week = IntegerField(_l("Meetings a week"), [WHOLE_NUMBER, NumberRange(1, 7)], default=1)
    day_gap = IntegerField(
        _l("Days between two meetings of a week"), [WHOLE_NUMBER, NumberRange(1, 6)], default=1,
        description=_l("1: the next day is possible. 2: at least one day lies between."),
    )
    every_weeks = IntegerField(
        _l("Meets every … weeks"), [WHOLE_NUMBER, NumberRange(1, 26)], default=1,
        description=_l("1: every week. 2: every other week."),
    )
    needs = SelectMultipleField(
        _l("What the room must have"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    minimum_size = IntegerField(_l("Smallest class"), [WHOLE_NUMBER, NumberRange(1, 1000)], default=12)
    maximum_size = IntegerField(_l("Largest class"), [WHOLE_NUMBER, NumberRange(1, 1000)], default=38)
    reach_metres = IntegerField(
        _l("How far its learners go, in metres"), [WHOLE_NUMBER, NumberRange(100, 200_000)], default=3000,
        description=_l("Along streets. 2500 suits the elderly in a town, 9000 villages with a bus."),
    )
    best_hours = WeekHoursField(_l("Best hours"), description=_l("When learners like to come."))
    possible_hours = WeekHoursField(_l("Possible hours"), description=_l("When they come if they must."))
    possible_cost = IntegerField(
        _l("Cost of the possible hours"), [WHOLE_NUMBER, NumberRange(1, 100)], default=1,
        description=_l("Each point counts once per learner and meeting when plans are compared."),
    )

    def validate_maximum_size(self, field: IntegerField) -> None:
        """The largest class is no smaller than the smallest."""
        if field.data is not None and self.minimum_size.data is not None and field.data < self.minimum_size.data:
            raise ValidationError(_("The largest class cannot be smaller than the smallest."))

    def fill_from_preset(self, preset: Preset) -> None:
        """Show the usual hours of a target group."""
        self.best_hours.show(preset.best)
        self.possible_hours.show(preset.possible)
        self.possible_cost.data = preset.cost


def course_data(course: Course) -> dict[str, Any]:
    """What the form of an existing course shows beside its columns."""
    spans = [(Hours(w.weekday, w.start_minute, w.end_minute), w.cost) for w in course.windows]
    return {
        "needs": [feature.code for feature in course.needs],
        "best_hours": [hours for hours, cost in spans if cost == 0],
        "possible_hours": [hours for hours, cost in spans if cost],
        "possible_cost": max((cost for _hours, cost in spans), default=0) or 1,
    }


class ChosenTermsForm(BaseForm):
    """The terms whose sections follow a course that has changed."""

    terms = SelectMultipleField(
        _l("Sections of which terms follow?"), coerce=int, widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, terms: Sequence[TermFollowers]) -> None:
        """Offer terms with differing sections; those of which nothing is published yet are chosen at first."""
        self.terms.choices = [SelectChoice(followers.term.id, followers.term.name) for followers in terms]
        if not self.is_submitted():
            self.terms.data = [followers.term.id for followers in terms if not followers.published]

    @property
    def chosen(self) -> set[int]:
        """The ids of the chosen terms."""
        return set(self.terms.data or [])


class EditSubjectForm(BaseForm):
    """A subject without its code."""

    name_zh = TrimmedField(_l("Name in Chinese"), [Filled(), Length(max=200)])
    name_en = TrimmedField(_l("Name in English"), [Length(max=200)], description=OPTIONAL_ENGLISH)
    category = SelectField(_l("Category"), choices=enumeration_choices(Category))


class SubjectForm(EditSubjectForm):
    """A new subject."""

    code = TrimmedField(
        _l("Code"),
        [Filled(), Length(max=40), CODE],
        description=_l("It stays for good, for example “calligraphy”."),
    )
