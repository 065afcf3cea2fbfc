"""When all series meet, as flat arrays.

A strand is one weekly meeting over the weeks of a series; most series of the same time patterns share their strands. A
day is cut where any session may start: two uses overlap exactly when some such slot lies in both.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.problem.series import Series
from solver.problem.time_patterns import TimePatterns

Numbers = NDArray[np.int64]
Span = tuple[int, int]


class Timing(NamedTuple):
    """Series, strands and the spans of weeks in which a strand meets every week.

    ``first_series[h]`` to ``first_series[h + 1]`` are the series of time patterns h; the strands of series i are
    ``strands[first_strand[i]:first_strand[i + 1]]``; strand k meets from week ``since[j]`` to before ``until[j]`` for
    the spans j from ``first_span[k]`` to before ``first_span[k + 1]``, weeks counted from 0. It takes the slots from
    ``slot[k]`` to before ``end[p, k]``, where p numbers the pauses that may follow a session.
    """

    first_series: Numbers
    first_strand: Numbers
    strands: Numbers
    weekday: Numbers
    slot: Numbers
    end: Numbers
    first_span: Numbers
    since: Numbers
    until: Numbers


class Strands:
    """Collects time patterns; equal strands get one number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, int, int, tuple[int, ...]], int] = {}
        self._spans: list[list[Span]] = []
        self._pattern_numbers: dict[int, int] = {}
        self._first_series = [0]
        self._of_series: list[list[int]] = []

    def patterns(self, patterns: TimePatterns) -> int:
        """The number of time patterns, whose series are collected when they are new."""
        if id(patterns) not in self._pattern_numbers:
            self._pattern_numbers[id(patterns)] = len(self._pattern_numbers)
            self._of_series += ([self._strand(*key) for key in _strands_of(series)] for series in patterns.series)
            self._first_series.append(len(self._of_series))
        return self._pattern_numbers[id(patterns)]

    def slots(self) -> Numbers:
        """The minutes of a day at which sessions may start, in order."""
        return np.array(sorted({start for _, _, start, _ in self._numbers}), np.int64)

    def timing(self, pauses: list[int]) -> Timing:
        """The arrays of all that was collected."""
        # a term whose sections have no series leaves nothing to take apart
        minutes, weekday, start = (array(column) for column in list(zip(*self._numbers, strict=True))[:3] or ((),) * 3)
        slots = self.slots()
        spans = [span for spans in self._spans for span in spans]
        return Timing(
            first_series=array(self._first_series),
            first_strand=starts_of(self._of_series),
            strands=array(strand for strands in self._of_series for strand in strands),
            weekday=weekday,
            slot=np.searchsorted(slots, start),
            end=np.array([np.searchsorted(slots, start + minutes + pause) for pause in pauses]),
            first_span=starts_of(self._spans),
            since=array(since for since, _ in spans),
            until=array(until for _, until in spans),
        )

    def _strand(self, minutes: int, weekday: int, start: int, weeks: tuple[int, ...]) -> int:
        key = minutes, weekday, start, weeks
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers)
            self._spans.append(list(_spans(weeks)))
        return self._numbers[key]


def _strands_of(series: Series) -> Iterator[tuple[int, int, int, tuple[int, ...]]]:
    weeks: dict[tuple[int, int], list[int]] = {}
    for day, start in series.sessions:
        weeks.setdefault((day % 7, start), []).append(day // 7)
    for (weekday, start), of_meeting in weeks.items():
        yield series.minutes, weekday, start, tuple(of_meeting)


def _spans(weeks: tuple[int, ...]) -> Iterator[Span]:
    """The weeks as spans without gaps, so that a price on a day without a session is never counted."""
    since = before = weeks[0]
    for week in weeks[1:]:
        if week > before + 1:
            yield since, before + 1
            since = week
        before = week
    yield since, before + 1


def array(numbers: Iterable[int]) -> Numbers:
    """Whole numbers as an array."""
    return np.fromiter(numbers, np.int64)


def starts_of(lists: Iterable[list[int]] | Iterable[list[Span]]) -> Numbers:
    """Where each of several lists begins when they stand one after the other, and where the last one ends."""
    return np.cumsum(array([0, *(len(entries) for entries in lists)]))
