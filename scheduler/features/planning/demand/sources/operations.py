"""Changes of sources, and of the demand that is worked out from them."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, func, select

from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.domain.demand import MAX_PEOPLE
from scheduler.domain.term_scope import inside
from scheduler.features.planning.demand.sources.queries import Effect, Worked
from scheduler.models import (
    Community,
    Course,
    Demand,
    DemandSource,
    DemandStep,
    Section,
    SectionLearners,
    SourceKind,
    StepKind,
    Term,
)
from scheduler.web.access import Scope

MAX_COMMUNITIES_NAMED = 3
ALL_PERCENT = 100
Change = dict[str, Any]
"""Ids of course and community, the kind of a source, and the values before (None: nothing there) and after."""


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


def work_out(term: Term, worked: Iterable[Worked], user_id: int, typed: Collection[int] = ()) -> DemandStep:
    """Write what the sources come to into the demand; of typed numbers only those with these ids."""
    changes = []
    for one in worked:
        replaced = one.effect is Effect.TYPED and one.entry is not None and one.entry.id in typed
        if one.effect in (Effect.NEW, Effect.CHANGED) or replaced:
            changes.append(_write(term, one))
    return _step(term, user_id, StepKind.WORKED_OUT, changes)


def _write(term: Term, one: Worked) -> Change:
    before = None if one.entry is None else _numbers(one.entry)
    entry = one.entry or Demand(term=term, course=one.course, community=one.community)
    entry.people, entry.worked_out, entry.assumed = one.people, True, False
    db.session.add(entry)
    return _change(one.course.id, one.community.id, before, _numbers(entry))


def take_over(scope: Scope, earlier: Term, term: Term, kinds: Collection[SourceKind], user_id: int) -> DemandStep:
    """Make the learners and lists of an earlier term sources of this one, for the communities in the scope."""
    changes: list[Change] = []
    for kind in kinds:
        rows = db.session.execute(_learners(scope, earlier, term) if kind is SourceKind.PAST else _listed(
            scope, earlier, term, kind
        ))
        known = {
            (source.course_id, source.community_id): source
            for source in db.session.scalars(
                select(DemandSource).where(DemandSource.term_id == term.id, DemandSource.kind == kind)
            )
        }
        for course_id, community_id, people in rows:
            most = min(people, MAX_PEOPLE)
            changes += _set_source(term, kind, (course_id, community_id), most, known.get((course_id, community_id)))
    return _step(term, user_id, StepKind.TAKEN_OVER, changes)


def _set_source(
    term: Term, kind: SourceKind, key: tuple[int, int], people: int, known: DemandSource | None
) -> list[Change]:
    if known is not None and known.people == people:
        return []
    before = None if known is None else {"people": known.people}
    source = known or DemandSource(
        term_id=term.id, course_id=key[0], community_id=key[1], kind=kind, percent=ALL_PERCENT
    )
    source.people = people
    db.session.add(source)
    return [_change(*key, before, {"people": people}, kind)]


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


def _numbers(entry: Demand) -> dict[str, object]:
    return {"people": entry.people, "worked_out": entry.worked_out, "assumed": entry.assumed}


def _change(
    course_id: int, community_id: int, before: object, after: object, kind: SourceKind | None = None
) -> Change:
    return {"course": course_id, "community": community_id, "kind": kind, "before": before, "after": after}


def _step(term: Term, user_id: int, kind: StepKind, changes: list[Change]) -> DemandStep:
    step = DemandStep(term=term, user_id=user_id, kind=kind, changes=changes)
    db.session.add(step)
    db.session.flush()
    return step


def undo(step: DemandStep) -> int:
    """Bring back what stood there before, as a whole; DomainError where somebody has changed an entry since."""
    if step.undone:
        raise DomainError(_("This was undone already."))
    known, changes = _known(step), step.changes
    entries = [known.get(_key(change)) for change in changes]
    changed = [
        change for change, entry in zip(changes, entries, strict=True) if not _stands(entry, change["after"])
    ]
    if changed:
        raise DomainError(_changed_since(changed))
    for change, entry in zip(changes, entries, strict=True):
        _take_back(entry, change["before"])
    step.undone = True
    db.session.flush()
    return len(entries)


def _known(step: DemandStep) -> dict[tuple[object, ...], Demand | DemandSource]:
    """All numbers of the term that the step may have changed, by their key."""
    if step.kind is StepKind.WORKED_OUT:
        entries = db.session.scalars(select(Demand).where(Demand.term_id == step.term_id))
        return {(entry.course_id, entry.community_id, None): entry for entry in entries}
    sources = db.session.scalars(select(DemandSource).where(DemandSource.term_id == step.term_id))
    return {(source.course_id, source.community_id, source.kind): source for source in sources}


def _key(change: Change) -> tuple[object, ...]:
    return change["course"], change["community"], change["kind"]


def _stands(entry: Any, after: dict[str, object]) -> bool:
    return entry is not None and all(getattr(entry, name) == value for name, value in after.items())


def _take_back(entry: Any, before: dict[str, object] | None) -> None:
    if before is None:
        db.session.delete(entry)
        return
    for name, value in before.items():
        setattr(entry, name, value)


def _changed_since(changes: Sequence[Change]) -> str:
    counted = Counter(change["community"] for change in changes)
    ids = list(counted)[:MAX_COMMUNITIES_NAMED]
    names = db.session.scalars(select(Community.name).where(Community.id.in_(ids)).order_by(Community.code)).all()
    return _(
        "Since then somebody has changed numbers of %(names)s, so this cannot be undone as a whole. "
        "Nothing was changed.",
        names=_(", ").join(names) + (" …" if len(counted) > MAX_COMMUNITIES_NAMED else ""),
    )
