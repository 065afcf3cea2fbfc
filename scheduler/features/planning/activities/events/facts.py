"""What a form says about an item of an event, as plain values, and what follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from scheduler.calendar.occurrences import days_off
from scheduler.models import Community, Feature, Subject, TargetGroup, Teacher, Term, Unit


@dataclass(frozen=True)
class ItemFacts:
    """An item as it is to be: held ``sessions`` times in each of ``places`` places on days of one week.

    ``people`` come in all, from the communities ``chosen`` or, where none is, from all below ``unit``; the sessions
    of ``minutes`` lie between ``start_minute`` and ``end_minute``.
    """

    title_zh: str
    title_en: str
    subject: Subject
    target_group: TargetGroup
    unit: Unit
    first_day: date
    last_day: date
    start_minute: int
    end_minute: int
    minutes: int
    sessions: int
    places: int
    people: int
    reach_metres: int
    chosen: Sequence[Community] = field(default_factory=list)
    needs: Sequence[Feature] = field(default_factory=list)
    teachers: Sequence[Teacher] = field(default_factory=list)


def days_between(first: date, last: date) -> list[date]:
    """The dates from the first to the last, both included."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def open_days(term: Term, first: date, last: date) -> list[date]:
    """Those of the dates on which something can be held in the term."""
    closed, end = days_off(term), last_day_of(term)
    return [day for day in days_between(first, last) if term.first_day <= day <= end and day not in closed]


def last_day_of(term: Term) -> date:
    """The Sunday of the last week."""
    return term.first_day + timedelta(weeks=term.weeks, days=-1)


def week_of(term: Term, day: date) -> int:
    """The week of the term in which a date lies, counted from 1."""
    return (day - term.first_day).days // 7 + 1
