"""What differs between two plans, and whom it touches."""

from collections.abc import Iterator

from msgspec import Struct

from solver.problem.plan import Id, Placement, Plan
from solver.problem.term import Term


class Change(Struct, frozen=True):
    """What is different for one section; ``kinds`` names it in the order time, room, teacher, or placed or unplaced."""

    section: Id
    kinds: tuple[str, ...]
    before: Placement | None
    after: Placement | None
    learners: int
    """How many people learn in the section; none where the term has no such section any more."""


class Comparison(Struct, frozen=True):
    """All changes from one plan to another."""

    changes: tuple[Change, ...]
    learners: int
    """How many people find something changed: those of sections that were placed before and are changed or gone."""


def compare(term: Term, before: Plan, after: Plan) -> Comparison:
    """The sections that two plans treat differently, in the order of the term, and how many learners that touches."""
    changes = tuple(_changes(term, before, after))
    return Comparison(changes, sum(change.learners for change in changes if change.before is not None))


def _changes(term: Term, before: Plan, after: Plan) -> Iterator[Change]:
    for name in dict.fromkeys((*term.section, *before.placed, *after.placed)):
        old, new = before.placed.get(name), after.placed.get(name)
        kinds = tuple(_kinds(old, new))
        if kinds:
            section = term.section.get(name)
            yield Change(name, kinds, old, new, section.size if section is not None else 0)


def _kinds(old: Placement | None, new: Placement | None) -> Iterator[str]:
    if old is None or new is None:
        if old is not new:
            yield "placed" if old is None else "unplaced"
        return
    if (old.week, sorted(old.meetings)) != (new.week, sorted(new.meetings)):
        yield "time"
    if old.room != new.room:
        yield "room"
    if old.teacher != new.teacher:
        yield "teacher"
