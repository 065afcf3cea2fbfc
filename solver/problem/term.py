"""The term document ``term/1``: all that a plan of one term depends on, frozen and typed.

Units: metres, minutes since midnight, weekdays 0 (Monday) to 6 (Sunday), weeks from 1, yuan.
A *day* is the number of days since the first Monday of the term.
"""

from datetime import date, timedelta
from functools import cached_property
from math import gcd
from typing import Annotated, NamedTuple

from msgspec import Meta, Struct

from solver.problem.busy import BusyRoomHours, BusyTeacherHours, Place
from solver.problem.plan import Id, Meeting, Placement, Weekday
from solver.problem.quantities import Budget, Coordinate, Count, Metres, Minute, Minutes, Pause, Week, Weight, Yuan


class Hours(NamedTuple):
    """Minutes of one weekday in which a room is open or a teacher free."""

    weekday: Weekday
    start: Minute
    end: Minute


class Window(NamedTuple):
    """Minutes of one weekday in which a section may meet, and what each learner minds it."""

    weekday: Weekday
    start: Minute
    end: Minute
    cost: Annotated[int, Meta(ge=0, le=10_000)]


class Shared(NamedTuple):
    """So many people want both sections."""

    first: Id
    second: Id
    people: Count


class Calendar(Struct, frozen=True, dict=True):
    """The weeks of the term, the days off for everybody, and the grid on which meetings start."""

    first_day: date
    weeks: Week
    closed: Annotated[tuple[date, ...], Meta(max_length=1000)]
    grid_minutes: Minutes

    def day(self, when: date) -> int:
        """The number of days from the first day of the term to a date."""
        return (when - self.first_day).days

    def date(self, day: int) -> date:
        """The date of a day of the term."""
        return self.first_day + timedelta(days=day)

    @cached_property
    def closed_days(self) -> frozenset[int]:
        """The days off, as days of the term."""
        return frozenset(self.day(when) for when in self.closed)


class Travel(Struct, frozen=True):
    """How fast teachers go between two venues."""

    metres_per_minute: Annotated[int, Meta(ge=1, le=100_000)]
    overhead_minutes: Pause


class Weights(Struct, frozen=True, omit_defaults=True):
    """What one piece of each part of the cost weighs."""

    unplaced: Weight = 0
    lost: Weight = 0
    distance: Weight = 0
    teacher_distance: Weight = 0
    money: Weight = 0
    time: Weight = 0
    clash: Weight = 0
    uncovered: Weight = 0
    overwork: Weight = 0
    moved_time: Weight = 0
    moved_room: Weight = 0
    moved_teacher: Weight = 0


class Unit(Struct, frozen=True):
    """A node of the network: a city, county or street."""

    id: Id
    parent: Id | None = None
    level: str = ""
    budget: Budget | None = None
    name: str = ""


class Community(Struct, frozen=True):
    """A place where learners live."""

    id: Id
    x: Coordinate
    y: Coordinate
    unit: Id | None = None
    name: str = ""


class Venue(Struct, frozen=True):
    """A site with rooms."""

    id: Id
    x: Coordinate
    y: Coordinate
    unit: Id | None = None
    kind: str = ""


class Room(Struct, frozen=True, omit_defaults=True):
    """A room of a venue, with the hours it may be used and those of dates at which it is not to be had."""

    id: Id
    venue: Id
    capacity: Count
    features: Annotated[tuple[str, ...], Meta(max_length=1000)]
    open: Annotated[tuple[Hours, ...], Meta(max_length=1000)]
    closed: Annotated[tuple[date, ...], Meta(max_length=1000)]
    turnaround: Pause
    fee: Yuan
    busy: Annotated[tuple[BusyRoomHours, ...], Meta(max_length=100_000)] = ()


class Teacher(Struct, frozen=True, omit_defaults=True):
    """A teacher or volunteer: what they teach, when, how much and how far from home."""

    id: Id
    x: Coordinate
    y: Coordinate
    subjects: Annotated[tuple[str, ...], Meta(max_length=1000)]
    available: Annotated[tuple[Hours, ...], Meta(max_length=1000)]
    absent: Annotated[tuple[date, ...], Meta(max_length=1000)]
    max_day: Count
    max_week: Count
    wanted_week: Count
    fee: Yuan
    max_metres: Metres
    kind: str = ""
    busy: Annotated[tuple[BusyTeacherHours, ...], Meta(max_length=100_000)] = ()


class Pin(Struct, frozen=True, omit_defaults=True):
    """The parts of a placement that planning must not change; with ``placed`` it needs a place, wherever that is."""

    week: Week | None = None
    meetings: tuple[Meeting, ...] | None = None
    room: Id | None = None
    teacher: Id | None = None
    placed: bool = False

    def __bool__(self) -> bool:
        return self.placed or any(part is not None for part in (self.week, self.meetings, self.room, self.teacher))


