"""Forms for sections and shared learners."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from scheduler.core.extensions import db
from scheduler.domain.term_choices import (
    CHOOSE,
    NARROW,
    community_choices,
    course_choices,
    room_choices,
    teacher_choices,
    term_unit_choices,
    venue_choices,
)
from scheduler.features.planning.sections.facts import Pin, SectionFacts
from scheduler.features.planning.sections.fields import MAXIMUM_PEOPLE, LearnersField, MeetingsField
from scheduler.models import FORMAT, Community, Course, Feature, Format, Room, Section, Teacher, Term, Unit, Venue
from scheduler.web.access import Scope
from scheduler.web.choices import chosen, feature_choices, word_choices
from scheduler.web.forms import BaseForm, Filled, TrimmedField
from scheduler.web.labels import PRIORITIES

NUMBER_NEEDED = InputRequired(_l("Write a whole number."))
NOT_PINNED = SelectChoice("", _l("not pinned"))


class Checkboxes(SelectMultipleField):
    """Several of many, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SectionForm(BaseForm):
    """A section with its learners, what it may use and what is pinned."""

    course = SelectField(_l("Course"), [Filled()], render_kw=NARROW)
    unit = SelectField(
        _l("Unit"), [Filled()], render_kw=NARROW, description=_l("It opens the section and pays its fees.")
    )
    name = TrimmedField(
        _l("Name"), [Length(max=200)], description=_l("Leave it empty to name it after unit, course and number.")
    )
    learners = LearnersField(_l("Learners"), description=_l("Where they live decides which venues are near."))
    earliest_week = IntegerField(_l("May begin from week"), [NUMBER_NEEDED, NumberRange(1, 53)], default=1)
    latest_week = IntegerField(_l("May begin up to week"), [NUMBER_NEEDED, NumberRange(1, 53)], default=2)
    priority = RadioField(
        _l("Priority"),
        coerce=int,
        default=3,
        description=_l("When not everything can be placed, the higher one stays."),
        choices=word_choices(PRIORITIES),
    )
    reach_metres = IntegerField(
        _l("How far its learners go, in metres"),
        [Optional(), NumberRange(100, 200_000)],
        description=_l("Leave it empty to take the course's reach. At least half of them must live within it."),
    )
    venues = Checkboxes(_l("Only in these venues"), description=_l("None chosen: any venue in reach."))
    teachers = Checkboxes(
        _l("Only with these teachers"), description=_l("None chosen: anybody who teaches the subject.")
    )
    minutes = IntegerField(_l("Minutes of a session"), [Optional(), NumberRange(15, 480)])
    sessions = IntegerField(_l("Sessions in all"), [Optional(), NumberRange(1, 300)])
    per_week = IntegerField(_l("Meetings a week"), [Optional(), NumberRange(1, 7)])
    day_gap = IntegerField(_l("Days between two meetings of a week"), [Optional(), NumberRange(1, 6)])
    every_weeks = IntegerField(_l("Meets every … weeks"), [Optional(), NumberRange(1, 26)])
    minimum_size = IntegerField(_l("Smallest class"), [Optional(), NumberRange(1, 1000)])
    maximum_size = IntegerField(_l("Largest class"), [Optional(), NumberRange(1, 1000)])
    needs = Checkboxes(_l("What the room must have"))
    pinned_week = IntegerField(_l("Begins in week"), [Optional(), NumberRange(1, 53)])
    pinned_meetings = MeetingsField(_l("Meets at"), description=_l("The beginning, on the weekdays on which it meets."))
    pinned_room = SelectField(_l("Room"), render_kw=NARROW)
    pinned_teacher = SelectField(_l("Teacher"), render_kw=NARROW)

    def facts(self, section: Section | None = None) -> SectionFacts:
        """What the form says of a section, a new one if None is given, its choices read from the database."""
        course = chosen(Course, [self.course.data])[0]
        learners = zip(chosen(Community, map(str, self.learners.data)), self.learners.data.values(), strict=True)
        return SectionFacts(
            course=course,
            unit=chosen(Unit, [self.unit.data])[0],
            name=self.name.data,
            learners=dict(learners),
            earliest_week=self.earliest_week.data,
            latest_week=self.latest_week.data,
            priority=self.priority.data,
            reach_metres=self.reach_metres.data or course.reach_metres,
            format=self._format(course, section),
            needs=self._needs(course, section),
            venues=chosen(Venue, self.venues.data),
            teachers=chosen(Teacher, self.teachers.data),
            pin=self._pin(),
        )

    def _format(self, course: Course, section: Section | None) -> Format:
        """What was written, and the course's figures where nothing was or where only the course was changed."""
        written = {name: self[name].data for name in FORMAT}
        if section is not None and course is not section.course and written == asdict(section.format):
            return course.format
        return replace(course.format, **{name: value for name, value in written.items() if value is not None})

    def _needs(self, course: Course, section: Section | None) -> list[Feature]:
        needs = [db.session.get_one(Feature, code) for code in sorted(self.needs.data or [])]
        changed = section is not None and course is not section.course and needs == section.needs
        return list(course.needs) if changed or (section is None and not needs) else needs

    def _pin(self) -> Pin:
        room, teacher = chosen(Room, [self.pinned_room.data]), chosen(Teacher, [self.pinned_teacher.data])
        return Pin(
            self.pinned_week.data,
            tuple(self.pinned_meetings.data),
            room[0] if room else None,
            teacher[0] if teacher else None,
        )

    @property
    def narrowed(self) -> bool:
        """Whether only certain venues or teachers are allowed, or an error stands there."""
        return any(field.data or field.errors for field in (self.venues, self.teachers))

    def validate_maximum_size(self, field: IntegerField) -> None:
        """The largest class is no smaller than the smallest."""
        if field.data is not None and self.minimum_size.data is not None and field.data < self.minimum_size.data:
            raise ValidationError(_("The largest class cannot be smaller than the smallest."))

    @property
    def held_otherwise(self) -> bool:
        """Whether an error stands among the section's own figures."""
        return any(self[name].errors for name in FORMAT)

    @property
    def pinned(self) -> bool:
        """Whether anything is pinned, or an error stands there."""
        fields = (self.pinned_week, self.pinned_meetings, self.pinned_room, self.pinned_teacher)
        return any(field.data or field.errors for field in fields)


