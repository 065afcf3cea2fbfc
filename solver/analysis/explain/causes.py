"""Why a section is not placed: what stands against each room and teacher, with the sections that do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from solver.analysis.explain.prospects import Prospects
from solver.analysis.explain.scope import Breaks, union
from solver.analysis.explain.study import Study
from solver.analysis.plan_index import PlanIndex
from solver.model.rules.budget import Budget
from solver.model.rules.capacity import Capacity
from solver.model.rules.features import Features
from solver.model.rules.learner_reach import LearnerReach
from solver.model.rules.pin import PinHolds
from solver.model.rules.room_busy import RoomBusy
from solver.model.rules.room_closed import RoomClosed
from solver.model.rules.room_open import RoomOpen
from solver.model.rules.room_overlap import RoomOverlap
from solver.model.rules.subject import SubjectTaught
from solver.model.rules.teacher_absent import TeacherAbsent
from solver.model.rules.teacher_allowed import TeacherAllowed
from solver.model.rules.teacher_available import TeacherAvailable
from solver.model.rules.teacher_busy import TeacherBusy
from solver.model.rules.teacher_day_load import TeacherDayLoad
from solver.model.rules.teacher_overlap import TeacherOverlap
from solver.model.rules.teacher_reach import TeacherReach
from solver.model.rules.teacher_week_load import TeacherWeekLoad
from solver.model.rules.venue_allowed import VenueAllowed
from solver.problem.plan import Id
from solver.problem.term import Room, Teacher
from solver.search.infeasibility import reason_without_pairs

CAUSE_ORDER: tuple[str, ...] = tuple(
    rule.code
    for rule in (
        *(PinHolds, LearnerReach, VenueAllowed, Capacity, Features, RoomOpen, RoomClosed, RoomBusy, RoomOverlap),
        *(SubjectTaught, TeacherAllowed, TeacherReach, TeacherAvailable, TeacherAbsent, TeacherBusy),
        *(TeacherWeekLoad, TeacherDayLoad, TeacherOverlap, Budget),
    )
)
"""Which rule is blamed first where several stand against a room or teacher."""
TOO_MANY = frozenset({PinHolds.code, LearnerReach.code, VenueAllowed.code, SubjectTaught.code, TeacherAllowed.code})
"""Rules that stand against most of a county: whom they leave out is counted, not listed."""


class Cause(Struct, frozen=True):
    """What one rule leaves out.

    ``kind`` says what is left out: ``room``, ``teacher``, ``couple`` (a room and a teacher that are both left, but not
    for each other), ``unit`` or ``section``. ``code`` is the rule's, or one of these: ``no common hours`` and ``all
    taken`` for couples, and the codes of solver.precheck for a section without any hours.
    """

    code: str
    kind: str
    count: int
    """How many are left out by this rule and by none before it."""
    names: tuple[Id, ...] = ()
    """Which ones: rooms, teachers, both, units; none where they are too many to tell."""
    sections: tuple[Id, ...] = ()
    """The placed sections but for which the rule would leave some of them."""


def causes_of(study: Study, name: str) -> list[Cause]:
    """What stands in the way of a section that is not placed, rooms first; empty where it has a free place."""
    scope = study.scope(name)
    if not scope.patterns.series:
        return [Cause(reason_without_pairs(study.term, scope.section).code, "section", 1)]
    inquiry = _Inquiry(study.prospects(name), Prospects(scope, PlanIndex(study.term, {})))
    if next(inquiry.beside.free(), None) is not None:
        return []
    return [*inquiry.of_rooms(), *inquiry.of_teachers(), *inquiry.of_couples()]


@dataclass
class _Tally:
    """Whom one rule leaves out, and because of whom."""

    kind: str
    count: int = 0
    names: dict[str, None] = field(default_factory=dict)
    sections: dict[str, None] = field(default_factory=dict)

    def add(self, names: Iterable[str], sections: Iterable[str]) -> None:
        self.count += 1
        self.names.update(dict.fromkeys(names))
        self.sections.update(dict.fromkeys(sections))

    def cause(self, code: str) -> Cause:
        return Cause(code, self.kind, self.count, () if code in TOO_MANY else tuple(self.names), tuple(self.sections))


class _Inquiry:
    """One section beside the others of the plan, and as it would be if it were alone."""

    def __init__(self, beside: Prospects, alone: Prospects) -> None:
        self.beside = beside
        self.alone = alone
        self.term, self.plan_index = beside.scope.term, beside.plan_index
        self.everything = beside.scope.patterns.all
        venues = dict.fromkeys(room.venue for room in beside.scope.choices.rooms)
        self.venues = [self.term.venue[name] for name in venues]
        self.rooms_left: list[Room] = []
        self.teachers_left: list[Teacher] = []

    def of_rooms(self) -> list[Cause]:
        """Which rules take the rooms."""
        out: dict[str, _Tally] = {}
        for room in self.term.rooms:
            code = _first_rule(self.beside.of_room(room), self.everything)
            if code is None:
                self.rooms_left.append(room)
            else:
                out.setdefault(code, _Tally("room")).add([room.id], self._users(room))
        return [out[code].cause(code) for code in sorted(out, key=_rank)]

    def of_teachers(self) -> list[Cause]:
        """Which rules take the teachers."""
        out: dict[str, _Tally] = {}
        for teacher in self.term.teachers:
            code = _first_rule(self._anywhere(self.beside, teacher), self.everything)
            if code is None:
                self.teachers_left.append(teacher)
            else:
                # other sections are culprits only where the teacher could give the section without them
                able_alone = _first_rule(self._anywhere(self.alone, teacher), self.everything) is None
                others = self.plan_index.with_teacher.get(teacher.id, ()) if able_alone else ()
                out.setdefault(code, _Tally("teacher")).add([teacher.id], others)
        return [out[code].cause(code) for code in sorted(out, key=_rank)]

    def of_couples(self) -> list[Cause]:
        """What stands against the rooms that are left with the teachers that are left."""
        out: dict[str, _Tally] = {}
        for room in self.rooms_left:
            for teacher in self.teachers_left:
                code, names, sections = self._of_couple(room, teacher)
                out.setdefault(code, _Tally("unit" if code == Budget.code else "couple")).add(names, sections)
        return [tally.cause(code) for code, tally in out.items()]

    def _of_couple(self, room: Room, teacher: Teacher) -> tuple[str, Sequence[str], Sequence[str]]:
        """Why a room and a teacher that are both left do not go together: code, names and sections."""
        units = [unit.id for unit, _ in self.beside.short_of(room, teacher)]
        breaks = self.beside.scope.of_couple(self.term.venue[room.venue], teacher)
        if (code := _first_rule(breaks, self.everything)) is not None:
            return code, (room.id, teacher.id), ()
        if self._taken(self.alone, room, teacher):
            return "no common hours", (room.id, teacher.id), ()
        if self._taken(self.beside, room, teacher):
            users = (*self._users(room), *self.plan_index.with_teacher.get(teacher.id, ()))
            return "all taken", (room.id, teacher.id), users
        return Budget.code, units, () if self.alone.short_of(room, teacher) else self.plan_index.paid_by(units)

    def _taken(self, prospects: Prospects, room: Room, teacher: Teacher) -> bool:
        # a budget that is short forbids every series: left in, it would hide whether the hours are taken
        breaks = prospects.of_pair(room, teacher)
        return union({code: bits for code, bits in breaks.items() if code != Budget.code}) == self.everything

    def _users(self, room: Room) -> list[str]:
        """The sections of a room that take hours which the section could have there."""
        patterns = self.beside.scope.patterns
        usable = self.everything & ~union(self.alone.of_room(room))
        users = self.plan_index.in_room.get(room.id, ())
        return [name for name in users if usable & self.plan_index.room_overlap(room, name, patterns)]

    def _anywhere(self, prospects: Prospects, teacher: Teacher) -> Breaks:
        """What stands against a teacher wherever the section could be."""
        breaks = prospects.of_teacher(teacher)
        if teacher.id in prospects.scope.teacher_faults or not self.venues:
            return breaks
        first, *others = (prospects.of_couple(venue, teacher) for venue in self.venues)
        for other in others:
            first = {code: bits & other.get(code, 0) for code, bits in first.items()}
        return breaks | first


def _first_rule(breaks: Breaks, everything: int) -> str | None:
    """The rule that takes the last series, in the order of blame; None where some series break nothing."""
    left = everything
    for code in sorted(breaks, key=_rank):
        left &= ~breaks[code]
        if not left:
            return code
    return None


def _rank(code: str) -> int:
    return CAUSE_ORDER.index(code) if code in CAUSE_ORDER else -1
