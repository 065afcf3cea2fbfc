"""The dated sessions of a placement: its weekly meetings laid over the term's calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from scheduler.calendar.holidays import holiday_name
from scheduler.models import DayKind, Format, Placement, Plan, Term


@dataclass(frozen=True, order=True)
class Occurrence:
    """One dated session: ``week`` of the term from 1, ``start`` and ``end`` in minutes since midnight."""

    week: int
    date: date
    start: int
    end: int


@dataclass(frozen=True)
class Series:
    """What repeats: ``meetings`` (weekday, minute) from ``week`` on, in every ``every_weeks``-th, of ``minutes`` each.

    It ends when ``sessions`` have been held.
    """

    week: int
    meetings: tuple[tuple[int, int], ...]
    minutes: int
    sessions: int
    every_weeks: int = 1


@dataclass(frozen=True)
class TermCalendar:
    """The weeks in which a plan is held, from ``first_day`` (a Monday) on, and the dates on which nothing is."""

    first_day: date
    weeks: int
    closed: frozenset[date]

    def as_json(self) -> dict[str, object]:
        """The calendar as a published plan keeps it."""
        off = [day.isoformat() for day in sorted(self.closed)]
        return {"first_day": self.first_day.isoformat(), "weeks": self.weeks, "off": off}

    @classmethod
    def from_json(cls, written: dict[str, Any]) -> "TermCalendar":
        """The calendar that a published plan keeps."""
        closed = frozenset(map(date.fromisoformat, written["off"]))
        return cls(date.fromisoformat(written["first_day"]), written["weeks"], closed)


def term_calendar(term: Term) -> TermCalendar:
    """The calendar of a term as it stands at present."""
    return TermCalendar(term.first_day, term.weeks, days_off(term))


def plan_calendar(plan: Plan) -> TermCalendar:
    """The calendar by which a plan is held: that of its publication, of a draft the term's own."""
    return term_calendar(plan.term) if plan.calendar is None else TermCalendar.from_json(plan.calendar)


def days_off_of(plan: Plan) -> dict[date, str]:
    """The dates on which a plan holds nothing, in their order, with the names they have in its term."""
    names = {day.date: holiday_name(day.name) for day in plan.term.days if day.kind is DayKind.OFF}
    return {day: names.get(day, "") for day in sorted(plan_calendar(plan).closed)}


def occurrences(
    placement: Placement, calendar: TermCalendar | None = None, held: Format | None = None
) -> list[Occurrence]:
    """The dated sessions of a placement in the order of time.

    They follow the calendar and the format of its plan, unless others are given.
    """
    meetings = tuple((meeting.weekday, meeting.start_minute) for meeting in placement.meetings)
    fixed = held or placement
    series = Series(placement.week, meetings, fixed.minutes, fixed.sessions, fixed.every_weeks)
    return dates_of(series, calendar or plan_calendar(placement.plan))


def dates_of(series: Series, calendar: TermCalendar) -> list[Occurrence]:
    """The dated sessions of a series, in the order of time.

    A meeting on a day off is not held and the series runs on until its sessions have been held. The list is shorter
    than that where the term ends first, which happens only when its calendar has changed since it was planned.
    """
    return list(islice(_occurrences(series, calendar), series.sessions))


def days_off(term: Term) -> frozenset[date]:
    """The dates of the term on which nothing is held."""
    return frozenset(day.date for day in term.days if day.kind is DayKind.OFF)


def _occurrences(series: Series, calendar: TermCalendar) -> Iterator[Occurrence]:
    """All that the weekly meetings make until the term ends, days off left out."""
    meetings = sorted(series.meetings)
    for week in range(series.week, calendar.weeks + 1, series.every_weeks):
        for weekday, start in meetings:
            day = calendar.first_day + timedelta(weeks=week - 1, days=weekday)
            if day not in calendar.closed:
                yield Occurrence(week, day, start, start + series.minutes)
