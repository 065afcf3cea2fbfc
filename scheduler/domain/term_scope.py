"""Which terms a user finds: those they plan, and those of the units above, to which they add demand and sections."""

from sqlalchemy import ColumnElement, or_, select, true

from scheduler.core.extensions import db
from scheduler.models import Level, Term, Unit
from scheduler.web.access import Scope


def may_plan(scope: Scope, term: Term) -> bool:
    """Whether the user plans the term, not only adds to it."""
    return scope.covers(term.unit)


def term_in(scope: Scope, term_id: int) -> Term:
    """A term that the user plans, or 404."""
    return db.one_or_404(select(Term).join(Unit).where(Term.id == term_id, scope.units()))


def term_around(scope: Scope, term_id: int) -> Term:
    """A term that the user plans or that a unit above theirs plans, or 404."""
    return db.one_or_404(select(Term).join(Unit).where(Term.id == term_id, around(scope)))


def around(scope: Scope) -> ColumnElement[bool]:
    """A condition on ``units``: inside the scope, or above one of its subtrees."""
    codes = [path.strip("/").split("/") for path in scope.paths]
    above = {"/".join(parts[:depth]) + "/" for parts in codes for depth in range(1, len(parts))}
    return or_(scope.units(), Unit.path.in_(above))


def inside(scope: Scope, term: Term) -> ColumnElement[bool]:
    """A condition on ``units``: in the term's subtree and in the scope."""
    return scope.units() & Unit.path.startswith(term.unit.path, autoescape=True)


def near(term: Term) -> ColumnElement[bool]:
    """A condition on ``units``: what belongs to the term's unit, to those below it, or directly to one above it."""
    codes = term.unit.path.strip("/").split("/")
    above = ["/".join(codes[:depth]) + "/" for depth in range(1, len(codes))]
    return or_(Unit.path.startswith(term.unit.path, autoescape=True), Unit.path.in_(above))


def unit_in(scope: Scope, term: Term, unit_id: int) -> Unit:
    """A unit of the term in the scope, or 404."""
    return db.one_or_404(select(Unit).where(Unit.id == unit_id, inside(scope, term)))


def lacks_county(term: Term, unit: Unit | None) -> bool:
    """Whether a form must first ask for a unit: the term is a whole city's, and no unit below the city is known."""
    return term.unit.level is Level.CITY and (unit is None or unit.level is Level.CITY)


def in_county_of(unit: Unit | None) -> ColumnElement[bool]:
    """A condition on ``units``: in the county in which a unit lies, or directly above it; True without a unit."""
    if unit is None:
        return true()
    city, *county = unit.path.strip("/").split("/")[:2]
    path = "/".join([city, *county]) + "/"
    return or_(Unit.path.startswith(path, autoescape=True), Unit.path == f"{city}/")
