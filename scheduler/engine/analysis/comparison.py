"""What differs between two plans of a term, in figures and section by section.

Both are measured in the term as it is today, so that the same rooms, ways and weights count for both.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import pstdev

from sqlalchemy import select
from sqlalchemy.orm import joinedload

import solver
from scheduler.core.extensions import db
from scheduler.engine.documents.keys import SECTION, row_id
from scheduler.engine.documents.placements import current_placements
from scheduler.engine.documents.places import SectionPlace
from scheduler.engine.documents.term_cache import prepared
from scheduler.models import Plan, Section, Unit
from solver import Placed, Timetable

MAX_SHARE = 0.9
"""Of ten communities nine: what the tenth has is looked at apart."""


@dataclass(frozen=True)
class Fairness:
    """How even a plan is between communities from which learners come.

    ``half`` and ``most`` say how far (m) the learners of half and of nine tenths of the communities walk at most, on
    average of each; ``share`` is the share of learners with a place within reach that nine tenths of the communities
    have at least; spreads are standard deviations between communities (m, share).
    """

    communities: int
    unserved: int
    half: float
    most: float
    spread: float
    share: float
    share_spread: float


@dataclass(frozen=True)
class Figures:
    """A plan in numbers: ``learners`` have a place within reach, of ``wanted``; ``metres`` is their mean way.

    ``cost`` is that of the whole plan by part, also where only the sections of one unit are counted.
    """

    sections: int
    placed: int
    learners: int
    wanted: int
    metres: float | None
    fairness: Fairness
    cost: dict[str, int]

    @property
    def total(self) -> int:
        """The whole cost."""
        return sum(self.cost.values())


@dataclass(frozen=True)
class Changed:
    """A section that two plans treat differently; ``kinds`` as in solver.Change."""

    section: Section
    kinds: tuple[str, ...]
    before: SectionPlace | None
    after: SectionPlace | None
    learners: int


@dataclass(frozen=True)
class Comparison:
    """Two plans side by side; ``people`` find something changed that was placed before."""

    before: Figures
    after: Figures
    changes: list[Changed]
    people: int

    @property
    def by_kind(self) -> Counter[str]:
        """How many changes there are of each kind."""
        return Counter(kind for change in self.changes for kind in change.kinds)


def comparison(before: Plan, after: Plan, unit: Unit | None = None) -> Comparison:
    """Two plans of one term, of all sections or of those of a unit and the units below it."""
    term = prepared(after.term).document
    old, new = (solver.Plan(current_placements(plan.id)) for plan in (before, after))
    names = {section.id for section in term.sections if unit is None or unit.code in term.payers(section)}
    differences = solver.compare(term, old, new)
    inside = [change for change in differences.changes if change.section in names]
    rows = _sections(change.section for change in inside)
    return Comparison(
        before=_figures(term, old, names),
        after=_figures(term, new, names),
        changes=[
            Changed(rows[change.section], change.kinds, _place(change.before), _place(change.after), change.learners)
            for change in inside
        ],
        people=sum(change.learners for change in inside if change.before is not None),
    )


def _sections(names: Iterable[str]) -> dict[str, Section]:
    ids = {name: row_id(SECTION, name) for name in names}
    statement = select(Section).where(Section.id.in_(ids.values())).options(joinedload(Section.course))
    rows = {row.id: row for row in db.session.scalars(statement.options(joinedload(Section.unit)))}
    return {name: rows[number] for name, number in ids.items() if number is not None}


def _place(placement: solver.Placement | None) -> SectionPlace | None:
    return None if placement is None else SectionPlace.from_document(placement)


def _figures(term: solver.Term, plan: solver.Plan, names: set[str]) -> Figures:
    sections = [section for section in term.sections if section.id in names]
    placed = [entry for entry in Timetable(term, plan).placed if entry.section.id in names]
    reached, ways = _by_community(placed)
    people = Counter[str]()
    for section in sections:
        people.update(section.learners)
    learners = sum(reached.values())
    return Figures(
        sections=len(sections),
        placed=len(placed),
        learners=learners,
        wanted=sum(people.values()),
        metres=sum(ways.values()) / learners if learners else None,
        fairness=_fairness(people, reached, ways),
        cost=solver.check(term, plan).cost,
    )


def _by_community(placed: Sequence[Placed]) -> tuple[Counter[str], Counter[str]]:
    """How many learners of each community have a place within reach, and how far all of them walk together (m)."""
    reached, ways = Counter[str](), Counter[str]()
    for entry in placed:
        for community, people in entry.reached.items():
            reached[community] += people
            ways[community] += people * entry.metres[community]
    return reached, ways


def _fairness(demand: Mapping[str, int], reached: Mapping[str, int], ways: Mapping[str, int]) -> Fairness:
    means = sorted(ways[name] / reached[name] for name in demand if reached[name])
    shares = sorted((reached[name] / people for name, people in demand.items() if people), reverse=True)
    return Fairness(
        communities=len(demand),
        unserved=sum(not reached[name] for name in demand),
        half=_of_first(means, 0.5),
        most=_of_first(means, MAX_SHARE),
        spread=pstdev(means) if means else 0.0,
        share=_of_first(shares, MAX_SHARE),
        share_spread=pstdev(shares) if shares else 0.0,
    )


def _of_first(ordered: Sequence[float], share: float) -> float:
    """The last value of a share of all, such as of the first nine of ten; 0 where there is none."""
    return ordered[ceil(share * len(ordered)) - 1] if ordered else 0.0
