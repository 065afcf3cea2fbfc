"""Which sections follow a course that has changed: each keeps its own format until somebody lets it follow."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from scheduler.audit.changesets import ChangeLog, UndoResult, undo
from scheduler.core.clock import today
from scheduler.core.extensions import db
from scheduler.models import FORMAT, ChangeSet, ChangeSetKind, Course, Placement, Plan, PlanStatus, Section, Term
from scheduler.web.access import Scope
from scheduler.web.i18n import in_language

PARTS = (*FORMAT, "needs")


@dataclass(frozen=True)
class TermFollowers:
    """The sections of a term that are held otherwise than their course now says, and those of them that are published.

    ``differences`` says in words what would change, with the number of sections of which it is true.
    """

    term: Term
    sections: list[Section]
    published: frozenset[int]
    differences: list[tuple[str, int]]


def differing_sections(scope: Scope, course: Course) -> list[TermFollowers]:
    """The sections of terms to come that differ from the course, term by term, as far as the user may change them."""
    sections = [
        section for section in db.session.scalars(_sections(scope, course))
        if not section.follows_course and not _is_over(section.term)
    ]
    published = _published({section.id for section in sections})
    by_term = groupby(sections, key=lambda section: section.term)
    return [_of_term(term, list(of_term), published) for term, of_term in by_term]


def let_follow(scope: Scope, course: Course, term_ids: Collection[int]) -> tuple[ChangeSet, int] | None:
    """Hold the differing sections of these terms as the course says; None where there are none any more."""
    chosen = [
        section for followers in differing_sections(scope, course) if followers.term.id in term_ids
        for section in followers.sections
    ]
    if not chosen:
        return None
    log = ChangeLog(ChangeSetKind.SECTIONS_FOLLOWED, course)
    for section in chosen:
        log.changing(section, PARTS, section.name)
        section.take_format(course)
    return log.close(), len(chosen)


def take_back(course: Course, change_set_id: int) -> UndoResult:
    """Hold the sections again as they were held before, as far as nobody has changed them since."""
    statement = select(ChangeSet).where(
        ChangeSet.id == change_set_id, ChangeSet.kind == ChangeSetKind.SECTIONS_FOLLOWED,
        ChangeSet.subject == Course.__tablename__, ChangeSet.subject_id == course.id,
    )
    return undo(db.one_or_404(statement), whole=False)


def _sections(scope: Scope, course: Course) -> Select[Section]:
    return (
        select(Section).join(Section.term).join(Section.unit)
        .where(Section.course_id == course.id, scope.units(), Section.archived_at.is_(None), Term.archived_at.is_(None))
        .order_by(Term.first_day, Term.id, Section.name)
        .options(
            contains_eager(Section.term).joinedload(Term.unit), contains_eager(Section.unit),
            joinedload(Section.course), selectinload(Section.needs),
        )
    )


def _is_over(term: Term) -> bool:
    return term.first_day + timedelta(weeks=term.weeks) <= today()


def _published(section_ids: set[int]) -> frozenset[int]:
    statement = select(Placement.section_id).join(Placement.plan).where(Plan.status == PlanStatus.PUBLISHED)
    return frozenset(db.session.scalars(statement.where(Placement.section_id.in_(section_ids))))


def _of_term(term: Term, sections: list[Section], published: frozenset[int]) -> TermFollowers:
    counted: dict[str, int] = {}
    for section in sections:
        for text in _differences(section):
            counted[text] = counted.get(text, 0) + 1
    return TermFollowers(
        term, sections, published & {section.id for section in sections}, sorted(counted.items(), key=lambda e: -e[1])
    )


def _differences(section: Section) -> list[str]:
    """What would change, one sentence each."""
    own, course = section.format, section.course.format
    texts: list[tuple[Any, Any, str]] = [
        (own.minutes, course.minutes, _("Minutes of a session")),
        (own.sessions, course.sessions, _("Sessions in all")),
        (own.per_week, course.per_week, _("Meetings a week")),
        (own.day_gap, course.day_gap, _("Days between two meetings of a week")),
        (own.every_weeks, course.every_weeks, _("Meets every … weeks")),
        ((own.minimum_size, own.maximum_size), (course.minimum_size, course.maximum_size), _("Class size")),
        (_names(section), _names(section.course), _("What the room must have")),
    ]
    return [f"{label}: {_text(before)} → {_text(after)}" for before, after, label in texts if before != after]


def _names(held: Section | Course) -> str:
    return _(", ").join(in_language(feature.name_zh, feature.name_en) for feature in held.needs) or _("nothing")


def _text(value: Any) -> str:
    return f"{value[0]}–{value[1]}" if isinstance(value, tuple) else str(value)
