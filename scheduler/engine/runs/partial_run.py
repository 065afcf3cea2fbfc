"""Planning only a part of a term again: what is chosen, what stays, and whether it can stay."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _, ngettext
from sqlalchemy import select

import solver
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.engine.documents.keys import SECTION, key, row_id
from scheduler.engine.documents.snapshot import plan_document
from scheduler.engine.documents.term_cache import prepared
from scheduler.engine.words.sentences import violation_sentence
from scheduler.models import Plan, PlanningScope, Section, Unit

MAX_NAME_LENGTH: Final = 200
MAX_SENTENCES_SHOWN: Final = 10
"""Sentences about broken rules before the others are only counted."""


@dataclass(frozen=True)
class PartSelection:
    """The sections of a term that are planned again, while all others stay as ``base`` has them."""

    scope: PlanningScope
    base: Plan
    sections: Sequence[Section]
    unit: Unit | None = None

    @property
    def names(self) -> frozenset[str]:
        """The sections as documents name them."""
        return frozenset(key(SECTION, section.id) for section in self.sections)

    @property
    def title(self) -> str:
        """What is planned again, in a few words."""
        if self.scope is PlanningScope.UNIT and self.unit is not None:
            return self.unit.name
        if self.scope is PlanningScope.UNPLACED:
            return _("the unplaced")
        if len(self.sections) == 1:
            return self.sections[0].name
        return ngettext("%(num)s section", "%(num)s sections", len(self.sections))

    @property
    def draft_name(self) -> str:
        """The name of the plan that comes of it: the base plan's, and what was planned again."""
        suffix = _("%(what)s again", what=self.title)[: MAX_NAME_LENGTH // 2]
        length = MAX_NAME_LENGTH - len(suffix) - len(" · ")
        base = self.base.name if len(self.base.name) <= length else self.base.name[: length - 1] + "…"
        return f"{base} · {suffix}"


@dataclass(frozen=True)
class Broken:
    """Sections that cannot stay where the base plan has them, with the rules that are broken, in words."""

    sections: Sequence[Section]
    sentences: list[str]


def base_document(part: PartSelection) -> solver.Plan:
    """The base plan as a document."""
    return plan_document(part.base)


def broken_in(part: PartSelection) -> Broken | None:
    """What cannot stay in the term as it is today; None where everything can."""
    broken = solver.broken(prepared(part.base.term).document, base_document(part), part.names)
    if broken is None:
        return None
    ids = {row_id(SECTION, name) or 0 for name in broken.sections}
    sections = db.session.scalars(select(Section).where(Section.id.in_(ids)).order_by(Section.id)).all()
    return Broken(sections, _sentences(broken))


def refuse_broken(document: solver.Term, base: solver.Plan, names: Collection[str]) -> None:
    """Raise a DomainError where what would stay breaks a rule of the term."""
    broken = solver.broken(document, base, names)
    if broken is not None:
        raise DomainError(" ".join([_("Not everything can stay where it is."), *_sentences(broken)]))


def nothing_moved(sections: Iterable[Section], before: solver.Plan, after: solver.Plan) -> bool:
    """Whether two plans treat some sections in the same way."""
    names = (key(SECTION, section.id) for section in sections)
    return all(before.placed.get(name) == after.placed.get(name) for name in names)


def _sentences(broken: solver.Broken) -> list[str]:
    sentences = [violation_sentence(violation) for violation in broken.violations[:MAX_SENTENCES_SHOWN]]
    return [*sentences, *(["…"] if len(broken.violations) > MAX_SENTENCES_SHOWN else [])]
