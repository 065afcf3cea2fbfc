"""What each change of a scenario writes into the registers: which entries, and what becomes of their values.

An edit takes the value of an entry and answers the new one. Kinds without an edit are granted by hand, on the page of
``BY_HAND``: they concern a course and with it other sections, or take learners away.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from scheduler.audit.states.codec import State
from scheduler.audit.states.registers import PINS
from scheduler.core.extensions import db
from scheduler.engine.analysis.changes import AnyChange, ChangeBudgets, Weigh, described, joined
from scheduler.engine.documents.keys import ROOM, SECTION, TEACHER, VENUE, row_id
from scheduler.models import Section, Term, Venue

Edit = Callable[[State], State]
Target = tuple[str, int]
"""The name of a register and the id of an entry."""

LETTERS = {"room": ROOM, "teacher": TEACHER, "section": SECTION, "venue": VENUE}
UNPINNED: State = {**dict.fromkeys(PINS), "pinned_meetings": []}
BY_HAND = frozenset({"drop needs", "fewer learners", "meet also", "closer meetings", "fewer sessions"})


def edits(term: Term, change: AnyChange) -> Iterator[tuple[Target, Edit]]:
    """The entries that a change writes with their edits; none for what is granted by hand or has vanished."""
    kind, fields = described(change)
    if kind in BY_HAND:
        return
    if isinstance(change, ChangeBudgets):
        yield ("term", term.id), _budgets(term, change)
    elif isinstance(change, Weigh):
        yield ("term", term.id), lambda state: {
            **state, "weights": {**state["weights"], change.part: change.amount(state["weights"].get(change.part, 0))}
        }
    elif kind == "raise budget":
        yield ("term", term.id), _budgets(term, ChangeBudgets(0, fields["yuan"], fields["unit"]))
    else:
        edit = EDITS[kind](term, fields)
        yield from ((target, edit) for target in _targets(fields))


def _targets(fields: dict[str, Any]) -> Iterator[Target]:
    """The entry that a change is about; a venue stands for its rooms, and what a section is allowed for the section."""
    register = next(name for name in ("section", "room", "teacher", "venue") if name in fields)
    entry_id = row_id(LETTERS[register], fields[register]) or 0
    if register == "venue":
        venue = db.session.get(Venue, entry_id)
        yield from (("room", room.id) for room in (venue.rooms if venue else ()) if not room.archived)
    else:
        yield register, entry_id


def course_of(change: AnyChange) -> Section | None:
    """The section of whose course or learners a change has to be granted by hand."""
    _kind, fields = described(change)
    return db.session.get(Section, row_id(SECTION, fields.get("section", "")) or 0)


def _budgets(term: Term, change: ChangeBudgets) -> Edit:
    codes = {str(budget.unit_id): budget.unit.code for budget in term.budgets}

    def edit(state: State) -> State:
        budgets = {
            unit_id: change.amount(yuan) if change.unit in (None, codes.get(unit_id)) else yuan
            for unit_id, yuan in state["budgets"].items()
        }
        return {**state, "budgets": budgets}

    return edit


def _with(field: str, value: Callable[[Any], Any]) -> Edit:
    return lambda state: {**state, field: value(state[field])}


def _add(field: str, amount: int) -> Edit:
    return _with(field, lambda before: before + amount)


def _add_hours(_term: Term, fields: dict[str, Any]) -> Edit:
    return _with("hours", lambda hours: joined(hours, fields["hours"]))


def _drop_dates(field: str) -> Callable[[Term, dict[str, Any]], Edit]:
    def edit(_term: Term, fields: dict[str, Any]) -> Edit:
        gone = {day.isoformat() for day in fields["dates"]}
        return _with(field, lambda dates: {
            when: reason for when, reason in dates.items() if when.partition(" ")[0] not in gone
        })

    return edit


def _close(term: Term, _fields: dict[str, Any]) -> Edit:
    days = ((term.first_day + timedelta(days=day)).isoformat() for day in range(7 * term.weeks))
    all_days = dict.fromkeys(days, term.name)
    return _with("closed", lambda closed: dict(sorted({**all_days, **closed}.items())))


def _allow(field: str, letter: str, register: str) -> Callable[[Term, dict[str, Any]], Edit]:
    """An empty list allows everything, and stays so."""

    def edit(_term: Term, fields: dict[str, Any]) -> Edit:
        new = row_id(letter, fields[register]) or 0
        return _with(field, lambda allowed: sorted({*allowed, new}) if allowed else allowed)

    return edit


EDITS: dict[str, Callable[[Term, dict[str, Any]], Edit]] = {
    "open room": _add_hours,
    "open venue": _add_hours,
    "open room on": _drop_dates("closed"),
    "close room": _close,
    "close venue": _close,
    "extend availability": _add_hours,
    "attend on": _drop_dates("absent"),
    "raise week": lambda _term, fields: _add("max_week", fields["sessions"]),
    "raise day": lambda _term, fields: _add("max_day", fields["sessions"]),
    "extend teacher reach": lambda _term, fields: _add("reach_metres", fields["metres"]),
    "teach subject": lambda _term, fields: _with("subjects", lambda codes: sorted({*codes, fields["subject"]})),
    "teacher leaves": lambda _term, _fields: _with("archived", lambda _archived: True),
    "extend reach": lambda _term, fields: _add("reach_metres", fields["metres"]),
    "allow venue": _allow("venues", VENUE, "venue"),
    "allow teacher": _allow("teachers", TEACHER, "teacher"),
    "begin until": lambda _term, fields: _with("latest_week", lambda week: max(week, fields["week"])),
    "unpin": lambda _term, _fields: lambda state: {**state, **UNPINNED},
}
