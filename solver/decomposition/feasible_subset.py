"""What can be kept of a plan that may break rules, by nothing but the plain check."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from solver.model.check import findings
from solver.model.timetable import (
    Placed,
    PlacedMeeting,
    PlacedSession,
    RoomDay,
    TeacherDay,
    TeacherWeek,
    Timetable,
    UnitSpending,
)
from solver.problem.plan import Placement, Plan
from solver.problem.term import Term
from solver.problem.violation import Violation


def feasible_subset_of(
    term: Term, placed: Mapping[str, Placement], rather: Collection[str] = ()
) -> dict[str, Placement]:
    """Placements that break no rule together: those given, without some of each group that breaks one.

    Those named by ``rather`` stay where others can make way for them.
    """
    remaining = {name: placement for name, placement in placed.items() if name in term.section}
    # of each group that breaks a rule only some go at a time: the rest is looked at until nothing is broken
    while True:
        timetable = Timetable(term, Plan(remaining))
        culprits = {name for finding in findings(timetable) for name in _culprits(timetable, *finding, rather)}
        if not culprits:
            return remaining
        remaining = {name: placement for name, placement in remaining.items() if name not in culprits}


def _culprits(timetable: Timetable, subject: Any, violation: Violation, rather: Collection[str]) -> Iterable[str]:
    """The sections that have to go because of a violation."""
    match subject:
        case Violation():
            return [violation.parameters[0]]
        case Placed():
            return [subject.section.id]
        case PlacedMeeting():
            return [subject.placed.section.id]
        case PlacedSession():
            return [subject.name]
        case RoomDay() | TeacherDay():
            names = [use.name for use in subject.uses]
            return _last([name for name in names if name in violation.parameters] or names, rather)
        case TeacherWeek():
            return _last(list(_in_week(timetable, subject)), rather)
        case UnitSpending():
            return _too_costly(timetable, subject, rather)
    return []


def _last(names: list[str], rather: Collection[str]) -> list[str]:
    return [name for name in names if name not in rather][-1:] or names[-1:]


def _in_week(timetable: Timetable, week: TeacherWeek) -> Iterator[str]:
    for placed in timetable.placed:
        if placed.teacher.id == week.teacher.id and any(session.week == week.week for session in placed.sessions or ()):
            yield placed.section.id


def _too_costly(timetable: Timetable, spending: UnitSpending, rather: Collection[str]) -> Iterator[str]:
    """The costliest sections of a unit, as many as it takes."""
    paid = [
        placed for placed in timetable.placed if placed.fees and spending.unit in timetable.term.payers(placed.section)
    ]
    excess = spending.yuan - (spending.budget or 0)
    for placed in sorted(paid, key=lambda placed: (placed.section.id in rather, -placed.fees)):
        if excess <= 0:
            return
        excess -= placed.fees
        yield placed.section.id
