"""Forms of the planning pages."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _, lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, Field, RadioField, SelectChoice, SelectField
from wtforms.validators import Length, ValidationError

from scheduler.domain.term_choices import CHOOSE
from scheduler.models import PlanningScope
from scheduler.web.choices import SEARCH_TIMES, word_choices
from scheduler.web.forms import BaseForm, Filled, TrimmedField


class SearchForm(BaseForm):
    """How long to search, and whether to stay close to the published plan."""

    seconds = RadioField(
        _l("How long may planning take?"),
        coerce=int,
        choices=word_choices(SEARCH_TIMES),
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


class PlanForm(SearchForm):
    """What of a term is planned, and how; once there is a plan, a part of it can be planned again."""

    scope = RadioField(
        _l("What is planned?"),
        choices=[
            SelectChoice(str(PlanningScope.WHOLE), _l("the whole term")),
            SelectChoice(str(PlanningScope.UNIT), _l("one unit with all below it")),
            SelectChoice(str(PlanningScope.UNPLACED), _l("only the sections without a place")),
        ],
        default=str(PlanningScope.WHOLE),
        description=_l("To plan only some sections again, tick them in the list of sections."),
    )
    # where the whole term is planned neither matters; where a part is, its own page looks at them
    unit = SelectField(_l("Unit"), default="", validate_choice=False)
    base = SelectField(
        _l("Plan in which everything else stays"),
        validate_choice=False,
        description=_l("Nothing else is moved: same hours, same rooms, same teachers. That plan itself stays, too."),
    )

    def offer(self, units: Sequence[SelectChoice], plans: Sequence[SelectChoice]) -> None:
        """Offer these units and plans; without a plan only the whole term can be planned."""
        if not plans:
            del self.scope, self.unit, self.base
            return
        self.unit.choices, self.base.choices = [CHOOSE, *units], list(plans)

    @property
    def part(self) -> dict[str, Any] | None:
        """The address of what is planned if that is only a part of the term."""
        if "scope" not in self._fields or self.scope.data == str(PlanningScope.WHOLE):
            return None
        chosen = {"scope": self.scope.data, "plan": self.base.data, "seconds": str(self.seconds.data)}
        return {**chosen, "unit": self.unit.data} if self.scope.data == str(PlanningScope.UNIT) else chosen

    def validate_unit(self, field: Field) -> None:
        """A unit is needed where one is planned."""
        if self.scope.data == str(PlanningScope.UNIT) and not field.data:
            raise ValidationError(_("Choose the unit that is planned again."))


class PlanNameForm(BaseForm):
    """Another name for a plan."""

    name = TrimmedField(_l("Name"), [Filled(), Length(max=200)])


class PlanUploadForm(BaseForm):
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
