"""The slots of every row of a board for one section, as few changes as possible first, the cheapest among them."""

from collections.abc import Hashable, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from typing import Final, NamedTuple, TypeVar

from msgspec import Struct

from solver.analysis.explain.prospects import Prospects
from solver.analysis.explain.scope import Breaks, Couple, union
from solver.analysis.explain.study import Study
from solver.analysis.move_targets.obstacles import Obstacles
from solver.analysis.move_targets.prices import PlacementPrices, cost_rise
from solver.analysis.plan_index import PlanIndex
from solver.model.pattern_cache import PatternCache
from solver.model.rules.room_closed import RoomClosed
from solver.model.rules.room_open import RoomOpen
from solver.model.rules.teacher_absent import TeacherAbsent
from solver.model.rules.teacher_available import TeacherAvailable
from solver.problem.plan import Meeting, Placement
from solver.problem.violation import Violation

FREE: Final = "free"
TAKEN: Final = "taken"
CLOSED: Final = "closed"
OWN_HOURS: Final = (RoomOpen.code, RoomClosed.code, TeacherAvailable.code, TeacherAbsent.code)
Key = TypeVar("Key", bound=Hashable)


class TargetRow(NamedTuple):
    """The rooms and teachers that a row of a board leaves to choose from; None for all that the section may have.

    With ``free_only`` nobody asks what stands in the way elsewhere, and the track has no other slots.
    """

    rooms: frozenset[str] | None = None
    teachers: frozenset[str] | None = None
    free_only: bool = False


class TargetSlot(Struct, frozen=True):
    """A weekly hour of a row at which a section may begin.

    ``state`` is ``free``, with the placement and by how much each part of the cost would rise; ``taken``, with the
    violations that the most obvious placement would bring; or ``closed``: whatever the others do, the row's rooms or
    teachers are not there then.
    """

    meeting: Meeting
    state: str
    placement: Placement | None = None
    cost: dict[str, int] = {}
    violations: tuple[Violation, ...] = ()


class Track(Struct, frozen=True):
    """The slots of a row in the order of the week; none where the section can never be there: ``never`` says why."""

    slots: tuple[TargetSlot, ...] = ()
    never: tuple[Violation, ...] = ()


def move_targets(
    plan_index: PlanIndex,
    name: str,
    rows: Mapping[Key, TargetRow],
    leaving: int | None = None,
    pattern_cache: PatternCache | None = None,
) -> dict[Key, Track]:
    """Where a section of a plan may be put down, row by row; ``leaving`` is the weekday of the meeting picked up.

    ``pattern_cache`` may be kept from one question to the next as long as all plans are changed from the same one.

    A placed section keeps its room, its teacher, its other meetings and its first week wherever it can.
    Raises KeyError for a section that the term does not have.
    """
    search = _Search(plan_index, name, leaving, pattern_cache)
    tracks = {row: search.track(row) for row in set(rows.values())}
    return {key: tracks[row] for key, row in rows.items()}


