"""Steps, verdicts and differences in words."""

from collections.abc import Iterable

from flask_babel import LazyString, gettext as _, lazy_gettext as _l, ngettext

from scheduler.features.planning.activities.coverage_check import CommunityVerdict
from scheduler.features.planning.activities.proposals import SeriesStep
from scheduler.models import SeriesUpdate

STEPS: dict[SeriesStep, tuple[LazyString, str]] = {
    SeriesStep.OPEN: (_l("to be opened"), "waiting"),
    SeriesStep.CHANGE: (_l("to be changed"), "waiting"),
    SeriesStep.CLOSE: (_l("to be archived"), "waiting"),
    SeriesStep.KEEP: (_l("stands already"), "good"),
    SeriesStep.IMPOSSIBLE: (_l("cannot be opened"), "conflict"),
}
"""The word for a step and the tone of its badge."""

VERDICTS: dict[CommunityVerdict, tuple[LazyString, str]] = {
    CommunityVerdict.MET: (_l("met"), "good"),
    CommunityVerdict.DAYS_OFF: (_l("not met: days off"), "waiting"),
    CommunityVerdict.GAP: (_l("not met: gap too long"), "conflict"),
    CommunityVerdict.TOO_FAR: (_l("not met: venue out of reach"), "conflict"),
    CommunityVerdict.UNPLACED: (_l("not met: not placed"), "conflict"),
    CommunityVerdict.NO_SECTION: (_l("not met: no section"), "conflict"),
}
"""The word for a verdict and the tone of its badge."""

PARTS: dict[str, LazyString] = {
    "course": _l("course"),
    "learners": _l("communities or people"),
    "weeks": _l("weeks in which it may begin"),
    "pinned_week": _l("pinned week, which no longer fits"),
    "reach_metres": _l("how far its learners go"),
    "priority": _l("priority"),
    "venues": _l("allowed venues"),
    "title_zh": _l("title"),
    "title_en": _l("title"),
    "subject_code": _l("subject"),
    "target_group": _l("for whom"),
    "minutes": _l("minutes of a session"),
    "day_gap": _l("days between meetings"),
    "sessions": _l("number of sessions"),
    "per_week": _l("meetings a week"),
    "every_weeks": _l("weeks between sessions"),
    "minimum_size": _l("size of the class"),
    "maximum_size": _l("size of the class"),
    "needs": _l("what the room must have"),
    "windows": _l("hours that suit"),
}


def parts(names: Iterable[str]) -> str:
    """The names of what differs, each said once."""
    return str(_(", ")).join(dict.fromkeys(str(PARTS[name]) for name in names))


def done(update: SeriesUpdate) -> str:
    """What a series has just done."""
    before = update.before["sections"]
    opened = [key for key, state in update.after["sections"].items() if _opened(before[key], state)]
    closed = [key for key, state in update.after["sections"].items() if before[key] and state["archived"]]
    changed = len(before) - len(opened) - len(closed)
    told = [
        (len(opened), ngettext("%(num)s section is opened.", "%(num)s sections are opened.", len(opened))),
        (changed, ngettext("%(num)s section is changed.", "%(num)s sections are changed.", changed)),
        (len(closed), ngettext("%(num)s section is archived.", "%(num)s sections are archived.", len(closed))),
    ]
    return " ".join(text for count, text in told if count) or _("The course of the series is brought up to date.")


def _opened(before: dict[str, object] | None, after: dict[str, object]) -> bool:
    return not after["archived"] and (before is None or bool(before["archived"]))
