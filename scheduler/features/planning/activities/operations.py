"""Changes of series; their sections are opened and changed by ``opening``."""

from collections.abc import Collection, Sequence
from typing import Any

from flask_babel import gettext as _

from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.features.planning.activities.proposals import rhythm_of
from scheduler.models import ActivitySeries, Community, Course, Term, Unit


def save_series(
    series: ActivitySeries | None, term: Term, *, content: Course, unit: Unit, chosen: Sequence[Community], **facts: Any
) -> ActivitySeries:
    """Create or change a series; its sections stay as they are until they are updated.

    ``facts`` are columns of ActivitySeries. Raises DomainError for a frequency that the term cannot hold.
    """
    _check_bounds(facts["fewest"], facts["most"])
    _check_places(unit, chosen)
    if facts["at_least_every"] > term.weeks:
        message = _("The term has %(weeks)d weeks. Write at most that.", weeks=term.weeks)
        raise DomainError(message, "at_least_every")
    series = series or ActivitySeries(term=term)
    series.content, series.unit, series.chosen = content, unit, list(chosen)
    for name, value in facts.items():
        setattr(series, name, value)
    if rhythm_of(series) is None:
        message = _("Days off leave not one date for this course. Choose one with hours on other weekdays.")
        raise DomainError(message, "content")
    db.session.add(series)
    db.session.flush()
    return series


def _check_bounds(fewest: int, most: int) -> None:
    if fewest > most:
        raise DomainError(_("The most cannot be less than the fewest."), "most")


def _check_places(unit: Unit, chosen: Collection[Community]) -> None:
    outside = [community.name for community in chosen if not community.unit.path.startswith(unit.path)]
    if outside:
        message = _("%(places)s: not in %(unit)s.", places=_(", ").join(outside[:5]), unit=unit.name)
        raise DomainError(message, "chosen")
