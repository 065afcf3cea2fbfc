"""What a plan in the making keeps count of: who uses which room and teacher, what is spent and who is served."""

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable
from copy import copy
from typing import Generic, NamedTuple, Self, TypeVar

from solver.problem.series import WEEK_BITS, WEEK_MASK, Series, days_with
from solver.problem.term import Section, Teacher, Term, Unit

Key = TypeVar("Key", bound=Hashable)
"""How sections, rooms and teachers are told apart: by their number in the term, or by their id."""


class SectionUse(NamedTuple, Generic[Key]):
    """What a placed section takes and gives."""

    section: Key
    room: Key
    teacher: Key
    payers: Iterable[str]
    """The units that pay for it."""
    fees: int
    """What all its sessions cost, in yuan."""
    reached: Iterable[str]
    """The communities of its learners that it reaches."""


class PlacedSections(ABC, Generic[Key]):
    """The placed sections of a term as a plan in the making counts them, whatever else it knows of them.

    ``AssignmentModel`` asks such a plan about the sections around its own that stay where they are.
    """

    def __init__(self, term: Term) -> None:
        self.term = term
        self.in_room: dict[Key, tuple[Key, ...]] = {}
        self.with_teacher: dict[Key, tuple[Key, ...]] = {}
        self.spent = dict.fromkeys(term.unit, 0)
        """Yuan of each unit and the units below it."""
        self._serving: dict[str, int] = {}
        """For each community the number of placed sections that reach it."""
        # worked out when somebody asks, and forgotten when the sections of the teacher change
        self._loads: dict[Key, int] = {}
        self._full_days: dict[Key, int] = {}

    @abstractmethod
    def series_of(self, section: Section) -> Series | None:
        """When a section meets, if it is placed."""

    @abstractmethod
    def _placed_series(self, section: Key) -> Series:
        """When a placed section meets."""

    @abstractmethod
    def _teacher_key(self, teacher: Teacher) -> Key:
        """How a teacher is told apart."""

    def load(self, teacher: Key) -> int:
        """The sessions of a teacher by week, packed as those of a series are."""
        load = self._loads.get(teacher)
        if load is None:
            load = self._loads[teacher] = sum(series.load for series in self._series_with(teacher))
        return load

    def full_days(self, teacher: Teacher) -> int:
        """The days on which a teacher gives as many sessions as they may, as bits."""
        key = self._teacher_key(teacher)
        days = self._full_days.get(key)
        if days is None:
            days = self._full_days[key] = days_with(self._series_with(key), teacher.max_day)
        return days

    def sessions_on(self, teacher: Teacher, day: int) -> int:
        """How many sessions a teacher gives on a day."""
        meeting_then = (series for series in self._series_with(self._teacher_key(teacher)) if series.days >> day & 1)
        return sum(session.day == day for series in meeting_then for session in series.sessions)

    def sessions_in(self, teacher: Teacher, week: int) -> int:
        """How many sessions a teacher gives in a week."""
        return self.load(self._teacher_key(teacher)) >> (WEEK_BITS * (week - 1)) & WEEK_MASK

    def spent_by(self, unit: Unit) -> int:
        """The yuan that a unit and the units below it spend."""
        return self.spent[unit.id]

    def serves(self, community: str) -> bool:
        """Whether a placed section reaches a community."""
        return self._serving.get(community, 0) > 0

    def count_unserved(self, communities: Iterable[str]) -> int:
        """How many of some communities no placed section reaches."""
        serving = self._serving.get
        return sum(not serving(name) for name in communities)

    def _count(self, use: SectionUse[Key], sign: int) -> None:
        """Add a section to its room, teacher, payers and communities, or with a sign of -1 take it away."""
        for users, key in ((self.in_room, use.room), (self.with_teacher, use.teacher)):
            before = users.get(key, ())
            users[key] = (*before, use.section) if sign > 0 else tuple(name for name in before if name != use.section)
        self._loads.pop(use.teacher, None)
        self._full_days.pop(use.teacher, None)
        for unit in use.payers:
            self.spent[unit] += sign * use.fees
        for community in use.reached:
            self._serving[community] = self._serving.get(community, 0) + sign

    def _copy(self) -> Self:
        """The same counts, to be changed without changing these."""
        other = copy(self)
        other.in_room, other.with_teacher = self.in_room.copy(), self.with_teacher.copy()
        other.spent, other._serving = self.spent.copy(), self._serving.copy()
        other._loads, other._full_days = self._loads.copy(), self._full_days.copy()
        return other

    def _series_with(self, teacher: Key) -> list[Series]:
        return [self._placed_series(section) for section in self.with_teacher.get(teacher, ())]
