"""A plan as a workbook: sections, dated sessions, and what is due to teachers, venues and units."""

from collections.abc import Callable, Mapping
from typing import IO, Final

from flask_babel import format_date, gettext as _

from scheduler.calendar.occurrences import Occurrence, plan_calendar
from scheduler.core.clock import clock
from scheduler.domain.covers import Covers, covers_of_term
from scheduler.features.planning.statistics import queries as statistics
from scheduler.features.planning.statistics.plan_workbook import columns, queries
from scheduler.features.planning.statistics.plan_workbook.held_sessions import (
    NOBODY,
    Month,
    MonthlyTallies,
    SessionCalendar,
    SessionLine,
    Tally,
)
from scheduler.features.planning.statistics.plan_workbook.queries import PayeeName, PlacedLine, UnplacedLine
from scheduler.features.planning.statistics.plan_workbook.writing import Cell, PlanBook
from scheduler.models import BookingStatus, Plan, PlanStatus
from scheduler.web.access import Scope
from scheduler.web.labels import label, weekday_name

Watch = Callable[[int], None]
TOLD_EVERY: Final = 100
"""Sections between two looks at how far it is."""


def _unwatched(_done: int) -> None:
    """Nobody asks how far it is."""


def banner(plan: Plan) -> str:
    """Which plan it is, and whether anybody can rely on it."""
    if plan.status is PlanStatus.PUBLISHED and plan.published_at is not None:
        state = _("published on %(date)s", date=format_date(plan.published_at, "medium"))
    elif plan.status is PlanStatus.DRAFT:
        state = _("DRAFT, not published")
    else:
        state = _("%(state)s, not valid", state=label(plan.status))
    return " · ".join((state, plan.name, plan.term.name, plan.term.unit.name))


def filename(plan: Plan) -> str:
    """A name that tells the plan, its state and its term."""
    name = f"{label(plan.status)} {plan.term.name} {plan.name} ({plan.id})"
    return "".join("-" if sign in '\\/:*?"<>|' or not sign.isprintable() else sign for sign in name) + ".xlsx"


def write_plan(plan: Plan, scope: Scope, file: IO[bytes], watch: Watch = _unwatched) -> None:
    """Write the workbook into a file that can be written and sought in.

    ``watch`` is told now and then how many sections are written.
    """
    book = PlanBook(file, banner(plan), draft=plan.status is not PlanStatus.PUBLISHED)
    _PlanTables(plan, scope, book).write(watch)
    book.close()


