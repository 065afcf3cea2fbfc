"""Reads terms with their counts, calendar and budgets."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from scheduler.calendar.holidays import DaySource, source_of
from scheduler.core.extensions import db
from scheduler.domain.activity_links import activity_count
from scheduler.domain.term_scope import around
from scheduler.features.planning.terms.operations import last_day
from scheduler.models import CalendarDay, Community, DayKind, Demand, Level, Section, SectionLearners, Term, Unit
from scheduler.web.access import Scope
from scheduler.web.text_search import contains


@dataclass(frozen=True)
class TermWeek:
    """A week of the term: its number from 1 and its seven dates, each with what is special about it."""

    number: int
    days: list[tuple[date, CalendarDay | None]]


@dataclass(frozen=True)
class Totals:
    """What a term holds so far, as far as the user covers it."""

    demand: int
    courses: int
    sections: int
    learners: int
    off: int
    make_up: int
    activities: int


@dataclass(frozen=True)
class BudgetRow:
    """A unit of the term with its depth below the unit shown, its limit and the sum of the limits one level below."""

    unit: Unit
    depth: int
    yuan: int | None
    below: int

    @property
    def opens(self) -> bool:
        """Whether the units below it have a page of their own."""
        return self.depth > 0 and self.unit.level is not Level.STREET


def terms(scope: Scope, search: str = "", archived: bool = False) -> list[Term]:
    """Terms that the user plans or adds to and whose name or unit contains ``search``, the latest first."""
    statement = (
        select(Term)
        .join(Unit)
        .where(around(scope))
        .options(joinedload(Term.unit))
        .order_by(Term.first_day.desc(), Term.id.desc())
    )
    if not archived:
        statement = statement.where(Term.archived_at.is_(None))
    if search:
        columns = (Term.name, Unit.name)
        statement = statement.where(contains(search, *columns))
    return list(db.session.scalars(statement))


def planned_terms(scope: Scope) -> list[Term]:
    """Terms that the user plans, archived ones too, the latest first."""
    return list(db.session.scalars(select(Term).join(Unit).where(scope.units()).order_by(Term.first_day.desc())))


def totals(scope: Scope, term: Term) -> Totals:
    """Demand, sections and activities of the scope's units, and the days of the term that differ, counted."""
    people, courses = db.session.execute(
        select(func.coalesce(func.sum(Demand.people), 0), func.count(Demand.course_id.distinct()))
        .join(Demand.community)
        .join(Community.unit)
        .where(Demand.term_id == term.id, scope.units())
    ).one()
    sections, learners = db.session.execute(
        select(func.count(Section.id.distinct()), func.coalesce(func.sum(SectionLearners.people), 0))
        .join(Section.unit)
        .outerjoin(Section.learners)
        .where(Section.term_id == term.id, Section.archived_at.is_(None), scope.units())
    ).one()
    kinds = [day.kind for day in term.days]
    off, make_up = kinds.count(DayKind.OFF), kinds.count(DayKind.MAKE_UP)
    return Totals(people, courses, sections, learners, off, make_up, activity_count(scope, term))


def weeks(term: Term) -> list[TermWeek]:
    """The term's weeks with their dates."""
    special = {day.date: day for day in term.days}
    mondays = [term.first_day + timedelta(weeks=week) for week in range(term.weeks)]
    return [
        TermWeek(
            number, [(day, special.get(day)) for day in (monday + timedelta(days=weekday) for weekday in range(7))]
        )
        for number, monday in enumerate(mondays, 1)
    ]


def days(term: Term) -> list[tuple[CalendarDay, int]]:
    """The days that differ, each with the week it lies in."""
    return [(day, (day.date - term.first_day).days // 7 + 1) for day in sorted(term.days, key=lambda day: day.date)]


def sources(term: Term) -> list[tuple[int, DaySource]]:
    """The years that the term touches, each with how firmly its days off are known."""
    return [(year, source_of(year)) for year in range(term.first_day.year, last_day(term).year + 1)]


def day_in(term: Term, day_id: int) -> CalendarDay:
    """A day of the term's calendar, or 404."""
    return db.one_or_404(select(CalendarDay).where(CalendarDay.id == day_id, CalendarDay.term_id == term.id))


def budget_rows(term: Term, root: Unit) -> list[BudgetRow]:
    """A unit of the term and those directly below it."""
    statement = select(Unit).where(Unit.path.startswith(root.path, autoescape=True), Unit.archived_at.is_(None))
    units = db.session.scalars(statement.order_by(Unit.path)).all()
    limits = {budget.unit_id: budget.yuan for budget in term.budgets}
    below: dict[int | None, int] = {}
    for unit in units:
        below[unit.parent_id] = below.get(unit.parent_id, 0) + limits.get(unit.id, 0)
    shown = (unit for unit in units if unit.id == root.id or unit.parent_id == root.id)
    return [BudgetRow(unit, int(unit.id != root.id), limits.get(unit.id), below.get(unit.id, 0)) for unit in shown]


def unit_of(term: Term, unit_id: int | None) -> Unit:
    """A unit of the term, or 404; its own where none is asked for."""
    inside = Unit.path.startswith(term.unit.path, autoescape=True)
    return term.unit if unit_id is None else db.one_or_404(select(Unit).where(Unit.id == unit_id, inside))
