"""Forms of events and of the items on their programme."""

from datetime import time
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectField, SelectMultipleField, TimeField
from wtforms.validators import InputRequired, Length, NumberRange

from scheduler.core.extensions import db
from scheduler.domain.term_choices import CHOOSE, NARROW, teacher_choices, term_unit_choices
from scheduler.features.planning.activities.events.facts import ItemFacts
from scheduler.features.planning.activities.forms import NUMBER_NEEDED, OPTIONS, named_communities
from scheduler.models import Community, EventItem, EventKind, Feature, Subject, TargetGroup, Teacher, Term, Unit
from scheduler.web.access import Scope
from scheduler.web.choices import chosen as chosen_rows, enumeration_choices, feature_choices, subject_choices
from scheduler.web.forms import OPTIONAL_ENGLISH, BaseForm, Filled, TrimmedField

DATE_NEEDED = InputRequired(_l("Choose a date."))
TIME_NEEDED = InputRequired(_l("Write a time like 09:30."))
EVERYBODY_COMES = 10_000
"""How far people go to an event, in metres, unless somebody says otherwise."""


class EventForm(BaseForm):
    """An event and its days."""

    title_zh = TrimmedField(_l("Title in Chinese"), [Filled(), Length(max=60)])
    title_en = TrimmedField(_l("Title in English"), [Length(max=120)], description=OPTIONAL_ENGLISH)
    kind = SelectField(_l("Kind"), choices=enumeration_choices(EventKind))
    unit = SelectField(_l("Organized by"), [Filled()], render_kw=NARROW)
    first_day = DateField(_l("First day"), [DATE_NEEDED])
    last_day = DateField(_l("Last day"), [DATE_NEEDED])


class ItemForm(BaseForm):
    """One thing on the programme of an event."""

    title_zh = TrimmedField(_l("Title in Chinese"), [Filled(), Length(max=60)])
    title_en = TrimmedField(_l("Title in English"), [Length(max=120)], description=OPTIONAL_ENGLISH)
    first_day = DateField(_l("First day"), [DATE_NEEDED])
    last_day = DateField(_l("Last day"), [DATE_NEEDED])
    start = TimeField(_l("Not before"), [TIME_NEEDED], default=time(9))
    end = TimeField(_l("Over by"), [TIME_NEEDED], default=time(17))
    minutes = IntegerField(_l("Minutes"), [NUMBER_NEEDED, NumberRange(15, 480)], default=90)
    sessions = IntegerField(
        _l("How often in each place"), [NUMBER_NEEDED, NumberRange(1, 7)], default=1,
        description=_l("At most once a day, always at the same place with the same speaker."),
    )
    places = IntegerField(
        _l("In how many places"), [NUMBER_NEEDED, NumberRange(1, 50)], default=1,
        description=_l("Neighbouring communities go to the same place."),
    )
    unit = SelectField(
        _l("For the communities of"), [Filled()], render_kw=NARROW, description=_l("The unit also pays the fees.")
    )
    chosen = SelectMultipleField(_l("Only these communities"), description=_l("None chosen: all of them."), **OPTIONS)
    people = IntegerField(
        _l("People expected in all"), [NUMBER_NEEDED, NumberRange(1, 20_000)], default=30,
        description=_l("They are shared out among the communities by their inhabitants; rooms must seat them."),
    )
    reach_metres = IntegerField(
        _l("How far people go, in metres"), [NUMBER_NEEDED, NumberRange(100, 200_000)], default=EVERYBODY_COMES,
        description=_l("At least half of those expected in a place must live within it."),
    )
    subject = SelectField(
        _l("Subject"), [Filled()], render_kw=NARROW, description=_l("Teachers of this subject can hold it.")
    )
    teachers = SelectMultipleField(
        _l("Only these speakers"), description=_l("None chosen: anybody who teaches the subject."), **OPTIONS
    )
    target_group = SelectField(_l("For whom"), choices=enumeration_choices(TargetGroup), default=TargetGroup.EVERYONE)
    needs = SelectMultipleField(_l("What the room must have"), **OPTIONS)

    def facts(self) -> ItemFacts:
        """What the form says, its choices read from the database."""
        taken = self.values("start", "end", "subject", "unit", "chosen", "teachers", "needs", "target_group")
        return ItemFacts(
            **taken,
            start_minute=_minute(self.start.data),
            end_minute=_minute(self.end.data),
            subject=db.session.get_one(Subject, self.subject.data),
            target_group=TargetGroup(self.target_group.data),
            unit=chosen_rows(Unit, [self.unit.data])[0],
            chosen=chosen_rows(Community, self.chosen.data),
            teachers=chosen_rows(Teacher, self.teachers.data),
            needs=[db.session.get_one(Feature, code) for code in self.needs.data],
        )

    @property
    def narrowed(self) -> bool:
        """Whether only certain communities or speakers are chosen, or an error stands there."""
        fields = (self.chosen, self.teachers)
        return any(field.data or field.errors for field in fields)


def item_data(item: EventItem) -> dict[str, Any]:
    """What the form of an existing item shows beside its columns."""
    course = item.course
    return {
        "start": _time(item.start_minute),
        "end": _time(item.end_minute),
        "minutes": course.minutes,
        "sessions": course.sessions,
        "subject": course.subject_code,
        "target_group": course.target_group,
        "unit": str(item.unit_id),
        "chosen": [str(community.id) for community in item.chosen],
        "teachers": [str(teacher.id) for teacher in item.teachers],
        "needs": [feature.code for feature in course.needs],
    }


def offer_choices(
    form: ItemForm, scope: Scope, term: Term, unit: Unit | None, item: EventItem | None = None
) -> None:
    """Let the user choose what the term may use, of ``unit``'s county where given, and what the item names already.

    All units of the term are offered, so that an item can move to another county.
    """
    chosen = [community.id for community in item.chosen] if item is not None else []
    teachers = [teacher.id for teacher in item.teachers] if item is not None else []
    form.unit.choices = [CHOOSE, *term_unit_choices(scope, term)]
    form.chosen.choices = named_communities(scope, term, chosen, unit)
    form.subject.choices = [CHOOSE, *subject_choices()]
    form.teachers.choices = teacher_choices(term, teachers, unit)
    form.needs.choices = feature_choices()


def _minute(moment: time) -> int:
    return 60 * moment.hour + moment.minute


def _time(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)
