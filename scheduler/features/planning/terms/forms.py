"""Forms for terms, days of the calendar and budgets."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar, Self

from flask_babel import format_date, gettext as _, lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from scheduler.domain.cost_weights import MAXIMUM_WEIGHT, WEIGHTS
from scheduler.features.planning.terms.term_copy import BUDGETS, DEMAND, HOURS, PARTS, ROOMS, SECTIONS, SERIES, TEACHERS
from scheduler.models import DayKind, Term, Unit
from scheduler.web.choices import enumeration_choices, word_choices
from scheduler.web.forms import BaseForm, Filled, TrimmedField

GRIDS = (5, 10, 15, 20, 30, 60)
MAXIMUM_BUDGET = 1_000_000_000
NUMBER_NEEDED = InputRequired(_l("Write a whole number."))


PART_WORDS = {
    DEMAND: _l("demand"),
    SECTIONS: _l("sections with their learners"),
    TEACHERS: _l("teachers to whom sections are confined or pinned"),
    HOURS: _l("pinned hours"),
    ROOMS: _l("venues and rooms to which sections are confined or pinned"),
    SERIES: _l("series of activities, without their sections"),
    BUDGETS: _l("budgets"),
}


class Monday:
    """Validator: the date is a Monday; the message names the one before."""

    def __call__(self, form: BaseForm, field: DateField) -> None:
        """Refuse any other weekday."""
        if field.data is not None and field.data.weekday():
            monday = field.data - timedelta(days=field.data.weekday())
            raise ValidationError(
                _("Weeks begin on a Monday. The Monday of that week is %(date)s.", date=format_date(monday, "full"))
            )


class EditTermForm(BaseForm):
    """A term without its unit; the weights of the cost follow as fields named ``weight_<part>``."""

    name = TrimmedField(
        _l("Name"), [Filled(), Length(max=200)], description=_l("As people say it, such as 2027 年春季学期.")
    )
    first_day = DateField(
        _l("First day"),
        [InputRequired(_l("Choose a date.")), Monday()],
        description=_l("A Monday: week 1 begins here."),
    )
    weeks = IntegerField(
        _l("Number of weeks"),
        [NUMBER_NEEDED, NumberRange(1, 53)],
        default=16,
        description=_l("How many weeks the term has, holidays included."),
    )
    grid_minutes = SelectField(
        _l("Sessions begin"),
        coerce=int,
        default=30,
        choices=[SelectChoice(str(minutes), _l("every %(number)d minutes", number=minutes)) for minutes in GRIDS],
    )
    metres_per_minute = IntegerField(
        _l("Teachers' speed between venues"),
        [NUMBER_NEEDED, NumberRange(10, 2000)],
        default=250,
        description=_l("In metres a minute: 250 is an electric bicycle in town (15 km/h), 70 is walking."),
    )
    overhead_minutes = IntegerField(
        _l("Minutes to add to each journey"),
        [NUMBER_NEEDED, NumberRange(0, 240)],
        default=5,
        description=_l("To pack up, park and find the room."),
    )

    STORED_IN: ClassVar = {f"weight_{part}": "weights" for part in WEIGHTS}

    @classmethod
    def of(cls, term: Term) -> Self:
        """The form of an existing term."""
        return cls.showing(term, **{f"weight_{part}": weight for part, weight in term.weights.items()})

    @property
    def weight_fields(self) -> list[IntegerField]:
        """The fields of the weights, in the order in which the cost is shown."""
        return [self[f"weight_{part}"] for part in WEIGHTS]

    def facts(self) -> dict[str, Any]:
        """The term's own values, for an operation; the weights come as one mapping."""
        names = [field.name for field in self.weight_fields]
        return {
            **self.values("unit", "source", "parts", *names),
            "weights": {part: self[f"weight_{part}"].data for part in WEIGHTS},
        }


for _part, _weight in WEIGHTS.items():
    setattr(
        EditTermForm,
        f"weight_{_part}",
        IntegerField(
            _weight.words,
            [NUMBER_NEEDED, NumberRange(0, MAXIMUM_WEIGHT)],
            default=_weight.default,
            description=_weight.counts,
        ),
    )


class TermForm(EditTermForm):
    """A new term of a unit."""

    unit = SelectField(_l("Unit"), [Filled()], description=_l("The term is planned for this unit and all below it."))
    source = SelectField(
        _l("Take over from"), description=_l("An earlier term from which the parts chosen below are copied.")
    )
    parts = SelectMultipleField(
        _l("What to take over"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        choices=word_choices(PART_WORDS),
        default=list(PARTS),
        description=_l("Teachers, hours and rooms are copied with the sections for which they are fixed."),
    )


def source_choices(terms: Sequence[Term]) -> list[SelectChoice]:
    """Terms from which a new one may take over."""
    return [SelectChoice("", _l("nothing")), *(SelectChoice(str(term.id), term.name) for term in terms)]


class DayForm(BaseForm):
    """A day off or a make-up day, or several in a row."""

    date = DateField(_l("Date"), [InputRequired(_l("Choose a date."))])
    until = DateField(_l("Until"), [Optional()], description=_l("Only for several days in a row: the last of them."))
    kind = SelectField(_l("Kind"), choices=enumeration_choices(DayKind), coerce=DayKind)
    name = TrimmedField(_l("What for"), [Length(max=200)], description=_l("Such as 校庆; may stay empty."))


class BudgetForm(BaseForm):
    """What each unit may spend; a field named ``unit_<id>`` for every unit, added by ``budget_form``."""

    def amounts(self) -> dict[int, int | None]:
        """Yuan by unit id, None where the unit has no limit of its own."""
        return {int(name.removeprefix("unit_")): amount for name, amount in self.values().items()}


def budget_form(units: Sequence[Unit], amounts: dict[int, int]) -> BudgetForm:
    """The form with a field for each unit, showing the amounts by unit id."""
    message = _("Write whole yuan from 0 to %(most)s, or leave it empty.", most=MAXIMUM_BUDGET)
    fields = {
        f"unit_{unit.id}": IntegerField(
            _("Budget of %(name)s in yuan", name=unit.name), [Optional(), NumberRange(0, MAXIMUM_BUDGET, message)]
        )
        for unit in units
    }
    form = type("BudgetFormOfTerm", (BudgetForm,), fields)
    return form(data={f"unit_{unit_id}": amount for unit_id, amount in amounts.items()})
