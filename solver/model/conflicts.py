"""Possible sessions in order: which options of a room or teacher meet on one day, and which get in each other's way.

Days on which the same options meet are said once, since most series repeat every week.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.problem.series import Series
from solver.problem.term import Room, Section, Teacher, Venue

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar


@dataclass(slots=True, eq=False)
class Option:
    """One way to place one section; ``literal`` is true when it is taken."""

    section: Section
    series: Series
    room: Room
    teacher: Teacher
    venue: Venue
    literal: IntVar


@dataclass(slots=True, eq=False)
class Use:
    """The options of one section that share series and venue."""

    section: Section
    series: Series
    venue: Venue
    options: list[Option]


@dataclass(slots=True, eq=False)
class Span:
    """A possible session on a day: from minute to minute."""

    start: int
    end: int
    use: Use


@dataclass(slots=True, eq=False)
class ConflictDay:
    """Days of the term with the same possible sessions."""

    numbers: list[int]
    spans: list[Span]

    def options(self) -> Iterator[Option]:
        """All options that meet on these days."""
        for span in self.spans:
            yield from span.use.options

    def simultaneous(self, pause: int) -> Iterator[list[Option]]:
        """The largest groups of options of several sections that all overlap when each takes a pause after it."""
        running: list[Span] = []
        for span in sorted(self.spans, key=lambda span: span.start):
            still_running = [other for other in running if other.end + pause > span.start]
            # a group is largest just before one of its spans has ended: only then is it told
            if len(still_running) < len(running):
                yield from _of_several(running)
            running = [*still_running, span]
        yield from _of_several(running)

    def travel_conflicts(self, travel_minutes: Callable[[Venue, Venue], int]) -> Iterator[list[Option]]:
        """Groups of options at two venues that do not overlap but leave too little time to travel."""
        ends: defaultdict[tuple[str, int], list[Span]] = defaultdict(list)
        starts: defaultdict[tuple[str, int], list[Span]] = defaultdict(list)
        for span in self.spans:
            ends[span.use.venue.id, span.end].append(span)
            starts[span.use.venue.id, span.start].append(span)
        for (_, end), earlier in ends.items():
            for (_, start), later in starts.items():
                if end <= start < end + travel_minutes(earlier[0].use.venue, later[0].use.venue):
                    yield from _of_several([*earlier, *later])


@dataclass(slots=True, eq=False)
class ConflictWeek:
    """Weeks of the term with the same possible sessions, and how many each option brings."""

    numbers: list[int]
    sessions: list[tuple[Option, int]]


def uses_of(options: Iterable[Option]) -> list[Use]:
    """Options grouped by section, series and venue."""
    uses: dict[tuple[str, int, str], Use] = {}
    for option in options:
        key = option.section.id, id(option.series), option.venue.id
        use = uses.get(key)
        if use is None:
            uses[key] = Use(option.section, option.series, option.venue, [option])
        else:
            use.options.append(option)
    return list(uses.values())


def days_of(uses: list[Use]) -> list[ConflictDay]:
    """The different days of some uses."""
    by_day: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for index, use in enumerate(uses):
        for day, start in use.series.sessions:
            by_day[day].append((index, start))
    alike: defaultdict[tuple[tuple[int, int], ...], list[int]] = defaultdict(list)
    for day, sessions in by_day.items():
        alike[tuple(sessions)].append(day)
    return [
        ConflictDay(days, [Span(start, start + uses[index].series.minutes, uses[index]) for index, start in sessions])
        for sessions, days in alike.items()
    ]


def weeks_of(uses: list[Use]) -> list[ConflictWeek]:
    """The different weeks of some uses."""
    by_week: defaultdict[int, list[int]] = defaultdict(list)
    for index, use in enumerate(uses):
        for session in use.series.sessions:
            by_week[session.week].append(index)
    alike: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for week, indices in by_week.items():
        alike[tuple(indices)].append(week)
    return [
        ConflictWeek(
            weeks, [(option, count) for index, count in Counter(indices).items() for option in uses[index].options]
        )
        for indices, weeks in alike.items()
    ]


def _of_several(spans: list[Span]) -> Iterator[list[Option]]:
    """The options of some spans, where they belong to more than one section."""
    if len({span.use.section.id for span in spans}) > 1:
        yield [option for span in spans for option in span.use.options]
