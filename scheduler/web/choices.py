"""Choices of select fields that several features offer, and the rows that were chosen."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from flask_babel import LazyString, gettext as _, lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from wtforms import SelectChoice

from scheduler.core.database import Base
from scheduler.core.extensions import db
from scheduler.models import Feature, Subject, Unit
from scheduler.web.access import Scope
from scheduler.web.i18n import in_language
from scheduler.web.labels import words

SEARCH_TIMES: dict[int, LazyString] = {
    30: _l("30 seconds"),
    60: _l("1 minute"),
    120: _l("2 minutes"),
    600: _l("10 minutes"),
}
"""How many seconds a search may take."""
T = TypeVar("T", bound=Base)


def word_choices(words: Mapping[Any, LazyString]) -> list[SelectChoice]:
    """Choices of a select or radio field over all values that have words."""
    return [SelectChoice(str(value), word) for value, word in words.items()]


def enumeration_choices(kind: type[StrEnum]) -> list[SelectChoice]:
    """Choices of a select or radio field over all values of an enumeration of the tables."""
    return word_choices({member: words(member) for member in kind})


def chosen(kind: type[T], keys: Iterable[str]) -> list[T]:
    """Rows that a form chose among the choices offered to it, in the order of the choice."""
    return [row for row in (db.session.get(kind, int(key)) for key in keys if key) if row is not None]


def units_of(scope: Scope, archived: bool = False) -> Sequence[Unit]:
    """The scope's units in the order of the tree; archived ones if asked for."""
    statement = select(Unit).where(scope.units()).order_by(Unit.path).options(joinedload(Unit.census))
    return db.session.scalars(statement if archived else statement.where(Unit.archived_at.is_(None))).all()


def with_depths(units: Sequence[Unit]) -> list[tuple[Unit, int]]:
    """Each unit with how many levels it stands below the topmost of them."""
    shallowest = min((unit.path.count("/") for unit in units), default=0)
    return [(unit, unit.path.count("/") - shallowest) for unit in units]


def indented(units: Sequence[Unit]) -> list[SelectChoice]:
    """Units by id, each indented by its level."""
    return [SelectChoice(str(unit.id), "　" * depth + unit.name) for unit, depth in with_depths(units)]


def unit_choices(scope: Scope) -> list[SelectChoice]:
    """Every unit of the scope by id, indented by level."""
    return indented(units_of(scope))


def parent_choices(scope: Scope) -> list[SelectChoice]:
    """Every unit below which another may stand; whoever covers everything may also begin with a city."""
    city = [SelectChoice("", _("nothing: it is a city"))] if scope.everything else []
    return [*city, *unit_choices(scope)]


def feature_choices() -> list[SelectChoice]:
    """Everything a room can have."""
    features = db.session.scalars(select(Feature).order_by(Feature.code))
    return [SelectChoice(feature.code, in_language(feature.name_zh, feature.name_en)) for feature in features]


def subject_choices() -> list[SelectChoice]:
    """All subjects that are still taught, category by category."""
    subjects = db.session.scalars(
        select(Subject).where(Subject.archived_at.is_(None)).order_by(Subject.category, Subject.name_zh)
    )
    return [SelectChoice(subject.code, in_language(subject.name_zh, subject.name_en)) for subject in subjects]
