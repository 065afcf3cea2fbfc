"""Steps, verdicts and differences in words."""

from collections.abc import Iterable

from flask_babel import LazyString, gettext as _, lazy_gettext as _l, ngettext

from scheduler.features.planning.activities.coverage_check import CommunityVerdict
from scheduler.features.planning.activities.proposals import SeriesStep
from scheduler.models import ChangeEntry, ChangeSet

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
    "earliest_week": _l("weeks in which it may begin"),
    "latest_week": _l("weeks in which it may begin"),
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


def done(update: ChangeSet) -> str:
    """What a series has just done."""
    steps = [_archived(entry) for entry in update.entries if entry.register == "sections"]
    opened, closed = steps.count((True, False)), sum(after for _before, after in steps)
    changed = len(steps) - opened - closed
    told = [
        (opened, ngettext("%(num)s section is opened.", "%(num)s sections are opened.", opened)),
        (changed, ngettext("%(num)s section is changed.", "%(num)s sections are changed.", changed)),
        (closed, ngettext("%(num)s section is archived.", "%(num)s sections are archived.", closed)),
    ]
    return " ".join(text for count, text in told if count) or _("The course of the series is brought up to date.")


def _archived(entry: ChangeEntry) -> tuple[bool, bool]:
    """Whether a section was archived before and is after."""
    return (entry.before or {})["archived"], (entry.after or {})["archived"]
