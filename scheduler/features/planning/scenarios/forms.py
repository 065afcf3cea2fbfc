"""Forms of scenarios: their name, one class for each kind of change, and how long to search."""

from itertools import groupby
from typing import ClassVar

from flask_babel import LazyString, gettext as _, lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from scheduler.calendar.week_hours_field import WeekHoursField
from scheduler.domain.cost_weights import WEIGHTS
from scheduler.domain.term_choices import CHOOSE, NARROW, teacher_choices
from scheduler.domain.term_scope import in_county_of, near
from scheduler.engine.analysis import changes
from scheduler.engine.analysis.changes import AnyChange
from scheduler.engine.documents.keys import ROOM, TEACHER, VENUE, key
from scheduler.features.planning.scenarios.queries import limited_units, rooms_near
from scheduler.models import Term, Unit
from scheduler.web.choices import SEARCH_TIMES, subject_choices, word_choices
from scheduler.web.forms import BaseForm, Filled, TrimmedField

MAX_YUAN = 1_000_000_000
SHARES = {
    100: _l("twice as much"), 300: _l("four times as much"), -50: _l("half as much"), -100: _l("not at all"),
}


class ScenarioNameForm(BaseForm):
    """What a scenario is called."""

    name = TrimmedField(
        _l("Name"), [Filled(), Length(max=200)], description=_l("Such as: the library is open on Mondays.")
    )


class RunForm(BaseForm):
    """How long to search for a scenario's plan."""

    seconds = RadioField(
        _l("How long may planning take?"),
        coerce=int,
        choices=word_choices(SEARCH_TIMES),
        default=60,
    )


