"""Changed sections in words: what was, what is now, and a text to send to those who attend."""

from collections.abc import Sequence

from flask_babel import LazyString, format_date, gettext as _, lazy_gettext as _l, ngettext

from scheduler.calendar.occurrences import Occurrence
from scheduler.core.clock import clock
from scheduler.domain.publishing.plan_changes import ChangedSection
from scheduler.models import Placement
from scheduler.web.i18n import in_language
from scheduler.web.labels import weekday_name

KINDS: dict[str, LazyString] = {
    "new": _l("new"),
    "gone": _l("no longer held"),
    "hours": _l("other hours"),
    "dates": _l("other dates"),
    "place": _l("another place"),
    "teacher": _l("another teacher"),
}
MAX_DATES = 6
"""Dates that a text names one by one."""


def kinds(changed: ChangedSection) -> list[str]:
    """In which ways a section changes, as keys of ``KINDS``."""
    before, after = changed.before, changed.after
    if before is None or after is None:
        return ["new" if before is None else "gone"]
    dates = ({session.date for session in sessions} for sessions in (changed.dates_before, changed.dates_after))
    different = {
        "hours": _hours(before) != _hours(after),
        "dates": next(dates) != next(dates),
        "place": before.room_id != after.room_id,
        "teacher": before.teacher_id != after.teacher_id,
    }
    return [kind for kind, differs in different.items() if differs]


def standing(placement: Placement | None, dates: Sequence[Occurrence]) -> str:
    """Hours, place, teacher and dates of a placement in one line."""
    if placement is None:
        return _("not held")
    first, last = (format_date(day, "medium") for day in (dates[0].date, dates[-1].date)) if dates else ("", "")
    return _(", ").join([
        _hours(placement), f"{placement.room.venue.name} {placement.room.name}", placement.teacher.name,
        _("%(first)s to %(last)s", first=first, last=last),
        ngettext("%(num)s session", "%(num)s sessions", len(dates)),
    ])


def notice(changed: ChangedSection) -> str:
    """What to write to the people of a section."""
    section, course = changed.section, changed.section.course
    title = in_language(course.title_zh, course.title_en)
    head = _("[%(course)s] %(section)s", course=title, section=section.name)
    after = changed.after
    if after is None:
        return f"{head}\n" + _("The course is not held for now. We will write again as soon as it is.")
    lines = [head, _changes(changed)]
    lines.append(_("When: %(hours)s", hours=_hours(after)))
    lines.append(_("Where: %(venue)s %(room)s", venue=after.room.venue.name, room=after.room.name))
    if after.room.venue.address:
        lines.append(_("Address: %(address)s", address=after.room.venue.address))
    lines.append(_("Teacher: %(name)s", name=after.teacher.name))
    if changed.dates_after:
        lines.append(_("First session: %(date)s", date=format_date(changed.dates_after[0].date, "full")))
    return "\n".join(filter(None, lines))


def _changes(changed: ChangedSection) -> str:
    """What is different, for those who knew the former plan."""
    before, after = changed.before, changed.after
    if before is None or after is None:
        return _("The course is held:")
    texts = [_("There is a change:")]
    if _hours(before) != _hours(after):
        texts.append(_("not %(before)s but %(after)s;", before=_hours(before), after=_hours(after)))
    if before.room_id != after.room_id:
        names = [f"{placement.room.venue.name} {placement.room.name}" for placement in (before, after)]
        texts.append(_("not in %(before)s but in %(after)s;", before=names[0], after=names[1]))
    if before.teacher_id != after.teacher_id:
        texts.append(_("taught by %(name)s;", name=after.teacher.name))
    dropped = [session.date for session in changed.dates_before]
    added = [session.date for session in changed.dates_after]
    if _hours(before) == _hours(after) and dropped != added:
        texts += _dates(sorted(set(dropped) - set(added)), sorted(set(added) - set(dropped)))
    return " ".join(texts)


def _dates(dropped: Sequence[object], added: Sequence[object]) -> list[str]:
    texts = []
    if dropped:
        texts.append(_("nothing on %(dates)s;", dates=_named(dropped)))
    if added:
        texts.append(_("instead on %(dates)s;", dates=_named(added)))
    return texts


def _named(dates: Sequence[object]) -> str:
    shown = [format_date(day, "medium") for day in dates[:MAX_DATES]]
    return _(", ").join([*shown, *(["…"] if len(dates) > MAX_DATES else [])])


def _hours(placement: Placement) -> str:
    spans = [(meeting.weekday, meeting.start_minute) for meeting in placement.meetings]
    return _(", ").join(
        f"{weekday_name(weekday)} {clock(start)}–{clock(start + placement.minutes)}" for weekday, start in spans
    )
