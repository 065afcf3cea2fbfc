"""All dates of a placement, with the days off on which it would have met."""

from dataclasses import dataclass
from datetime import date

from scheduler.calendar.occurrences import Occurrence, occurrences, plan_calendar
from scheduler.features.planning.timetable.weeks import special_days
from scheduler.models import Placement


@dataclass(frozen=True)
class SeriesDate:
    """A date of a series: its session, or None with the name of the day off that takes its place."""

    date: date
    session: Occurrence | None
    number: int | None = None
    off: str = ""


def dates_of(placement: Placement) -> list[SeriesDate]:
    """The sessions numbered from 1, and between them the days off that the series skips."""
    calendar = plan_calendar(placement.plan)
    dated = occurrences(placement, calendar)
    if not dated:
        return []
    sessions = [SeriesDate(session.date, session, number) for number, session in enumerate(dated, 1)]
    weekdays = {meeting.weekday for meeting in placement.meetings}
    skipped = [
        SeriesDate(day, None, off=name)
        for day, name in special_days(placement.plan).off.items()
        if calendar.first_day <= day < dated[-1].date
        and day.weekday() in weekdays
        and _meets(placement, (day - calendar.first_day).days // 7 + 1)
    ]
    return sorted([*sessions, *skipped], key=lambda entry: (entry.date, entry.number or 0))


def _meets(placement: Placement, week: int) -> bool:
    return week >= placement.week and (week - placement.week) % placement.every_weeks == 0