class RunAllForm(RunForm):
    """Which scenarios to plan, one after the other."""

    scenarios = SelectMultipleField(
        _l("Scenarios"), coerce=int, validate_choice=True, widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    control = BooleanField(
        _l("Plan the term as it is on for the same time, too"),
        description=_l("Then you see what comes from the change and what from the longer search alone."),
    )


class ConfirmForm(BaseForm):
    """Nothing to fill in: only what is refused is shown on it."""


class ChangeForm(BaseForm):
    """A change of one kind."""

    title: ClassVar[LazyString]
    of_county: ClassVar[bool] = False
    """Whether a city has so much to choose from that the form needs a unit: it offers what lies in its county."""

    def offer(self, term: Term, unit: Unit | None) -> None:
        """Fill the choices with what the term has, or what a unit's county has of it."""

    def change(self) -> AnyChange:
        """The change that was filled in."""
        raise NotImplementedError


class _PlaceForm(ChangeForm):
    of_county = True
    place = SelectField(_l("Room or venue"), [Filled()], render_kw=NARROW)

    def offer(self, term: Term, unit: Unit | None) -> None:
        self.place.choices = [CHOOSE]
        for venue, rooms in groupby(rooms_near(near(term) & in_county_of(unit)), lambda room: room.venue):
            whole = _("%(venue)s: all rooms", venue=venue.name)
            self.place.choices += [
                SelectChoice(key(VENUE, venue.id), whole, optgroup=venue.name),
                *(SelectChoice(key(ROOM, room.id), f"{venue.name} {room.name}", optgroup=venue.name) for room in rooms),
            ]


class OpenForm(_PlaceForm):
    """A room or a whole venue opens at more hours."""

    title = _l("A room or venue opens longer")
    hours = WeekHoursField(
        _l("Open also"), [Filled()], description=_l("Only the hours that are added; the others stay as they are.")
    )

    def change(self) -> AnyChange:
        return changes.opened(self.place.data, _spans(self.hours))


class CloseForm(_PlaceForm):
    """A room or a whole venue is closed."""

    title = _l("A room or venue closes for the term")

    def change(self) -> AnyChange:
        return changes.closed(self.place.data)


class BudgetChangeForm(ChangeForm):
    """Budgets rise or fall."""

    title = _l("Budgets rise or fall")
    unit = SelectField(_l("Whose budget"))
    direction = RadioField(
        _l("Direction"), choices=[SelectChoice("-1", _l("falls")), SelectChoice("1", _l("rises"))], default="-1"
    )
    percent = IntegerField(
        _l("By per cent"),
        [InputRequired(_l("Write a whole number; 0 for none.")), NumberRange(0, 1000, _l("Write 0 to 1000."))],
        default=10,
    )
    yuan = IntegerField(
        _l("And by yuan"),
        [InputRequired(_l("Write a whole number; 0 for none.")), NumberRange(0, MAX_YUAN)],
        default=0,
        description=_l("For each budget, after the percentage. No budget falls below nothing."),
    )

    def offer(self, term: Term, unit: Unit | None) -> None:
        units = limited_units(term)
        self.unit.choices = [
            SelectChoice("", _("every budget of the term")), *(SelectChoice(unit.code, unit.name) for unit in units)
        ]

    def validate_percent(self, field: IntegerField) -> None:
        """Refuse a change that changes nothing, and a fall to less than nothing."""
        if not field.data and not self.yuan.data:
            raise ValidationError(_("Say by how much: per cent, yuan, or both."))
        if self.direction.data == "-1" and (field.data or 0) > 100:
            raise ValidationError(_("A budget cannot fall by more than all of it."))

    def change(self) -> AnyChange:
        sign = int(self.direction.data)
        return changes.ChangeBudgets(sign * self.percent.data, sign * self.yuan.data, self.unit.data or None)


class _TeacherForm(ChangeForm):
    of_county = True
    teacher = SelectField(_l("Teacher"), [Filled()], render_kw=NARROW)

    def offer(self, term: Term, unit: Unit | None) -> None:
        self.teacher.choices = [CHOOSE, *teacher_choices(term, unit=unit)]

    @property
    def name(self) -> str:
        """The teacher as documents name them."""
        return key(TEACHER, int(self.teacher.data))


class TimeForm(_TeacherForm):
    """A teacher has more time."""

    title = _l("A teacher has more time")
    hours = WeekHoursField(
        _l("Can teach also"), [Filled()], description=_l("Only the hours that are added; the others stay as they are.")
    )

    def change(self) -> AnyChange:
        return changes.more_time(self.name, _spans(self.hours))


class SubjectChangeForm(_TeacherForm):
    """A teacher teaches one more subject."""

    title = _l("A teacher teaches another subject")
    subject = SelectField(_l("Subject"), [Filled()])

    def offer(self, term: Term, unit: Unit | None) -> None:
        super().offer(term, unit)
        self.subject.choices = [CHOOSE, *subject_choices()]

    def change(self) -> AnyChange:
        return changes.one_more_subject(self.name, self.subject.data)


class LeaveForm(_TeacherForm):
    """A teacher is no longer there."""

    title = _l("A teacher leaves")

    def change(self) -> AnyChange:
        return changes.TeacherLeaves(self.name)


class WeightForm(ChangeForm):
    """A part of the cost counts more or less."""

    title = _l("Something counts more or less")
    part = SelectField(
        _l("What"), [Filled()],
        choices=[CHOOSE, *(SelectChoice(part, weight.words) for part, weight in WEIGHTS.items())],
    )
    percent = RadioField(
        _l("It counts"), coerce=int, choices=word_choices(SHARES),
        default=100,
    )

    def change(self) -> AnyChange:
        return changes.Weigh(self.part.data, self.percent.data)


CHANGE_FORMS: dict[str, type[ChangeForm]] = {
    "open": OpenForm,
    "close": CloseForm,
    "budgets": BudgetChangeForm,
    "time": TimeForm,
    "subject": SubjectChangeForm,
    "leave": LeaveForm,
    "weight": WeightForm,
}
"""By the word that stands in the address."""


def _spans(hours: WeekHoursField) -> list[tuple[int, int, int]]:
    return [(span.weekday, span.start, span.end) for span in hours.data]
