"""The changes of a scenario in words."""

from flask_babel import LazyString, gettext as _, lazy_gettext as _l

from scheduler.domain.cost_weights import WEIGHTS
from scheduler.engine.analysis.changes import (
    AnyChange,
    ChangeBudgets,
    CloseRoom,
    CloseVenue,
    Granted,
    OpenVenue,
    TeacherLeaves,
    Weigh,
)
from scheduler.engine.documents.keys import SECTION, row_id
from scheduler.engine.words.grants import grant_sentence, hours_text
from scheduler.engine.words.names import named, section_name
from scheduler.web.i18n import yuan

KINDS: dict[str, LazyString] = {
    "open venue": _l("%(venue)s is open also on %(hours)s."),
    "close venue": _l("%(venue)s is closed the whole term."),
    "close room": _l("%(room)s is closed the whole term."),
    "teacher leaves": _l("%(teacher)s leaves."),
}
"""By the kind of a change; placeholders are its fields."""


def change_sentence(change: AnyChange) -> str:
    """What is otherwise in the scenario, such as “Every budget falls by 10%.”; a vanished thing keeps its code."""
    match change:
        case Granted(thing=thing):
            section = getattr(thing, "section", None)
            said = grant_sentence(thing)
            return said if section is None else _("%(section)s: %(grant)s", section=_name(section), grant=said)
        case OpenVenue() | CloseVenue() | CloseRoom() | TeacherLeaves():
            return str(KINDS[str(change.__struct_config__.tag)]) % _words(change)
        case ChangeBudgets():
            return _budgets(change)
        case Weigh(part=part, percent=percent):
            words = WEIGHTS[part].words if part in WEIGHTS else part
            if percent == 100:
                return _("“%(part)s” counts twice as much.", part=words)
            if percent < 0:
                return _("“%(part)s” counts %(percent)d%% less.", part=words, percent=-percent)
            return _("“%(part)s” counts %(percent)d%% more.", part=words, percent=percent)


def _words(change: OpenVenue | CloseVenue | CloseRoom | TeacherLeaves) -> dict[str, str]:
    return {
        field: hours_text(value) if field == "hours" else named(field, str(value))
        for field in change.__struct_fields__ for value in (getattr(change, field),)
    }


def _budgets(change: ChangeBudgets) -> str:
    whose = _("Every budget") if change.unit is None else _("The budget of %(unit)s", unit=named("unit", change.unit))
    steps = []
    if change.percent:
        text = _("falls by %(percent)d%%") if change.percent < 0 else _("rises by %(percent)d%%")
        steps.append(text % {"percent": abs(change.percent)})
    if change.yuan:
        text = _("falls by %(amount)s") if change.yuan < 0 else _("rises by %(amount)s")
        steps.append(text % {"amount": yuan(abs(change.yuan))})
    return _("%(whose)s %(steps)s.", whose=whose, steps=_(" and then ").join(steps) or _("stays as it is"))


def _name(section: str) -> str:
    return section_name(section) if row_id(SECTION, section) else section
