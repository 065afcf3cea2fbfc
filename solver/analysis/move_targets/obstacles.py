"""What a section would break at a place beside a plan, named by the rules' own checks."""

from collections import defaultdict
from collections.abc import Iterator

from solver.analysis.plan_index import PlanIndex
from solver.model.rules import RULES_OF_ONE_SECTION
from solver.model.rules.budget import Budget
from solver.model.rules.room_overlap import RoomOverlap
from solver.model.rules.teacher_day_load import TeacherDayLoad
from solver.model.rules.teacher_overlap import TeacherOverlap
from solver.model.rules.teacher_week_load import TeacherWeekLoad
from solver.model.timetable import (
    Placed,
    PlacedMeeting,
    PlacedSession,
    RoomDay,
    TeacherDay,
    TeacherWeek,
    UnitSpending,
    in_order,
)
from solver.problem.plan import Placement
from solver.problem.term import Room, Teacher
from solver.problem.violation import Violation

Days = dict[int, list[PlacedSession]]
"""The sessions of a room or teacher by day of the term."""


class Obstacles:
    """The rules in the way of one section at any place beside a plan that does not place it."""

    def __init__(self, plan_index: PlanIndex, name: str) -> None:
        self._plan_index = plan_index
        self._term = plan_index.term
        self._name = name
        self._in_room: dict[str, Days] = {}
        self._with_teacher: dict[str, Days] = {}

    def at(self, placement: Placement) -> tuple[Violation, ...]:
        """What the section would break there: by itself, else beside others, where only the first date is told."""
        placed = self._placed(self._name, placement)
        own_violations = tuple(_by_itself(placed))
        return own_violations or tuple(self._beside_others(placed))

    def _beside_others(self, placed: Placed) -> Iterator[Violation]:
        yield from self._in_its_room(placed)
        yield from self._with_its_teacher(placed)
        yield from self._over_the_week(placed)
        yield from self._over_budget(placed)

    def _in_its_room(self, placed: Placed) -> Iterator[Violation]:
        others = self._uses(self._in_room, placed.room)
        for use in placed.dated:
            day = RoomDay(self._term, placed.room, use.day, _together(placed, others, use.day))
            overlaps = [violation for violation in RoomOverlap().check(day) if self._name in violation.parameters]
            if overlaps:
                yield overlaps[0]
                return

    def _with_its_teacher(self, placed: Placed) -> Iterator[Violation]:
        others = self._uses(self._with_teacher, placed.teacher)
        # each of the two rules is told once, at its first date
        missing = {TeacherOverlap.code, TeacherDayLoad.code}
        for use in placed.dated:
            day = TeacherDay(self._term, placed.teacher, use.day, _together(placed, others, use.day))
            overlaps = (violation for violation in TeacherOverlap().check(day) if self._name in violation.parameters)
            for violation in (*overlaps, *TeacherDayLoad().check(day)):
                if violation.code in missing:
                    missing.discard(violation.code)
                    yield violation

    def _over_the_week(self, placed: Placed) -> Iterator[Violation]:
        others = self._uses(self._with_teacher, placed.teacher)
        weeks = [use.day // 7 + 1 for use in placed.dated]
        busy = [day // 7 + 1 for day, uses in others.items() for _use in uses]
        for week in dict.fromkeys(weeks):
            count = weeks.count(week) + busy.count(week)
            overloads = list(TeacherWeekLoad().check(TeacherWeek(placed.teacher, week, count)))
            if overloads:
                yield overloads[0]
                return

    def _over_budget(self, placed: Placed) -> Iterator[Violation]:
        if not placed.fees:
            return
        for name in self._term.payers(placed.section):
            spending = UnitSpending(name, self._term.unit[name].budget, self._plan_index.spent[name] + placed.fees)
            yield from Budget().check(spending)

    def _uses(self, cache: dict[str, Days], thing: Room | Teacher) -> Days:
        """The sessions that a room or teacher has without the section."""
        if thing.id not in cache:
            users = self._plan_index.in_room if cache is self._in_room else self._plan_index.with_teacher
            days: Days = defaultdict(list)
            for name in users.get(thing.id, ()):
                for use in self._placed(name, self._plan_index.placed[name]).dated:
                    days[use.day].append(use)
            cache[thing.id] = days
        return cache[thing.id]

    def _placed(self, name: str, placement: Placement) -> Placed:
        term, room = self._term, self._term.room[placement.room]
        teacher = term.teacher[placement.teacher]
        return Placed(term, term.section[name], placement, room, teacher, term.venue[room.venue])


def _by_itself(placed: Placed) -> Iterator[Violation]:
    """What the section breaks wherever the others are; of a series only the first bad meeting and date."""
    subjects: dict[type, list[object]] = {
        Placed: [placed],
        PlacedMeeting: [PlacedMeeting(placed, meeting) for meeting in placed.meetings],
        PlacedSession: list(placed.dated),
    }
    for rule in RULES_OF_ONE_SECTION:
        for subject in subjects[rule.about]:
            violation = next(iter(rule.check(subject)), None)
            if violation is not None:
                yield violation
                break


def _together(placed: Placed, others: Days, day: int) -> list[PlacedSession]:
    """All uses of a day, with those of the section."""
    return sorted([*others.get(day, ()), *(use for use in placed.dated if use.day == day)], key=in_order)