class Section(Struct, frozen=True, omit_defaults=True, dict=True):
    """A course held once for a group of learners."""

    id: Id
    subject: str
    unit: Id
    minutes: Minutes
    sessions: Annotated[int, Meta(ge=1, le=1000)]
    per_week: Annotated[int, Meta(ge=1, le=7)]
    first_weeks: tuple[Week, Week]
    day_gap: Annotated[int, Meta(ge=0, le=7)]
    windows: Annotated[tuple[Window, ...], Meta(max_length=1000)]
    learners: dict[Id, Count]
    max_metres: Metres
    needs: Annotated[tuple[str, ...], Meta(max_length=1000)]
    priority: Annotated[int, Meta(ge=1, le=5)]
    every: Annotated[int, Meta(ge=1, le=120)] = 1
    venues: tuple[Id, ...] | None = None
    teachers: tuple[Id, ...] | None = None
    pinned: Pin | None = None

    @cached_property
    def size(self) -> int:
        """How many people learn in the section."""
        return sum(self.learners.values())


class Term(Struct, frozen=True, omit_defaults=True, dict=True):
    """One planning problem."""

    calendar: Calendar
    travel: Travel
    weights: Weights
    units: Annotated[tuple[Unit, ...], Meta(max_length=100_000)]
    communities: Annotated[tuple[Community, ...], Meta(max_length=200_000)]
    venues: Annotated[tuple[Venue, ...], Meta(max_length=100_000)]
    rooms: Annotated[tuple[Room, ...], Meta(max_length=200_000)]
    teachers: Annotated[tuple[Teacher, ...], Meta(max_length=200_000)]
    sections: Annotated[tuple[Section, ...], Meta(max_length=200_000)]
    shared: Annotated[tuple[Shared, ...], Meta(max_length=1_000_000)] = ()
    previous: dict[Id, Placement] = {}
    format: str | None = None
    name: str = ""

    @cached_property
    def unit(self) -> dict[str, Unit]:
        """Units by their id."""
        return {unit.id: unit for unit in self.units}

    @cached_property
    def community(self) -> dict[str, Community]:
        """Communities by their id."""
        return {community.id: community for community in self.communities}

    @cached_property
    def venue(self) -> dict[str, Venue]:
        """Venues by their id."""
        return {venue.id: venue for venue in self.venues}

    @cached_property
    def room(self) -> dict[str, Room]:
        """Rooms by their id."""
        return {room.id: room for room in self.rooms}

    @cached_property
    def teacher(self) -> dict[str, Teacher]:
        """Teachers by their id."""
        return {teacher.id: teacher for teacher in self.teachers}

    @cached_property
    def section(self) -> dict[str, Section]:
        """Sections by their id."""
        return {section.id: section for section in self.sections}

    @cached_property
    def shared_with(self) -> dict[str, list[tuple[Section, int]]]:
        """For each section of a shared pair the other sections, and how many people want both."""
        shared_with: dict[str, list[tuple[Section, int]]] = {}
        for first, second, people in self.shared:
            shared_with.setdefault(first, []).append((self.section[second], people))
            shared_with.setdefault(second, []).append((self.section[first], people))
        return shared_with

    @cached_property
    def wanted_by(self) -> dict[str, list[Section]]:
        """For each community from which learners come the sections they want."""
        wanted_by: dict[str, list[Section]] = {}
        for section in self.sections:
            for name in section.learners:
                wanted_by.setdefault(name, []).append(section)
        return wanted_by

    def payers(self, section: Section) -> tuple[str, ...]:
        """The unit that pays for a section and all units above it."""
        chain: list[str] = []
        unit: str | None = section.unit
        while unit is not None:
            chain.append(unit)
            unit = self.unit[unit].parent
        return tuple(chain)

    def travel_minutes(self, start: Venue | Place, end: Venue) -> int:
        """Minutes a teacher needs between two venues; 0 inside one venue."""
        if start.id == end.id:
            return 0
        # division rounds down: negated before and after it rounds up, as everywhere here
        return -(-distance(start, end) // self.travel.metres_per_minute) + self.travel.overhead_minutes

    @cached_property
    def time_step(self) -> int:
        """The minutes of which every start and length of a session is a multiple."""
        return gcd(self.calendar.grid_minutes, *(section.minutes for section in self.sections))

    def rounded_pause(self, minutes: int) -> int:
        """A pause rounded up to the time step: no difference to what fits, but fewer pauses to work out answers for."""
        return -(-minutes // self.time_step) * self.time_step


def fees_of(section: Section, room: Room, teacher: Teacher) -> int:
    """What all sessions of a section cost in a room with a teacher, in yuan."""
    return (room.fee + teacher.fee) * section.sessions


def distance(start: Community | Venue | Place | Teacher, end: Community | Venue | Teacher) -> int:
    """Street distance in metres between two places."""
    return abs(start.x - end.x) + abs(start.y - end.y)