class ShareForm(BaseForm):
    """Another section that some of the learners want as well."""

    other = SelectField(_l("Other section"), [Filled()], render_kw=NARROW)
    people = IntegerField(_l("People who want both"), [NUMBER_NEEDED, NumberRange(1, MAXIMUM_PEOPLE)])


def section_data(section: Section) -> dict[str, Any]:
    """What the form of an existing section shows."""
    learners = sorted(section.learners, key=lambda entry: entry.community.code)
    return {
        "course": str(section.course_id),
        "unit": str(section.unit_id),
        "name": section.name,
        "learners": {entry.community_id: entry.people for entry in learners},
        "earliest_week": section.earliest_week,
        "latest_week": section.latest_week,
        "priority": section.priority,
        "reach_metres": section.reach_metres,
        **asdict(section.format),
        "needs": [feature.code for feature in section.needs],
        "venues": [str(venue.id) for venue in section.allowed_venues],
        "teachers": [str(teacher.id) for teacher in section.allowed_teachers],
        "pinned_week": section.pinned_week,
        "pinned_meetings": sorted((meeting.weekday, meeting.start_minute) for meeting in section.pinned_meetings),
        "pinned_room": str(section.pinned_room_id or ""),
        "pinned_teacher": str(section.pinned_teacher_id or ""),
    }


def offer_choices(
    form: SectionForm, scope: Scope, term: Term, unit: Unit | None = None, section: Section | None = None
) -> None:
    """Let the user choose what the term may use, of ``unit``'s county where given, and what the section names."""
    learners = [] if section is None else [entry.community_id for entry in section.learners]
    venues = [] if section is None else [venue.id for venue in section.allowed_venues]
    teachers = [] if section is None else [teacher.id for teacher in section.allowed_teachers]
    pinned_teacher = [section.pinned_teacher_id] if section and section.pinned_teacher_id else []
    form.course.choices = [CHOOSE, *course_choices(section.course_id if section else None)]
    form.unit.choices = [CHOOSE, *term_unit_choices(scope, term, unit)]
    form.learners.choices = community_choices(scope, term, learners, unit)
    form.needs.choices = feature_choices()
    form.venues.choices = venue_choices(term, venues, unit)
    form.teachers.choices = teacher_choices(term, teachers, unit)
    form.pinned_room.choices = [NOT_PINNED, *room_choices(term, section.pinned_room_id if section else None, unit)]
    form.pinned_teacher.choices = [NOT_PINNED, *teacher_choices(term, pinned_teacher, unit)]


def share_choices(others: Sequence[tuple[int, str]]) -> list[SelectChoice]:
    """The sections, by number and name, that learners may want as well."""
    return [CHOOSE, *(SelectChoice(str(key), name) for key, name in others)]
