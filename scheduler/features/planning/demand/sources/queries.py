"""Reads sources of demand within a scope, and what they come to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Select, func, select

from scheduler.audit.changesets import done_to
from scheduler.core.extensions import db
from scheduler.domain.demand import combined
from scheduler.domain.term_scope import around
from scheduler.features.planning.demand.queries import DemandFilters, listed
from scheduler.models import ChangeSet, ChangeSetKind, Community, Course, Demand, DemandSource, SourceKind, Term, Unit
from scheduler.web.access import Scope

Key = tuple[int, int]
"""Ids of course and community."""


@dataclass(frozen=True)
class SourceFilters(DemandFilters):
    """The same for sources, and one kind of them."""

    kind: SourceKind | None = None


class Effect(StrEnum):
    """What working out does to an entry of the demand."""

    NEW = "new"
    CHANGED = "changed"
    TYPED = "typed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Worked:
    """What the sources say of a course and a community, and what stands there now."""

    course: Course
    community: Community
    sources: tuple[DemandSource, ...]
    entry: Demand | None
    people: int

    @property
    def effect(self) -> Effect:
        """Typed numbers are replaced only when their coordinator says so."""
        if self.entry is None:
            return Effect.NEW
        if self.entry.people == self.people:
            return Effect.UNCHANGED
        return Effect.TYPED if self.entry.typed else Effect.CHANGED


def sources(scope: Scope, term: Term, filters: SourceFilters) -> Select[DemandSource]:
    """Sources of the term's communities in the scope."""
    statement = listed(DemandSource, scope, term, filters).order_by(DemandSource.kind)
    return statement if filters.kind is None else statement.where(DemandSource.kind == filters.kind)


def count(scope: Scope, term: Term) -> int:
    """Sources of the term in the scope."""
    everything = sources(scope, term, SourceFilters()).order_by(None).subquery()
    return db.session.scalar(select(func.count()).select_from(everything)) or 0


def source_in(scope: Scope, term: Term, source_id: int) -> DemandSource:
    """A source of the term, or 404 when it is unknown or outside the scope."""
    return db.one_or_404(sources(scope, term, SourceFilters()).where(DemandSource.id == source_id))


def worked(scope: Scope, term: Term, course_id: int | None = None) -> list[Worked]:
    """What the sources come to, for one course or all; archived courses and communities are past."""
    statement = sources(scope, term, SourceFilters(course_id))
    groups: defaultdict[Key, list[DemandSource]] = defaultdict(list)
    for source in db.session.scalars(statement.where(Course.archived_at.is_(None), Community.archived_at.is_(None))):
        groups[source.course_id, source.community_id].append(source)
    entries = _entries(term, course_id)
    return [
        Worked(group[0].course, group[0].community, tuple(group), entries.get(key), combined(group))
        for key, group in groups.items()
    ]


def _entries(term: Term, course_id: int | None) -> dict[Key, Demand]:
    """The demand for which there are sources, of one course or all."""
    same = DemandSource.course_id == Demand.course_id, DemandSource.community_id == Demand.community_id
    with_sources = select(DemandSource.id).where(DemandSource.term_id == term.id, *same).exists()
    statement = select(Demand).where(Demand.term_id == term.id, with_sources)
    entries = db.session.scalars(statement if course_id is None else statement.where(Demand.course_id == course_id))
    return {(entry.course_id, entry.community_id): entry for entry in entries}


def counts(worked_entries: Iterable[Worked]) -> dict[Effect, int]:
    """How many entries there are of each effect."""
    numbers = dict.fromkeys(Effect, 0)
    for entry in worked_entries:
        numbers[entry.effect] += 1
    return numbers


def earlier_terms(scope: Scope, term: Term) -> Sequence[Term]:
    """Terms from which sources may be taken over: all others that the user knows, the latest first."""
    statement = select(Term).join(Unit).where(Term.id != term.id, Term.first_day < term.first_day, around(scope))
    return db.session.scalars(statement.order_by(Term.first_day.desc(), Term.id.desc()).limit(50)).all()


def changes_of(user_id: int, term: Term, change_set_id: int) -> ChangeSet:
    """What this user has changed at once in the term, or 404."""
    kinds = ChangeSetKind.DEMAND_WORKED_OUT, ChangeSetKind.SOURCES_TAKEN_OVER
    return db.one_or_404(
        done_to(term).where(
            ChangeSet.id == change_set_id, ChangeSet.user_id == user_id, ChangeSet.kind.in_(kinds)
        )
    )
