"""When a section meets: its weekly meetings from a first week on, and the dated sessions that follow from them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from solver.problem.overlap import sessions_overlap
from solver.problem.plan import Meeting
from solver.problem.term import Calendar, Section

WEEK_BITS = 16
"""Bits for the sessions of one week in a packed load: no week has more minutes than they can count."""
WEEK_MASK = (1 << WEEK_BITS) - 1


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
    sessions: list[Session] = []
    in_order = sorted(meetings)
    for current_week in range(week, calendar.weeks + 1, section.every):
        for weekday, start in in_order:
            day = 7 * (current_week - 1) + weekday
            if day in calendar.closed_days:
                continue
            sessions.append(Session(day, start))
            if len(sessions) == section.sessions:
                return tuple(sessions)
    return None


def holding(hours: Sequence[tuple[int, ...]], meeting: Meeting, minutes: int) -> list[tuple[int, ...]]:
    """The spans of hours that hold a whole meeting of so many minutes."""
    weekday, start = meeting
    return [span for span in hours if span[0] == weekday and span[1] <= start and start + minutes <= span[2]]


@dataclass(slots=True, eq=False)
class Series:
    """Weekly meetings from a first week on, with the sessions they lead to."""

    week: int
    meetings: tuple[Meeting, ...]
    minutes: int
    sessions: tuple[Session, ...]
    days: int
    """One bit for each day of the term with a session."""
    load: int
    """The number of sessions of each week, WEEK_BITS bits a week."""

    def overlaps(self, other: "Series") -> bool:
        """Whether some sessions of two series overlap."""
        common_days = self.days & other.days
        return bool(common_days) and any_overlap(self.sessions, self.minutes, other.sessions, other.minutes)


def any_overlap(sessions: Sequence[Session], minutes: int, others: Sequence[Session], other_minutes: int) -> bool:
    """Whether any of some sessions of so many minutes overlaps any of some others."""
    starts: dict[int, list[int]] = {}
    for day, start in others:
        starts.setdefault(day, []).append(start)
    return any(
        sessions_overlap(start - other, minutes, other_minutes)
        for day, start in sessions
        for other in starts.get(day, ())
    )


def days_with(all_series: Iterable[Series], least: int) -> int:
    """The days, as bits, on which some series have at least so many sessions together."""
    # at_least[count]: the days with so many sessions or more; all days, which -1 is as bits, have at least none
    at_least = [-1] + [0] * least
    for series in all_series:
        # legal series meet once a day; only one that breaks this rule has to be counted session by session
        once_a_day = len(series.sessions) == series.days.bit_count()
        for days in (series.days,) if once_a_day else (1 << session.day for session in series.sessions):
            # from the highest count down: upwards one session would raise its day through all counts at once
            for count in range(least, 0, -1):
                at_least[count] |= at_least[count - 1] & days
    return at_least[least]


def series_of(calendar: Calendar, section: Section, week: int, meetings: Sequence[Meeting]) -> Series | None:
    """The series of a section at weekly meetings from a week on; None where the term ends too early."""
    sessions = held_sessions(calendar, section, week, meetings)
    if sessions is None:
        return None
    load = sum(1 << (WEEK_BITS * (session.week - 1)) for session in sessions)
    days = sum(1 << day for day in {session.day for session in sessions})
    return Series(week, tuple(sorted(meetings)), section.minutes, sessions, days, load)


@lru_cache(maxsize=100_000)
def sessions_by_week(load: int) -> tuple[int, ...]:
    """The sessions of each week of a packed load, from the first week to the last with any."""
    counts = []
    while load:
        counts.append(load & WEEK_MASK)
        load >>= WEEK_BITS
    return tuple(counts)
