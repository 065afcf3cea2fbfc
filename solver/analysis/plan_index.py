"""The placed sections of a plan by name: who uses which room and teacher when, and what is spent.

Unlike an incumbent it needs no candidates, so that one section of a large term can be looked at within moments. It
answers what an assignment model asks about the fixed sections (see solver.model.assignment_model).
"""

from collections import Counter
from collections.abc import Collection, Mapping
from copy import copy
from math import gcd

from solver.problem.plan import Placement
from solver.problem.series import WEEK_BITS, WEEK_MASK, Series, series_of
from solver.problem.term import Room, Section, Teacher, Term, Unit, Venue, distance
from solver.problem.time_patterns import TimePatterns


class PlanIndex:
    """Who uses which room, teacher and money in a plan."""

    def __init__(self, term: Term, placed: Mapping[str, Placement]) -> None:
        self.term = term
        self.placed = {name: placement for name, placement in placed.items() if _known(term, name, placement)}
        self.in_room: dict[str, tuple[str, ...]] = {}
        self.with_teacher: dict[str, tuple[str, ...]] = {}
        self.spent: Counter[str] = Counter()
        self._serving: Counter[str] = Counter()
        self._series: dict[tuple[int, int, int, Placement], Series] = {}
        self._step = gcd(term.calendar.grid_minutes, *(section.minutes for section in term.sections))
        for name in self.placed:
            self._count(name, 1)

    def changed(self, changes: Mapping[str, Placement | None]) -> "PlanIndex":
        """The index of a plan in which some sections are elsewhere, or nowhere; both share the series made before."""
        other = copy(self)
        other.placed = dict(self.placed)
        other.in_room, other.with_teacher = self.in_room.copy(), self.with_teacher.copy()
        other.spent, other._serving = self.spent.copy(), self._serving.copy()
        for name, placement in changes.items():
            if name in other.placed:
                other._count(name, -1)
                del other.placed[name]
            if placement is not None:
                other.placed[name] = placement
                other._count(name, 1)
        return other

    def under(self, term: Term) -> "PlanIndex":
        """The same plan under another version of the term."""
        other = PlanIndex(term, self.placed)
        other._series = self._series
        return other

    def _count(self, name: str, sign: int) -> None:
        """Add a section to its room, teacher, payers and communities, or take it away."""
        placement = self.placed[name]
        for users, key in ((self.in_room, placement.room), (self.with_teacher, placement.teacher)):
            users[key] = (*users.get(key, ()), name) if sign > 0 else tuple(n for n in users[key] if n != name)
        for unit in self.term.payers(self.term.section[name]):
            self.spent[unit] += sign * self.fees(name)
        for community in self._reached(name):
            self._serving[community] += sign

    def fees(self, name: str) -> int:
        """What all sessions of a placed section cost, in yuan."""
        placement, section = self.placed[name], self.term.section[name]
        return (self.term.room[placement.room].fee + self.term.teacher[placement.teacher].fee) * section.sessions

    def paid_by(self, units: Collection[str]) -> list[str]:
        """The placed sections that cost some of these units anything, or units below them."""
        section, payers = self.term.section, set(units)
        paid = (name for name in self.placed if not payers.isdisjoint(self.term.payers(section[name])))
        return [name for name in paid if self.fees(name)]

    def series(self, name: str) -> Series:
        """When a placed section meets; never, where the term ends too early for it."""
        section, placement = self.term.section[name], self.placed[name]
        key = section.minutes, section.sessions, section.every, placement
        if key not in self._series:
            series = series_of(self.term.calendar, section, placement.week, placement.meetings)
            # never replaced: answers are kept by the identity of a series, and several threads may ask for it at once
            self._series.setdefault(
                key, series or Series(placement.week, placement.meetings, section.minutes, (), 0, 0)
            )
        return self._series[key]

    def room_overlap(self, room: Room, name: str, patterns: TimePatterns) -> int:
        """The series of a shape at which a section in a room is in the way."""
        return patterns.overlapping(self.series(name), self._pause(room.turnaround))

    def teacher_overlap(self, name: str, venue: Venue, patterns: TimePatterns) -> int:
        """The series of a shape that a teacher cannot give at a venue beside a section of hers."""
        there = self.term.venue[self.term.room[self.placed[name].room].venue]
        return patterns.overlapping(self.series(name), self._pause(self.term.travel_minutes(venue, there)))

    def load(self, teacher: str) -> int:
        """The sessions of a teacher by week, packed as those of a series are."""
        return sum(series.load for series in self._of_teacher(teacher))

    def full_days(self, teacher: Teacher) -> int:
        """The days on which a teacher gives as many sessions as she may, as bits."""
        if not teacher.max_day:
            return -1
        count = Counter(session.day for series in self._of_teacher(teacher.id) for session in series.sessions)
        return sum(1 << day for day, sessions in count.items() if sessions >= teacher.max_day)

    # what an assignment model asks

    def sessions_on(self, teacher: Teacher, day: int) -> int:
        """How many sessions a teacher gives on a day."""
        return sum(session.day == day for series in self._of_teacher(teacher.id) for session in series.sessions)

    def sessions_in(self, teacher: Teacher, week: int) -> int:
        """How many sessions a teacher gives in a week."""
        return self.load(teacher.id) >> (WEEK_BITS * (week - 1)) & WEEK_MASK

    def spent_by(self, unit: Unit) -> int:
        """The yuan that a unit and the units below it spend."""
        return self.spent[unit.id]

    def serves(self, community: str) -> bool:
        """Whether a placed section reaches a community."""
        return self._serving[community] > 0

    def series_of(self, section: Section) -> Series | None:
        """When a section meets, if it is placed."""
        return self.series(section.id) if section.id in self.placed else None

    def _of_teacher(self, teacher: str) -> list[Series]:
        return [self.series(name) for name in self.with_teacher.get(teacher, ())]

    def _pause(self, minutes: int) -> int:
        """Rounded up to the step on which meetings start and end: no difference to them, but fewer pauses to know."""
        return -(-minutes // self._step) * self._step

    def _reached(self, name: str) -> Collection[str]:
        section = self.term.section[name]
        venue = self.term.venue[self.term.room[self.placed[name].room].venue]
        communities = self.term.community
        return [home for home in section.learners if distance(communities[home], venue) <= section.max_metres]


def _known(term: Term, name: str, placement: Placement) -> bool:
    return name in term.section and placement.room in term.room and placement.teacher in term.teacher
