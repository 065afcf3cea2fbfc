"""What a scenario changes in the document of a term; a document goes in, another one comes out, nothing else happens.

A new kind is a new class, a line in ``AnyChange`` and its words in ``change_words``.
"""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Final

import msgspec
from flask_babel import gettext as _
from msgspec import Meta, Struct
from msgspec.structs import replace

import solver
from scheduler.core.errors import DomainError
from scheduler.engine.documents.codec import term_json
from scheduler.engine.documents.keys import VENUE
from solver import (
    AnyRelaxation,
    ExtendAvailability,
    Hours,
    Id,
    OpenRoom,
    Room,
    TeachSubject,
    Term,
    Unit,
    merged_hours,
    with_changed,
)

VERSION: Final = 1
MAX_CHANGES: Final = 40
MAX_BYTES: Final = 20_000
MAX_YUAN: Final = 1_000_000_000
MAX_WEIGHT: Final = 100_000

NAMED: Final = frozenset({"room", "teacher", "section", "unit", "venue"})
"""Fields of a relaxation that name something, each like the register of the term in which it stands."""
GROWING: Final = frozenset({"sessions", "yuan", "metres", "people"})
"""Fields of a relaxation that say how much more, or fewer, is granted."""

Spans = Annotated[tuple[Hours, ...], Meta(min_length=1, max_length=70)]
Percent = Annotated[int, Meta(ge=-100, le=1000)]


class Change(Struct, frozen=True, tag_field="kind", forbid_unknown_fields=True):
    """One thing that is otherwise than in the registers; what it is about is named by ids of the document."""

    def apply(self, term: Term) -> Term:
        """The term with this change. Raises KeyError where the term has no such thing."""
        raise NotImplementedError


class Granted(Change, frozen=True, tag="granted"):
    """Anything that the explanations or the list of what would help offer."""

    thing: AnyRelaxation

    def apply(self, term: Term) -> Term:
        for table in NAMED.intersection(self.thing.__struct_fields__):
            getattr(term, table)[getattr(self.thing, table)]
        return self.thing.apply(term)


class OpenVenue(Change, frozen=True, tag="open venue"):
    """All rooms of a venue are open at more hours of the week."""

    venue: Id
    hours: Spans

    def apply(self, term: Term) -> Term:
        venue = term.venue[self.venue].id
        rooms = (
            replace(room, open=merged_hours((*room.open, *self.hours))) if room.venue == venue else room
            for room in term.rooms
        )
        return replace(term, rooms=tuple(rooms))


class CloseVenue(Change, frozen=True, tag="close venue"):
    """A venue is closed on every date of the term."""

    venue: Id

    def apply(self, term: Term) -> Term:
        venue = term.venue[self.venue].id
        rooms = (_closed(term, room) if room.venue == venue else room for room in term.rooms)
        return replace(term, rooms=tuple(rooms))


class CloseRoom(Change, frozen=True, tag="close room"):
    """A room is closed on every date of the term."""

    room: Id

    def apply(self, term: Term) -> Term:
        return with_changed(term, "rooms", _closed(term, term.room[self.room]))


