"""When a section meets: its weekly meetings from a first week on, and the dated sessions that follow from them."""

from collections.abc import Sequence
from typing import NamedTuple

from solver.plan import Meeting
from solver.term import Calendar, Section


class Session(NamedTuple):
    """One dated occurrence: the day of the term and the minute at which it starts."""

    day: int
    start: int

    @property
    def week(self) -> int:
        """The week of the term, from 1."""
        return self.day // 7 + 1


def held_sessions(
    calendar: Calendar, section: Section, week: int, meetings: Sequence[Meeting]
) -> tuple[Session, ...] | None:
    """The sessions of a series, days off skipped; None where the term ends before all of them are held."""
    held: list[Session] = []
    ordered = sorted(meetings)
    for current in range(week, calendar.weeks + 1, section.every):
        for weekday, start in ordered:
            day = 7 * (current - 1) + weekday
            if day in calendar.closed_days:
                continue
            held.append(Session(day, start))
            if len(held) == section.sessions:
                return tuple(held)
    return None


def holding(hours: Sequence[tuple[int, ...]], meeting: Meeting, minutes: int) -> list[tuple[int, ...]]:
    """The spans of hours that hold a whole meeting of so many minutes."""
    weekday, start = meeting
    return [span for span in hours if span[0] == weekday and span[1] <= start and start + minutes <= span[2]]
