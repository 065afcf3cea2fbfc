"""Forms for proposing sections and for editing a proposed one."""

from collections.abc import Sequence

from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.validators import Length, NumberRange, Optional

from scheduler.core.errors import DomainError
from scheduler.domain.term_choices import NARROW
from scheduler.models import Community, Proposal
from scheduler.web.forms import BaseForm, Filled, TrimmedField

MAX_SECTIONS, MAX_YUAN, MAX_LEARNERS = 100_000, 1_000_000_000, 1000


class StartForm(BaseForm):
    """For which course, and how many sections and yuan at most."""

    course = SelectField(_l("Course"), render_kw=NARROW)
    most_sections = IntegerField(
        _l("At most so many sections"),
        [Optional(), NumberRange(0, MAX_SECTIONS, _l("Write a number from 0 to 100,000, or leave it empty."))],
        description=_l("Over all courses, those most wanted first. Leave it empty for as many as are worth it."),
    )
    most_yuan = IntegerField(
        _l("At most so many yuan"),
        [Optional(), NumberRange(0, MAX_YUAN, _l("Write whole yuan from 0 to 1,000,000,000, or leave it empty."))],
        description=_l("For rooms and teachers together: an estimate from the cheapest room and the mean fee."),
    )


class AcceptForm(BaseForm):
    """The button that opens the chosen sections; which ones are chosen stands in the request."""


class EditForm(BaseForm):
    """A proposed section: its name, who pays, and a field ``people_<id>`` for each community from ``edit_form``."""

    name = TrimmedField(
        _l("Name"), [Length(max=200)], description=_l("Leave it empty to name it after unit, course and number.")
    )
    unit = SelectField(
        _l("Unit"), [Filled()], render_kw=NARROW, description=_l("It opens the section and pays its fees.")
    )

    def learners(self) -> dict[int, int]:
        """People by community id; nobody comes from a community whose field is 0 or empty. DomainError for none."""
        fields = {name: entry for name, entry in self._fields.items() if name.startswith("people_")}
        people = {int(name.removeprefix("people_")): entry.data for name, entry in fields.items() if entry.data}
        if not people:
            raise DomainError(_("A section needs somebody who learns. Leave it out instead."), next(iter(fields), ""))
        return people

    @property
    def people_fields(self) -> list[IntegerField]:
        """The fields of the communities."""
        return [entry for name, entry in self._fields.items() if name.startswith("people_")]


def edit_form(proposal: Proposal, communities: Sequence[Community]) -> EditForm:
    """The form of a proposal, filled, with a field for each community that may come."""
    message = _("Write a number from 0 to %(most)s.", most=MAX_LEARNERS)
    fields = {
        f"people_{community.id}": IntegerField(
            _("People of %(name)s", name=community.name), [Optional(), NumberRange(0, MAX_LEARNERS, message)]
        )
        for community in communities
    }
    people = {f"people_{entry.community_id}": entry.people for entry in proposal.learners}
    form = type("EditFormOfProposal", (EditForm,), fields)
    return form(data={"name": proposal.name, "unit": str(proposal.unit_id), **people})
