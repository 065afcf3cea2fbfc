"""All violations and the cost of a plan by plain reading, without OR-Tools models."""

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any

from msgspec import Struct

from solver.model.base import CostPart, Rule
from solver.model.costs import COST
from solver.model.costs.uncovered import uncovered_communities
from solver.model.rules import RULES
from solver.model.timetable import (
    Missing,
    Placed,
    PlacedMeeting,
    PlacedSession,
    RoomDay,
    SharedPair,
    TeacherDay,
    TeacherWeek,
    Timetable,
    UnitSpending,
)
from solver.problem.plan import Plan
from solver.problem.term import Term
from solver.problem.violation import Violation, breaks

OF_ONE_SECTION = (Missing, Placed, PlacedMeeting, PlacedSession)


class Report(Struct, frozen=True):
    """What is wrong with a plan and what it costs; ``cost`` has a key for each part that occurs, already weighted."""

    violations: tuple[Violation, ...]
    cost: dict[str, int]
    total: int
    placed: int
    unplaced: int
    uncovered_communities: int


def check(
    term: Term, plan: Plan, rules: tuple[Rule[Any], ...] = RULES, parts: tuple[CostPart[Any], ...] = COST
) -> Report:
    """Read a plan against every rule and every part of the cost, or against those given."""
    timetable = Timetable(term, plan)
    cost = {part.name: amount for part in parts if (amount := _amount(part, timetable)) is not None}
    return Report(
        violations=tuple(violations(timetable, rules)),
        cost=cost,
        total=sum(cost.values()),
        placed=sum(name in term.section for name in plan.placed),
        unplaced=sum(section.id not in plan.placed for section in term.sections),
        uncovered_communities=len(uncovered_communities(timetable)),
    )


def violations(timetable: Timetable, rules: tuple[Rule[Any], ...] = RULES) -> Iterator[Violation]:
    """The violations of a plan: section by section first, then where sections meet."""
    for _, violation in findings(timetable, rules):
        yield violation


def findings(timetable: Timetable, rules: tuple[Rule[Any], ...] = RULES) -> Iterator[tuple[Any, Violation]]:
    """The violations of a plan, each with the subject it was found at; None stands for a section that is unknown."""
    groups = [(about, list(of_group)) for about, of_group in groupby(rules, key=attrgetter("about"))]
    for name in timetable.plan.placed:
        if name not in timetable.term.section:
            yield None, breaks("unknown section", name)
    for entry in timetable.entries:
        if isinstance(entry, Violation):
            yield entry, entry
            continue
        for about, of_group in groups:
            if about in OF_ONE_SECTION:
                yield from _checked(_of_section(entry, about), of_group)
    for about, of_group in groups:
        if about not in OF_ONE_SECTION:
            yield from _checked(_of_timetable(timetable, about), of_group)


def _checked(subjects: Iterator[Any], rules: list[Rule[Any]]) -> Iterator[tuple[Any, Violation]]:
    for subject in subjects:
        for rule in rules:
            for violation in rule.check(subject):
                yield subject, violation


def _amount(part: CostPart[Any], timetable: Timetable) -> int | None:
    """The weighted amount of one part; None where it does not occur."""
    if part.about in OF_ONE_SECTION:
        entries = (entry for entry in timetable.entries if not isinstance(entry, Violation))
        subjects = (subject for entry in entries for subject in _of_section(entry, part.about))
    else:
        subjects = (subject for subject in _of_timetable(timetable, part.about))
    amounts = [amount for subject in subjects for amount in part.amounts(subject)]
    return part.weight(timetable.term.weights) * sum(amounts) if amounts else None


def _of_section(entry: Missing | Placed, about: type) -> Iterator[Any]:
    """The subjects of one class that a section has in a plan."""
    if about is type(entry):
        yield entry
    elif isinstance(entry, Placed) and about is PlacedMeeting:
        yield from map(partial(PlacedMeeting, entry), entry.meetings)
    elif isinstance(entry, Placed) and about is PlacedSession:
        yield from entry.dated


def _of_timetable(timetable: Timetable, about: type) -> Iterator[Any]:
    """The subjects of one class that a whole plan has."""
    subjects: dict[type, list[Any]] = {
        RoomDay: timetable.room_days,
        TeacherDay: timetable.teacher_days,
        TeacherWeek: timetable.teacher_weeks,
        UnitSpending: timetable.spending,
        SharedPair: timetable.pairs,
        Timetable: [timetable],
    }
    yield from subjects[about]