class ChangeBudgets(Change, frozen=True, tag="change budgets"):
    """The budget of a unit, or every budget, changes by so many per cent and then by so many yuan; none falls below 0.

    A unit without a limit stays without one.
    """

    percent: Percent
    yuan: Annotated[int, Meta(ge=-MAX_YUAN, le=MAX_YUAN)] = 0
    unit: Id | None = None

    def apply(self, term: Term) -> Term:
        if self.unit is not None:
            return with_changed(term, "units", self._changed(term.unit[self.unit]))
        return replace(term, units=tuple(map(self._changed, term.units)))

    def amount(self, yuan: int) -> int:
        """What becomes of a budget."""
        return min(MAX_YUAN, max(0, yuan * (100 + self.percent) // 100 + self.yuan))

    def _changed(self, unit: Unit) -> Unit:
        return unit if unit.budget is None else replace(unit, budget=self.amount(unit.budget))


class TeacherLeaves(Change, frozen=True, tag="teacher leaves"):
    """A teacher is no longer there."""

    teacher: Id

    def apply(self, term: Term) -> Term:
        return with_changed(term, "teachers", replace(term.teacher[self.teacher], available=()))


class Weigh(Change, frozen=True, tag="weigh"):
    """A part of the cost counts so many per cent more or less."""

    part: Id
    percent: Percent

    def apply(self, term: Term) -> Term:
        if self.part not in term.weights.__struct_fields__:
            raise KeyError(self.part)
        weight = self.amount(getattr(term.weights, self.part))
        return replace(term, weights=replace(term.weights, **{self.part: weight}))

    def amount(self, weight: int) -> int:
        """What becomes of a weight."""
        return min(MAX_WEIGHT, weight * (100 + self.percent) // 100)


AnyChange = Granted | OpenVenue | CloseVenue | CloseRoom | ChangeBudgets | TeacherLeaves | Weigh
"""The type that a stored change is read as; ``kind`` says which one it is."""


def opened(place: str, hours: Iterable[tuple[int, int, int]]) -> AnyChange:
    """A room or venue, by its name in the document, is open also at (weekday, first minute, last minute)."""
    spans = tuple(Hours(*span) for span in hours)
    return OpenVenue(place, spans) if place.startswith(VENUE) else Granted(OpenRoom(place, spans))


def closed(place: str) -> AnyChange:
    """A room or venue, by its name in the document, is closed the whole term."""
    return CloseVenue(place) if place.startswith(VENUE) else CloseRoom(place)


def more_time(teacher: str, hours: Iterable[tuple[int, int, int]]) -> AnyChange:
    """A teacher can teach also at (weekday, first minute, last minute)."""
    return Granted(ExtendAvailability(teacher, tuple(Hours(*span) for span in hours)))


def one_more_subject(teacher: str, subject: str) -> AnyChange:
    """A teacher teaches a subject as well."""
    return Granted(TeachSubject(teacher, subject))


def joined(*hours: Iterable[Iterable[int]]) -> list[list[int]]:
    """Weekly hours (weekday, first minute, last minute) of several lists as one; what touches or overlaps is joined."""
    return [list(span) for span in merged_hours(Hours(*span) for several in hours for span in several)]


def described(change: AnyChange) -> tuple[str, dict[str, Any]]:
    """The kind of a change, or of what it grants, and its fields by name."""
    about = change.thing if isinstance(change, Granted) else change
    return str(about.__struct_config__.tag), {field: getattr(about, field) for field in about.__struct_fields__}


class _Stored(Struct, forbid_unknown_fields=True):
    version: int
    changes: list[AnyChange]


def stored(changes: Iterable[AnyChange]) -> dict[str, Any]:
    """The changes as a scenario keeps them."""
    return dict(msgspec.to_builtins(_Stored(VERSION, list(changes))))


def read_changes(value: dict[str, Any]) -> list[AnyChange]:
    """The changes that ``stored`` wrote. Raises ValueError for another version."""
    stored = msgspec.convert(value, _Stored)
    if stored.version != VERSION:
        raise ValueError(f"changes of version {stored.version}")
    return stored.changes


def write_change(change: AnyChange) -> str:
    """One change as a text, so that an address can carry it."""
    return msgspec.json.encode(change).decode()


def read_change(text: str) -> AnyChange:
    """The change that ``write_change`` wrote. Raises DomainError for any other text."""
    try:
        return msgspec.json.decode(text[:MAX_BYTES], type=AnyChange)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise DomainError(_("This is no change of a scenario.")) from error


def read_grants(texts: Sequence[str]) -> list[AnyChange]:
    """Changes that grant what JSON texts describe, each a list of relaxations. Raises DomainError."""
    if sum(map(len, texts)) > MAX_BYTES:
        raise DomainError(_("This is too much for one scenario."))
    try:
        things = [thing for text in texts for thing in msgspec.json.decode(text, type=list[AnyRelaxation])]
    except (msgspec.DecodeError, UnicodeError) as error:
        raise DomainError(_("This cannot be tried: it is nothing that could be granted.")) from error
    return [Granted(thing) for thing in dict.fromkeys(things)]


def write_grants(things: Iterable[AnyRelaxation]) -> str:
    """The JSON text that ``read_grants`` reads."""
    return msgspec.json.encode(list(things)).decode()


def apply_changes(term: Term, changes: Iterable[AnyChange]) -> tuple[Term, list[AnyChange]]:
    """The document with the changes, one after the other, and those whose room, teacher or section has vanished."""
    vanished = []
    for change in changes:
        try:
            term = change.apply(term)
        except KeyError:
            vanished.append(change)
    return term, vanished


def refuse_impossible(term: Term, changes: Sequence[AnyChange]) -> None:
    """Raise DomainError unless each change names what the term has and all make a document that can be read."""
    if len(changes) > MAX_CHANGES:
        raise DomainError(_("A scenario has at most %(number)d changes.", number=MAX_CHANGES))
    if not all(map(_sensible, changes)):
        raise DomainError(_("Hours end after they start, and what is granted is more than nothing."))
    changed, vanished = apply_changes(term, changes)
    if vanished:
        raise DomainError(_("This term has no such room, teacher, section or unit. Choose another."))
    try:
        solver.read_term(term_json(changed))
    except solver.DocumentError as error:
        raise DomainError(_("This cannot be planned: %(problem)s.", problem=str(error)[:200])) from error


def _sensible(change: AnyChange) -> bool:
    _kind, values = described(change)
    amounts = [values[field] for field in GROWING.intersection(values)] if isinstance(change, Granted) else []
    return all(amount > 0 for amount in amounts) and all(span.start < span.end for span in values.get("hours", ()))


def _closed(term: Term, room: Room) -> Room:
    dates = {term.calendar.date(day) for day in range(7 * term.calendar.weeks)}
    return replace(room, closed=tuple(sorted(dates.union(room.closed))))
