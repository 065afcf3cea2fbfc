"""Changes of sources, and of the demand that is worked out from them."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, func, select

from scheduler.audit.changesets import ChangeLog, undo
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.domain.demand import MAX_PEOPLE
from scheduler.domain.term_scope import inside
from scheduler.features.planning.demand.sources.queries import Effect, Worked
from scheduler.models import (
    ChangeEntry,
    ChangeSet,
    ChangeSetKind,
    Community,
    Course,
    Demand,
    DemandSource,
    Section,
    SectionLearners,
    SourceKind,
    Term,
)
from scheduler.web.access import Scope

MAX_COMMUNITIES_NAMED = 3
ALL_PERCENT = 100
DEMAND_PARTS = ("community", "people", "worked_out", "assumed")
SOURCE_PARTS = ("community", "people")
"""Parts of an entry in which it has to be as it was left, so that it is taken back."""


def create_source(
    term: Term, course: Course, community: Community, kind: SourceKind, people: int, percent: int = ALL_PERCENT
) -> DemandSource:
    """What one source says; the database refuses a second entry of the same kind."""
    _refuse_share(kind, percent)
    source = DemandSource(
        term=term, course=course, community=community, kind=kind, people=people, percent=percent
    )
    db.session.add(source)
    db.session.flush()
    return source


def edit_source(source: DemandSource, people: int, percent: int) -> DemandSource:
    """Other numbers; course, community and kind stay."""
    _refuse_share(source.kind, percent)
    source.people, source.percent = people, percent
    db.session.flush()
    return source


def _refuse_share(kind: SourceKind, percent: int) -> None:
    if kind is not SourceKind.SURVEY and percent != ALL_PERCENT:
        raise DomainError(_("Only a survey is counted in part. Write 100 for the other sources."), "percent")


def set_people(sources: Sequence[DemandSource], people: dict[int, int]) -> int:
    """Change the people of sources by id; how many changed."""
    changed = [source for source in sources if people.get(source.id, source.people) != source.people]
    for source in changed:
        source.people = people[source.id]
    db.session.flush()
    return len(changed)


def remove_source(source: DemandSource) -> None:
    """The source says nothing any more."""
    db.session.delete(source)
    db.session.flush()


def work_out(term: Term, worked: Iterable[Worked], typed: Collection[int] = ()) -> ChangeSet:
    """Write what the sources come to into the demand; of typed numbers only those with these ids."""
    log = ChangeLog(ChangeSetKind.DEMAND_WORKED_OUT, term, term.id)
    for entry in worked:
        replaced = entry.effect is Effect.TYPED and entry.entry is not None and entry.entry.id in typed
        if entry.effect in (Effect.NEW, Effect.CHANGED) or replaced:
            _write(term, entry, log)
    return log.close()


def _write(term: Term, worked: Worked, log: ChangeLog) -> None:
    if worked.entry is None:
        entry = Demand(term=term, course=worked.course, community=worked.community)
        log.making(entry, DEMAND_PARTS, worked.community.name)
    else:
        entry = worked.entry
        log.changing(entry, DEMAND_PARTS, worked.community.name)
    entry.people, entry.worked_out, entry.assumed = worked.people, True, False
    db.session.add(entry)


def take_over(scope: Scope, earlier: Term, term: Term, kinds: Collection[SourceKind]) -> ChangeSet:
    """Make the learners and lists of an earlier term sources of this one, for the communities in the scope."""
    log = ChangeLog(ChangeSetKind.SOURCES_TAKEN_OVER, term, term.id)
    for kind in kinds:
        rows = db.session.execute(_learners(scope, earlier, term) if kind is SourceKind.PAST else _listed(
            scope, earlier, term, kind
        ))
        sources = {
            (source.course_id, source.community_id): source
            for source in db.session.scalars(
                select(DemandSource).where(DemandSource.term_id == term.id, DemandSource.kind == kind)
            )
        }
        for course_id, community_id, people in rows:
            source = sources.get((course_id, community_id)) or DemandSource(
                term_id=term.id, course_id=course_id, community_id=community_id, kind=kind, percent=ALL_PERCENT
            )
            _set_people(source, min(people, MAX_PEOPLE), log)
    return log.close()


def _set_people(source: DemandSource, people: int, log: ChangeLog) -> None:
    if source.id is None:
        log.making(source, SOURCE_PARTS)
        db.session.add(source)
    elif source.people != people:
        log.changing(source, SOURCE_PARTS)
    source.people = people


def _learners(scope: Scope, earlier: Term, term: Term) -> Select[int, int, int]:
    """Course, community and learners in the sections of the earlier term that stand."""
    return (
        select(Section.course_id, SectionLearners.community_id, func.sum(SectionLearners.people))
        .join(SectionLearners.section)
        .join(Section.course)
        .join(SectionLearners.community)
        .join(Community.unit)
        .where(Section.term_id == earlier.id, Section.archived_at.is_(None), *_lasting(scope, term))
        .group_by(Section.course_id, SectionLearners.community_id)
        .order_by(Section.course_id, SectionLearners.community_id)
    )


def _listed(scope: Scope, earlier: Term, term: Term, kind: SourceKind) -> Select[int, int, int]:
    return (
        select(DemandSource.course_id, DemandSource.community_id, DemandSource.people)
        .join(DemandSource.course)
        .join(DemandSource.community)
        .join(Community.unit)
        .where(DemandSource.term_id == earlier.id, DemandSource.kind == kind, *_lasting(scope, term))
        .order_by(DemandSource.id)
    )


def _lasting(scope: Scope, term: Term) -> tuple[Any, ...]:
    """What is still offered and still there."""
    return inside(scope, term), Course.archived_at.is_(None), Community.archived_at.is_(None)


def take_back(change_set: ChangeSet) -> int:
    """Bring back what stood there before, as a whole; DomainError where somebody has changed an entry since."""
    result = undo(change_set, whole=True)
    if result.blocked:
        raise DomainError(_changed_since([blocked.entry for blocked in reversed(result.blocked)]))
    return len(result.restored)


def _changed_since(entries: Sequence[ChangeEntry]) -> str:
    ids = list(dict.fromkeys(state["community"] for entry in entries if (state := entry.after or entry.before)))
    names = db.session.scalars(
        select(Community.name).where(Community.id.in_(ids[:MAX_COMMUNITIES_NAMED])).order_by(Community.code)
    )
    return _(
        "Since then somebody has changed numbers of %(names)s, so this cannot be undone as a whole. "
        "Nothing was changed.",
        names=_(", ").join(names) + (" …" if len(ids) > MAX_COMMUNITIES_NAMED else ""),
    )