class _Search:
    """One section, taken out of its plan."""

    def __init__(
        self, plan_index: PlanIndex, name: str, leaving: int | None, pattern_cache: PatternCache | None
    ) -> None:
        self.section = plan_index.term.section[name]
        self.now = plan_index.placed.get(name)
        study = Study(plan_index.changed({name: None}), pattern_cache)
        self.prospects: Prospects = study.prospects(name)
        self.scope = self.prospects.scope
        self.patterns = self.scope.patterns
        self.prices = PlacementPrices(self.prospects.plan_index, self.section)
        self.obstacles = Obstacles(self.prospects.plan_index, name)
        self.cost_now = self.prices.at(self.now)
        self._kept = {meeting for meeting in self.now.meetings if meeting.weekday != leaving} if self.now else set()
        self._free: dict[tuple[str, str], int] = {}
        self.ranks = [self._rank(number) for number in range(len(self.patterns.series))]

    def track(self, row: TargetRow) -> Track:
        """The slots of one row."""
        couples = [
            couple
            for couple in self.couples
            if (row.rooms is None or couple.room.id in row.rooms)
            and (row.teachers is None or couple.teacher.id in row.teachers)
        ]
        if not couples:
            return Track(never=self._why_never(row))
        groups = [list(group) for _, group in groupby(couples, key=self._changes)]
        slots = ((meeting, self._free_slot(meeting, groups)) for meeting in sorted(self.patterns.by_meeting))
        if row.free_only:
            return Track(tuple(slot for _meeting, slot in slots if slot is not None))
        return Track(tuple(slot or self._blocked(meeting, row, couples) for meeting, slot in slots))

    @cached_property
    def couples(self) -> list[Couple]:
        """The rooms and teachers that may hold the section together, those of today first, then the cheapest."""
        return sorted(self.scope.couples, key=self._changes)

    @cached_property
    def order(self) -> dict[Meeting, list[int]]:
        """For each weekly hour the series that begin then, the best first."""
        return {
            meeting: sorted(
                (number for number in range(len(self.patterns.series)) if bits >> number & 1),
                key=self.ranks.__getitem__,
            )
            for meeting, bits in self.patterns.by_meeting.items()
        }

    def _rank(self, number: int) -> tuple[int, int, int]:
        """How much a series changes of what the section has: meetings given up, another week; then what it costs."""
        series = self.patterns.series[number]
        given_up = len(self._kept.difference(series.meetings))
        other_week = int(self.now is not None and series.week != self.now.week)
        return given_up, other_week, sum(self.prices.of_series(series).values())

    def _changes(self, couple: Couple) -> int:
        if self.now is None:
            return 0
        return (couple.room.id != self.now.room) + (couple.teacher.id != self.now.teacher)

    def _free_slot(self, meeting: Meeting, groups: Sequence[list[Couple]]) -> TargetSlot | None:
        # groups rise by what they change: the first with anything free wins; within it the cost decides, then names
        for group in groups:
            placeable = [best for couple in group if (best := self._best(couple, meeting)) is not None]
            if placeable:
                _, room, teacher, number = min(placeable)
                placement = self.scope.placement(self.scope.term.room[room], self.scope.term.teacher[teacher], number)
                return TargetSlot(meeting, FREE, placement, cost_rise(self.cost_now, self._cost(placement, number)))
        return None

    def _best(self, couple: Couple, meeting: Meeting) -> tuple[tuple[int, int, int], str, str, int] | None:
        """The best free series of a couple: its rank with the whole cost, room, teacher and number."""
        free = self._free_series(couple) & self.patterns.by_meeting[meeting]
        if not free:
            return None
        number = next(number for number in self.order[meeting] if free >> number & 1)
        given_up, other_week, hours = self.ranks[number]
        venue = self.scope.term.venue[couple.room.venue]
        overwork = self.prices.overwork(couple.teacher, self.patterns.series[number])
        cost = couple.cost + hours + overwork - self.prices.gain(venue)
        return (given_up, other_week, cost), couple.room.id, couple.teacher.id, number

    def _free_series(self, couple: Couple) -> int:
        key = couple.room.id, couple.teacher.id
        if key not in self._free:
            breaks = self.prospects.of_pair(couple.room, couple.teacher)
            self._free[key] = couple.legal & ~union(breaks)
        return self._free[key]

    def _cost(self, placement: Placement, number: int) -> dict[str, int]:
        term = self.scope.term
        return self.prices.parts(
            term.room[placement.room], term.teacher[placement.teacher], self.patterns.series[number]
        )

    def _blocked(self, meeting: Meeting, row: TargetRow, couples: Sequence[Couple]) -> TargetSlot:
        """A slot that cannot be had: closed, or taken with what stands in the way of the most obvious placement."""
        if self._is_closed(meeting, row):
            return TargetSlot(meeting, CLOSED)
        bits = self.patterns.by_meeting[meeting]
        couple = next((couple for couple in couples if couple.legal & bits), couples[0])
        legal = couple.legal & bits or bits
        number = next(number for number in self.order[meeting] if legal >> number & 1)
        placement = self.scope.placement(couple.room, couple.teacher, number)
        return TargetSlot(meeting, TAKEN, violations=self.obstacles.at(placement))

    def _is_closed(self, meeting: Meeting, row: TargetRow) -> bool:
        bits, scope = self.patterns.by_meeting[meeting], self.scope
        rooms = [room for room in scope.choices.rooms if row.rooms is not None and room.id in row.rooms]
        teachers = [
            teacher for teacher in scope.choices.teachers if row.teachers is not None and teacher.id in row.teachers
        ]
        breaks = (
            [*(self._of_room(room.id) for room in rooms)],
            [*(self._of_teacher(teacher.id) for teacher in teachers)],
        )
        # closed: of every room, or of every teacher, its own hours leave nothing of this one
        return any(candidates and not any(bits & ~_own_hours(own) for own in candidates) for candidates in breaks)

    def _of_room(self, name: str) -> Breaks:
        return self.prospects.of_room(self.scope.term.room[name])

    def _of_teacher(self, name: str) -> Breaks:
        return self.prospects.of_teacher(self.scope.term.teacher[name])

    def _why_never(self, row: TargetRow) -> tuple[Violation, ...]:
        """What keeps the section from ever being in a row: what is wrong with its room or its teacher."""
        term, scope, now = self.scope.term, self.scope, self.now
        rooms = [name for name in sorted(row.rooms or ()) if name in term.room]
        teachers = [name for name in sorted(row.teachers or ()) if name in term.teacher]
        faults = {code for name in rooms for code in scope.room_faults.get(name, ())}
        faults |= {code for name in teachers for code in scope.teacher_faults.get(name, ())}
        room = next(iter(rooms), now.room if now else term.rooms[0].id)
        teacher = next(iter(teachers), now.teacher if now else term.teachers[0].id)
        if not self.patterns.series or not (faults or now):
            return ()
        obstacles = self.obstacles.at(scope.placement(term.room[room], term.teacher[teacher], 0))
        return tuple(violation for violation in obstacles if not faults or violation.code in faults)


def _own_hours(breaks: Breaks) -> int:
    return union({code: bits for code, bits in breaks.items() if code in OWN_HOURS})
