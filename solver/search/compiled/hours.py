"""The patterns, series and loads of a term as rows."""

from collections.abc import Iterator
from functools import partial

from solver.problem.series import Series, sessions_by_week
from solver.problem.time_patterns import TimePatterns
from solver.search.compiled import layout
from solver.search.compiled.layout import Records
from solver.search.compiled.registers import Lists, Register, Sets, records, words_of


class HourTables:
    """Numbers everything that has to do with when sections meet."""

    def __init__(self, weeks: int, sets: Sets, lists: Lists) -> None:
        self._weeks = weeks
        self._sets = sets
        self._lists = lists
        self._patterns: dict[TimePatterns, int] = {}
        self._series: list[tuple[int, ...]] = []
        self._meetings: list[tuple[int, ...]] = []
        self._starts: list[tuple[int, ...]] = []
        self._loads: list[tuple[int, ...]] = []
        self._spans = Register()
        self._dates = Register()
        self._weekdays = [sum(1 << day for day in range(weekday, 7 * weeks, 7)) for weekday in range(7)]

    def patterns(self, patterns: TimePatterns) -> int:
        """The number of time patterns."""
        return self._patterns.setdefault(patterns, len(self._patterns))

    def arrays(self) -> dict[str, Records]:
        """The tables of the hours by their names, when all patterns are known."""
        rows = [self._row(patterns) for patterns in self._patterns]
        together = [
            (self._sets.put_all(self._together(patterns), words_of(len(patterns.series))),)
            for patterns in self._patterns
        ]
        return {
            "patterns": records(layout.PATTERNS, [row + first for row, first in zip(rows, together, strict=True)]),
            "series": records(layout.SERIES, self._series),
            "meetings": records(layout.MEETING, self._meetings),
            "starts": records(layout.START, self._starts),
            "loads": records(layout.LOAD, self._loads),
        }

    def _row(self, patterns: TimePatterns) -> tuple[int, ...]:
        words, first_load, first_series = words_of(len(patterns.series)), len(self._loads), len(self._series)
        for load, bits in patterns.loads.items():
            weeks = (*sessions_by_week(load), *(0 for _ in range(self._weeks)))[: self._weeks]
            self._loads.append((self._sets.put(bits, words), self._lists.put(weeks)[0]))
        places = {load: first_load + at for at, load in enumerate(patterns.loads)}
        days = words_of(7 * self._weeks)
        for series in patterns.series:
            self._series.append((*self._span(series), places[series.load], self._sets.put(series.days, days)))
        on_days = self._sets.put_all([patterns.on_days([day]) for day in range(7 * self._weeks)], words)
        loads = first_load, len(patterns.loads)
        return first_series, len(patterns.series), words, *loads, self._week(patterns, words), patterns.minutes, on_days

    def _week(self, patterns: TimePatterns, words: int) -> int:
        """Where, for each weekday and after the last, the first start of time patterns is listed."""
        places = []
        starts = sorted(patterns.by_meeting.items())
        for weekday in range(7):
            places.append(len(self._starts))
            self._starts += [(at.start, self._sets.put(bits, words)) for at, bits in starts if at.weekday == weekday]
        return self._lists.put([*places, len(self._starts)])[0]

    def _span(self, series: Series) -> tuple[int, ...]:
        """Where the meetings of a series stand and how many they are."""
        days_of_meetings = [series.days & self._weekdays[meeting.weekday] for meeting in series.meetings]
        dates = [self._dates.number(days, partial(_alone, days)) for days in days_of_meetings]

        def row() -> tuple[int, ...]:
            rows = [(*meeting, number) for meeting, number in zip(series.meetings, dates, strict=True)]
            self._meetings += rows
            return len(self._meetings) - len(rows), len(rows)

        return self._spans.rows[self._spans.number((series.meetings, *dates), row)]

    def _together(self, patterns: TimePatterns) -> Iterator[int]:
        """For each set of dates the series of time patterns that have a session on one of them."""
        for (dates,) in self._dates.rows:
            yield patterns.on_days(day for day in range(7 * self._weeks) if dates >> day & 1)


def _alone(number: int) -> tuple[int, ...]:
    return (number,)
