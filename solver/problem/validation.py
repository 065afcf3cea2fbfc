"""What the types of a term cannot say: names are unique and known, hours run forwards, the tree is one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from solver.problem.busy import BusyHours
from solver.problem.term import Hours, Section, Term, Unit, Window

Problem = tuple[str, str]


class Named(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """Its name within the document."""


def problems(term: Term) -> Iterator[Problem]:
    """The path and description of each wrong value of a decoded term."""
    if term.calendar.first_day.weekday():
        yield "calendar.first_day", f"{term.calendar.first_day} is not a Monday"
    for name in ("units", "communities", "venues", "rooms", "teachers", "sections"):
        yield from _repeated(name, getattr(term, name))
    yield from _tree(term)
    yield from _resources(term)
    for index, section in enumerate(term.sections):
        yield from _section(term, section, f"sections[{index}]")
    for index, pair in enumerate(term.shared):
        yield from _unknown([pair.first, pair.second], term.section, "section", f"shared[{index}]")
        if pair.first == pair.second:
            yield f"shared[{index}][1]", f"{pair.second!r} is shared with itself"


def _repeated(path: str, things: Sequence[Named]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, thing in enumerate(things):
        if thing.id in seen:
            yield f"{path}[{index}].id", f"{thing.id!r} is used twice"
        seen.add(thing.id)


def _tree(term: Term) -> Iterator[Problem]:
    # units that lead to the top: a chain is followed only until it meets one of them, so that each unit is seen once
    sound: set[str] = set()
    for index, unit in enumerate(term.units):
        above: Unit | None = unit
        chain: set[str] = set()
        while above is not None and above.id not in sound:
            chain.add(above.id)
            if above.parent is not None and above.parent not in term.unit:
                yield f"units[{index}].parent", f"unknown unit {above.parent!r}"
                return
            if above.parent in chain:
                yield f"units[{index}].parent", f"{above.parent!r} is above itself"
                return
            above = term.unit[above.parent] if above.parent is not None else None
        sound |= chain


def _resources(term: Term) -> Iterator[Problem]:
    for index, community in enumerate(term.communities):
        yield from _unknown_one(community.unit, term.unit, "unit", f"communities[{index}].unit")
    for index, venue in enumerate(term.venues):
        yield from _unknown_one(venue.unit, term.unit, "unit", f"venues[{index}].unit")
    for index, room in enumerate(term.rooms):
        yield from _unknown_one(room.venue, term.venue, "venue", f"rooms[{index}].venue")
        yield from _backwards(room.open, f"rooms[{index}].open")
        yield from _busy_backwards(room.busy, f"rooms[{index}].busy")
    for index, teacher in enumerate(term.teachers):
        yield from _backwards(teacher.available, f"teachers[{index}].available")
        yield from _busy_backwards(teacher.busy, f"teachers[{index}].busy")


def _section(term: Term, section: Section, path: str) -> Iterator[Problem]:
    yield from _unknown_one(section.unit, term.unit, "unit", f"{path}.unit")
    yield from _backwards(section.windows, f"{path}.windows")
    for community in section.learners:
        yield from _unknown_one(community, term.community, "community", f"{path}.learners[{community!r}]")
    yield from _unknown(section.venues or (), term.venue, "venue", f"{path}.venues")
    yield from _unknown(section.teachers or (), term.teacher, "teacher", f"{path}.teachers")
    if section.pinned:
        yield from _unknown_one(section.pinned.room, term.room, "room", f"{path}.pinned.room")
        yield from _unknown_one(section.pinned.teacher, term.teacher, "teacher", f"{path}.pinned.teacher")


def _unknown(names: Iterable[str], defined: Mapping[str, object], kind: str, path: str) -> Iterator[Problem]:
    for index, name in enumerate(names):
        yield from _unknown_one(name, defined, kind, f"{path}[{index}]")


def _unknown_one(name: str | None, defined: Mapping[str, object], kind: str, path: str) -> Iterator[Problem]:
    if name is not None and name not in defined:
        yield path, f"unknown {kind} {name!r}"


def _backwards(hours: Sequence[Hours | Window], path: str) -> Iterator[Problem]:
    for index, span in enumerate(hours):
        if span.end < span.start:
            yield f"{path}[{index}][2]", f"ends at {span.end}, before it starts at {span.start}"


def _busy_backwards(busy: Sequence[BusyHours], path: str) -> Iterator[Problem]:
    for index, hours in enumerate(busy):
        if hours.end < hours.start:
            yield f"{path}[{index}].end", f"ends at {hours.end}, before it starts at {hours.start}"
