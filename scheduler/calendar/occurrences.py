"""The dated sessions of a placement: its weekly meetings laid over the term's calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from scheduler.models import Course, DayKind, Placement, Term


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


def occurrences(term: Term, course: Course, placement: Placement) -> list[Occurrence]:
    """The dated sessions of a placement in the order of time."""
    meetings = tuple((meeting.weekday, meeting.start_minute) for meeting in placement.meetings)
    series = Series(placement.week, meetings, course.minutes, course.sessions, course.every_weeks)
    return dates_of(series, term.first_day, term.weeks, days_off(term))


def dates_of(series: Series, first_day: date, weeks: int, closed: frozenset[date]) -> list[Occurrence]:
    """The dated sessions of a series in a term that begins on a Monday and has so many weeks, in the order of time.

    A meeting on a day off is not held and the series runs on until its sessions have been held. The list is shorter
    than that where the term ends first, which happens only when its calendar has changed since it was planned.
    """
    return list(islice(_occurrences(series, first_day, weeks, closed), series.sessions))


def days_off(term: Term) -> frozenset[date]:
    """The dates of the term on which nothing is held."""
    return frozenset(day.date for day in term.days if day.kind is DayKind.OFF)


def _occurrences(series: Series, first_day: date, weeks: int, closed: frozenset[date]) -> Iterator[Occurrence]:
    """All that the weekly meetings make until the term ends, days off left out."""
    meetings = sorted(series.meetings)
    for week in range(series.week, weeks + 1, series.every_weeks):
        for weekday, start in meetings:
            day = first_day + timedelta(weeks=week - 1, days=weekday)
            if day not in closed:
                yield Occurrence(week, day, start, start + series.minutes)
