"""Hours of dates at which a room or teacher is busy: what other terms have taken, and hours that cannot be had."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from solver.problem.overlap import sessions_overlap
from solver.problem.plan import Id
from solver.problem.quantities import Coordinate, Minute, Pause


class Place(Struct, frozen=True):
    """A venue that the document need not have."""

    id: Id
    x: Coordinate
    y: Coordinate


class BusyHours(Struct, frozen=True, omit_defaults=True):
    """Minutes of some dates; ``name`` is the term that has them, empty where they simply cannot be had."""

    dates: Annotated[tuple[date, ...], Meta(max_length=1000)]
    start: Minute
    end: Minute
    name: Annotated[str, Meta(max_length=200)] = ""

    def meet(self, day: date, start: int, end: int, pause: int) -> bool:
        """Whether some minutes of a date lie within these hours or less than a pause before or after them."""
        return day in self.dates and sessions_overlap(start - self.start, end - start + pause, self.minutes + pause)

    @property
    def minutes(self) -> int:
        """How long they last."""
        return self.end - self.start


Busy = Sequence[tuple[BusyHours, int]]
"""Busy hours, each with the minutes that have to lie between them and a session."""


class BusyRoomHours(BusyHours, frozen=True, omit_defaults=True):
    """Hours at which a room is not to be had, with the minutes that stay free before and after them."""

    pause: Pause = 0


class BusyTeacherHours(BusyHours, frozen=True, omit_defaults=True):
    """Hours at which a teacher is not to be had, and where they are then: they need the time to come from there."""

    place: Place | None = None
