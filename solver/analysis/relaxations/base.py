"""What every relaxation offers."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from solver.problem.busy import BusyHours
from solver.problem.plan import Id
from solver.problem.term import Hours, Room, Section, Teacher, Term, Unit

Thing = Room | Teacher | Section | Unit
Value = TypeVar("Value")
AnyBusyHours = TypeVar("AnyBusyHours", bound=BusyHours)

HALF_HOUR = 30


class Relaxation(Struct, frozen=True, tag_field="kind"):
    """One thing granted; what it is about is named by ids of the term.

    A relaxation takes nothing from anybody: what is legal of other sections before stays legal after it.
    """

    @property
    def effort(self) -> int:
        """How much is asked, in points: one stands for half an hour of a room a week, the others are set against it."""
        raise NotImplementedError

    def apply(self, term: Term) -> Term:
        """The term in which it is granted. Raises KeyError for a name that the term does not have."""
        raise NotImplementedError


class RoomRelaxation(Relaxation, frozen=True):
    """More of a room."""

    room: Id

    def apply(self, term: Term) -> Term:
        """The term in which the room gives more."""
        return with_changed(term, "rooms", self.loosened(term.room[self.room]))

    def loosened(self, room: Room) -> Room:
        """The room as granted."""
        raise NotImplementedError


class TeacherRelaxation(Relaxation, frozen=True):
    """More of a teacher."""

    teacher: Id

    def apply(self, term: Term) -> Term:
        """The term in which the teacher gives more."""
        return with_changed(term, "teachers", self.loosened(term.teacher[self.teacher]))

    def loosened(self, teacher: Teacher) -> Teacher:
        """The teacher as granted."""
        raise NotImplementedError


class SectionRelaxation(Relaxation, frozen=True):
    """Less asked for by a section."""

    section: Id

    def apply(self, term: Term) -> Term:
        """The term in which the section asks for less."""
        return with_changed(term, "sections", self.loosened(term.section[self.section]))

    def loosened(self, section: Section) -> Section:
        """The section as granted."""
        raise NotImplementedError


def with_changed(term: Term, table: str, thing: Thing) -> Term:
    """The term with another version of one room, teacher, section or unit."""
    things = tuple(thing if other.id == thing.id else other for other in getattr(term, table))
    return replace(term, **{table: things})


def half_hours(hours: Iterable[Hours]) -> int:
    """How many half hours some hours have, each span rounded up."""
    return sum(-(-(span.end - span.start) // HALF_HOUR) for span in hours)


def without_closures(busy: tuple[AnyBusyHours, ...], granted: tuple[date, ...]) -> tuple[AnyBusyHours, ...]:
    """The busy hours on other dates than those granted, and all that other terms have."""
    left = (hours if hours.name else replace(hours, dates=without(hours.dates, granted)) for hours in busy)
    return tuple(hours for hours in left if hours.dates)


def without(values: tuple[Value, ...], granted: tuple[Value, ...]) -> tuple[Value, ...]:
    """The values that were not granted."""
    return tuple(value for value in values if value not in granted)
