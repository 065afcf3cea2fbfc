"""What would have to be granted so that a section finds a place, in words."""

from collections.abc import Sequence
from datetime import date

from flask_babel import LazyString, format_date, gettext as _, lazy_gettext as _l

from scheduler.calendar import weekly_hours
from scheduler.core.clock import clock
from scheduler.engine.words.names import named
from scheduler.models import RoomWindow
from scheduler.web.i18n import distance, yuan
from scheduler.web.labels import weekday_name
from solver import AnyRelaxation, Hours

MAX_SPANS = 2
"""Hours that are told one by one."""

GRANTS: dict[str, LazyString] = {
    "open room": _l("Open %(room)s also on %(hours)s."),
    "open room on": _l("Open %(room)s on %(dates)s."),
    "extend availability": _l("%(teacher)s teaches also on %(hours)s."),
    "attend on": _l("%(teacher)s comes on %(dates)s."),
    "raise week": _l("%(teacher)s may give %(sessions)s more sessions a week."),
    "raise day": _l("%(teacher)s may give %(sessions)s more sessions a day."),
    "extend teacher reach": _l("%(teacher)s travels %(metres)s farther."),
    "teach subject": _l("%(teacher)s teaches %(subject)s as well."),
    "raise budget": _l("%(unit)s has %(yuan)s more to spend."),
    "drop needs": _l("The course does without: %(needs)s."),
    "fewer learners": _l("The section takes %(people)s people fewer."),
    "extend reach": _l("Learners go %(metres)s farther."),
    "allow venue": _l("The section may also use %(venue)s."),
    "allow teacher": _l("%(teacher)s may teach the section, too."),
    "meet also": _l("The course may also meet on %(hours)s."),
    "begin until": _l("The section may begin as late as week %(week)s."),
    "closer meetings": _l("Its meetings may be %(day_gap)s day apart."),
    "fewer sessions": _l("The section is held %(sessions)s times fewer."),
    "unpin": _l("The section is no longer pinned."),
}
"""By the kind of a relaxation; placeholders are its fields."""


def grant_sentence(relaxation: AnyRelaxation) -> str:
    """What is granted, in words."""
    kind = str(relaxation.__struct_config__.tag)
    words = {field: _word(field, getattr(relaxation, field)) for field in relaxation.__struct_fields__}
    return str(GRANTS[kind]) % words


def hours_text(hours: Sequence[Hours]) -> str:
    """Weekly hours such as “Tuesday 18:00–19:00”; many are grouped by days, as in “Mon to Fri 18:00–19:00”."""
    if len(hours) > MAX_SPANS:
        windows = (RoomWindow(weekday=day, start_minute=start, end_minute=end) for day, start, end in hours)
        return weekly_hours.summary(windows)
    return _(", ").join(f"{weekday_name(span.weekday)} {clock(span.start)}–{clock(span.end)}" for span in hours)


def _word(field: str, value: object) -> str:
    if field == "hours":
        return hours_text(value)  # type: ignore[arg-type]
    if field == "dates":
        return _(", ").join(format_date(day, "long") for day in value if isinstance(day, date))  # type: ignore[attr-defined]
    if field == "needs":
        return _(", ").join(named("feature", name) for name in value)  # type: ignore[attr-defined]
    if field == "metres":
        return distance(int(str(value)))
    if field == "yuan":
        return yuan(int(str(value)))
    return named(field if field in ("section", "room", "teacher", "subject", "unit", "venue") else "text", str(value))
