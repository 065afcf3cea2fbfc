"""Changes of terms, their calendar and budgets."""

from datetime import date, timedelta

from flask_babel import format_date, gettext as _
from sqlalchemy import select

from scheduler.calendar.holidays import days_off
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.models import Budget, CalendarDay, DayKind, Section, Term, Unit


def last_day(term: Term) -> date:
    """The Sunday of the term's last week."""
    return term.first_day + timedelta(weeks=term.weeks, days=-1)


def create_term(
    unit: Unit,
    name: str,
    first_day: date,
    weeks: int,
    grid_minutes: int,
    metres_per_minute: int,
    overhead_minutes: int,
    weights: dict[str, int],
) -> Term:
    """A term whose calendar holds the days off that the libraries know."""
    term = Term(
        unit=unit,
        name=name,
        first_day=first_day,
        weeks=weeks,
        grid_minutes=grid_minutes,
        metres_per_minute=metres_per_minute,
        overhead_minutes=overhead_minutes,
        weights=weights,
    )
    term.days = _library_days(first_day, last_day(term))
    db.session.add(term)
    db.session.flush()
    return term


def edit_term(
    term: Term,
    name: str,
    first_day: date,
    weeks: int,
    grid_minutes: int,
    metres_per_minute: int,
    overhead_minutes: int,
    weights: dict[str, int],
) -> Term:
    """Change a term; its calendar follows where the dates moved."""
    _refuse_shorter_than_sections(term, weeks)
    before = (term.first_day, last_day(term))
    term.name, term.first_day, term.weeks, term.grid_minutes = name, first_day, weeks, grid_minutes
    term.metres_per_minute, term.overhead_minutes, term.weights = metres_per_minute, overhead_minutes, weights
    _follow_dates(term, *before)
    db.session.flush()
    return term


def add_days(term: Term, date: date, until: date | None, kind: DayKind, name: str) -> list[CalendarDay]:
    """Days off or make-up days from a date to another, all of which must lie in the term; None: a single one."""
    end = until or date
    if end < date:
        raise DomainError(_("The last day lies before the first. Exchange them."), "until")
    _refuse_outside(term, date, "date")
    _refuse_outside(term, end, "until")
    days = [
        CalendarDay(date=date + timedelta(days=number), kind=kind, name=name) for number in range((end - date).days + 1)
    ]
    term.days.extend(days)
    db.session.flush()
    return days


def _refuse_outside(term: Term, date: date, field: str) -> None:
    if not term.first_day <= date <= last_day(term):
        raise DomainError(
            _(
                "The term runs from %(first)s to %(last)s. Choose a date between.",
                first=format_date(term.first_day),
                last=format_date(last_day(term)),
            ),
            field,
        )


def remove_day(day: CalendarDay) -> None:
    """The date is ordinary again."""
    db.session.delete(day)
    db.session.flush()


def reload_days(term: Term) -> int:
    """Replace the whole calendar by what the libraries know; how many days it then has."""
    term.days.clear()
    db.session.flush()
    term.days = _library_days(term.first_day, last_day(term))
    db.session.flush()
    return len(term.days)


def set_budgets(term: Term, amounts: dict[int, int | None]) -> None:
    """Set or lift the limits of several units at once: yuan by unit id, None for no limit."""
    budgets = {budget.unit_id: budget for budget in term.budgets}
    for unit_id, yuan in amounts.items():
        budget = budgets.get(unit_id)
        if yuan is None and budget is not None:
            term.budgets.remove(budget)
        elif yuan is not None and budget is None:
            term.budgets.append(Budget(unit_id=unit_id, yuan=yuan))
        elif yuan is not None and budget is not None:
            budget.yuan = yuan
    db.session.flush()


def _library_days(first: date, last: date) -> list[CalendarDay]:
    return [CalendarDay(date=entry.date, kind=entry.kind, name=entry.name) for entry in days_off(first, last)]


def _follow_dates(term: Term, first: date, last: date) -> None:
    """Drop days that the term has left behind and load those it has reached; what was edited in between stays."""
    days_within = [day for day in term.days if term.first_day <= day.date <= last_day(term)]
    reached = [day for day in _library_days(term.first_day, last_day(term)) if not first <= day.date <= last]
    term.days = [*days_within, *reached]


def _refuse_shorter_than_sections(term: Term, weeks: int) -> None:
    section = db.session.scalars(
        select(Section)
        .where(Section.term_id == term.id, Section.archived_at.is_(None), Section.latest_week > weeks)
        .order_by(Section.latest_week.desc())
        .limit(1)
    ).first()
    if section is not None:
        raise DomainError(
            _(
                "%(name)s may begin as late as week %(week)d. Change that section first, or keep the term longer.",
                name=section.name,
                week=section.latest_week,
            ),
            "weeks",
        )
