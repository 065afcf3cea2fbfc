"""A section that asks for less by itself: other hours, another beginning, fewer sessions, no pin."""

from collections.abc import Iterator

from solver.analysis.explain.study import Study
from solver.analysis.relaxations import (
    AnyRelaxation,
    BeginUntil,
    CloserMeetings,
    FewerSessions,
    MeetAlso,
    Relaxation,
    Unpin,
)
from solver.problem.plan import Meeting, Placement
from solver.problem.series import holding
from solver.problem.term import Hours, Section, Term

Variant = tuple[tuple[AnyRelaxation, ...], int, Placement]


def variants(study: Study, name: str) -> Iterator[Variant]:
    """The free placements that a section would have if it gave up one of its own requirements, and their cost."""
    section = study.term.section[name]
    for weekday in range(7):
        cheapest = _best(study, name, MeetAlso(name, _whole_day(study.term, weekday)))
        if cheapest is not None:
            cost, placement = cheapest
            outside = _outside(section, placement.meetings)
            if outside:
                yield (MeetAlso(name, outside),), cost, placement
    for relaxation in _others(study.term, section):
        cheapest = _best(study, name, relaxation)
        if cheapest is not None:
            cost, placement = cheapest
            enough = BeginUntil(name, placement.week) if isinstance(relaxation, BeginUntil) else relaxation
            yield (enough,), cost, placement


def _others(term: Term, section: Section) -> Iterator[AnyRelaxation]:
    if section.per_week > 1 and section.day_gap > 1:
        yield CloserMeetings(section.id, section.day_gap - 1)
    if section.first_weeks[1] < term.calendar.weeks:
        yield BeginUntil(section.id, term.calendar.weeks)
    for fewer in sorted({1, section.sessions // 4}):
        if 0 < fewer < section.sessions:
            yield FewerSessions(section.id, fewer)
    if section.pinned:
        yield Unpin(section.id)


def _best(study: Study, name: str, relaxation: Relaxation) -> tuple[int, Placement] | None:
    return study.under(relaxation.apply(study.term)).prospects(name).best()


def _whole_day(term: Term, weekday: int) -> tuple[Hours, ...]:
    """From when the first room opens on a weekday until the last one closes."""
    spans = [span for room in term.rooms for span in room.open if span.weekday == weekday]
    if not spans:
        return ()
    return (Hours(weekday, min(span.start for span in spans), max(span.end for span in spans)),)


def _outside(section: Section, meetings: tuple[Meeting, ...]) -> tuple[Hours, ...]:
    """The whole hours of those meetings that none of the section's windows holds."""
    return tuple(
        Hours(meeting.weekday, meeting.start, meeting.start + section.minutes)
        for meeting in meetings
        if not holding(section.windows, meeting, section.minutes)
    )
