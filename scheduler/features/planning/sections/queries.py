"""Reads sections within a scope."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from scheduler.core.extensions import db
from scheduler.domain.activity_links import belongs_to
from scheduler.domain.plans import newest_plan, plan_of_term
from scheduler.domain.term_scope import in_county_of
from scheduler.models import (
    Course,
    PinnedMeeting,
    Placement,
    Plan,
    Section,
    SectionLearners,
    SharedLearners,
    Term,
    Unit,
)
from scheduler.web.access import Scope
from scheduler.web.text_search import contains


@dataclass(frozen=True)
class SectionFilters:
    """What the list of sections is narrowed to."""

    search: str = ""
    course_id: int | None = None
    unit: Unit | None = None
    pinned: bool = False
    activity: str = ""
    archived: bool = False


def sections(scope: Scope, term: Term, filters: SectionFilters) -> Select[Section]:
    """Sections of the term whose unit lies in the scope."""
    statement = (
        select(Section)
        .join(Section.unit)
        .join(Section.course)
        .where(Section.term_id == term.id, scope.units())
        .order_by(Unit.path, Course.title_zh, Section.name)
        .options(
            joinedload(Section.unit),
            joinedload(Section.course).joinedload(Course.subject),
            selectinload(Section.learners),
            selectinload(Section.pinned_meetings),
        )
    )
    if not filters.archived:
        statement = statement.where(Section.archived_at.is_(None))
    if filters.search:
        statement = statement.where(contains(filters.search, Section.name))
    if filters.course_id is not None:
        statement = statement.where(Section.course_id == filters.course_id)
    if filters.unit is not None:
        statement = statement.where(Unit.path.startswith(filters.unit.path, autoescape=True))
    if filters.pinned:
        statement = statement.where(_pinned())
    if filters.activity:
        statement = statement.where(belongs_to(filters.activity))
    return statement


def _pinned() -> ColumnElement[bool]:
    return or_(
        Section.pinned_week.is_not(None),
        Section.pinned_room_id.is_not(None),
        Section.pinned_teacher_id.is_not(None),
        select(PinnedMeeting.section_id).where(PinnedMeeting.section_id == Section.id).exists(),
    )


def section_in(scope: Scope, term: Term, section_id: int) -> Section:
    """A section of the term, or 404 when it is unknown or its unit lies outside the scope."""
    return db.one_or_404(
        select(Section).join(Section.unit).where(Section.id == section_id, Section.term_id == term.id, scope.units())
    )


def count(scope: Scope, term: Term) -> int:
    """Sections of the term in the scope, archived ones too."""
    statement = select(func.count(Section.id)).join(Section.unit).where(Section.term_id == term.id, scope.units())
    return db.session.scalar(statement) or 0


def plan_shown(term: Term, plan_id: int | None) -> Plan | None:
    """The plan of the term that is asked for, unless it is discarded, else the newest."""
    return plan_of_term(term, plan_id) or newest_plan(term)


def placed_ids(plan: Plan | None, among: Iterable[Section]) -> set[int]:
    """Ids of those sections that the plan places."""
    if plan is None:
        return set()
    ids = [section.id for section in among]
    statement = select(Placement.section_id).where(Placement.plan_id == plan.id, Placement.section_id.in_(ids))
    return set(db.session.scalars(statement))


def placement_of(plan: Plan | None, section: Section) -> Placement | None:
    """Where the plan places the section."""
    return None if plan is None else db.session.get(Placement, (plan.id, section.id))


def learners_of(section: Section) -> list[SectionLearners]:
    """The section's learners by the code of their community."""
    return sorted(section.learners, key=lambda entry: entry.community.code)


def shared_with(section: Section) -> list[tuple[Section, SharedLearners]]:
    """Sections that some of the learners want as well, each with how many."""
    pairs = db.session.scalars(
        select(SharedLearners).where(or_(SharedLearners.first_id == section.id, SharedLearners.second_id == section.id))
    ).all()
    others = {pair.second_id if pair.first_id == section.id else pair.first_id: pair for pair in pairs}
    sections = db.session.scalars(select(Section).where(Section.id.in_(others)).order_by(Section.name))
    return [(other, others[other.id]) for other in sections]


def pair_of(section: Section, other_id: int) -> SharedLearners:
    """The entry for two sections, or 404."""
    return db.get_or_404(SharedLearners, tuple(sorted((section.id, other_id))))


def others(scope: Scope, section: Section) -> list[tuple[int, str]]:
    """Number and name of the term's other sections in the scope and in the section's county."""
    statement = sections(scope, section.term, SectionFilters()).where(
        Section.id != section.id, in_county_of(section.unit)
    )
    return [(*row,) for row in db.session.execute(statement.with_only_columns(Section.id, Section.name))]
