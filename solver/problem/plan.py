"""The plan document ``plan/1``: one answer to a term."""

from typing import Annotated, NamedTuple

from msgspec import Meta, Struct

Id = Annotated[str, Meta(max_length=200)]
Weekday = Annotated[int, Meta(ge=0, le=6)]


class Meeting(NamedTuple):
    """A weekly hour: the weekday and the minute at which it starts."""

    weekday: Weekday
    start: Annotated[int, Meta(ge=-100_000, le=100_000)]


class Placement(Struct, frozen=True):
    """First week, weekly meetings, room and teacher of a section; whether they are legal is for the check to say."""

    week: Annotated[int, Meta(ge=-10_000, le=10_000)]
    meetings: Annotated[tuple[Meeting, ...], Meta(max_length=100)]
    room: Id
    teacher: Id


class Plan(Struct, frozen=True):
    """Placements by section; the sections that are left out are named too."""

    placed: dict[Id, Placement]
    unplaced: tuple[Id, ...] = ()
    format: str | None = None
