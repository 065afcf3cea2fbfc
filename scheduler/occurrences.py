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


def occurrences(term: Term, course: Course, placement: Placement) -> list[Occurrence]:
    """The dated sessions of a placement in the order of time.

    The series meets from its first week on, in every ``every_weeks``-th; a meeting on a day off is not held and the
    series runs on until the course's sessions have been held. The list is shorter than that where the term ends
    first, which happens only when its calendar has changed since it was planned.
    """
    return list(islice(_held(term, course, placement), course.sessions))


def days_off(term: Term) -> frozenset[date]:
    """The dates of the term on which nothing is held."""
    return frozenset(day.date for day in term.days if day.kind is DayKind.OFF)


def _held(term: Term, course: Course, placement: Placement) -> Iterator[Occurrence]:
    closed = days_off(term)
    meetings = sorted((meeting.weekday, meeting.start_minute) for meeting in placement.meetings)
    for week in range(placement.week, term.weeks + 1, course.every_weeks):
        for weekday, start in meetings:
            day = term.first_day + timedelta(weeks=week - 1, days=weekday)
            if day not in closed:
                yield Occurrence(week, day, start, start + course.minutes)
