"""Spans of weekly hours: what they lack, and how they grow."""

from collections.abc import Iterable, Sequence

from solver.problem.plan import Meeting
from solver.problem.term import Hours


def merged_hours(hours: Iterable[Hours]) -> tuple[Hours, ...]:
    """The same hours in the order of the week, with spans that touch or overlap joined to one."""
    joined: list[Hours] = []
    for span in sorted(hours):
        last = joined[-1] if joined else None
        if last is not None and last.weekday == span.weekday and span.start <= last.end:
            joined[-1] = Hours(last.weekday, last.start, max(last.end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def missing(hours: Sequence[Hours], meetings: Iterable[Meeting], minutes: int) -> tuple[Hours, ...]:
    """The hours that have to be added so that every meeting of so many minutes lies inside one span."""
    lacking: list[Hours] = []
    for weekday, start in meetings:
        # ``at``: up to where the meeting is known to be covered or lacking
        at, end = start, start + minutes
        for span in merged_hours(span for span in hours if span.weekday == weekday):
            if span.start < end and span.end > at:
                if span.start > at:
                    lacking.append(Hours(weekday, at, span.start))
                at = span.end
        if at < end:
            lacking.append(Hours(weekday, at, end))
    return merged_hours(lacking)