class _PlanTables:
    """Goes through the plan once, and counts on the way what the sheets of sums need."""

    def __init__(self, plan: Plan, scope: Scope, book: PlanBook) -> None:
        published = plan.status is PlanStatus.PUBLISHED
        covers: Covers = covers_of_term(plan.term) if published else {}
        self.plan, self.scope, self.book, self.published = plan, scope, book, published
        self.calendar = SessionCalendar(plan_calendar(plan), covers)
        self.teachers, self.venues = MonthlyTallies(), MonthlyTallies()
        self.units: dict[int, Tally] = {}
        self.unplaced: dict[int, int] = {}
        self.learners_of_units: dict[int, int] = {}
        self.months: set[Month] = set()
        self.learners = queries.learners_by_section(plan)
        self.answers: Mapping[int, BookingStatus] = queries.answers(plan) if published else {}

    def write(self, watch: Watch) -> None:
        """All sheets."""
        sections = self.book.sheet(_("Sections"), columns.of_sections())
        sessions = self.book.sheet(_("Dated sessions"), columns.of_sessions())
        for number, line in enumerate(queries.placed_lines(self.plan)):
            if number % TOLD_EVERY == 0:
                watch(number)
            dates = self.calendar.dates(line)
            sections.add(*self._section(line, dates))
            self._count_section(line)
            for session in self.calendar.sessions(line):
                sessions.add(*self._dated(line, session))
                self._count(line, session)
        for unplaced in queries.unplaced_lines(self.plan):
            sections.add(*self._unplaced(unplaced))
        sections.close()
        sessions.close()
        self._payees(_("By teacher"), _("Teacher"), _("Fees (yuan)"), self.teachers, self._teacher_names())
        self._payees(_("By venue"), _("Venue"), _("Room fees (yuan)"), self.venues, queries.venues(self.plan))
        self._units()

    def _section(self, line: PlacedLine, dates: list[Occurrence]) -> tuple[Cell, ...]:
        hours = ", ".join(
            f"{weekday_name(weekday, 'abbreviated')} {clock(start)}–{clock(start + line.minutes)}"
            for weekday, start in line.meetings
        )
        return (
            line.section, line.course, line.unit, line.venue, line.room, line.teacher, hours, line.week,
            dates[0].date if dates else None, dates[-1].date if dates else None, line.sessions,
            self.learners.get(line.section_id, 0), line.seats, line.fee, line.rent,
            line.sessions * (line.fee + line.rent), self._answer(line.section_id) or _("placed"),
        )

    def _unplaced(self, line: UnplacedLine) -> tuple[Cell, ...]:
        self.unplaced[line.unit_id] = self.unplaced.get(line.unit_id, 0) + 1
        empty = (None,) * 7
        learners = self.learners.get(line.section_id, 0)
        return (
            line.section, line.course, line.unit, *empty, None, learners, None, None, None, None, _("not placed")
        )

    def _dated(self, line: PlacedLine, session: SessionLine) -> tuple[Cell, ...]:
        when = session.occurrence
        return (
            line.section, line.course, line.unit, session.number, when.date, weekday_name(when.date.weekday()),
            when.start, when.end, line.venue, line.room, session.teacher, session.fee if session.held else 0,
            line.rent if session.held else 0, self._answer(line.section_id), session.note,
        )

    def _answer(self, section_id: int) -> str:
        if not self.published:
            return ""
        answer = self.answers.get(section_id)
        return _("not asked") if answer is None else label(answer)

    def _count_section(self, line: PlacedLine) -> None:
        learners = self.learners_of_units
        learners[line.unit_id] = learners.get(line.unit_id, 0) + self.learners.get(line.section_id, 0)

    def _count(self, line: PlacedLine, session: SessionLine) -> None:
        if not session.held:
            return
        day = session.occurrence.date
        self.months.add((day.year, day.month))
        self.teachers.add(session.teacher_id, line.section_id, day, session.minutes, session.fee)
        self.venues.add(line.venue_id, line.section_id, day, session.minutes, line.rent)
        self.units.setdefault(line.unit_id, Tally()).add(session.minutes, session.fee + line.rent)

    def _teacher_names(self) -> dict[int, PayeeName]:
        nobody = {NOBODY: PayeeName(_("Substitute still sought"), "")} if NOBODY in self.teachers.months else {}
        return queries.teachers(self.plan) | nobody

    def _payees(
        self, name: str, word: str, fees: str, tallies: MonthlyTallies, names: Mapping[int, PayeeName]
    ) -> None:
        """Sums of the term and of each month; who has no session that is held is left out."""
        months = sorted(self.months)
        sheet = self.book.sheet(name, columns.of_payees(word, fees, months))
        for key, payee in names.items():
            by_month = tallies.months.get(key)
            if by_month is None:
                continue
            whole = Tally()
            cells: list[Cell] = []
            for month in months:
                tally = by_month.get(month, Tally())
                cells += _cells(tally)
                whole.sessions += tally.sessions
                whole.minutes += tally.minutes
                whole.yuan += tally.yuan
            sheet.add(payee.name, payee.unit, len(tallies.sections[key]), *_cells(whole), *cells)
        sheet.close()

    def _units(self) -> None:
        sheet = self.book.sheet(_("By unit"), columns.of_units())
        for unit in statistics.spending(self.scope, self.plan):
            sessions = self.units.get(unit.unit_id, Tally()).sessions
            sheet.add(
                "\u3000" * unit.depth + unit.name, unit.own.sections, self.unplaced.get(unit.unit_id, 0), sessions,
                self.learners_of_units.get(unit.unit_id, 0), unit.own.teachers, unit.own.rooms, unit.own.total,
                unit.used.total, unit.limit, unit.left,
            )
        sheet.close()


def _cells(tally: Tally) -> tuple[Cell, ...]:
    return tally.sessions, round(tally.minutes / 60, 2), tally.yuan
