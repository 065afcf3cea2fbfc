"""The sessions of a plan as they are held: cancelled ones, and those that somebody else gives, told apart; and sums."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from scheduler.calendar.occurrences import Occurrence, Series, TermCalendar, dates_of
from scheduler.domain.cover_notices import short_notice
from scheduler.domain.covers import Covers, Moment
from scheduler.features.planning.statistics.plan_workbook.queries import PlacedLine
from scheduler.models import Cover, CoverStatus

NOBODY = 0
"""Stands for the teacher of a session for which a substitute is still sought."""
Month = tuple[int, int]
"""Year and month."""


@dataclass(frozen=True)
class SessionLine:
    """A dated session with its number within the section; ``note`` says what differs from the plan.

    ``teacher_id`` is who gives it, NOBODY while that is not known, and ``fee`` their fee in yuan.
    """

    number: int
    occurrence: Occurrence
    teacher_id: int
    teacher: str
    fee: int
    held: bool = True
    note: str = ""

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.occurrence.end - self.occurrence.start


@dataclass
class Tally:
    """Sessions, minutes and yuan."""

    sessions: int = 0
    minutes: int = 0
    yuan: int = 0

    def add(self, minutes: int, yuan: int) -> None:
        """One more session."""
        self.sessions += 1
        self.minutes += minutes
        self.yuan += yuan


@dataclass
class MonthlyTallies:
    """Sums by month for each teacher or venue, and the sections they have a part in."""

    months: dict[int, dict[Month, Tally]] = field(default_factory=dict)
    sections: dict[int, set[int]] = field(default_factory=dict)

    def add(self, key: int, section_id: int, day: date, minutes: int, yuan: int) -> None:
        """A session that one of them gives or houses."""
        self.sections.setdefault(key, set()).add(section_id)
        months = self.months.setdefault(key, {})
        months.setdefault((day.year, day.month), Tally()).add(minutes, yuan)


class SessionCalendar:
    """Works out the sessions of placements; equal series have the same dates, which are worked out once."""

    def __init__(self, calendar: TermCalendar, covers: Covers) -> None:
        self.calendar, self.covers = calendar, covers
        self._dates: dict[Series, list[Occurrence]] = {}

    def dates(self, line: PlacedLine) -> list[Occurrence]:
        """The dates by the plan's calendar, in order of time."""
        series = Series(line.week, line.meetings, line.minutes, line.sessions, line.every_weeks)
        if series not in self._dates:
            self._dates[series] = dates_of(series, self.calendar)
        return self._dates[series]

    def sessions(self, line: PlacedLine) -> Iterator[SessionLine]:
        """All sessions, numbered from 1."""
        covers = self.covers.get(line.section_id, {})
        for number, occurrence in enumerate(self.dates(line), 1):
            yield _session(line, number, occurrence, covers)


def _session(line: PlacedLine, number: int, occurrence: Occurrence, covers: Mapping[Moment, Cover]) -> SessionLine:
    cover = covers.get((occurrence.date, occurrence.start))
    if cover is None:
        return SessionLine(number, occurrence, line.teacher_id, line.teacher, line.fee)
    note = short_notice(cover)
    if cover.status is CoverStatus.CANCELLED:
        reason = f"{note}: {cover.reason}" if cover.reason else note
        return SessionLine(number, occurrence, line.teacher_id, line.teacher, line.fee, held=False, note=reason)
    if cover.agreed is None:
        return SessionLine(number, occurrence, NOBODY, "", 0, note=note)
    substitute = cover.agreed.teacher
    return SessionLine(number, occurrence, substitute.id, substitute.name, substitute.fee, note=note)
