"""Timetables on A4: rooms and teachers as a week across, venues, communities and courses as a list."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import request
from flask_babel import gettext as _

from scheduler.calendar.week_grid import GridDay, GridEntry, GridEvent, WeekGrid
from scheduler.core.clock import clock
from scheduler.features.planning.timetable.queries import Owner
from scheduler.features.planning.timetable.selection import TimetableSelection, View
from scheduler.models import Plan, PlanStatus
from scheduler.web.i18n import day_month, html_language, week_with_date
from scheduler.web.labels import label, weekday_name

AS_GRIDS = (View.ROOM, View.TEACHER)
Sheets = dict[str, Any]
"""What templates/printed/timetable.typ shows."""


def chosen(selection: TimetableSelection, owners: Iterable[Owner]) -> list[Owner]:
    """The selected owner, or all who belong to the venue, unit or subject that the address names, or all."""
    within = request.args.get("within", "")
    if within:
        return [owner for owner in owners if str(owner.group_key) == within]
    return [owner for owner in owners if selection.of in (None, owner.id)]


def sheets(plan: Plan, selection: TimetableSelection, weeks: Sequence[tuple[Owner, WeekGrid]]) -> Sheets:
    """One sheet for each owner; a list that is too long for its page goes on on the next one, which says so."""
    term = plan.term
    when = week_with_date(selection.week, term.first_day) if selection.week else _("typical week")
    subtitle = " · ".join((term.name, when, f"{plan.name} ({label(plan.status)})"))
    as_grid = selection.view in AS_GRIDS
    return {
        "lang": "en" if html_language() == "en" else "zh",
        "title": f"{_('Timetable')} {term.name}",
        "footer": f"{_('Learning City Scheduler')} · {term.name} · {plan.name}",
        "mark": "" if plan.status is PlanStatus.PUBLISHED else str(label(plan.status)),
        "grid": as_grid,
        "columns": [_("Weekday"), _("Hours"), _("Course"), _("Place, teacher and weeks")],
        "sheets": [
            {
                "title": f"{owner.group} · {owner.name}",
                "subtitle": subtitle,
                "empty": _("Nothing is held in this week.") if grid.empty else "",
                **(_grid(grid) if as_grid else _list(grid)),
            }
            for owner, grid in weeks
        ],
    }


def _grid(grid: WeekGrid) -> dict[str, Any]:
    return {
        "first": grid.first,
        "last": grid.last,
        "hours": [{"minute": minute, "text": clock(minute)} for minute in grid.hours],
        "days": [
            {"name": day.name, "note": _day_note(day), "events": [_event(event) for event in day.events]}
            for day in grid.days
        ],
    }


def _event(event: GridEvent) -> dict[str, Any]:
    lanes = {"start": event.entry.start, "end": event.entry.end, "lane": event.lane, "lanes": event.lanes}
    return _words(event.entry) | lanes


def _list(grid: WeekGrid) -> dict[str, Any]:
    return {
        "rows": [_words(event.entry) | {"day": _day_name(day)} for day in grid.days for event in day.events],
    }


def _day_name(day: GridDay) -> str:
    return f"{weekday_name(day.weekday, 'abbreviated')} {_day_note(day)}".strip()


def _words(entry: GridEntry) -> dict[str, Any]:
    return {"time": entry.hours, "title": entry.title, "lines": list(entry.lines), "note": entry.note}


def _day_note(day: GridDay) -> str:
    """The date of a column and, where nothing is held, the day off."""
    parts = [day_month(day.date)] if day.date else []
    if day.off is not None:
        parts.append(_("day off: %(name)s", name=day.off) if day.off else _("day off"))
    return " · ".join(parts)
