"""Forms for demand."""

from collections.abc import Sequence

from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange

from scheduler.core.extensions import db
from scheduler.domain.demand import MAX_PEOPLE
from scheduler.domain.term_choices import CHOOSE, NARROW, community_choices, course_choices
from scheduler.models import Community, Course, Demand, DemandSource, Term, Unit
from scheduler.web.access import Scope
from scheduler.web.forms import BaseForm, Filled

PEOPLE = [
    InputRequired(_l("Write a whole number.")),
    NumberRange(1, MAX_PEOPLE, _l("Write a number from 1 to 100,000; remove the entry if nobody wants it.")),
]


class CourseAndCommunityForm(BaseForm):
    """Who wants what."""

    course = SelectField(_l("Course"), [Filled()], render_kw=NARROW)
    community = SelectField(_l("Community"), [Filled()], render_kw=NARROW)

    def offer_choices(self, scope: Scope, term: Term, unit: Unit | None = None) -> None:
        """Let users choose among the courses and the communities that they cover, of ``unit``'s county where given."""
        self.course.choices = [CHOOSE, *course_choices()]
        self.community.choices = [CHOOSE, *community_choices(scope, term, unit=unit)]

    def chosen(self) -> tuple[Course, Community]:
        """What was chosen; the choices offered are those of the scope, so that it may be read by its key."""
        course_id, community_id = int(self.course.data), int(self.community.data)
        return db.get_or_404(Course, course_id), db.get_or_404(Community, community_id)


class DemandForm(CourseAndCommunityForm):
    """A course, a community and how many of its people want it."""

    people = IntegerField(_l("People"), PEOPLE, render_kw={"min": 1})


class RestoreDemandForm(DemandForm):
    """An entry that was removed, as it comes back with the marks it had."""

    assumed = BooleanField()
    worked_out = BooleanField()


class PeopleForm(BaseForm):
    """The people of the entries shown; a field named ``people_<id>`` for each, added by ``people_form``."""

    def people(self) -> dict[int, int]:
        """How many people, by the entry's id."""
        return {int(name.removeprefix("people_")): number for name, number in self.values().items()}


def people_form(term: Term, entries: Sequence[Demand | DemandSource]) -> PeopleForm:
    """The form with a field for each entry of a term, filled with its people."""
    fields = {
        f"people_{entry.id}": IntegerField(_("People of %(name)s", name=entry.community.name), PEOPLE)
        for entry in entries
    }
    kind = type("PeopleFormOfPage", (PeopleForm,), fields)
    form = kind(data={f"people_{entry.id}": entry.people for entry in entries})
    form.remember(term, {f"people_{entry.id}": entry for entry in entries})
    return form
