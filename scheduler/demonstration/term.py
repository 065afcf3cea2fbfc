"""The term to plan, with its calendar and weights."""

from datetime import date, timedelta

from scheduler.calendar.holidays import days_off
from scheduler.domain.cost_weights import DEFAULT_WEIGHTS
from scheduler.models import CalendarDay, Term, Unit

FIRST_DAY = date(2027, 3, 1)
WEEKS = 16
NAME = "2027 年春季学期"


def build_term(unit: Unit) -> Term:
    """Spring 2027 as a new row, with the days off that are known by law."""
    last_day = FIRST_DAY + timedelta(weeks=WEEKS, days=-1)
    term = Term(
        unit=unit, name=NAME, first_day=FIRST_DAY, weeks=WEEKS, grid_minutes=30, metres_per_minute=250,
        overhead_minutes=5, weights=DEFAULT_WEIGHTS,
    )
    entries = days_off(FIRST_DAY, last_day)
    term.days = [CalendarDay(date=entry.date, kind=entry.kind, name=entry.name) for entry in entries]
    return term
